import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';
import { isObject, type JsonObject } from '../core/value-path';
import { refusal } from './refusals';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  removeNSPrefix: true,
  htmlEntities: true,
  textNodeName: '#text',
});

/**
 * A posted document in one form, whether it came as XML or as JSON: attributes and elements are plain members. Answers
 * the content of the root element with this name; JSON may leave the root away. Throws a refusal (400).
 */
export function postedDocument(body: unknown, root: string): JsonObject {
  const document = typeof body === 'string' ? parsedXml(body) : body;
  if (!isObject(document)) throw refusal('bad-request', 'a document was expected');
  const inside = Object.entries(document).find(([name]) => name.toLowerCase() === root.toLowerCase())?.[1];
  if (typeof body === 'string' && inside === undefined) throw refusal('bad-request', `no <${root}> in it`);
  return isObject(inside) ? inside : document;
}

/** The entries under a name: none, one, or several. */
export function entries(node: JsonObject, name: string): unknown[] {
  const value = node[name];
  if (value === undefined || value === null || value === '') return [];
  return Array.isArray(value) ? value : [value];
}

export function objects(node: JsonObject, name: string): JsonObject[] {
  return entries(node, name).filter(isObject);
}

/** Text of an element or member; null when it has none. */
export function textIn(value: unknown): string | null {
  if (isObject(value)) return textIn(value['#text'] ?? value.value);
  if (Array.isArray(value)) return textIn(value[0]);
  const known = z.union([z.string(), z.number(), z.boolean()]).safeParse(value);
  return known.success ? String(known.data) : null;
}

function parsedXml(text: string): unknown {
  if (text.includes('<!DOCTYPE')) throw refusal('bad-request', 'a DOCTYPE is not allowed');
  const checked = XMLValidator.validate(text);
  if (checked !== true) throw refusal('bad-request', checked.err.msg);
  return parser.parse(text);
}
