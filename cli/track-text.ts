import type { GpxRefusal } from '../mappings/gpx/gpx-refusal';
import type { TrackFacts } from '../mappings/gpx/track-facts';
import type { Language } from '../mappings/reason-types';
import { COLON } from './answer';

const WORDS = {
  fr: {
    good: 'Trace utilisable',
    refused: 'Trace refusée',
    length: 'Longueur',
    climb: 'Dénivelé positif',
    descent: 'Dénivelé négatif',
    heights: 'Altitudes',
    points: 'Points',
    segments: 'segments',
    segment: 'segment',
    unknown: 'inconnu',
    delete:
      'Si vous avez dessiné ce circuit dans Cirkwi : après la publication de sa fiche PIVOT, supprimez le dessin dans Cirkwi, sinon le circuit y sera deux fois. Un circuit venu de PIVOT ne se supprime pas dans Cirkwi.',
  },
  en: {
    good: 'The track can be used',
    refused: 'Track refused',
    length: 'Length',
    climb: 'Climb',
    descent: 'Descent',
    heights: 'Altitudes',
    points: 'Points',
    segments: 'segments',
    segment: 'segment',
    unknown: 'unknown',
    delete:
      'If you drew this circuit in Cirkwi: once its PIVOT twin is published, delete the drawing in Cirkwi, or the circuit will be there twice. A circuit that came from PIVOT is not to be deleted in Cirkwi.',
  },
} as const satisfies Record<Language, Record<string, string>>;

const REFUSALS = {
  'too-large': { fr: 'le fichier est trop lourd', en: 'the file is too large' },
  'not-utf8': {
    fr: "le texte du fichier n'est pas dans l'encodage attendu",
    en: 'the text of the file is not in the encoding expected',
  },
  doctype: {
    fr: 'le fichier déclare un type de document (DOCTYPE), ce qui peut cacher une attaque',
    en: 'the file declares a document type (DOCTYPE), which may hide an attack',
  },
  'not-xml': { fr: "ce n'est pas du XML bien formé", en: 'it is not well-formed XML' },
  truncated: { fr: 'le fichier est coupé', en: 'the file is cut off' },
  'not-gpx': { fr: "ce n'est pas un fichier GPX", en: 'it is not a GPX file' },
  'too-deep': { fr: 'ses éléments sont trop imbriqués', en: 'its elements are nested too deep' },
  'bad-coordinate': { fr: "une coordonnée n'est pas valable", en: 'a coordinate is not valid' },
  'too-many-points': { fr: 'il y a trop de points', en: 'there are too many points' },
  'no-points': { fr: 'il ne contient aucune ligne', en: 'it holds no line' },
} as const satisfies Record<GpxRefusal, Record<Language, string>>;

/** Why a file is refused, in words; `detail` says where, in English. */
export function refusalText(reason: GpxRefusal, detail: string, language: Language): string {
  return `${WORDS[language].refused}${COLON[language]}${REFUSALS[reason][language]} (${detail})`;
}

export function goodTrackText(format: string, facts: TrackFacts, language: Language): string {
  return `${WORDS[language].good} (${format})\n${factsText(facts, language)}`;
}

/** What can be said of a track, a line each. */
export function factsText(facts: TrackFacts, language: Language): string {
  const words = WORDS[language];
  const { climbM, descentM, minEleM, maxEleM } = facts;
  const metres = (value: number | null) =>
    value === null ? words.unknown : `${numberText(value, language, 0)} m`;
  const heights =
    minEleM === null || maxEleM === null ? words.unknown : `${metres(minEleM)} - ${metres(maxEleM)}`;
  const lines: Array<[string, string]> = [
    [words.length, `${numberText(facts.lengthM / 1_000, language, 2)} km`],
    [words.climb, metres(climbM)],
    [words.descent, metres(descentM)],
    [words.heights, heights],
    [
      words.points,
      `${numberText(facts.points, language, 0)}, ${facts.segments} ${facts.segments === 1 ? words.segment : words.segments}`,
    ],
  ];
  return lines.map(([label, value]) => `${label}${COLON[language]}${value}`).join('\n');
}

/** What a person has to remember after taking a track out of Cirkwi (customer's text: the drawing is deleted by hand). */
export function reminderText(language: Language): string {
  return WORDS[language].delete;
}

/** A number as people write it, with exactly so many decimals. */
export function numberText(value: number, language: Language, digits: number): string {
  const locale = language === 'fr' ? 'fr-FR' : 'en-GB';
  return new Intl.NumberFormat(locale, {
    maximumFractionDigits: digits,
    minimumFractionDigits: digits,
  }).format(value);
}
