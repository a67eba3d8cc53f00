import type { Pair } from '../config/schema';
import type { GuardLimits, RetryPolicy } from '../config/sync-parts';
import type { Pool, Queryable } from '../db/pool';

/** What the frame of a run needs to know of any sync; each pair adds its own. */
export interface SyncContext {
  slug: string;
  pair: Pair;
  pool: Pool;
  policies: { fullEvery: number; guard: GuardLimits; window: number; retry: RetryPolicy };
  /** How a pair that has a choice hands over. */
  delivery?: 'feed' | 'push';
  sourceAccount: string;
  targetAccount: string;
  /** Records at the target that this sync answers for: what the guard's shares are shares of. */
  countLinked(): Promise<number>;
  /** Takes back what a run prepared and did not bring to its end; for pairs that prepare. */
  dropPrepared?(db: Queryable, runId: number): Promise<void>;
}

export type FindSync = (sync: string) => SyncContext;
