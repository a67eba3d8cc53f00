/** What these stand for is markup: decoded, they would change what the text says. */
const MARKUP: ReadonlyMap<number, string> = new Map([
  [0x22, '&quot;'],
  [0x26, '&amp;'],
  [0x27, '&#39;'],
  [0x3c, '&lt;'],
  [0x3e, '&gt;'],
]);

/** 128 to 159 as browsers take them; not by TextDecoder, which some versions of Node get wrong here. */
const LEGACY = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * HTML in which numeric entities are the characters they stand for; PIVOT leaves them in its rich texts (documented).
 * Entities for markup stay entities, 128 to 159 mean what browsers take them for, and numbers that are no character
 * a database takes are dropped.
 */
export function decodeNumericEntities(html: string): string {
  return html.replaceAll(
    /&#(?:x([0-9a-f]{1,8})|(\d{1,10}));/gi,
    (_entity, hex: string | undefined, decimal: string | undefined) =>
      characterOf(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)),
  );
}

function characterOf(code: number): string {
  const markup = MARKUP.get(code);
  if (markup !== undefined) return markup;
  if (code >= 0x80 && code <= 0x9f) return LEGACY.charAt(code - 0x80);
  const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return isCharacter ? String.fromCodePoint(code) : '';
}
