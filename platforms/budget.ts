/**
 * The right to send calls to one platform account, shared by every worker (promise 7). `db/budget.ts` keeps it in
 * Postgres; tests use an unlimited one.
 */
export interface Budget {
  /**
   * Resolves when one call may be sent. Waits in place while the wait is short; rejects with a `RateLimited`
   * PlatformFailure that carries `retryAfterMs` when it is long.
   */
  acquire(signal?: AbortSignal): Promise<void>;
  /** The platform asked for a pause: no worker sends anything to it before `ms` have passed. */
  pause(ms: number): Promise<void>;
}

/** No limit at all: for tests of one client against its simulator. */
export const unlimited: Budget = { acquire: async () => {}, pause: async () => {} };

/** What every client method takes last. The signal ends the call when its activity is cancelled. */
export interface CallContext {
  signal?: AbortSignal;
  /**
   * Runs when the budget has given the call its turn, right before it goes on the wire (again before each repetition).
   * A write checks here that no later attempt took over: before the turn would be too early.
   */
  beforeSend?: () => Promise<void>;
}
