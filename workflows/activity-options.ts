import {
  type ActivityOptions,
  type LocalActivityOptions,
  proxyActivities,
  proxyLocalActivities,
} from '@temporalio/workflow';
import type { createRunActivities } from '../activities/runs/runs';
import type { createSignalActivities } from '../activities/signals';
import type { RetrySettings } from './messages';
import { MAIN_QUEUE } from './names';

type RunActivities = ReturnType<typeof createRunActivities>;
type MainActivities = ReturnType<typeof createSignalActivities> & Pick<RunActivities, 'awaitDossier'>;

export const DEFAULT_RETRY: RetrySettings = {
  initialIntervalMs: 1_000,
  maximumIntervalMs: 60_000,
  maximumAttempts: 8,
};

/** A dead worker is noticed after this long: every activity heartbeats three times as often. */
const HEARTBEAT = '10s';

/** Options of calls to a platform, on the queue that holds its limit. */
export function platformOptions(taskQueue: string, retry: RetrySettings): ActivityOptions {
  return {
    taskQueue,
    // a page with its short waits in place; the slowest single call ends after its own 30 s timeout
    startToCloseTimeout: '5m',
    // the real end of trying: above every wait that a queue limited to a few calls a second can cause
    scheduleToCloseTimeout: '12h',
    heartbeatTimeout: HEARTBEAT,
    cancellationType: 'WAIT_CANCELLATION_COMPLETED', // a write must not outlive its workflow
    retry: {
      initialInterval: retry.initialIntervalMs,
      maximumInterval: retry.maximumIntervalMs,
      backoffCoefficient: 2,
      maximumAttempts: retry.maximumAttempts,
    },
  };
}

/** Options of the one step that works on everything that is published: it may be large, and it is one transaction. */
export function publicationOptions(retry: RetrySettings): ActivityOptions {
  return { ...platformOptions(MAIN_QUEUE, retry), startToCloseTimeout: '30m' };
}

/** Options of short, idempotent work in Postgres, without a history entry each. */
export const LOCAL: LocalActivityOptions = {
  startToCloseTimeout: '60s', // one transaction; the largest counts over all records of a sync
  retry: { initialInterval: '200ms', maximumInterval: '10s', backoffCoefficient: 2 }, // Postgres may be away for a while
  localRetryThreshold: '20s',
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
};

/** The frame of every run: its row, its place, its guard and its report. */
export const local = proxyLocalActivities<Omit<RunActivities, 'awaitDossier'>>(LOCAL);

/** Work of ours that talks to Temporal itself. */
export const main = proxyActivities<MainActivities>({
  taskQueue: MAIN_QUEUE,
  startToCloseTimeout: '12h', // awaits another dossier, however long its platform makes it wait
  heartbeatTimeout: HEARTBEAT,
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  retry: { initialInterval: '500ms', maximumInterval: '30s', backoffCoefficient: 2 },
});
