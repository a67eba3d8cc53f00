import type { XmlElement } from './xml-element';

/**
 * Ids that Cirkwi knows, as another producer of its feeds ships them (documented there; dated: Cirkwi has added
 * locomotions since, so an id that is missing here is reported and left out, never a reason to refuse the object).
 */
const KNOWN: Readonly<Record<string, { attribute: string; ids: ReadonlySet<string> }>> = {
  categorie: {
    attribute: 'id_categorie',
    ids: idsOf(`1 2 3 4 5 6 13 14 15 16 17 19 21 23 25 26 27 28 29 39 41 42 47 48 60 62 63 67 72 78 79 80 81 82 83 84
      85 86 87 88 89 96 97 98 99 100 101 127 128 137 141 142 143 144 145 146 147 149 151 152 153 154 155 156 157`),
  },
  locomotion: {
    attribute: 'id_locomotion',
    ids: idsOf('2 3 4 5 6 7 8 9 10 11 12 13 15 16 18 19 20 21 22 23'),
  },
  tag_public: {
    attribute: 'id',
    ids: idsOf(`3 4 5 6 7 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46
      47 49 50 51 52 53 54 55 56 57`),
  },
};

function idsOf(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** The element without the codes that Cirkwi does not know, and what was left out. */
export function withKnownCodes(found: XmlElement): { element: XmlElement; unknown: string[] } {
  const unknown: string[] = [];
  return { element: pruned(found, unknown), unknown };
}

function pruned(found: XmlElement, unknown: string[]): XmlElement {
  // Steps have categories of another list, which is not public.
  if (found.children.length === 0 || found.name === 'infos_parcours') return found;
  const children = found.children.flatMap((child) => {
    const list = KNOWN[child.name];
    if (!list) return [pruned(child, unknown)];
    const id = child.attributes[list.attribute]?.trim();
    if (id === undefined || list.ids.has(id)) return [child];
    unknown.push(`${child.name} ${id} is not known`);
    return [];
  });
  return { ...found, children };
}
