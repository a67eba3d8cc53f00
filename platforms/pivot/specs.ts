import { LANGUAGES, type Texts } from '../../mappings/pivot-cirkwi/offer';
import { inLanguage, specSchema } from './contract';
import { decodeNumericEntities } from './html-entities';
import { numberOf } from './values';

/** What the specs of an offer say, by urn. A urn that comes twice counts with its first value. */
export interface Specs {
  values: ReadonlyMap<string, string>;
  /** Urns of Boolean specs that are true, in plain order: PIVOT promises none. */
  ticked: string[];
}

/** Top-level specs only: those inside an object (opening hours, descriptions for a public) say nothing about the offer. */
export function readSpecs(rows: unknown[]): Specs {
  const values = new Map<string, string>();
  const ticked = new Set<string>();
  for (const row of rows) {
    const spec = specSchema.safeParse(row);
    if (!spec.success || spec.data.value === null) continue;
    const { urn, type, value } = spec.data;
    if (!values.has(urn)) values.set(urn, value);
    // documents that do not name types are taken at their word
    if (type === 'Boolean' ? isTrue(value) : type === null && /^true$/i.test(value)) ticked.add(urn);
  }
  return { values, ticked: [...ticked].sort() };
}

/** Rich texts by language. */
export function htmlOf(specs: Specs, urn: string): Texts {
  const texts = textsOf(specs, urn);
  for (const language of LANGUAGES) {
    const html = texts[language];
    if (html !== undefined) texts[language] = decodeNumericEntities(html);
  }
  return texts;
}

/** Texts by language; a language without text is absent. */
export function textsOf(specs: Specs, urn: string): Texts {
  const texts: Texts = {};
  for (const language of LANGUAGES) {
    const value = textOf(specs, inLanguage(urn, language));
    if (value !== null) texts[language] = value;
  }
  return texts;
}

export function textOf(specs: Specs, urn: string): string | null {
  return specs.values.get(urn) ?? null;
}

/** Yes, no, or null where PIVOT says nothing. */
export function answerOf(specs: Specs, urn: string): boolean | null {
  const value = textOf(specs, urn);
  if (value === null) return null;
  if (isTrue(value)) return true;
  return /^(?:false|0)$/i.test(value) ? false : null;
}

function isTrue(value: string): boolean {
  return /^(?:true|1)$/i.test(value);
}

/** A number that stands in a text; null when there is none. */
export function numberIn(specs: Specs, urn: string): number | null {
  return numberOf(textOf(specs, urn));
}
