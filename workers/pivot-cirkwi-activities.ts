import type { WorkflowClient } from '@temporalio/client';
import type { Contexts } from '../activities/contexts';
import { createOfferApplyActivities } from '../activities/pivot-cirkwi/apply';
import { createFeedGuardActivities } from '../activities/pivot-cirkwi/guard-feed';
import { createLookActivities } from '../activities/pivot-cirkwi/look';
import { createOneOfferActivities } from '../activities/pivot-cirkwi/one-offer';
import { createOfferPlanActivities } from '../activities/pivot-cirkwi/plan';
import { createOfferPreflightActivities } from '../activities/pivot-cirkwi/preflight';
import { createPublishActivities } from '../activities/pivot-cirkwi/publish';
import { createPushActivities } from '../activities/pivot-cirkwi/push';
import { createPivotReadActivities } from '../activities/pivot-cirkwi/read';
import { createReturnDecisionActivities } from '../activities/pivot-cirkwi/return-decision';
import { createTrackReturnActivities } from '../activities/pivot-cirkwi/return-track';
import { createTrackActivities } from '../activities/pivot-cirkwi/tracks';
import { createRecordSignalActivities } from '../activities/signals';
import { CIRKWI_QUEUE, PIVOT_QUEUE } from '../workflows/names';
import type { PairActivities } from './pair-activities';

/** The activities of PIVOT -> Cirkwi. */
export function pivotCirkwiActivities(contexts: Contexts, workflows: () => WorkflowClient): PairActivities {
  const find = contexts.of('pivot-cirkwi');
  const preflight = createOfferPreflightActivities(find);
  const { lineUpObjects, lineUpWithdrawals } = createOfferApplyActivities(find);
  const { lookAtCirkwi, closeLook, closeWatch, hasToConfirm, tellLookFailed } = createLookActivities(find);
  return {
    main: {
      ...createOfferPlanActivities(find),
      ...createFeedGuardActivities(find),
      ...createPublishActivities(find),
      ...createOneOfferActivities(find),
      ...createReturnDecisionActivities(find),
      ...createRecordSignalActivities(workflows),
      lineUpObjects,
      closeWatch,
      hasToConfirm,
      tellLookFailed,
      // what was found stays in Postgres: results go into histories
      judgeOfferPreflight: async (input: Parameters<typeof preflight.judgeOfferPreflight>[0]) => {
        const { failed, trouble } = await preflight.judgeOfferPreflight(input);
        return { failed, trouble };
      },
    },
    platforms: [
      {
        platform: 'pivot',
        queue: PIVOT_QUEUE,
        activities: {
          ...createPivotReadActivities(find),
          ...createTrackActivities(find),
          ...createTrackReturnActivities(find),
          lineUpWithdrawals,
          probePivot: preflight.probePivot,
        },
      },
      {
        platform: 'cirkwi',
        queue: CIRKWI_QUEUE,
        activities: {
          ...createPushActivities(find),
          lookAtCirkwi,
          closeLook,
          probeCirkwi: preflight.probeCirkwi,
        },
      },
    ],
  };
}
