import { z } from 'zod';
import { type HttpCall, UnreadableText } from '../http';
import { readXml } from '../xml';
import { LISTS } from './contract';

/** PIVOT answers both; JSON is cheaper to read. */
export type DocumentForm = 'json' | 'xml';

/**
 * How an answer is read, so that both forms come out alike: attributes and elements as members, a text with a language
 * as `{"lang","value"}`. In XML the root must be one of `roots`; JSON does not name it, so the schema of the call decides.
 */
export function documentReply<T>(
  form: DocumentForm,
  roots: readonly string[],
): NonNullable<HttpCall<T>['reply']> {
  if (form === 'json') return { as: 'json' };
  return { as: 'text', accept: 'application/xml', read: (text) => readDocument(text, roots) };
}

function readDocument(text: string, roots: readonly string[]): unknown {
  if (text.trim() === '') return undefined;
  const { root, value } = readXml(text, { lists: LISTS });
  if (!roots.includes(root)) throw new UnreadableText('another document than the one asked for');
  // an element without attributes and children is read as its text
  return value === '' ? {} : asMembers(value);
}

const node = z.record(z.string(), z.unknown());

function asMembers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asMembers);
  const parsed = node.safeParse(value);
  if (!parsed.success) return value;
  const entries = Object.entries(parsed.data);
  const members = entries.map(([name, inner]) => [memberName(name), asMembers(inner)] as const);
  return Object.fromEntries(members);
}

function memberName(name: string): string {
  return name === '#text' ? 'value' : name.replace(/^@/, '');
}
