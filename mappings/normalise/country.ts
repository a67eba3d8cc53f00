import * as countries from 'i18n-iso-countries';
import { asTyped, cleanText, type Normalised, type RawText } from './text';

/** Everyday names that no official list has. Folded: no accents, lower case, single spaces. */
const EVERYDAY_NAMES: Readonly<Record<string, string>> = {
  'france metropolitaine': 'FR',
  angleterre: 'GB',
  england: 'GB',
  ecosse: 'GB',
  scotland: 'GB',
  'pays de galles': 'GB',
  wales: 'GB',
  'irlande du nord': 'GB',
  'northern ireland': 'GB',
  'grande bretagne': 'GB',
  hollande: 'NL',
  'pays bas': 'NL',
  'etats unis': 'US',
  tchequie: 'CZ',
  vatican: 'VA',
  eau: 'AE',
  bosnie: 'BA',
  birmanie: 'MM',
  burkina: 'BF',
  'ile maurice': 'MU',
  macedoine: 'MK',
  rdc: 'CD',
  tahiti: 'PF',
  rfa: 'DE',
};
/** Two-letter codes in daily use that are no ISO codes: United Kingdom, and Greece as the European Union writes it. */
const EVERYDAY_CODES: Readonly<Record<string, string>> = { uk: 'GB', el: 'GR' };
const BETWEEN_PARTS = /[,;:/()[\]|]|\s[-\u2013\u2014]\s/u;

/**
 * ISO 3166-1 alpha-2 (assumed to be what Inwink wants) from a code of two or three letters, or from a country name in
 * French, English or any other language, whatever its accents and case. `FR - France` and `Paris, France` are
 * understood when every part that names a country names the same one. Anything else is an unknown value and the field
 * is left out: a name that stands for two countries (`Congo`) is not guessed.
 */
export function normaliseCountry(raw: RawText): Normalised {
  if (raw === undefined || raw === null) return { value: raw };
  const text = cleanText(raw);
  if (text === '') return { value: null };
  const code = byCode(text) ?? byName(text) ?? byParts(text);
  return code === null ? { value: undefined, note: 'unknown-value' } : asTyped(raw, code);
}

function byCode(text: string): string | null {
  const letters = fold(/^(?:\p{L}\.){2,}\p{L}?$/u.test(text) ? text.replaceAll('.', '') : text); // U.S.A.
  if (letters.length === 2) return EVERYDAY_CODES[letters] ?? knownAlpha2(letters.toUpperCase());
  if (letters.length === 3) return countries.alpha3ToAlpha2(letters.toUpperCase()) ?? null;
  return null;
}

function knownAlpha2(code: string): string | null {
  return countries.alpha2ToAlpha3(code) === undefined ? null : code;
}

function byName(text: string): string | null {
  const name = fold(text);
  index ??= buildIndex();
  return index.get(name) ?? index.get(name.replace(/^(?:the|la|le|les|l) /u, '')) ?? null;
}

/** Codes alone do not count here (`Paris, IL` is not Israel), but one that contradicts a name spoils the match. */
function byParts(text: string): string | null {
  const parts = text.split(BETWEEN_PARTS).filter((part) => part.trim() !== '');
  const named = new Set(parts.map(byName).filter((code) => code !== null));
  const [found] = named;
  if (found === undefined || named.size > 1) return null;
  const contradicted = parts.some((part) => byName(part) === null && (byCode(part) ?? found) !== found);
  return contradicted ? null : found;
}

/** Folded name -> code, built at the first use; `null` for a name that means several countries. */
let index: Map<string, string | null> | undefined;

function buildIndex(): Map<string, string | null> {
  const names = new Map<string, string | null>();
  for (const language of countries.getSupportedLanguages()) {
    for (const [code, variants] of Object.entries(countries.getNames(language, { select: 'all' }))) {
      for (const name of variants.map(fold)) {
        names.set(name, names.has(name) && names.get(name) !== code ? null : code);
      }
    }
  }
  for (const [name, code] of Object.entries(EVERYDAY_NAMES)) names.set(name, code);
  return names;
}

/** Case, Latin accents and punctuation aside. Marks of other scripts stay: without them different names fall together. */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036F]/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
}
