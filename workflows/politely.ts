import { sleep } from '@temporalio/workflow';
import { failureDetail, rootFailure } from './root-failure';

const SHORTEST_WAIT_MS = 1_000;

/**
 * Calls an activity, and when the platform asked for a long pause sleeps on a timer and calls again: waiting costs no
 * attempt (promise 7).
 */
export async function politely<T>(call: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      const failure = rootFailure(error);
      if (failure?.type !== 'RateLimited') throw error;
      const { retryAfterMs, platform } = failureDetail(failure);
      const waitMs =
        typeof retryAfterMs === 'number' ? Math.max(retryAfterMs, SHORTEST_WAIT_MS) : SHORTEST_WAIT_MS;
      await sleep(waitMs, { summary: `${String(platform ?? 'the platform')} asked us to wait` });
    }
  }
}
