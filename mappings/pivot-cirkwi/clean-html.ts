/** Layout that texts about walks need. Any other element loses its tags and keeps what stands inside. */
const KEPT: ReadonlySet<string> = new Set(
  (
    'p br b strong i em u s sub sup small span div blockquote ul ol li dl dt dd h1 h2 h3 h4 h5 h6 hr a img ' +
    'table caption thead tbody tfoot tr th td pre code figure figcaption'
  ).split(' '),
);
/** Elements whose content is no text for readers. */
const DROPPED: ReadonlySet<string> = new Set(
  'script style iframe object applet noscript template svg math textarea select title head'.split(' '),
);
const EMPTY: ReadonlySet<string> = new Set(['br', 'hr', 'img']);
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  a: ['href', 'title'],
  img: ['src', 'alt', 'title'],
  th: ['colspan', 'rowspan'],
  td: ['colspan', 'rowspan'],
};
/** Spelled out: an address hidden in entities, or one that only makes sense on another site, is no address here. */
const SAFE_ADDRESS = /^(?:https?:\/\/|mailto:|tel:)/iu;

/** A comment, a declaration, or a tag. No `<` inside a tag, so that hostile text costs no more than its length. */
const MARKUP =
  /<!--[\s\S]*?(?:-->|$)|<[!?][^>]*(?:>|$)|<(\/?)([a-z][a-z0-9]*(?:[:-][a-z0-9]+)*)((?:[\s/](?:"[^"<]*"|'[^'<]*'|[^"'<>])*)?)>/giu;
const ATTRIBUTE = /([a-z][a-z0-9-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/giu;
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu;

/**
 * A description that may be shown on a page and written into XML: layout stays, scripts, styles, event handlers and
 * frames go, a `<` that opens no tag is escaped, entities stay as they are. Control characters (line ends and tabs
 * aside) and lone surrogates, which XML forbids, leave. Null when nothing is left to read. Cleaning twice changes
 * nothing.
 */
export function cleanHtml(raw: string): string | null {
  const html = withoutUnprintable(raw);
  let clean = '';
  let at = 0;
  MARKUP.lastIndex = 0;
  for (let found = MARKUP.exec(html); found !== null; found = MARKUP.exec(html)) {
    const [markup, slash = '', name = '', rest = ''] = found;
    clean += escapeText(html.slice(at, found.index));
    const tag = name.toLowerCase();
    if (KEPT.has(tag)) clean += tagOf(tag, slash, rest);
    at = slash === '' && DROPPED.has(tag) ? endOf(tag, html, MARKUP.lastIndex) : found.index + markup.length;
    MARKUP.lastIndex = at;
  }
  clean = (clean + escapeText(html.slice(at))).trim();
  return isReadable(clean) ? clean : null;
}

/** Line ends become `\n`, as every XML reader would make them, so that what comes back equals what was sent. */
function withoutUnprintable(raw: string): string {
  return raw.replace(/\r\n?/gu, '\n').replace(UNPRINTABLE, (char) => (/[\n\t]/u.test(char) ? char : ''));
}

function tagOf(tag: string, slash: string, rest: string): string {
  if (EMPTY.has(tag)) return slash === '' ? `<${tag}${attributesOf(tag, rest)}/>` : '';
  return slash === '' ? `<${tag}${attributesOf(tag, rest)}>` : `</${tag}>`;
}

function attributesOf(tag: string, rest: string): string {
  const allowed = ATTRIBUTES[tag] ?? [];
  const kept = new Map<string, string>();
  for (const [, name = '', double, single, bare] of rest.matchAll(ATTRIBUTE)) {
    const attribute = name.toLowerCase();
    const value = (double ?? single ?? bare ?? '').trim();
    if (!allowed.includes(attribute) || kept.has(attribute)) continue;
    if ((attribute === 'href' || attribute === 'src') && !SAFE_ADDRESS.test(value)) continue;
    kept.set(attribute, value.replaceAll('"', '&quot;'));
  }
  return [...kept].map(([name, value]) => ` ${name}="${value}"`).join('');
}

/** Index after the closing tag; the end of the text where it is never closed, as a browser would have it. */
function endOf(tag: string, html: string, from: number): number {
  const close = new RegExp(`</${tag}\\s*>`, 'giu');
  close.lastIndex = from;
  return close.exec(html) === null ? html.length : close.lastIndex;
}

function escapeText(text: string): string {
  return text.replaceAll('<', '&lt;');
}

function isReadable(html: string): boolean {
  if (html.includes('<img')) return true;
  return html.replace(/<[^>]*>|&nbsp;|&#160;|&#xa0;|[\s\u200B]/giu, '') !== '';
}
