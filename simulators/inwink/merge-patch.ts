import { isObject, type JsonObject } from '../core/value-path';
import type { FieldRule } from './field-rules';
import { validationFailed } from './problems';

/** The two fields that are objects; they merge key by key (assumed: JSON merge patch). */
const GROUPS = ['address', 'customFields'] as const;

/**
 * The values of a body by path, each checked. `null` for a whole group clears every field of it. Throws a
 * `ValidationFailed` refusal that names every refused field.
 */
export function checkedValues(body: unknown, rules: ReadonlyMap<string, FieldRule>): Map<string, unknown> {
  if (!isObject(body)) throw validationFailed({ $: ['A JSON object is expected.'] });
  const values = new Map<string, unknown>();
  for (const [key, value] of Object.entries(body)) {
    if (!isGroup(key)) values.set(key, value);
    else if (value === null) clearGroup(key, rules, values);
    else if (isObject(value)) {
      for (const [inner, each] of Object.entries(value)) values.set(`${key}.${inner}`, each);
    } else values.set(key, value); // not an object: refused below, as no field has this path
  }

  const errors: Record<string, string[]> = {};
  for (const [path, value] of values) {
    const problem = rules.get(path)?.(value) ?? (rules.has(path) ? null : 'There is no such field.');
    if (problem) errors[path] = [problem];
  }
  if (Object.keys(errors).length > 0) throw validationFailed(errors);
  return values;
}

/** A copy of the record with the values laid over it. */
export function withValues(record: JsonObject, values: ReadonlyMap<string, unknown>): JsonObject {
  const result: JsonObject = { ...record };
  for (const [path, value] of values) {
    const [group = '', inner] = path.split('.', 2);
    if (inner === undefined) {
      result[group] = value;
      continue;
    }
    const before = result[group];
    result[group] = { ...(isObject(before) ? before : {}), [inner]: value };
  }
  return result;
}

function isGroup(key: string): key is (typeof GROUPS)[number] {
  return GROUPS.some((group) => group === key);
}

function clearGroup(
  group: string,
  rules: ReadonlyMap<string, FieldRule>,
  values: Map<string, unknown>,
): void {
  for (const path of rules.keys()) if (path.startsWith(`${group}.`)) values.set(path, null);
}
