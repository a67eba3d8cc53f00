import { type Difference, difference } from './reconcile-difference';

type Kind = 'circuit' | 'poi';

/** An object as it was last handed over to Cirkwi, without its content. */
export interface HandedOver {
  code: string;
  kind: Kind;
  /** False for what was withdrawn, or never published. */
  isOffered: boolean;
  /** Of the last publication or withdrawal, in milliseconds since 1970; null before the first. */
  at: number | null;
  /** Cirkwi has shown it as it is offered since. */
  isVerified: boolean;
}

/** An object of Cirkwi that bears a mark of one of our offers. */
export interface ShownObject {
  id: string;
  code: string;
  kind: Kind;
  /** Texts that Cirkwi shows otherwise than they are offered. */
  differing: string[];
}

/**
 * What was handed over and what Cirkwi shows. Pure. Cirkwi imports at an hour of its own: it may still put right by itself
 * what was handed over at `importsSince` (milliseconds since 1970) or later, and such differences say so.
 */
export function reconcileShown(
  handedOver: readonly HandedOver[],
  shown: readonly ShownObject[],
  importsSince: number,
): Difference[] {
  const byObject = new Map<string, ShownObject[]>();
  for (const one of shown) byObject.set(keyOf(one), [...(byObject.get(keyOf(one)) ?? []), one]);
  const offered = handedOver.filter((object) => object.isOffered);
  const isRecent = ({ at, isVerified }: HandedOver) => at !== null && at >= importsSince && !isVerified;
  const differing = offered.flatMap((object) =>
    reconcileObject(object, byObject.get(keyOf(object)) ?? [], isRecent(object)),
  );
  return [...differing, ...orphans(handedOver, byObject, isRecent)];
}

function reconcileObject(
  { code, kind, isVerified }: HandedOver,
  found: readonly ShownObject[],
  awaitsImport: boolean,
): Difference[] {
  const of = { record: code, entity: kind, targetIds: found.map(({ id }) => id).sort() };
  if (found.length === 0) return [difference({ kind: 'not-in-cirkwi', ...of, awaitsImport })];
  if (found.length > 1) return [difference({ kind: 'duplicate', ...of })];
  const as = isVerified ? ('edited-in-cirkwi' as const) : ('not-in-cirkwi' as const);
  const fields = found.flatMap(({ differing }) => differing);
  return fields.map((field) => difference({ kind: as, ...of, field, awaitsImport }));
}

/** An offer that became one of another kind leaves its former object behind until the next import. */
function orphans(
  handedOver: readonly HandedOver[],
  byObject: ReadonlyMap<string, readonly ShownObject[]>,
  isRecent: (object: HandedOver) => boolean,
): Difference[] {
  const offered = new Set(handedOver.filter((object) => object.isOffered).map(keyOf));
  const recent = new Set(handedOver.filter(isRecent).map(({ code }) => code));
  return [...byObject].flatMap(([key, found]) => {
    const [first] = found;
    if (first === undefined || offered.has(key)) return [];
    const { code, kind } = first;
    const targetIds = found.map(({ id }) => id).sort();
    return [
      difference({ kind: 'orphan', record: code, entity: kind, targetIds, awaitsImport: recent.has(code) }),
    ];
  });
}

function keyOf({ kind, code }: { kind: Kind; code: string }): string {
  return `${kind} ${code}`;
}
