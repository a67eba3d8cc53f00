import {
  type ActivityOptions,
  type LocalActivityOptions,
  proxyActivities,
  proxyLocalActivities,
} from '@temporalio/workflow';
import type { createApplyActivities } from '../activities/planexpo-inwink/apply';
import type { createDecisionActivities } from '../activities/planexpo-inwink/decisions';
import type { createDossierActivities } from '../activities/planexpo-inwink/dossier';
import type { createPlanActivities } from '../activities/planexpo-inwink/plan';
import type { createPreflightActivities } from '../activities/planexpo-inwink/preflight';
import type { createReadActivities } from '../activities/planexpo-inwink/read';
import type { createRunActivities } from '../activities/planexpo-inwink/runs';
import type { createSignalActivities } from '../activities/signals';
import type { RetrySettings } from './messages';
import { INWINK_QUEUE, MAIN_QUEUE, PLANEXPO_QUEUE } from './names';

type InwinkActivities = ReturnType<typeof createApplyActivities> &
  ReturnType<typeof createPlanActivities> &
  ReturnType<typeof createDecisionActivities> &
  Pick<ReturnType<typeof createPreflightActivities>, 'probeInwink'>;
type PlanexpoActivities = ReturnType<typeof createReadActivities> &
  Pick<ReturnType<typeof createPreflightActivities>, 'probePlanexpo'>;
type LocalActivities = ReturnType<typeof createDossierActivities> &
  Omit<ReturnType<typeof createRunActivities>, 'awaitDossier'> &
  Pick<ReturnType<typeof createPreflightActivities>, 'judgePreflight'>;
type MainActivities = ReturnType<typeof createSignalActivities> &
  Pick<ReturnType<typeof createRunActivities>, 'awaitDossier'>;

export const DEFAULT_RETRY: RetrySettings = {
  initialIntervalMs: 1_000,
  maximumIntervalMs: 60_000,
  maximumAttempts: 8,
};

/** A dead worker is noticed after this long: every activity heartbeats three times as often. */
const HEARTBEAT = '10s';

function platformOptions(taskQueue: string, retry: RetrySettings): ActivityOptions {
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

/** Calls to Inwink. */
export function inwinkActivities(retry: RetrySettings) {
  return proxyActivities<InwinkActivities>(platformOptions(INWINK_QUEUE, retry));
}

/** Calls to Planexpo: reads only, so they may be repeated freely. */
export function planexpoActivities(retry: RetrySettings) {
  return proxyActivities<PlanexpoActivities>(platformOptions(PLANEXPO_QUEUE, retry));
}

const LOCAL: LocalActivityOptions = {
  startToCloseTimeout: '60s', // one transaction; the largest counts over all records of a sync
  retry: { initialInterval: '200ms', maximumInterval: '10s', backoffCoefficient: 2 }, // Postgres may be away for a while
  localRetryThreshold: '20s',
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
};

/** Status rows and decisions in Postgres: short, idempotent, without a history entry each. */
export const local = proxyLocalActivities<LocalActivities>(LOCAL);

/** Work of ours that talks to Temporal itself. */
export const main = proxyActivities<MainActivities>({
  taskQueue: MAIN_QUEUE,
  startToCloseTimeout: '12h', // awaits another dossier, however long its platform makes it wait
  heartbeatTimeout: HEARTBEAT,
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  retry: { initialInterval: '500ms', maximumInterval: '30s', backoffCoefficient: 2 },
});
