import type { FieldNote } from '../fields';

/**
 * What became of one raw text. `value`: the text to send, `null` to clear the target's field, `undefined` to leave it
 * as it is. `note` is absent when the value is sent exactly as typed, or when there is nothing to say.
 */
export interface Normalised {
  value: string | null | undefined;
  note?: FieldNote['code'];
}

/** A raw value as dossiers carry it: absent and explicitly blank differ. */
export type RawText = string | null | undefined;

/** Lone surrogates, non-characters, soft hyphens, zero-width marks and the marks that turn the writing direction. */
const UNWANTED =
  /[\p{Cs}\p{Noncharacter_Code_Point}\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu;
/** Line ends, tabs and every form of space, non-breaking ones included. */
const SPACES = /[\t\n\v\f\r\u0085\p{Z}]+/gu;
const CONTROLS = /\p{Cc}/gu;

/**
 * Cleans a text without rewriting it: control characters and lone surrogates leave (PostgreSQL and JSON parsers refuse
 * some of them), runs of spaces become one, ends are trimmed, accents take their composed form. Letter case is kept:
 * `ACME` may be how the company spells itself.
 */
export function cleanText(raw: string): string {
  return raw
    .replace(SPACES, ' ')
    .replace(CONTROLS, '')
    .replace(UNWANTED, '')
    .normalize('NFC')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/** The cleaned text; blank is `null`, absent stays absent. Noted as `normalised` when anything but blanks changed. */
export function normaliseText(raw: RawText): Normalised {
  if (raw === undefined || raw === null) return { value: raw };
  const value = cleanText(raw);
  if (value === '') return { value: null };
  return asTyped(raw, value);
}

/** The result for a value that is sent: noted only when it is not what was typed. */
export function asTyped(raw: string, value: string): Normalised {
  return value === raw ? { value } : { value, note: 'normalised' };
}
