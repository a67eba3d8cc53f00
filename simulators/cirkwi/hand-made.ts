import type { ObjectKind } from './feed-reader';
import { readGpx } from './gpx';
import type { CirkwiObject } from './object-table';
import type { HandEdit } from './state';
import { figuresOf, segmentOf, type Track } from './track';
import type { CirkwiWorld } from './world';
import { childNamed, element, withChild, type XmlElement } from './xml-element';

/** An object that a person makes in Cirkwi: it belongs to no feed, and no import touches it. */
export function handMadeObject(
  world: CirkwiWorld,
  kind: ObjectKind,
  id: string,
  edit: HandEdit,
): CirkwiObject {
  const now = world.now();
  const parts =
    kind === 'circuit'
      ? [
          element('informations'),
          element('locomotions', {}, [
            element('locomotion', { type: 'Marche', id_locomotion: '2', difficulte: '0', duree: '0' }),
          ]),
        ]
      : [element('categories'), element('informations')];
  return edited(
    {
      id,
      kind,
      origin: 'hand',
      externalId: null,
      codeCgt: null,
      createdAt: now,
      modifiedAt: now,
      importedAt: null,
      element: element(kind, {}, parts),
      track: null,
    },
    { title: { fr: `Sans titre ${id}` }, ...edit },
  );
}

/** The object with a person's edit in it. Throws `UnreadableDocument` for a track that is no GPX. */
export function edited(object: CirkwiObject, { title, description, track }: HandEdit): CirkwiObject {
  let tree = object.element;
  for (const [language, text] of Object.entries(title ?? {}))
    tree = withText(tree, language, element('titre', {}, text));
  for (const [language, text] of Object.entries(description ?? {}))
    tree = withText(tree, language, element('description', {}, text));
  if (track === undefined) return { ...object, element: tree };
  const drawn = track === null ? null : drawnTrack(track);
  return { ...object, element: drawn ? withFigures(tree, drawn) : tree, track: drawn };
}

function drawnTrack(track: NonNullable<HandEdit['track']>): Track {
  if (typeof track === 'string') return readGpx(track);
  return [segmentOf(track.map(([lat, lon, ele = Number.NaN]) => ({ lat, lon, ele })))];
}

function withText(tree: XmlElement, language: string, text: XmlElement): XmlElement {
  const all = childNamed(tree, 'informations') ?? element('informations');
  const isOf = (each: XmlElement): boolean => each.attributes.langue === language;
  const before = all.children.find(isOf) ?? element('information', { langue: language });
  const after = withChild(before, text);
  const others = all.children.some(isOf) ? all.children : [...all.children, before];
  return withChild(tree, { ...all, children: others.map((each) => (each === before ? after : each)) });
}

/** Cirkwi measures what a person draws (assumed). */
function withFigures(tree: XmlElement, track: Track): XmlElement {
  const { lengthM, climbM, descentM } = figuresOf(track);
  return [
    element('distance', {}, String(Math.round(lengthM))),
    element('denivele_positif', {}, String(Math.round(climbM))),
    element('denivele_negatif', {}, String(Math.round(descentM))),
  ].reduce(withChild, tree);
}
