import type { FieldValue } from '../fields';

/** How people and platforms write yes and no, in French and English. */
const YES = new Set(['1', 'true', 'yes', 'y', 'on', 'vrai', 'oui', 'o']);
const NO = new Set(['0', 'false', 'no', 'n', 'off', 'faux', 'non']);

/** The text of a value for comparison: composed accents, plain line ends, trimmed. Blanks of every kind are ''. */
export function plainText(value: FieldValue | undefined): string {
  if (value === null || value === undefined) return '';
  return String(value).replace(/\r\n?/g, '\n').normalize('NFC').trim();
}

export function readBoolean(text: string): boolean | null {
  const word = text.toLowerCase();
  if (YES.has(word)) return true;
  return NO.has(word) ? false : null;
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const GROUPED = /^[+-]?\d{1,3}(?:[.,]\d{3})+$/;

/**
 * A number with a point or a comma before its decimals, and with spaces, apostrophes, or the other sign between its
 * thousands. One sign alone is the decimal one: `1,234` is a little over one, as in French. Null for anything else.
 */
export function readNumber(text: string): number | null {
  const packed = text.replace(/[\s'’]/g, '');
  const signs = packed.match(/[.,]/g) ?? [];
  const last = signs.at(-1) ?? '.';
  const isAllGroups = signs.length > 1 && signs.every((sign) => sign === last);
  if (isAllGroups) return GROUPED.test(packed) ? Number(packed.replace(/[.,]/g, '')) : null;
  const at = signs.length === 0 ? packed.length : packed.lastIndexOf(last);
  const whole = packed.slice(0, at);
  if (signs.length > 1 && !GROUPED.test(whole)) return null;
  const decimals = signs.length === 0 ? '' : `.${packed.slice(at + 1)}`;
  const number = whole.replace(/[.,]/g, '') + decimals;
  if (!NUMBER.test(number)) return null;
  const value = Number(number);
  return Number.isFinite(value) ? value + 0 : null; // -0 is 0
}

/** The values of a list, `a|b`, each once, in the order given. */
export function readList(text: string): string[] {
  const values = text.split('|').map((value) => value.trim());
  return [...new Set(values)].filter((value) => value !== '');
}
