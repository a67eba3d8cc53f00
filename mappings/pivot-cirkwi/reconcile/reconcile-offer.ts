import type { Change } from '../../fields';
import { type Difference, difference } from './reconcile-difference';

/** What a pass would do with an offer as PIVOT has it now, and whether Cirkwi is offered it. */
export interface DraftedOffer {
  code: string;
  entity: 'circuit' | 'poi';
  act: 'none' | 'publish' | 'withdraw';
  reason: string | null;
  isOffered: boolean;
  changes: readonly Change[];
}

/** What PIVOT asks for and what is offered to Cirkwi, of one offer. None: in step, or nobody's promise. */
export function reconcileOffer({
  code,
  entity,
  act,
  reason,
  isOffered,
  changes,
}: DraftedOffer): Difference[] {
  const of = { record: code, entity, reason };
  if (act === 'none') return [];
  if (act === 'withdraw') return [difference({ kind: 'extra', ...of })];
  if (!isOffered) return [difference({ kind: 'missing', ...of })];
  return changes.map(({ field, before, after }) =>
    difference({ kind: 'drift', ...of, field, held: before, wanted: after }),
  );
}
