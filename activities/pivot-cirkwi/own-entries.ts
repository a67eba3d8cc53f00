import { openItem } from '../../db/attention';
import { type KnownObject, knownObjects } from '../../db/look';
import { OfferReason } from '../../mappings/pivot-cirkwi/reasons';
import type { CirkwiEntry } from '../../platforms/cirkwi/client';
import { callContext } from '../call-context';
import type { PivotCirkwiContext } from './context';

export interface OwnEntries {
  /** By Cirkwi's id: the one entry that stands for each object of ours. */
  owned: Map<string, KnownObject>;
  /** Every entry that claims an object of ours, rightly or not. */
  claiming: ReadonlySet<string>;
}

/**
 * The objects of ours among the entries. When several entries claim one object a person is told, and only the one that we
 * know from before, or that bears the better mark, is looked at; where nothing tells them apart, none is.
 */
export async function ownEntries(
  context: PivotCirkwiContext,
  look: { runId: number | null; kind: 'circuit' | 'poi' },
  entries: readonly CirkwiEntry[],
): Promise<OwnEntries> {
  const marks = entries.map(({ id, codeCgt, privateTags }) => ({ id, codeCgt, privateTags }));
  const known = await knownObjects(context.pool, context.slug, look.kind, marks);
  const claims = new Map<string, KnownObject[]>();
  for (const object of known) claims.set(object.code, [...(claims.get(object.code) ?? []), object]);
  const stillThere = idsOnce(context, look.kind);
  const owned = new Map<string, KnownObject>();
  for (const [code, claimants] of claims) {
    const ids = await rivals(claimants, stillThere);
    const chosen = chosenOf(claimants, ids);
    if (chosen !== null) owned.set(chosen.cirkwiId, chosen);
    if (ids.length > 1)
      await openItem(context.pool, context.slug, look.runId, {
        recordId: code,
        reason: OfferReason.identityAmbiguous,
        detail: { cirkwiIds: ids },
        severity: 'action',
      });
  }
  return { owned, claiming: new Set(known.map((object) => object.cirkwiId)) };
}

/** Ids of all entries that claim the object, the one we knew before among them as long as Cirkwi still has it. */
async function rivals(
  claimants: readonly KnownObject[],
  stillThere: () => Promise<ReadonlySet<string>>,
): Promise<string[]> {
  const ids = claimants.map((object) => object.cirkwiId).sort();
  const before = claimants[0]?.storedId ?? null;
  if (before === null || ids.includes(before)) return ids;
  // deleted and imported anew it has another id; a copy of it is a second one
  return (await stillThere()).has(before) ? [...ids, before].sort() : ids;
}

function chosenOf(claimants: readonly KnownObject[], ids: readonly string[]): KnownObject | null {
  const [only] = claimants;
  if (only === undefined) return null;
  if (ids.length === 1) return only;
  if (only.storedId !== null && ids.includes(only.storedId))
    return claimants.find((object) => object.cirkwiId === object.storedId) ?? null;
  const [best, second] = [...claimants].sort((a, b) => a.rank - b.rank);
  return best !== undefined && second !== undefined && best.rank < second.rank ? best : null;
}

/** Asked at most once, and only when it matters. */
function idsOnce(
  { target }: PivotCirkwiContext,
  kind: 'circuit' | 'poi',
): () => Promise<ReadonlySet<string>> {
  let asked: Promise<ReadonlySet<string>> | null = null;
  return () => {
    asked ??= target.listIds(kind, callContext()).then((ids) => new Set(ids));
    return asked;
  };
}
