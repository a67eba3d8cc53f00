import { z } from 'zod';
import type { TrackPair } from '../../mappings/gpx/draw-tracks';
import { sketchTracks } from '../../mappings/gpx/sketch-tracks';
import type { Language } from '../../mappings/reason-types';
import type { EditView, ObjectView, OfferView, TrackView } from '../../operations/pivot-cirkwi/offer-view';
import { editStateText, objectStateText } from '../../operations/pivot-cirkwi/offer-words';
import { COLON, timeText } from '../answer';
import { factsText, numberText } from '../track-text';

const WORDS = {
  fr: {
    inFeed: 'Dans le flux',
    notInFeed: 'rien de publié pour cette offre',
    circuit: 'circuit',
    poi: 'point d’intérêt',
    published: 'publié le',
    verified: 'vu tel quel le',
    inCirkwi: 'Cirkwi',
    track: 'Tracé de PIVOT',
    noTrack: 'aucun fichier GPX',
    media: 'média',
    problem: 'Problème',
    edits: 'Tracés dessinés dans Cirkwi',
    edit: 'dessin',
    found: 'trouvé le',
    length: 'longueur',
    climb: 'dénivelé positif',
    distance: 'écart le plus grand',
    reversed: 'parcouru dans l’autre sens',
    newMedia: 'nouveau média dans PIVOT',
    before: 'tracé publié',
    after: 'dessin de Cirkwi',
    title: 'Tracé publié et dessin de Cirkwi',
    none: 'aucun',
  },
  en: {
    inFeed: 'In the feed',
    notInFeed: 'nothing published for this offer',
    circuit: 'circuit',
    poi: 'point of interest',
    published: 'published',
    verified: 'seen as it is',
    inCirkwi: 'Cirkwi',
    track: 'PIVOT’s track',
    noTrack: 'no GPX file',
    media: 'media',
    problem: 'Problem',
    edits: 'Tracks drawn in Cirkwi',
    edit: 'drawing',
    found: 'found',
    length: 'length',
    climb: 'climb',
    distance: 'largest distance',
    reversed: 'walked the other way',
    newMedia: 'new media in PIVOT',
    before: 'published track',
    after: 'drawing in Cirkwi',
    title: 'Published track and drawing in Cirkwi',
    none: 'none',
  },
} as const satisfies Record<Language, Record<string, string>>;

/** Characters that a sketch takes on a terminal. */
const SKETCH = { columns: 60, rows: 16 };

/** What Cirkwi is offered for an offer, its track, and what people drew over it. */
export function offerLines(offer: OfferView, language: Language): string[] {
  const words = WORDS[language];
  const head = `${words.inFeed}${COLON[language].trimEnd()}`;
  return [
    ...(offer.object === null
      ? [head, `  ${words.notInFeed}`]
      : [head, ...objectLines(offer.object, language)]),
    ...trackLines(offer, language),
    ...(offer.edits.length === 0 ? [] : [`${words.edits}${COLON[language].trimEnd()}`]),
    ...offer.edits.flatMap((edit) => editLines(edit, language)),
  ];
}

function objectLines(object: ObjectView, language: Language): string[] {
  const words = WORDS[language];
  const dates = [
    ...(object.publishedAt === null ? [] : [`${words.published} ${timeText(object.publishedAt, language)}`]),
    ...(object.verifiedAt === null ? [] : [`${words.verified} ${timeText(object.verifiedAt, language)}`]),
  ];
  const kind = object.kind === 'poi' ? words.poi : words.circuit;
  const state = objectStateText(object.state, language);
  return [
    `  ${kind}${COLON[language]}${[state, ...dates].join(', ')}`,
    ...(object.cirkwiId === null
      ? []
      : [
          `  ${words.inCirkwi} ${object.cirkwiId}${object.url === null ? '' : `${COLON[language]}${object.url}`}`,
        ]),
  ];
}

/** Points of interest have no track, and nothing is missing then. */
function trackLines({ object, track }: OfferView, language: Language): string[] {
  const words = WORDS[language];
  const head = `${words.track}${COLON[language].trimEnd()}`;
  if (track === null) return object?.kind === 'circuit' ? [head, `  ${words.noTrack}`] : [];
  const facts = track.facts === null ? [] : factsText(track.facts, language).split('\n');
  return [
    head,
    `  ${words.media} ${track.media}${track.mediaModifiedAt === null ? '' : ` (${timeText(track.mediaModifiedAt, language)})`}`,
    ...facts.map((line) => `  ${line}`),
    ...problemLines(track, language),
  ];
}

function problemLines({ problem }: TrackView, language: Language): string[] {
  if (problem === null) return [];
  const { problem: label } = WORDS[language];
  return [`  ${label}${COLON[language]}[${problem.reason}] ${problem.what} (${problem.detail})`];
}

/** What a look noted of two lines; an older one may have noted less. */
const comparisonSchema = z
  .object({
    largestDistanceM: z.number().nullable(),
    reversed: z.boolean(),
    lengthBeforeM: z.number(),
    lengthAfterM: z.number(),
    climbBeforeM: z.number().nullable(),
    climbAfterM: z.number().nullable(),
  })
  .partial()
  .catch({});

function editLines(edit: EditView, language: Language): string[] {
  const words = WORDS[language];
  const media = edit.media === null ? '' : `, ${words.newMedia}${COLON[language]}${edit.media}`;
  const numbers = comparisonText(edit.comparison, language);
  return [
    `  ${words.edit} ${edit.id}, ${words.found} ${timeText(edit.foundAt, language)}${COLON[language]}${editStateText(edit.state, language)}${media}`,
    ...(numbers === '' ? [] : [`    ${numbers}`]),
  ];
}

function comparisonText(stored: Record<string, unknown>, language: Language): string {
  const words = WORDS[language];
  const found = comparisonSchema.parse(stored);
  const { lengthBeforeM, lengthAfterM, climbBeforeM, climbAfterM, largestDistanceM } = found;
  const metres = (value: number) => `${numberText(value, language, 0)} m`;
  const kilometres = (value: number) => `${numberText(value / 1_000, language, 2)} km`;
  const parts: string[] = [];
  if (lengthBeforeM !== undefined && lengthAfterM !== undefined)
    parts.push(`${words.length} ${kilometres(lengthBeforeM)} → ${kilometres(lengthAfterM)}`);
  if (climbBeforeM != null && climbAfterM != null)
    parts.push(`${words.climb} ${metres(climbBeforeM)} → ${metres(climbAfterM)}`);
  if (largestDistanceM != null) parts.push(`${words.distance} ${metres(largestDistanceM)}`);
  if (found.reversed === true) parts.push(words.reversed);
  return parts.join(', ');
}

/** Both lines one over the other, for a terminal. */
export function sketchText(pair: TrackPair, language: Language): string {
  const { before, after } = WORDS[language];
  return sketchTracks(pair, { ...SKETCH, words: { before, after } });
}

/** Words of the drawing of both lines. */
export function drawingWords(language: Language): Record<'title' | 'before' | 'after' | 'none', string> {
  const { title, before, after, none } = WORDS[language];
  return { title, before, after, none };
}
