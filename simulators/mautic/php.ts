/** A query string as PHP reads it: `where[0][col]=id` is a tree. */
export type QueryTree = string | QueryBranch;
export type QueryBranch = Map<string, QueryTree>;

export function queryTree(query: Iterable<readonly [string, string]>): QueryBranch {
  const root: QueryBranch = new Map();
  for (const [name, value] of query) {
    const [first = '', ...rest] = stepsOf(name);
    put(root, first, rest, value);
  }
  return root;
}

function stepsOf(name: string): string[] {
  const start = name.indexOf('[');
  if (start <= 0) return [name];
  const inner = [...name.slice(start).matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '');
  return [name.slice(0, start), ...inner];
}

function put(branch: QueryBranch, step: string, rest: string[], value: string): void {
  const key = step === '' ? String(branch.size) : step;
  const [next, ...others] = rest;
  if (next === undefined) {
    branch.set(key, value);
    return;
  }
  const child = branch.get(key);
  const inner: QueryBranch = child instanceof Map ? child : new Map();
  branch.set(key, inner);
  put(inner, next, others, value);
}

export function textAt(branch: QueryBranch, key: string): string | undefined {
  const value = branch.get(key);
  return typeof value === 'string' ? value : undefined;
}

/** The branches below a key, in order; none when there are none. */
export function branchesAt(branch: QueryBranch, key: string): QueryBranch[] {
  const value = branch.get(key);
  return value instanceof Map ? [...value.values()].filter((each) => each instanceof Map) : [];
}

/** A PHP array in JSON: a list when its keys are 0, 1, 2 and so on, also when it is empty; otherwise an object. */
export function phpArray<T>(entries: ReadonlyArray<readonly [number | string, T]>): T[] | Record<string, T> {
  const isList = entries.every(([key], position) => key === position);
  return isList ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

/** Quotes, angle brackets, ampersands and control characters become entities, as the platform does with filters. */
export function htmlEscaped(text: string): string {
  return [...text]
    .map((letter) => (/["'<>&]/.test(letter) || letter < ' ' ? `&#${letter.charCodeAt(0)};` : letter))
    .join('');
}

export function htmlDecoded(text: string): string {
  return text.replace(/&#(\d+);/g, (_entity, code: string) => String.fromCodePoint(Number(code)));
}

/** One line of CSV: commas, double quotes, a doubled quote inside quotes. */
export function csvValues(line: string): string[] {
  const values: string[] = [];
  const pattern = /\s*(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)/y;
  while (pattern.lastIndex < line.length) {
    const match = pattern.exec(line);
    if (!match) break;
    values.push(match[1] === undefined ? (match[2] ?? '').trim() : match[1].replaceAll('""', '"'));
  }
  return values;
}

/** What `is_numeric` and a cast to int make a zero: 0, "0", "00", and 0.5 as well. */
export function isPhpZero(value: unknown): boolean {
  if (typeof value === 'string' && value.trim() === '') return false;
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  const number = Number(value);
  return !Number.isNaN(number) && Math.trunc(number) === 0;
}
