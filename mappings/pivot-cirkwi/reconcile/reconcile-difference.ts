import type { FieldValue } from '../../fields';

export type DifferenceKind =
  /** PIVOT asks for it, and nothing of it is offered to Cirkwi. */
  | 'missing'
  /** Offered to Cirkwi, and PIVOT asks for it no longer. */
  | 'extra'
  /** Offered with another content than PIVOT asks for. */
  | 'drift'
  /** Cirkwi does not show it, or does not show it as it is offered since the last publication. */
  | 'not-in-cirkwi'
  /** Cirkwi showed it as offered once, and shows other texts now. */
  | 'edited-in-cirkwi'
  /** Several objects of Cirkwi claim one code. */
  | 'duplicate'
  /** Cirkwi shows an object with a code of ours that is not offered. */
  | 'orphan';

export const DIFFERENCE_KINDS = [
  'missing',
  'extra',
  'drift',
  'not-in-cirkwi',
  'edited-in-cirkwi',
  'duplicate',
  'orphan',
] as const satisfies DifferenceKind[];

/** One difference; of an offer that differs in several fields, one for each. */
export interface Difference {
  kind: DifferenceKind;
  /** The offer's code. */
  record: string;
  entity: 'circuit' | 'poi';
  /** Cirkwi's ids. */
  targetIds: string[];
  field: string | null;
  /** Why the offer is asked for or not, where there is a reason. */
  reason: string | null;
  /** What is offered, or what Cirkwi shows where that is compared. */
  held: FieldValue;
  wanted: FieldValue;
  /** Cirkwi's next import may still bring it about by itself. */
  awaitsImport: boolean;
}

export function difference(
  found: Pick<Difference, 'kind' | 'record' | 'entity'> & Partial<Difference>,
): Difference {
  return {
    targetIds: [],
    field: null,
    reason: null,
    held: null,
    wanted: null,
    awaitsImport: false,
    ...found,
  };
}
