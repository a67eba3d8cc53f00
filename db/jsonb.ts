/** NUL and halves of a character pair: JSON may carry them, `jsonb` refuses the whole statement because of one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is exactly what is looked for
const UNSTORABLE = /\u0000|\p{Surrogate}/gu;

/**
 * A value as a parameter for a `jsonb` column. Characters that PostgreSQL cannot hold are left out, so that one strange
 * text in one record does not refuse a whole page (promise 3).
 */
export function toJsonb(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) =>
    typeof entry === 'string' ? entry.replace(UNSTORABLE, '') : entry,
  );
}
