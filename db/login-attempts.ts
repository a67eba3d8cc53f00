import { createHash } from 'node:crypto';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Pool } from './pool';

/** Assumed: room for a few typing errors, and for an office of people behind one address. */
export const FAILURES_PER_ACCOUNT = 5;
export const FAILURES_PER_ADDRESS = 20;
const WITHIN_SECONDS = 15 * 60;

export interface Attempt {
  /** As typed, whether or not there is such an account. Only its hash is kept. */
  login: string;
  /** Where it comes from; null when that does not matter (somebody who is signed in already). */
  address: string | null;
}

/** Too many failures: try again after that time. `isNews`: the first attempt that is refused for it. */
export interface Throttled {
  waitSeconds: number;
  isNews: boolean;
}

export interface LoginAttempts {
  /**
   * Counts an attempt before its password is looked at, so that a hundred at once are no more than a hundred in a row.
   * Null: go on.
   */
  begin(attempt: Attempt): Promise<Throttled | null>;
  /** It was the right password: the account starts afresh, the address gets this attempt back. */
  succeeded(attempt: Attempt): Promise<void>;
  /** Removes what counts no more. */
  clean(): Promise<void>;
}

/** Failed sign-ins over the last quarter of an hour, shared by all processes of the service. */
export function createLoginAttempts(pool: Pool): LoginAttempts {
  const limiter = (keyPrefix: string, points: number) =>
    new RateLimiterPostgres({
      storeClient: pool,
      storeType: 'pool',
      tableName: 'login_attempt',
      tableCreated: true,
      clearExpiredByTimeout: false, // `clean` does it, without a timer that outlives the pool
      keyPrefix,
      points,
      duration: WITHIN_SECONDS,
    });
  const accounts = limiter('account', FAILURES_PER_ACCOUNT);
  const addresses = limiter('address', FAILURES_PER_ADDRESS);

  return {
    async begin({ login, address }) {
      // the address first: one that is refused must not lock other people's accounts
      const byAddress = address === null ? null : await consume(addresses, address);
      return byAddress ?? (await consume(accounts, accountKey(login)));
    },
    async succeeded({ login, address }) {
      await accounts.delete(accountKey(login));
      if (address !== null) await addresses.reward(address);
    },
    async clean() {
      await pool.query('delete from login_attempt where expire < $1', [Date.now()]);
    },
  };
}

async function consume(limiter: RateLimiterPostgres, key: string): Promise<Throttled | null> {
  try {
    await limiter.consume(key);
    return null;
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    return {
      waitSeconds: Math.max(1, Math.ceil(refusal.msBeforeNext / 1_000)),
      isNews: refusal.consumedPoints === limiter.points + 1,
    };
  }
}

/** People type passwords into the field of the login: what was typed is not kept. */
function accountKey(login: string): string {
  return createHash('sha256').update(login.toLowerCase()).digest('base64url');
}
