import type { FieldNote, FieldValue } from '../fields';
import { cleanText } from '../normalise/text';

/** What the mapping noticed, in the order of the object's fields. */
export type Notes = FieldNote[];

/** The cleaned text, null when nothing is left. Cleaning shows in the notes unless it only took blanks away. */
export function textOf(raw: string | null | undefined, field: string, notes: Notes): string | null {
  if (raw === null || raw === undefined) return null;
  const value = cleanText(raw);
  if (value === '') return null;
  if (value !== raw) note(notes, field, 'normalised', raw, value);
  return value;
}

/**
 * A number times a factor, rounded to a whole one. Null where PIVOT says nothing; not finite, below `min`, or too large
 * to be exact is malformed: left out with a note.
 */
export function wholeNumber(
  raw: number | null,
  { field, notes, factor = 1, min }: { field: string; notes: Notes; factor?: number; min?: number },
): number | null {
  if (raw === null) return null;
  const value = Math.round(raw * factor) + 0; // + 0: no negative zero
  if (Number.isSafeInteger(value) && (min === undefined || value >= min)) return value;
  note(notes, field, 'malformed', String(raw), null);
  return null;
}

export function note(
  notes: Notes,
  field: string,
  code: FieldNote['code'],
  raw: string,
  sent: FieldValue,
): void {
  notes.push({ field: storable(field), code, raw: storable(raw), sent });
}

/** Control characters and lone surrogates in their escaped form: PostgreSQL refuses them, and people cannot see them. */
export function storable(raw: string): string {
  return raw.replace(/[\p{Cc}\p{Cs}]/gu, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
