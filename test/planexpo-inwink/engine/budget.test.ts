import { clearAccessLost, createBudget, markAccessLost } from '../../../db/budget';
import { createPool, type Pool } from '../../../db/pool';
import type { Budget } from '../../../platforms/budget';
import { FailureKind } from '../../../platforms/failure';
import { freshDatabase, type TestDatabase } from '../../setup/test-database';

const ACCOUNT = 'inwink-salon';
const WORKERS = 4;
/** Node's timers may fire this much early. */
const TIMER_MS = 2;

let database: TestDatabase;
let pools: Pool[];

beforeEach(async () => {
  database = await freshDatabase();
  pools = Array.from({ length: WORKERS }, () => createPool(database.url, 3));
});

afterEach(async () => {
  await Promise.all(pools.map((pool) => pool.end()));
  await database.drop();
});

/** One budget per worker process, all for the same account. */
function budgets(requestsPerSecond: number | 'none'): [Budget, ...Budget[]] {
  const of = (pool: Pool) => createBudget(pool, { account: ACCOUNT, platform: 'inwink', requestsPerSecond });
  const [first, ...others] = pools;
  if (first === undefined) throw new Error('there is no worker');
  return [of(first), ...others.map(of)];
}

function anyPool(): Pool {
  const [first] = pools;
  if (first === undefined) throw new Error('there is no worker');
  return first;
}

const isPauseOver = async (): Promise<boolean> =>
  (await anyPool().query('select paused_until <= clock_timestamp() as over from platform_budget')).rows[0]
    .over;

describe('the budget of a platform', () => {
  it('never lets all workers together run ahead of the rate', async () => {
    const rate = 60;
    const all = budgets(rate);
    const startedAt = performance.now();

    const passed = await Promise.all(
      Array.from({ length: 48 }, async (_, at) => {
        await all[at % WORKERS]?.acquire();
        return performance.now() - startedAt;
      }),
    );

    const ahead = passed
      .sort((a, b) => a - b)
      .map((at, earlier) => ({ at, earliest: (earlier * 1_000) / rate - TIMER_MS }))
      .filter(({ at, earliest }) => at < earliest);
    expect(ahead).toEqual([]);
  });

  it('saves up no calls while nothing is asked', async () => {
    const [first, second] = budgets(20);
    await first.acquire();
    await anyPool().query('select pg_sleep(0.3)');

    const startedAt = performance.now();
    await Promise.all([first.acquire(), second?.acquire(), first.acquire()]);

    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(100 - TIMER_MS);
  });

  it('holds nobody up where no limit is set', async () => {
    const all = budgets('none');

    await Promise.all(Array.from({ length: 200 }, (_, at) => all[at % WORKERS]?.acquire()));

    const { rows } = await anyPool().query(
      'select next_at <= clock_timestamp() as free from platform_budget',
    );
    expect(rows).toEqual([{ free: true }]);
  });

  it('stops every worker when the platform asked one of them to wait', async () => {
    const [asked, ...others] = budgets('none');
    await asked.pause(400);

    await Promise.all(others.map((other) => other.acquire()));

    expect(await isPauseOver()).toBe(true);
  });

  it('stops those too that have their place already', async () => {
    const [asked, other] = budgets(1);
    await asked.acquire();
    const waiting = await inTheQueue(() => other?.acquire());
    await asked.pause(1_400);

    await waiting.end;

    expect(await isPauseOver()).toBe(true);
  });

  it('is not made shorter by a later, shorter wish', async () => {
    const [first, second] = budgets('none');
    await first.pause(60_000);
    await second?.pause(10);

    await expect(second?.acquire()).rejects.toMatchObject({ kind: FailureKind.rateLimited });
  });

  it('hands a long wait back with its length, so that no worker sits it out', async () => {
    const [first, second] = budgets('none');
    await first.pause(120_000);

    const refused = await second?.acquire().catch((error: unknown) => error);

    expect(refused).toMatchObject({
      kind: FailureKind.rateLimited,
      detail: { platform: 'inwink', retryAfterMs: expect.any(Number) },
    });
    const { retryAfterMs } = (refused as { detail: { retryAfterMs: number } }).detail; // matched just above
    expect(retryAfterMs).toBeGreaterThan(60_000);
    expect(retryAfterMs).toBeLessThanOrEqual(120_000);
  });

  it('takes no place in the queue for a call that goes away instead of waiting', async () => {
    const [first] = budgets(1);
    await first.acquire();
    await anyPool().query(`update platform_budget set next_at = clock_timestamp() + interval '40 seconds'`);
    const before = await nextAt();

    await expect(first.acquire()).rejects.toMatchObject({ kind: FailureKind.rateLimited });

    expect(await nextAt()).toEqual(before);
  });

  it('ends a wait when its caller does', async () => {
    const [first] = budgets('none');
    await first.pause(15_000);
    const caller = new AbortController();
    const waiting = first.acquire(caller.signal);

    caller.abort(new Error('the worker stops'));

    await expect(waiting).rejects.toThrow('the worker stops');
  });

  it('refuses every call once access is lost, until a check clears it', async () => {
    const all = budgets('none');
    await markAccessLost(anyPool(), ACCOUNT);

    const refused = await Promise.allSettled(all.map((budget) => budget.acquire()));
    await clearAccessLost(anyPool(), ACCOUNT);
    const cleared = await Promise.allSettled(all.map((budget) => budget.acquire()));

    for (const end of refused)
      expect(end).toMatchObject({ status: 'rejected', reason: { kind: FailureKind.accessLost } });
    expect(cleared.map((end) => end.status)).toEqual(Array(WORKERS).fill('fulfilled'));
  });

  it('refuses a call too that was waiting when access was lost', async () => {
    const [first, second] = budgets(1);
    await first.acquire();
    const waiting = await inTheQueue(() => second?.acquire());
    await markAccessLost(anyPool(), ACCOUNT);

    await expect(waiting.end).rejects.toMatchObject({ kind: FailureKind.accessLost });
  });

  it("leaves another account's calls alone", async () => {
    const [first] = budgets('none');
    await first.pause(60_000);
    await markAccessLost(anyPool(), ACCOUNT);
    const other = createBudget(anyPool(), {
      account: 'inwink-congress',
      platform: 'inwink',
      requestsPerSecond: 'none',
    });

    await expect(other.acquire()).resolves.toBeUndefined();
  });

  async function nextAt(): Promise<string> {
    return (await anyPool().query('select next_at::text as at from platform_budget')).rows[0].at;
  }

  /** Resolves once the call has its place, which is a while away; `end` is how it ends. */
  async function inTheQueue(
    call: () => Promise<void> | undefined,
  ): Promise<{ end: Promise<void> | undefined }> {
    const from = await nextAt();
    const end = call();
    end?.catch(() => undefined); // looked at later
    while ((await nextAt()) === from) await anyPool().query('select pg_sleep(0.005)');
    return { end };
  }
});
