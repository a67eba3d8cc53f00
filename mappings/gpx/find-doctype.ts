/**
 * Which document type a file declares ahead of its root: `none`, `html`, or `other`. Looked for before any parsing, so
 * that no entity is ever declared, let alone expanded.
 */
export function findDoctype(text: string): 'none' | 'html' | 'other' {
  let at = 0;
  for (;;) {
    at = afterSpace(text, at);
    const end = endOfMisc(text, at);
    if (end === undefined) break;
    at = end;
  }
  if (!/^<!doctype/i.test(text.slice(at, at + 9))) return 'none';
  return /^\s+html\b/i.test(text.slice(at + 9, at + 64)) ? 'html' : 'other';
}

/** Where a comment or an instruction that starts here ends; nothing when none starts here, or when it never ends. */
function endOfMisc(text: string, at: number): number | undefined {
  const close = text.startsWith('<!--', at) ? '-->' : text.startsWith('<?', at) ? '?>' : undefined;
  if (close === undefined) return undefined;
  const found = text.indexOf(close, at + 2);
  return found < 0 ? undefined : found + close.length;
}

function afterSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) <= 0x20) at += 1;
  return at;
}
