/** Characters of a long text that a table shows. */
const SHOWN = 140;
/** Characters before the first difference that say where in the text it is. */
const LEAD = 30;

/**
 * Two states of one value as a table can show them: short ones as they are, of long ones the part where they begin to
 * differ. Line breaks become blanks.
 */
export function excerpts(before: string, after: string): [string, string] {
  const [one, other] = [onOneLine(before), onOneLine(after)];
  if (one.length <= SHOWN && other.length <= SHOWN) return [one.join(''), other.join('')];
  const start = Math.max(0, sameStart(one, other) - LEAD);
  return [excerpt(one, start), excerpt(other, start)];
}

/** Code points, so that no character is cut in two. */
function onOneLine(text: string): string[] {
  return [...text.replace(/\s+/g, ' ').trim()];
}

/** A text that is all new is shown from its start. */
function sameStart(one: readonly string[], other: readonly string[]): number {
  if (one.length === 0 || other.length === 0) return 0;
  const at = one.findIndex((character, index) => character !== other[index]);
  return at === -1 ? one.length : at;
}

function excerpt(text: readonly string[], start: number): string {
  const shown = text.slice(start, start + SHOWN).join('');
  if (shown === '') return text.length === 0 ? '' : '…';
  return `${start > 0 ? '…' : ''}${shown}${start + SHOWN < text.length ? '…' : ''}`;
}
