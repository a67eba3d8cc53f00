/** Nobody types more, and each word is a search of its own. */
const WORDS = 6;
const LONGEST = 100;

/**
 * The condition that a staged record has every word of a text in its id, public id or name, whatever the case and the
 * accents; an e-mail is in none of them. Words of one or two letters, too short for the index, are looked for where an id or
 * a word begins. `%` and `_` stand for themselves. `record` is the statement's name of `staged_record`; `params` receives
 * the values. An empty text leaves every record, and one without any letter or digit none: it names nobody.
 */
export function searchCondition(record: string, text: string | undefined, params: unknown[]): string {
  const words = wordsOf(text ?? '');
  if (words.length === 0) return 'true';
  if (!words.some((word) => /[\p{L}\p{N}]/u.test(word))) return 'false';
  return words
    .map((word) => {
      const letters = escaped(word);
      const isShort = [...word].length < 3;
      return likeAny(
        record,
        isShort ? beginnings(letters).map((each) => `${each}%`) : [`%${letters}%`],
        params,
      );
    })
    .join(' and ');
}

/**
 * A condition that every staged record fulfils whose id or public id is this one, whatever the case, with or without the
 * platform and kind of a CRM's record before it: it lets the index bring the few that can be meant.
 */
export function idCondition(record: string, id: string, params: unknown[]): string {
  const letters = escaped(id);
  const isShort = [...id].length < 3;
  return likeAny(
    record,
    isShort ? beginnings(letters).map((each) => `${each} %`) : [`%${letters} %`],
    params,
  );
}

function wordsOf(text: string): string[] {
  const words = text.normalize('NFC').slice(0, LONGEST).split(/\s+/u);
  return words.filter((word) => word !== '').slice(0, WORDS);
}

/** Where the id, the public id or a word of the name begins, and the platform's own id in a CRM's. */
function beginnings(letters: string): string[] {
  return [letters, `% ${letters}`, `%/${letters}`];
}

function escaped(word: string): string {
  return word.replaceAll(/[\\%_]/g, '\\$&');
}

function likeAny(record: string, patterns: string[], params: unknown[]): string {
  const each = patterns.map((pattern) => `${record}.searched like folded($${params.push(pattern)})`);
  return `(${each.join(' or ')})`;
}
