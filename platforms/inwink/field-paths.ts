import type { Fields, FieldValue } from '../../mappings/fields';
import { FailureKind, PlatformFailure } from '../failure';

/** Keys that mean something to JavaScript itself: never read from a platform, never sent to one. */
const FORBIDDEN = new Set(['__proto__', 'prototype', 'constructor']);

/** Deeper nesting is not part of any known entity. */
const MAX_DEPTH = 8;

type Tree = { [key: string]: FieldValue | Tree };

/** Nested objects and lists as paths: `{address: {city}}` becomes `address.city`. Forbidden keys are left out. */
export function flatten(value: Record<string, unknown>): Fields {
  const fields: Fields = {};
  collect(value, [], fields);
  return fields;
}

function collect(value: object, path: string[], fields: Fields): void {
  if (path.length >= MAX_DEPTH) return;
  for (const [key, entry] of Object.entries(value)) {
    if (FORBIDDEN.has(key)) continue;
    const here = [...path, key];
    if (typeof entry === 'object' && entry !== null) collect(entry, here, fields);
    else if (isFieldValue(entry)) fields[here.join('.')] = entry;
  }
}

function isFieldValue(value: unknown): value is FieldValue {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

/**
 * The nested body for a set of paths. Throws a `Defect` for a path that is empty in a part, names a forbidden key, or
 * is given both as a whole and in parts.
 */
export function unflatten(fields: Fields): Tree {
  const root: Tree = {};
  for (const [path, value] of Object.entries(fields)) {
    const keys = path.split('.');
    if (keys.some((key) => key === '' || FORBIDDEN.has(key))) throw unusable();
    const last = keys.pop() ?? '';
    const holder = keys.reduce(branch, root);
    if (Object.hasOwn(holder, last)) throw unusable();
    holder[last] = value;
  }
  return root;
}

function branch(tree: Tree, key: string): Tree {
  if (!Object.hasOwn(tree, key)) tree[key] = {};
  const next = tree[key];
  if (typeof next !== 'object' || next === null) throw unusable();
  return next;
}

function unusable(): PlatformFailure {
  const message =
    'A field path of the mapping cannot be sent to Inwink: a part is empty, forbidden or given twice.';
  return new PlatformFailure(FailureKind.defect, message, { platform: 'inwink', operation: 'build a body' });
}
