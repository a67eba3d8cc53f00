/** What a record is searched by: its id, its public id and its name, as the index `staged_record_search` holds them. Never an e-mail. */
const SEARCHED = (record: string) =>
  `folded(${record}.record_id || ' ' || coalesce(${record}.public_id, '') || ' ' || coalesce(${record}.name, ''))`;

/** Nobody types more, and each word is a search of its own. */
const WORDS = 6;
const LONGEST = 100;

/**
 * The condition that a staged record has every word of a text in its id, public id or name, whatever the case and the
 * accents. Words of one or two letters, too short for the index, are looked for where an id or a word begins. `%` and `_`
 * stand for themselves. `params` receives the values. A text without a word asks for nothing: `true`.
 */
export function searchCondition(record: string, text: string | undefined, params: unknown[]): string {
  const words = (text ?? '')
    .normalize('NFC')
    .slice(0, LONGEST)
    .split(/\s+/u)
    .filter((word) => word !== '');
  const conditions = words.slice(0, WORDS).map((word) => {
    const letters = word.replaceAll(/[\\%_]/g, '\\$&');
    const patterns =
      [...word].length < 3 ? [`${letters}%`, `% ${letters}%`, `%/${letters}%`] : [`%${letters}%`];
    const each = patterns.map((pattern) => `${SEARCHED(record)} like folded($${params.push(pattern)})`);
    return `(${each.join(' or ')})`;
  });
  return conditions.length === 0 ? 'true' : conditions.join(' and ');
}
