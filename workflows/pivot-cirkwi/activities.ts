import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { createOfferApplyActivities } from '../../activities/pivot-cirkwi/apply';
import type { createFeedGuardActivities } from '../../activities/pivot-cirkwi/guard-feed';
import type { createLookActivities } from '../../activities/pivot-cirkwi/look';
import type { createOneOfferActivities } from '../../activities/pivot-cirkwi/one-offer';
import type { createOfferPlanActivities } from '../../activities/pivot-cirkwi/plan';
import type { createOfferPreflightActivities } from '../../activities/pivot-cirkwi/preflight';
import type { createPublishActivities } from '../../activities/pivot-cirkwi/publish';
import type { createPushActivities } from '../../activities/pivot-cirkwi/push';
import type { createPivotReadActivities } from '../../activities/pivot-cirkwi/read';
import type { createReturnDecisionActivities } from '../../activities/pivot-cirkwi/return-decision';
import type { createTrackReturnActivities } from '../../activities/pivot-cirkwi/return-track';
import type { createTrackActivities } from '../../activities/pivot-cirkwi/tracks';
import type { createRecordSignalActivities } from '../../activities/signals';
import { LOCAL, platformOptions, publicationOptions } from '../activity-options';
import type { RetrySettings } from '../messages';
import { CIRKWI_QUEUE, MAIN_QUEUE, PIVOT_QUEUE } from '../names';

type Apply = ReturnType<typeof createOfferApplyActivities>;
type Look = ReturnType<typeof createLookActivities>;
type Plan = ReturnType<typeof createOfferPlanActivities>;
type Preflight = ReturnType<typeof createOfferPreflightActivities>;

type PivotActivities = ReturnType<typeof createPivotReadActivities> &
  ReturnType<typeof createTrackActivities> &
  ReturnType<typeof createTrackReturnActivities> &
  Pick<Apply, 'lineUpWithdrawals'> &
  Pick<Preflight, 'probePivot'>;
type CirkwiActivities = ReturnType<typeof createPushActivities> &
  Pick<Look, 'lookAtCirkwi' | 'closeLook'> &
  Pick<Preflight, 'probeCirkwi'>;
type OfferActivities = Pick<Plan, 'planOffers'> &
  Pick<Apply, 'lineUpObjects'> &
  ReturnType<typeof createRecordSignalActivities>;
type LocalActivities = Pick<Plan, 'closePlan'> &
  ReturnType<typeof createFeedGuardActivities> &
  ReturnType<typeof createOneOfferActivities> &
  ReturnType<typeof createReturnDecisionActivities> &
  Pick<Look, 'closeWatch' | 'hasToConfirm' | 'tellLookFailed'> &
  Pick<Preflight, 'judgeOfferPreflight'>;

/** Calls to PIVOT. */
export function pivotActivities(retry: RetrySettings) {
  return proxyActivities<PivotActivities>(platformOptions(PIVOT_QUEUE, retry));
}

/** Calls to Cirkwi. */
export function cirkwiActivities(retry: RetrySettings) {
  return proxyActivities<CirkwiActivities>(platformOptions(CIRKWI_QUEUE, retry));
}

/** Work of ours on many offers at once, longer than a status row: pages of a plan, the feed itself. */
export function offerActivities(retry: RetrySettings) {
  return proxyActivities<OfferActivities>(platformOptions(MAIN_QUEUE, retry));
}

/** The swap of the feed. While another publication of the sync is under way it says when to come back. */
export function publishing(retry: RetrySettings) {
  return proxyActivities<ReturnType<typeof createPublishActivities>>(publicationOptions(retry));
}

/** Status rows and decisions in Postgres. */
export const localOffers = proxyLocalActivities<LocalActivities>(LOCAL);
