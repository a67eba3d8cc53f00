import type { PlanexpoInwinkContext } from '../../activities/planexpo-inwink/context';
import { reconcile } from '../../activities/planexpo-inwink/reconcile';
import type {
  Difference,
  DifferenceKind,
} from '../../mappings/planexpo-inwink/reconcile/reconcile-difference';
import type { ReconcileAsked } from '../reconcile';

export interface DossiersReconciled {
  pair: 'planexpo-inwink';
  totals: Omit<Awaited<ReturnType<typeof reconcile>>, 'differences'>;
  counts: Record<DifferenceKind, number>;
  shown: ShownDossierDifference[];
  total: number;
}

/** Values of fields are personal data here: they are there when they were asked for. */
export type ShownDossierDifference = Difference | Omit<Difference, 'held' | 'wanted'>;

export async function reconcileDossiers(
  context: PlanexpoInwinkContext,
  { limit, quantities, values }: ReconcileAsked,
): Promise<DossiersReconciled> {
  const { differences, ...totals } = await reconcile(context, {
    quantities: quantities ? 'compare' : 'leave',
  });
  const shown = differences.slice(0, limit).map((one) => (values ? one : withoutValues(one)));
  return {
    pair: 'planexpo-inwink',
    totals,
    counts: countsOf(differences),
    shown,
    total: differences.length,
  };
}

function withoutValues({ held: _held, wanted: _wanted, ...difference }: Difference) {
  return difference;
}

function countsOf(differences: readonly Difference[]): Record<DifferenceKind, number> {
  const counts = {
    missing: 0,
    'target-gone': 0,
    duplicate: 0,
    unlinked: 0,
    'dossier-gone': 0,
    drift: 0,
    'quantity-lower': 0,
  };
  for (const { kind } of differences) counts[kind] += 1;
  return counts;
}
