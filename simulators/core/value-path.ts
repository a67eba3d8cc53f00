export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a dotted path such as `address.city`; `undefined` when any step is missing. */
export function valueAt(value: unknown, path: string): unknown {
  let here: unknown = value;
  for (const step of path.split('.')) {
    if (!isObject(here)) return undefined;
    here = here[step];
  }
  return here;
}

/** A copy of `value` with `next` at the path; `undefined` removes the key. Objects beside the path are shared. */
export function withValueAt(value: JsonObject, path: string, next: unknown): JsonObject {
  const [step = '', ...rest] = path.split('.');
  const child = value[step];
  const inner = rest.length === 0 ? next : withValueAt(isObject(child) ? child : {}, rest.join('.'), next);
  const { [step]: _replaced, ...others } = value;
  return inner === undefined ? others : { ...value, [step]: inner };
}

/** A person's edit laid over a record: objects merge, everything else (arrays and `null` too) replaces. */
export function merged(value: JsonObject, edit: JsonObject): JsonObject {
  const result: JsonObject = { ...value };
  for (const [key, next] of Object.entries(edit)) {
    const before = result[key];
    result[key] = isObject(before) && isObject(next) ? merged(before, next) : next;
  }
  return result;
}
