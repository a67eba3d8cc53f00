/**
 * A writer of our own, because three things have to hold at once that builders from a package leave to their options:
 * the order of attributes and children is exactly ours, one feed always has one form, and no character that XML forbids
 * gets through.
 */

/** An attribute that is null is left out. */
export type XmlAttributes = Readonly<Record<string, string | number | null>>;

/** Everything outside the characters of XML 1.0; lone surrogates are outside too. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // As they are, a reader would make spaces or line feeds of them.
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** An element with escaped text, or with children that are XML already. Without content it closes itself. */
export function element(
  name: string,
  attributes: XmlAttributes = {},
  content: string | number | null | readonly string[] = null,
): string {
  const isXml = content !== null && typeof content === 'object';
  const inner = isXml ? content.join('') : text(content);
  const start = name + attributeList(attributes);
  return inner === '' ? `<${start}/>` : `<${start}>${inner}</${name}>`;
}

/** Text that stays readable as HTML in the document; an end of section inside it is split over two. */
export function cdata(raw: string): string {
  return `<![CDATA[${raw.replace(FORBIDDEN, '').replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

function text(content: string | number | null): string {
  return content === null ? '' : escapeXml(String(content), /[&<>\r]/gu);
}

function attributeList(attributes: XmlAttributes): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value), /[&<>"\t\n\r]/gu)}"`)
    .join('');
}

function escapeXml(raw: string, unsafe: RegExp): string {
  return raw.replace(FORBIDDEN, '').replace(unsafe, (char) => ENTITIES[char] ?? '');
}
