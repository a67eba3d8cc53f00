import type { Pair, SyncConfiguration } from '../../../config/schema';
import { type Overview, overview, type SyncOverview } from '../../../db/lists/overview';
import type { Page } from '../../../db/lists/page';
import { listRuns, type RunListRow } from '../../../db/lists/runs';
import { maskInForce } from '../../../db/masks';
import { type OffersStatus, offersStatus } from '../../../operations/pivot-cirkwi/offers-status';
import { Refusal } from '../../../operations/refusal';
import { syncOf } from '../../../operations/syncs';
import { type CrmStatus, crmStatus } from '../../../operations/weavy-webmecanik/crm-status';
import type { ServiceParts } from '../../parts';
import { type KnownSchedule, PAGE_WAITS_MS, scheduleWithin } from './schedule-within';

/** Runs on the page of a sync, and on each page of their own list. */
export const RUNS = 20;

/** Everything that the page of a sync shows. */
export interface SyncParts {
  sync: string;
  pair: Pair;
  overview: SyncOverview;
  /** Both accounts, the source first; one that was never called is usable. */
  accounts: Overview['accounts'];
  runs: Page<RunListRow>;
  schedule: KnownSchedule;
  own: OwnStatus;
}

/** What one pair only has. */
type OwnStatus =
  | { pair: 'planexpo-inwink'; maskVersion: number | null }
  | { pair: 'pivot-cirkwi'; offers: OffersStatus }
  | { pair: 'weavy-webmecanik'; crm: CrmStatus };

/** Rejects with a refusal for a sync that is not configured. */
export async function syncParts(parts: ServiceParts, slug: string): Promise<SyncParts> {
  const sync = syncOf(parts.configuration, slug);
  const [found, runs, schedule, own] = await Promise.all([
    overview(parts.pool, [slug]),
    listRuns(parts.pool, { sync: slug, limit: RUNS }),
    scheduleWithin(parts, slug, PAGE_WAITS_MS),
    ownStatus(parts, slug, sync.pair),
  ]);
  const one = found.syncs[0];
  if (one === undefined) throw new Refusal('not-found', `nothing is known of "${slug}"`);
  return {
    sync: slug,
    pair: sync.pair,
    overview: one,
    accounts: accountsOf(sync, found.accounts),
    runs,
    schedule,
    own,
  };
}

function accountsOf(
  { source, target }: SyncConfiguration,
  known: Overview['accounts'],
): Overview['accounts'] {
  return [source, target].map(
    (name) =>
      known.find(({ account }) => account === name) ?? {
        account: name,
        pausedUntil: null,
        accessLostAt: null,
      },
  );
}

async function ownStatus({ pool }: ServiceParts, slug: string, pair: Pair): Promise<OwnStatus> {
  switch (pair) {
    case 'planexpo-inwink':
      return { pair, maskVersion: (await maskInForce(pool, slug))?.version ?? null };
    case 'pivot-cirkwi':
      return { pair, offers: await offersStatus(pool, slug) };
    case 'weavy-webmecanik':
      return { pair, crm: await crmStatus(pool, slug) };
  }
}
