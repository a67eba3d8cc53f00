import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { UnreadableText } from './http';

/** As large as the largest reply that is taken from the wire. */
const MAX_CHARS = 16 * 1024 * 1024;

interface XmlForm {
  /** Elements that are lists even when there is one of them; the root is never one. */
  lists: readonly string[];
  /** Longer texts are refused before anything is parsed. @default 16 Mi characters */
  maxChars?: number | undefined;
}

/** A document: the name of its root without namespace prefix, and what is in it. */
export interface XmlDocument {
  root: string;
  /**
   * Elements as members, attributes as members with `@` before their name, the text of an element with attributes as
   * `#text`, an element with nothing but text as that text (`''` when empty). Every value is text, trimmed, with its
   * entities decoded; what stands in CDATA is kept as it is.
   */
  value: unknown;
}

/**
 * Reads a whole XML document in UTF-8. Refuses what is not well-formed, cut off, in another encoding, larger than
 * agreed, nested deeper than 100 elements, or declares a document type (and with it entities of its own).
 * Throws `UnreadableText`, whose message holds nothing of the text.
 */
export function readXml(text: string, form: XmlForm): XmlDocument {
  if (text.length > (form.maxChars ?? MAX_CHARS)) throw new UnreadableText('larger than we accept');
  const document = text.replace(/^\uFEFF/, '').trim();
  if (!document.startsWith('<')) throw new UnreadableText('not XML');
  refuseOtherEncodings(document);
  refuseDocumentType(document);
  // the parser alone takes a document that ends in the middle of an element for a complete one
  if (!document.endsWith('>') || XMLValidator.validate(document) !== true) {
    throw new UnreadableText('not well-formed XML, or cut off');
  }
  return onlyRoot(parsed(document, form.lists));
}

function parsed(document: string, lists: readonly string[]): unknown {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    removeNSPrefix: true,
    // "0680" is a postcode and "120.10" a text: numbers are the business of whoever knows the field
    parseTagValue: false,
    parseAttributeValue: false,
    // without it numeric entities stay as they are
    htmlEntities: true,
    ignoreDeclaration: true,
    ignorePiTags: true,
    isArray: (name, path, _leaf, isAttribute) =>
      !isAttribute && lists.includes(name) && String(path).includes('.'),
    tagValueProcessor: (_name, value) => storable(value),
    attributeValueProcessor: (_name, value) => storable(value),
  });
  try {
    const value: unknown = parser.parse(document);
    return value;
  } catch {
    throw new UnreadableText('XML that we do not accept');
  }
}

function onlyRoot(parsed: unknown): XmlDocument {
  const roots = typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : [];
  const [root, another] = roots;
  // two roots of one name become a list
  if (root === undefined || another !== undefined || Array.isArray(root[1])) {
    throw new UnreadableText('not one XML document');
  }
  return { root: root[0], value: root[1] };
}

function refuseOtherEncodings(document: string): void {
  const declared = /^<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([^"']{1,40})["']/.exec(document)?.[1];
  if (declared !== undefined && !/^(utf-?8|us-ascii)$/i.test(declared)) {
    throw new UnreadableText('XML in another encoding than UTF-8');
  }
}

/** Only outside comments and CDATA: a description may hold a pasted page with its own `<!DOCTYPE html>`. */
function refuseDocumentType(document: string): void {
  for (let at = document.indexOf('<!'); at !== -1; at = document.indexOf('<!', at)) {
    if (/^<!doctype/i.test(document.slice(at, at + 9))) {
      throw new UnreadableText('XML with a document type, which is not accepted');
    }
    at = endOf(document, at);
    if (at === -1) throw new UnreadableText('not well-formed XML, or cut off');
  }
}

/** Where the comment or CDATA section that starts at `at` ends; -1 when it does not, or is neither. */
function endOf(document: string, at: number): number {
  if (document.startsWith('<!--', at)) return document.indexOf('-->', at + 4);
  return document.startsWith('<![CDATA[', at) ? document.indexOf(']]>', at + 9) : -1;
}

/** NUL and halves of a character without the other half are refused by PostgreSQL: see `json.ts`. */
function storable(value: string): string {
  return value
    .replaceAll('\u0000', '')
    .replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
}
