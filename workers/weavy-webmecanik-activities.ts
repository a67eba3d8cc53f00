import type { Contexts } from '../activities/contexts';
import { createCoupleApplyActivities } from '../activities/weavy-webmecanik/apply';
import { findAtWork } from '../activities/weavy-webmecanik/find-at-work';
import { createGoneActivities } from '../activities/weavy-webmecanik/follow-gone';
import {
  createCounterpartActivities,
  createOneCoupleActivities,
} from '../activities/weavy-webmecanik/one-couple';
import { createCouplePlanActivities } from '../activities/weavy-webmecanik/plan';
import { createCrmPreflightActivities } from '../activities/weavy-webmecanik/preflight';
import { createCrmReadActivities } from '../activities/weavy-webmecanik/read';
import { createEntrantActivities } from '../activities/weavy-webmecanik/read-entrants';
import { MAUTIC_QUEUE, WEAVY_QUEUE } from '../workflows/names';
import type { PairActivities } from './pair-activities';

/** The activities of weavy <-> Webmecanik. */
export function weavyWebmecanikActivities(contexts: Contexts): PairActivities {
  const find = findAtWork(contexts.of('weavy-webmecanik'));
  const { judgeCrmPreflight, probeWeavy, probeMautic, discoverFields } = createCrmPreflightActivities(find);
  return {
    main: {
      ...createCouplePlanActivities(find),
      ...createOneCoupleActivities(find),
      // what was found stays in Postgres: results go into histories
      judgeCrmPreflight: async (input: Parameters<typeof judgeCrmPreflight>[0]) => {
        const { failed, trouble } = await judgeCrmPreflight(input);
        return { failed, trouble };
      },
    },
    platforms: [
      {
        platform: 'weavy',
        queue: WEAVY_QUEUE,
        activities: {
          ...createCrmReadActivities(find, 'weavy'),
          ...createEntrantActivities(find),
          ...createCoupleApplyActivities(find, 'weavy'),
          ...createCounterpartActivities(find),
          probeWeavy,
        },
      },
      {
        platform: 'mautic',
        queue: MAUTIC_QUEUE,
        activities: {
          ...createCrmReadActivities(find, 'mautic'),
          ...createGoneActivities(find),
          ...createCoupleApplyActivities(find, 'mautic'),
          ...createCounterpartActivities(find),
          probeMautic,
          discoverFields,
        },
      },
    ],
  };
}
