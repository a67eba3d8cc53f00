import { asTyped, cleanText, type Normalised, type RawText } from '../normalise/text';

/** Civility -> `title`, a closed list at Inwink (settled question 13). `autre` has no counterpart there. */
const TITLES: Readonly<Record<string, string>> = { m: 'Mr', mme: 'Mrs' };
const NO_TITLE = 'autre';

/** Languages that Inwink takes (settled question 13), with the names people type for them, folded. */
const LANGUAGES: ReadonlyArray<readonly [code: string, names: readonly string[]]> = [
  ['fr', ['fra', 'fre', 'francais', 'french', 'frans', 'franzosisch', 'frances', 'francese']],
  ['en', ['eng', 'anglais', 'english', 'engels', 'englisch', 'ingles', 'inglese']],
  ['nl', ['nld', 'dut', 'neerlandais', 'dutch', 'nederlands', 'niederlandisch', 'neerlandes', 'olandese']],
  ['de', ['deu', 'ger', 'allemand', 'german', 'duits', 'deutsch', 'aleman', 'tedesco']],
  ['es', ['spa', 'espagnol', 'spanish', 'spaans', 'spanisch', 'espanol', 'spagnolo']],
  ['it', ['ita', 'italien', 'italian', 'italiaans', 'italienisch', 'italiano']],
];

/**
 * `m` -> Mr, `mme` -> Mrs. `autre`, blank and absent send nothing, so that a title somebody chose in Inwink stays.
 * Any other word is an unknown value: left out and noted.
 */
export function titleOf(civility: RawText): Normalised {
  const word = cleanText(civility ?? '').toLowerCase();
  if (word === '' || word === NO_TITLE) return { value: undefined };
  if (!Object.hasOwn(TITLES, word)) return { value: undefined, note: 'unknown-value' };
  return { value: TITLES[word] };
}

/** A language code of Inwink's list from a code (`fr`, `fr-BE`) or a name; blank sends nothing, others are noted. */
export function languageOf(raw: RawText): Normalised {
  const text = cleanText(raw ?? '');
  if (raw === undefined || raw === null || text === '') return { value: undefined };
  const word = text
    .normalize('NFD')
    .replace(/[\u0300-\u036F]/gu, '')
    .toLowerCase();
  const code = word.split(/[-_]/u)[0] ?? word;
  const entry = LANGUAGES.find(([language, names]) => language === code || names.includes(word));
  return entry === undefined ? { value: undefined, note: 'unknown-value' } : asTyped(raw, entry[0]);
}
