import type { Contexts } from '../../workers/contexts';
import type { PairReconciliation, ReconcileAsked } from '../commands/reconcile';
import { UsageError } from '../context';

export async function reconcileCrm(
  _contexts: Contexts,
  { sync }: ReconcileAsked,
): Promise<PairReconciliation> {
  throw new UsageError(`reconcile does not compare syncs of the pair of "${sync}" yet`);
}
