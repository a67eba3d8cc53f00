import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { createCoupleApplyActivities } from '../../activities/weavy-webmecanik/apply';
import type { createGoneActivities } from '../../activities/weavy-webmecanik/follow-gone';
import type {
  createCounterpartActivities,
  createOneCoupleActivities,
} from '../../activities/weavy-webmecanik/one-couple';
import type { createCouplePlanActivities } from '../../activities/weavy-webmecanik/plan';
import type { createCrmPreflightActivities } from '../../activities/weavy-webmecanik/preflight';
import type { createCrmReadActivities } from '../../activities/weavy-webmecanik/read';
import type { createEntrantActivities } from '../../activities/weavy-webmecanik/read-entrants';
import { LOCAL, platformOptions } from '../activity-options';
import type { RetrySettings } from '../messages';
import { MAIN_QUEUE, MAUTIC_QUEUE, WEAVY_QUEUE } from '../names';

type Preflight = ReturnType<typeof createCrmPreflightActivities>;
/** The same for both sides; each on the queue of its platform. */
type SideActivities = ReturnType<typeof createCrmReadActivities> &
  ReturnType<typeof createCoupleApplyActivities> &
  ReturnType<typeof createCounterpartActivities>;
type WeavyActivities = SideActivities &
  ReturnType<typeof createEntrantActivities> &
  Pick<Preflight, 'probeWeavy'>;
type MauticActivities = SideActivities &
  ReturnType<typeof createGoneActivities> &
  Pick<Preflight, 'probeMautic' | 'discoverFields'>;
type PlanActivities = ReturnType<typeof createCouplePlanActivities>;
type LocalActivities = Pick<Preflight, 'judgeCrmPreflight'> &
  Pick<PlanActivities, 'tellLeftOut'> &
  ReturnType<typeof createOneCoupleActivities>;

export function weavyActivities(retry: RetrySettings) {
  return proxyActivities<WeavyActivities>(platformOptions(WEAVY_QUEUE, retry));
}

export function mauticActivities(retry: RetrySettings) {
  return proxyActivities<MauticActivities>(platformOptions(MAUTIC_QUEUE, retry));
}

/** What both sides can do, on one of them. */
export function sideActivities(side: 'weavy' | 'mautic', retry: RetrySettings) {
  return proxyActivities<SideActivities>(
    platformOptions(side === 'weavy' ? WEAVY_QUEUE : MAUTIC_QUEUE, retry),
  );
}

/** Matching and planning over all records, in Postgres. */
export function coupleActivities(retry: RetrySettings) {
  return proxyActivities<PlanActivities>(platformOptions(MAIN_QUEUE, retry));
}

/** Short work in Postgres. */
export const localCouples = proxyLocalActivities<LocalActivities>(LOCAL);
