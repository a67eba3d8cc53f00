import type { Contexts } from '../activities/contexts';
import { createApplyActivities } from '../activities/planexpo-inwink/apply';
import { createDecisionActivities } from '../activities/planexpo-inwink/decisions';
import { createDossierActivities } from '../activities/planexpo-inwink/dossier';
import { createPlanActivities } from '../activities/planexpo-inwink/plan';
import { createPreflightActivities } from '../activities/planexpo-inwink/preflight';
import { createReadActivities } from '../activities/planexpo-inwink/read';
import { INWINK_QUEUE, PLANEXPO_QUEUE } from '../workflows/names';
import type { PairActivities } from './pair-activities';

/** The activities of Planexpo -> Inwink. */
export function planexpoInwinkActivities(contexts: Contexts): PairActivities {
  const find = contexts.of('planexpo-inwink');
  const preflight = createPreflightActivities(find);
  return {
    main: {
      ...createDossierActivities(find),
      // what was found stays in Postgres: it names people and products, and results go into histories
      judgePreflight: async (input: Parameters<typeof preflight.judgePreflight>[0]) => {
        const { failed, trouble } = await preflight.judgePreflight(input);
        return { failed, trouble };
      },
    },
    platforms: [
      {
        platform: 'planexpo',
        queue: PLANEXPO_QUEUE,
        activities: { ...createReadActivities(find), probePlanexpo: preflight.probePlanexpo },
      },
      {
        platform: 'inwink',
        queue: INWINK_QUEUE,
        activities: {
          ...createApplyActivities(find),
          ...createPlanActivities(find),
          ...createDecisionActivities(find),
          probeInwink: preflight.probeInwink,
        },
      },
    ],
  };
}
