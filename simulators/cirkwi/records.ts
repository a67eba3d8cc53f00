import type { PlatformSummary } from '../core/platform';
import { OBJECT_KINDS, type ObjectKind } from './feed-reader';
import type { CirkwiObject } from './object-table';
import { asLists, pointCount, trackHash } from './track';
import type { CirkwiWorld } from './world';
import { childNamed, descendant } from './xml-element';

export const KIND_OF_RECORDS: Readonly<Record<string, ObjectKind>> = { circuits: 'circuit', pois: 'poi' };

/** What the control routes show. Objects are found by Cirkwi's id, else by the provider's. */
export function recordsOf(world: CirkwiWorld, records: string, id: string | null): readonly unknown[] | null {
  if (records === 'profile' || records === 'settings' || records === 'statistics') {
    return [{ id: records, ...world[records] }].filter((each) => id === null || each.id === id);
  }
  const kind = KIND_OF_RECORDS[records];
  if (!kind) return null;
  if (id === null) return world.objects[kind].all().map(recordOf);
  return foundBy(world, kind, id).map((object) => ({
    ...recordOf(object),
    track: object.track ? asLists(object.track) : null,
    content: object.element,
  }));
}

/** The object with this id of Cirkwi, else those with this id of the provider. */
export function foundBy(world: CirkwiWorld, kind: ObjectKind, id: string): CirkwiObject[] {
  const byOwnId = world.objects[kind].get(id);
  return byOwnId ? [byOwnId] : world.objects[kind].owned(id);
}

/** Times in Unix seconds; texts by language. */
export function recordOf(object: CirkwiObject): Record<string, unknown> {
  const { id, kind, origin, externalId, codeCgt, track, createdAt, modifiedAt, importedAt } = object;
  return {
    id,
    origin,
    [`id_${kind}`]: externalId,
    codeCgt,
    title: titleOf(object),
    texts: textsOf(object),
    trackPoints: track ? pointCount(track) : 0,
    trackHash: track ? trackHash(track) : null,
    createdAt,
    modifiedAt,
    importedAt,
  };
}

export function textsOf(object: CirkwiObject): Record<string, { title: string; description: string }> {
  const all = childNamed(object.element, 'informations')?.children ?? [];
  return Object.fromEntries(
    all.map((each) => [
      each.attributes.langue ?? '',
      {
        title: childNamed(each, 'titre')?.text ?? '',
        description: childNamed(each, 'description')?.text ?? '',
      },
    ]),
  );
}

/** In French; else in the first language there is. */
export function titleOf(object: CirkwiObject): string {
  const french = childNamed(object.element, 'informations')?.children.find(
    ({ attributes }) => attributes.langue === 'fr',
  );
  const title = french
    ? childNamed(french, 'titre')
    : descendant(object.element, 'informations', 'information', 'titre');
  return title?.text ?? '';
}

/** Imported objects by the provider's ids; one of them twice is what must never happen. */
export function cirkwiSummary(world: CirkwiWorld): PlatformSummary {
  let externalReferences = 0;
  const duplicates: Record<string, number> = {};
  for (const kind of OBJECT_KINDS) {
    const table = world.objects[kind];
    const ids = table.ownedIds();
    externalReferences += ids.length;
    duplicates[`${kind}s`] = ids.reduce((sum, id) => sum + table.owned(id).length - 1, 0);
  }
  return { externalReferences, duplicates };
}
