import type { Budget } from '../platforms/budget';
import { FailureKind, PlatformFailure } from '../platforms/failure';
import type { Pool } from './pool';

/** Waits up to this long happen in place; longer ones are handed to the workflow, which sleeps on a timer. */
const LONGEST_WAIT_IN_PLACE_MS = 20_000;

export interface BudgetOptions {
  /** Name of the account in the configuration: every worker that uses it shares this budget. */
  account: string;
  /** As platform failures name it: `inwink`. */
  platform: string;
  requestsPerSecond: number | 'none';
}

/**
 * The account's budget in Postgres: one row, one statement a call (GCRA with a burst of one), so that all workers
 * together stay under the limit and one `Retry-After` stops them all.
 */
export function createBudget(pool: Pool, options: BudgetOptions): Budget {
  const who = options.platform.charAt(0).toUpperCase() + options.platform.slice(1);
  const interval = options.requestsPerSecond === 'none' ? 0 : 1 / options.requestsPerSecond;
  const limited = (ms: number): PlatformFailure =>
    new PlatformFailure(
      FailureKind.rateLimited,
      `${who} asked us to wait ${Math.ceil(ms / 1_000)} s before the next call`,
      { platform: options.platform, operation: 'wait', retryAfterMs: Math.ceil(ms) },
    );

  return {
    async acquire(signal) {
      for (;;) {
        const turn = await reserve(pool, options.account, interval);
        if (turn.accessLost) {
          throw new PlatformFailure(
            FailureKind.accessLost,
            `${who} no longer accepts our credentials; nothing is sent until a check succeeds`,
            { platform: options.platform, operation: 'wait' },
          );
        }
        if (turn.waitMs <= 0) return;
        if (turn.waitMs > LONGEST_WAIT_IN_PLACE_MS) throw limited(turn.waitMs);
        await pause(turn.waitMs, signal);
        // while we waited for our place the platform may have asked everyone to pause
        if (turn.reserved && !(await isPaused(pool, options.account))) return;
      }
    },
    async pause(ms) {
      await pool.query(
        `insert into platform_budget (account, paused_until) values ($1, clock_timestamp() + $2 * interval '1 millisecond')
         on conflict (account) do update set paused_until = greatest(platform_budget.paused_until, excluded.paused_until)`,
        [options.account, ms],
      );
    },
  };
}

interface Turn {
  waitMs: number;
  /** The place in the queue is ours: after the wait the call may go. Otherwise ask again. */
  reserved: boolean;
  accessLost: boolean;
}

/** Takes the next place when it is near; only reports the wait while the platform is paused or the queue is too long. */
async function reserve(pool: Pool, account: string, intervalSeconds: number): Promise<Turn> {
  const { rows } = await pool.query<{ wait_ms: number; reserved: boolean; access_lost: boolean }>(
    `with now as (select clock_timestamp() as at),
     taken as (
       insert into platform_budget as b (account, next_at)
       select $1, at + $2 * interval '1 second' from now
       on conflict (account) do update
         set next_at = greatest(b.next_at, clock_timestamp()) + $2 * interval '1 second'
         where b.paused_until <= clock_timestamp() and b.access_lost_at is null
           and b.next_at < clock_timestamp() + $3 * interval '1 millisecond'
       returning next_at - $2 * interval '1 second' as place
     )
     select greatest(0, extract(epoch from place - clock_timestamp()) * 1000)::float8 as wait_ms, true as reserved, false as access_lost
       from taken
     union all
     select greatest(1, extract(epoch from greatest(paused_until, next_at) - clock_timestamp()) * 1000)::float8, false, access_lost_at is not null
       from platform_budget where account = $1 and not exists (select 1 from taken)`,
    [account, intervalSeconds, LONGEST_WAIT_IN_PLACE_MS],
  );
  const row = rows[0];
  // two first callers at once: the other's row is not visible yet, so ask again
  if (row === undefined) return { waitMs: 1, reserved: false, accessLost: false };
  return { waitMs: row.wait_ms, reserved: row.reserved, accessLost: row.access_lost };
}

async function isPaused(pool: Pool, account: string): Promise<boolean> {
  const { rows } = await pool.query<{ paused: boolean }>(
    'select paused_until > clock_timestamp() or access_lost_at is not null as paused from platform_budget where account = $1',
    [account],
  );
  return rows[0]?.paused ?? false;
}

/** Marks an account whose credentials were refused: every worker stops calling it (no retry storm). */
export async function markAccessLost(pool: Pool, account: string): Promise<void> {
  await pool.query(
    `insert into platform_budget (account, access_lost_at) values ($1, now())
     on conflict (account) do update set access_lost_at = coalesce(platform_budget.access_lost_at, now())`,
    [account],
  );
}

/** Lets calls through again, so that a check can find out whether access is back. */
export async function clearAccessLost(pool: Pool, account: string): Promise<void> {
  await pool.query('update platform_budget set access_lost_at = null where account = $1', [account]);
}

/** Until when each account is paused, and which lost access: for people. */
export async function budgetStates(
  pool: Pool,
): Promise<Array<{ account: string; pausedUntil: Date | null; accessLostAt: Date | null }>> {
  const { rows } = await pool.query<{
    account: string;
    paused_until: Date | null;
    access_lost_at: Date | null;
  }>(
    `select account, case when paused_until > now() then paused_until end as paused_until, access_lost_at
     from platform_budget order by account`,
  );
  return rows.map((r) => ({
    account: r.account,
    pausedUntil: r.paused_until,
    accessLostAt: r.access_lost_at,
  }));
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const timer = setTimeout(done, ms);
    function done(): void {
      signal?.removeEventListener('abort', stopped);
      resolve();
    }
    function stopped(): void {
      clearTimeout(timer);
      reject(signal?.reason);
    }
    signal?.addEventListener('abort', stopped, { once: true });
  });
}
