import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { createApplyActivities } from '../../activities/planexpo-inwink/apply';
import type { createDecisionActivities } from '../../activities/planexpo-inwink/decisions';
import type { createDossierActivities } from '../../activities/planexpo-inwink/dossier';
import type { createPlanActivities } from '../../activities/planexpo-inwink/plan';
import type { createPreflightActivities } from '../../activities/planexpo-inwink/preflight';
import type { createReadActivities } from '../../activities/planexpo-inwink/read';
import { LOCAL, platformOptions } from '../activity-options';
import type { RetrySettings } from '../messages';
import { INWINK_QUEUE, PLANEXPO_QUEUE } from '../names';

type InwinkActivities = ReturnType<typeof createApplyActivities> &
  ReturnType<typeof createPlanActivities> &
  ReturnType<typeof createDecisionActivities> &
  Pick<ReturnType<typeof createPreflightActivities>, 'probeInwink'>;
type PlanexpoActivities = ReturnType<typeof createReadActivities> &
  Pick<ReturnType<typeof createPreflightActivities>, 'probePlanexpo'>;
type LocalActivities = ReturnType<typeof createDossierActivities> &
  Pick<ReturnType<typeof createPreflightActivities>, 'judgePreflight'>;

/** Calls to Inwink. */
export function inwinkActivities(retry: RetrySettings) {
  return proxyActivities<InwinkActivities>(platformOptions(INWINK_QUEUE, retry));
}

/** Calls to Planexpo: reads only, so they may be repeated freely. */
export function planexpoActivities(retry: RetrySettings) {
  return proxyActivities<PlanexpoActivities>(platformOptions(PLANEXPO_QUEUE, retry));
}

/** Status rows and decisions in Postgres. */
export const localDossiers = proxyLocalActivities<LocalActivities>(LOCAL);
