import type { WeavyWebmecanikContext } from '../../activities/weavy-webmecanik/context';
import { type Reconciliation, reconcile } from '../../activities/weavy-webmecanik/reconcile';
import type { Difference } from '../../mappings/weavy-webmecanik/reconcile/reconcile-difference';
import type { ReconcileAsked } from '../reconcile';

export interface CrmReconciled {
  pair: 'weavy-webmecanik';
  totals: Omit<Reconciliation, 'differences' | 'counts' | 'total'>;
  counts: Reconciliation['counts'];
  shown: ShownCrmDifference[];
  total: number;
}

/** Values of fields are personal data: they are there when they were asked for. */
export type ShownCrmDifference = Difference | Omit<Difference, 'weavy' | 'mautic'>;

export async function reconcileCrm(
  context: WeavyWebmecanikContext,
  { limit, values }: ReconcileAsked,
): Promise<CrmReconciled> {
  const { differences, counts, total, ...totals } = await reconcile(context, { limit });
  const shown = differences.map((one) => (values ? one : withoutValues(one)));
  return { pair: 'weavy-webmecanik', totals, counts, shown, total };
}

function withoutValues({ weavy: _weavy, mautic: _mautic, ...difference }: Difference) {
  return difference;
}
