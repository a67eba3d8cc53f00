/** What people paste without seeing it: non-breaking, thin and figure spaces, zero-width space, byte order mark. */
const INVISIBLE = /[\u00a0\u2007\u202f\u200b\ufeff]/g;

/** The text without invisible spaces and without spaces at its ends. */
export function tidy(text: string): string {
  return text.replace(INVISIBLE, ' ').trim();
}

/** Names are the same when they differ only in kinds and runs of white space, or in how accents are encoded. */
export function nameKey(name: string): string {
  return tidy(name).normalize('NFC').replace(/\s+/g, ' ');
}

/** For labels and yes/no answers, which people retype: case, accents and kinds of apostrophe are ignored too. */
export function labelKey(label: string): string {
  return nameKey(label)
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .toLowerCase();
}
