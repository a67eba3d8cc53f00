import type { PivotCirkwiContext } from '../../activities/pivot-cirkwi/context';
import { type Reconciliation, reconcile } from '../../activities/pivot-cirkwi/reconcile';
import { NotComparable } from '../../activities/pivot-cirkwi/reconcile-pivot';
import type { Difference } from '../../mappings/pivot-cirkwi/reconcile/reconcile-difference';
import type { ReconcileAsked } from '../reconcile';
import { Refusal } from '../refusal';

export interface OffersReconciled {
  pair: 'pivot-cirkwi';
  totals: Omit<Reconciliation, 'differences' | 'counts' | 'total'>;
  counts: Reconciliation['counts'];
  shown: ShownOfferDifference[];
  total: number;
}

/** Texts of offers are long: they are there when they were asked for. */
export type ShownOfferDifference = Difference | Omit<Difference, 'held' | 'wanted'>;

export async function reconcileOffers(
  context: PivotCirkwiContext,
  { limit, tracks, values }: ReconcileAsked,
): Promise<OffersReconciled> {
  const asked = { tracks: tracks ? ('fetch' as const) : ('as-stored' as const), limit };
  const { differences, counts, total, ...totals } = await reconcile(context, asked).catch(told);
  const shown = differences.map((one) => (values ? one : withoutValues(one)));
  return { pair: 'pivot-cirkwi', totals, counts, shown, total };
}

function told(error: unknown): never {
  if (error instanceof NotComparable) throw new Refusal('failed', error.message);
  throw error;
}

function withoutValues({ held: _held, wanted: _wanted, ...difference }: Difference) {
  return difference;
}
