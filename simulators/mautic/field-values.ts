import { COUNTRIES, LOCALES, REGIONS, TIME_ZONES } from './closed-lists';
import type { MauticField } from './field-definition';
import type { FieldValue } from './records';

/** What is stored for a sent value, or why it is refused. Blanks of every kind are null. */
export type Cleaned = { value: FieldValue } | { problem: string };

const NOT_VALID: Cleaned = { problem: 'This value is not valid.' };
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...['1', 'true', 'yes', 'y', 't', 'on'].map((word) => [word, true] as const),
  ...['0', 'false', 'no', 'n', 'f', 'off'].map((word) => [word, false] as const),
]);

export function cleanedValue(field: MauticField, sent: unknown): Cleaned {
  if (sent === null || sent === undefined) return { value: null };
  if (Array.isArray(sent)) {
    if (field.type !== 'multiselect') return NOT_VALID;
    return choices(field, sent.map(String));
  }
  if (typeof sent === 'object') return NOT_VALID;
  const text = withoutTags(scalarText(sent, field)).trim();
  return text === '' ? { value: null } : typed(field, text);
}

function typed(field: MauticField, text: string): Cleaned {
  switch (field.type) {
    case 'textarea':
      return { value: text };
    case 'number':
      return Number.isFinite(Number(text))
        ? { value: Number(text) }
        : { problem: 'This value should be a valid number.' };
    case 'boolean': {
      const value = BOOLEANS.get(text.toLowerCase());
      return value === undefined ? NOT_VALID : { value };
    }
    case 'date':
    case 'datetime':
    case 'time':
      return { value: moment(field.type, text) };
    case 'select':
      return field.options.some(({ value }) => value === text) ? { value: text } : NOT_VALID;
    case 'multiselect':
      return choices(field, text.split('|'));
    case 'country':
      return oneOf(COUNTRIES, text);
    case 'region':
      return oneOf(REGIONS, text);
    case 'locale':
      return oneOf(LOCALES, text);
    case 'timezone':
      return oneOf(TIME_ZONES, text);
    case 'email':
      if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text)) return { problem: 'A valid email is required.' };
      return limited(field, text);
    default:
      return limited(field, text);
  }
}

function limited({ length }: MauticField, text: string): Cleaned {
  if ([...text].length <= length) return { value: text };
  return { problem: `This value is too long. It should have ${length} characters or less.` };
}

function oneOf(list: ReadonlySet<string>, text: string): Cleaned {
  return list.has(text) ? { value: text } : NOT_VALID;
}

function choices(field: MauticField, given: readonly string[]): Cleaned {
  const texts = given.map((text) => text.trim()).filter((text) => text !== '');
  if (texts.some((text) => !field.options.some(({ value }) => value === text))) return NOT_VALID;
  return { value: texts.length === 0 ? null : texts.join('|') };
}

/** In UTC and without seconds. What is no time is taken as a blank, as the platform's parsing does. */
function moment(type: 'date' | 'datetime' | 'time', text: string): string | null {
  if (type === 'time') return /^([01]\d|2[0-3]):[0-5]\d/.exec(text)?.[0] ?? null;
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(text.slice(10)) || text.length <= 10 ? text : `${text}Z`;
  const ms = Date.parse(zoned.replace(' ', 'T'));
  if (Number.isNaN(ms)) return null;
  const iso = new Date(ms).toISOString();
  return type === 'date' ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;
}

/** As PHP casts to text: true is "1" and false is nothing; in a checkbox false is a value. */
function scalarText(value: unknown, { type }: MauticField): string {
  if (value === true) return '1';
  if (value === false) return type === 'boolean' ? '0' : '';
  return String(value);
}

function withoutTags(text: string): string {
  return text.replace(/<\/?[a-z!][^>]*>/gi, '');
}
