import type { FieldNote, Fields } from '../fields';
import type { Normalised, RawText } from '../normalise/text';

/** The fields of one target record as they are filled in, with what was noticed on the way. */
export interface FieldSheet {
  /** First part of each note's field: `partner` or `participant`. */
  scope: string;
  fields: Fields;
  notes: FieldNote[];
}

export function newSheet(scope: string): FieldSheet {
  return { scope, fields: {}, notes: [] };
}

/** Writes one result into the sheet: `undefined` leaves the path out, and a note keeps the raw value beside what is sent. */
export function put(sheet: FieldSheet, path: string, raw: RawText, result: Normalised): void {
  if (result.value !== undefined) sheet.fields[path] = result.value;
  if (result.note === undefined) return;
  sheet.notes.push({
    field: `${sheet.scope}.${path}`,
    code: result.note,
    raw: storable(raw ?? ''),
    sent: result.value ?? null,
  });
}

/** Control characters and lone surrogates in their escaped form: PostgreSQL refuses them, and people cannot see them. */
export function storable(raw: string): string {
  return raw.replace(/[\p{Cc}\p{Cs}]/gu, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
