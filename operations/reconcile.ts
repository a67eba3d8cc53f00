import { createContexts } from '../activities/contexts';
import { atWork } from '../activities/weavy-webmecanik/find-at-work';
import { placeOf } from '../db/runs';
import type { OperationContext } from './context';
import { type OffersReconciled, reconcileOffers } from './pivot-cirkwi/reconcile';
import { type DossiersReconciled, reconcileDossiers } from './planexpo-inwink/reconcile';
import { Refusal } from './refusal';
import { syncOf } from './syncs';
import { type CrmReconciled, reconcileCrm } from './weavy-webmecanik/reconcile';

export interface ReconcileAsked {
  /** How many differences to list. */
  limit: number;
  /** Inwink: also quantities of products, one call for each partner. */
  quantities?: boolean | undefined;
  /** PIVOT: also every GPX file, one call for each itinerary. */
  tracks?: boolean | undefined;
  /** With the values of fields that differ: personal data. */
  values?: boolean | undefined;
}

/**
 * What a full comparison found, in the terms of each pair: `totals` (read, expected, in step), `counts` of differences by
 * kind, the differences `shown` up to the limit, and how many there are in all.
 */
export type Reconciled = (DossiersReconciled | OffersReconciled | CrmReconciled) & {
  /** Some of the differences may be the work in progress of a run. */
  runUnderWay: boolean;
};

/** Reads both sides anew and compares them; changes nothing. Takes as long as a full reading. */
export async function reconcileSync(
  { configuration, pool }: OperationContext,
  slug: string,
  asked: ReconcileAsked,
): Promise<Reconciled> {
  const { pair } = syncOf(configuration, slug);
  if (asked.quantities && pair !== 'planexpo-inwink') throw onlyFor('--quantities', 'planexpo-inwink');
  if (asked.tracks && pair !== 'pivot-cirkwi') throw onlyFor('--tracks', 'pivot-cirkwi');
  const runUnderWay = (await placeOf(pool, slug)) !== null;
  const contexts = createContexts(configuration, pool);
  switch (pair) {
    case 'planexpo-inwink':
      return { ...(await reconcileDossiers(contexts.of(pair)(slug), asked)), runUnderWay };
    case 'pivot-cirkwi':
      return { ...(await reconcileOffers(contexts.of(pair)(slug), asked)), runUnderWay };
    case 'weavy-webmecanik':
      return { ...(await reconcileCrm(await atWork(contexts.of(pair)(slug)), asked)), runUnderWay };
  }
}

function onlyFor(option: string, pair: string): Refusal {
  return new Refusal('invalid', `${option} is for syncs of the pair ${pair}`);
}
