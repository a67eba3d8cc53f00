import { normalisePhone } from '../../mappings/normalise/phone';

/** Stands in histories where a value of a person was. */
export const FORGOTTEN = '[forgotten]';

/** What tells of one person, in the forms in which it was found. */
export interface PersonalValues {
  /** In small letters. */
  emails: string[];
  phones: string[];
  /** First and last name together, in both orders. */
  names: string[];
}

/** Fewer digits stand in too many texts that are about nobody. */
const FEWEST_DIGITS = 6;
/** Where a number without a country code may have been read (the customers' countries). */
const REGIONS = ['FR', 'BE'];

/** A number as typed and as platforms are sent it; nothing for a text that nobody could dial. */
export function phoneForms(raw: unknown): string[] {
  if (typeof raw !== 'string' && typeof raw !== 'number') return [];
  const typed = String(raw).trim();
  const sent = REGIONS.map((region) => normalisePhone(typed, region).value ?? '');
  return [...new Set([typed, ...sent])].filter((form) => form.replace(/\D/g, '').length >= FEWEST_DIGITS);
}

export function nameForms(first: unknown, last: unknown): string[] {
  const [a, b] = [first, last].map((name) => (typeof name === 'string' ? name.trim() : ''));
  return a && b ? [`${a} ${b}`, `${b} ${a}`] : [];
}

export type Matches = (text: string) => boolean;

/**
 * Whether a text holds one of these values, whatever the case, and not as a part of a longer word: `ada@x.fr` is in
 * `<ADA@x.fr>`, and in neither `jada@x.fr` nor `ada@x.fr.example`.
 */
export function matcher(values: readonly string[]): Matches {
  if (values.length === 0) return () => false;
  const any = values.map((value) => value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  const whole = new RegExp(`(?<![\\p{L}\\p{N}._%+-])(?:${any})(?![\\p{L}\\p{N}_-]|[.@][\\p{L}\\p{N}])`, 'iu');
  return (text) => whole.test(text);
}

/** Any text in a JSON value that matches, keys included. */
export function holds(value: unknown, matches: Matches): boolean {
  if (typeof value === 'string') return matches(value);
  if (typeof value === 'number') return matches(String(value));
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, inner]) => matches(key) || holds(inner, matches));
}

/** The same value with each text that matches replaced. */
export function redacted(value: unknown, matches: Matches): unknown {
  if (typeof value === 'string') return matches(value) ? FORGOTTEN : value;
  if (typeof value === 'number') return matches(String(value)) ? FORGOTTEN : value;
  if (Array.isArray(value)) return value.map((inner) => redacted(inner, matches));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redacted(inner, matches)]));
}

/**
 * The same object without the entries that hold a match, at the given depth. A base without an entry has never agreed on
 * that field; a base whose value is blank would read as if it had been cleared.
 */
export function withoutEntries(value: unknown, matches: Matches, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (depth > 1)
    return Object.fromEntries(
      entries.map(([key, inner]) => [key, withoutEntries(inner, matches, depth - 1)]),
    );
  return Object.fromEntries(entries.filter(([, inner]) => !holds(inner, matches)));
}

/** Patterns for ILIKE that find at least every row that holds one of the values. Databases fold accents by their locale: both cases are given. */
export function likePatterns(values: readonly string[]): string[] {
  const forms = values.flatMap((value) => [value, value.toLowerCase(), value.toUpperCase()]);
  const written = forms.flatMap((form) => [form, JSON.stringify(form).slice(1, -1)]);
  return [...new Set(written)].map((form) => `%${form.replace(/[\\%_]/g, '\\$&')}%`);
}
