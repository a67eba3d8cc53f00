import type { ObjectKind } from './feed-reader';
import type { Track } from './track';
import type { XmlElement } from './xml-element';

/** A circuit or a POI in Cirkwi. */
export interface CirkwiObject {
  /** Cirkwi's own id. */
  id: string;
  kind: ObjectKind;
  /** Made by hand in Cirkwi, or imported: only imported ones belong to the feed. */
  origin: 'hand' | 'feed';
  /** The provider's `id_circuit` or `id_poi`. */
  externalId: string | null;
  codeCgt: string | null;
  /** Unix seconds, as the following ones. */
  createdAt: number;
  modifiedAt: number;
  importedAt: number | null;
  /** As it was imported, with what people edited since. */
  element: XmlElement;
  track: Track | null;
}

/** The objects of one kind, in the order in which they came. */
export interface ObjectTable {
  all(): CirkwiObject[];
  get(id: string): CirkwiObject | undefined;
  /** Imported objects with this id of the provider, the oldest first. */
  owned(externalId: string): CirkwiObject[];
  ownedIds(): string[];
  put(object: CirkwiObject): void;
  remove(id: string): void;
  clear(): void;
}

export function objectTable(): ObjectTable {
  const objects = new Map<string, CirkwiObject>();
  const idsByExternal = new Map<string, string[]>();

  return {
    all: () => [...objects.values()],
    get: (id) => objects.get(id),
    owned: (externalId) => (idsByExternal.get(externalId) ?? []).flatMap((id) => objects.get(id) ?? []),
    ownedIds: () => [...idsByExternal.keys()],
    put(object) {
      const known = objects.has(object.id);
      objects.set(object.id, object);
      if (known || object.externalId === null) return;
      const ids = idsByExternal.get(object.externalId);
      if (ids) ids.push(object.id);
      else idsByExternal.set(object.externalId, [object.id]);
    },
    remove(id) {
      const externalId = objects.get(id)?.externalId ?? null;
      objects.delete(id);
      if (externalId === null) return;
      const others = (idsByExternal.get(externalId) ?? []).filter((each) => each !== id);
      if (others.length > 0) idsByExternal.set(externalId, others);
      else idsByExternal.delete(externalId);
    },
    clear() {
      objects.clear();
      idsByExternal.clear();
    },
  };
}
