import { sleep } from '@temporalio/workflow';
import { failureDetail, rootFailure } from './root-failure';

const SHORTEST_WAIT_MS = 1_000;

/** Failures that only say when to come back, and why that is, for the timer that an operator sees. */
const WAITS: Readonly<Record<string, string>> = {
  RateLimited: 'the platform asked us to wait',
  Busy: 'another attempt works on the same record',
  Superseded: 'another attempt took over the same record',
  IntentUnsettled: 'an earlier create may still surface',
};

/**
 * Calls an activity, and when it may not go on yet sleeps on a timer and calls again: waiting costs no attempt
 * (promise 7).
 */
export async function politely<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      const failure = rootFailure(error);
      const summary = WAITS[failure?.type ?? ''];
      if (failure === null || summary === undefined) throw error;
      const { retryAfterMs } = failureDetail(failure);
      const waitMs =
        typeof retryAfterMs === 'number' ? Math.max(retryAfterMs, SHORTEST_WAIT_MS) : SHORTEST_WAIT_MS;
      await sleep(waitMs, { summary });
    }
  }
}
