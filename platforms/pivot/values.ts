import { z } from 'zod';
import { LANGUAGES, type OfferLanguage, type Texts } from '../../mappings/pivot-cirkwi/offer';
import { readPivotDate } from './dates';

// Readers for members that PIVOT may leave out, send as null, as text instead of a number, or alone instead of in a
// list. None of them ever fails: what cannot be read counts as not given, and the offer around it is read.

const member = z.unknown().optional();

/** A list; absent and null are an empty one, and anything else alone is a list of one. */
export const list = member.transform(listOf);

/** The only, or first, element. */
export const single = member.transform((value) => listOf(value)[0]);

/** Trimmed text; blank, absent and anything that is no text or number is null. */
export const text = member.transform(textOf);

/** A finite number, also from text (`8.4`, `8,4`, ` 12 `, `1 200`); anything else is null. */
export const number = member.transform((value) => numberOf(textOf(value)));

/** ISO 8601 with an offset; see `readPivotDate`. */
export const moment = member.transform((value) => readPivotDate(textOf(value)));

/** A labelled urn (`{"urn": ...}`), or the bare urn. */
export const labelledUrn = member.transform((value) => {
  const parsed = z.object({ urn: text }).safeParse(value);
  return parsed.success ? parsed.data.urn : textOf(value);
});

/** `[{"lang","value"}]` by language; the first text of a language counts, and a bare text is French. */
export const texts = member.transform((value): Texts => {
  const byLanguage: Texts = {};
  for (const entry of listOf(value)) {
    const parsed = localised.safeParse(entry);
    const found = parsed.success ? parsed.data : { lang: 'fr', value: textOf(entry) };
    const language = languageOf(found.lang);
    if (language !== undefined && found.value !== null) byLanguage[language] ??= found.value;
  }
  return byLanguage;
});

const localised = z.object({ lang: text, value: text });

function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function textOf(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return null;
  const trimmed = value.trim();
  return trimmed === '' ? null : trimmed;
}

/** The number that a text stands for; null when it stands for none, or for one of several. */
export function numberOf(written: string | null): number | null {
  const digits = (written ?? '').replaceAll(/[\s\u00A0\u202F]/g, '').replace(',', '.');
  if (!/^[+-]?\d{1,15}(?:\.\d{1,20})?$/.test(digits)) return null;
  return Number(digits);
}

function languageOf(written: string | null): OfferLanguage | undefined {
  const language = written?.slice(0, 2).toLowerCase();
  return LANGUAGES.find((known) => known === language);
}
