import type { SimReply, SimRequest } from '../core/http-message';
import { isObject, type JsonObject } from '../core/value-path';
import { option } from './path-options';

/** One answer, written as XML or as JSON from the same members. */
export interface PivotDocument {
  /** Name of the root element; JSON has no root. */
  root: string;
  members: JsonObject;
  /** Element -> members that XML writes as attributes. */
  attributes: Readonly<Record<string, readonly string[]>>;
  /** Feeds for others stand in no namespace (documented). Default: PIVOT's own. */
  namespace?: 'none';
}

const NAMESPACE = 'http://pivot.tourismewallonie.be/files/xsd/pivot/3.1';

export type Format = 'xml' | 'json' | 'html';

/** What the caller asked for: `;fmt=` before `Accept`; null when it asked for neither. */
export function askedFormat(request: SimRequest): Format | null {
  const asked = option(request, 'fmt') ?? request.headers.accept ?? '';
  if (/json/.test(asked)) return 'json';
  if (/xml/.test(asked) && !/xhtml/.test(asked)) return 'xml';
  return /html/.test(asked) ? 'html' : null;
}

/** XML unless the caller asks for JSON (documented). */
export function documentReply(request: SimRequest, document: PivotDocument): SimReply {
  if (askedFormat(request) === 'json') return { status: 200, body: document.members };
  return {
    status: 200,
    body: undefined,
    raw: { type: 'application/xml;charset=UTF-8', content: xmlOf(document) },
  };
}

export function resultReply(request: SimRequest, value: string | boolean): SimReply {
  return documentReply(request, { root: 'result', members: { value }, attributes: {} });
}

export function xmlOf({ root, members, attributes, namespace }: PivotDocument): string {
  const declared = namespace === 'none' ? '' : ` xmlns="${NAMESPACE}"`;
  const body = element(root, members, attributes, declared);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${body}`;
}

/** Members that are null or undefined are absent in XML; an array is one element per entry, under the same name. */
function element(name: string, value: unknown, attributes: PivotDocument['attributes'], extra = ''): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((each) => element(name, each, attributes)).join('');
  if (!isObject(value)) return `<${name}${extra}>${textOf(String(value))}</${name}>`;
  const named = attributes[name] ?? [];
  let head = `<${name}${extra}`;
  let inside = '';
  for (const [key, member] of Object.entries(value)) {
    if (member === null || member === undefined) continue;
    if (named.includes(key)) head += ` ${key}="${attributeText(String(member))}"`;
    else inside += element(key, member, attributes);
  }
  return inside === '' ? `${head}/>` : `${head}>${inside}</${name}>`;
}

/** Markup goes into CDATA with its entities as they are (documented). */
function textOf(text: string): string {
  if (!/[<>&]/.test(text)) return text;
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

function attributeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
