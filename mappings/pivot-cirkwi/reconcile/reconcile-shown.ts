import { type Difference, difference } from './reconcile-difference';

/** An object as it is offered to Cirkwi, without its content. Times in milliseconds since 1970. */
export interface OfferedState {
  code: string;
  kind: 'circuit' | 'poi';
  /** Null: withdrawn, or never published. */
  publishedHash: string | null;
  changedAt: number;
  /** Cirkwi has shown it as it is offered since the last publication. */
  verified: boolean;
}

/** An object of Cirkwi that bears a mark of ours. */
export interface ShownObject {
  id: string;
  /** Texts that Cirkwi shows otherwise than they are offered. */
  differing: string[];
}

/**
 * What is offered and what Cirkwi shows. Pure. Cirkwi imports at an hour of its own: what was published, or withdrawn, at
 * `importsSince` or later may still be put right by it, and says so.
 */
export function reconcileShown(
  offered: readonly OfferedState[],
  shown: ReadonlyMap<string, readonly ShownObject[]>,
  importsSince: number,
): Difference[] {
  return offered.flatMap((object) => {
    const found = shown.get(object.code) ?? [];
    const awaitsImport = !object.verified && object.changedAt >= importsSince;
    const targetIds = found.map(({ id }) => id).sort();
    const of = { record: object.code, entity: object.kind, targetIds };
    if (object.publishedHash === null)
      return found.length === 0 ? [] : [difference({ kind: 'orphan', ...of, awaitsImport })];
    if (found.length === 0) return [difference({ kind: 'not-in-cirkwi', ...of, awaitsImport })];
    if (found.length > 1) return [difference({ kind: 'duplicate', ...of })];
    const kind = object.verified ? ('edited-in-cirkwi' as const) : ('not-in-cirkwi' as const);
    const fields = found.flatMap(({ differing }) => differing);
    return fields.map((field) => difference({ kind, ...of, field, awaitsImport }));
  });
}
