import { createHash } from 'node:crypto';

/**
 * A fingerprint of a value's content: lower-case sha256 hex over its canonical JSON. The order of keys never changes
 * it and keys that hold `undefined` do not count; the order of lists does, so sort first where order means nothing.
 *
 * `-0` is `0`. `NaN` and the infinities each keep a form of their own, so that none is taken for `null`. Throws a
 * `TypeError` on what JSON would quietly empty (Map, Set) or cannot hold (functions, symbols).
 */
export function canonicalHash(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

function canonicalJson(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : String(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value instanceof Date) return JSON.stringify(value);
  if (typeof value === 'object' && isPlain(value)) return canonicalObject(value);
  throw new TypeError(`Cannot hash a ${typeof value}: only JSON-like values have a canonical form`);
}

function canonicalObject(value: object): string {
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => compareCodeUnits(a, b)) // not localeCompare: the same on every machine
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

function compareCodeUnits(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Told apart by tag, not by prototype: objects made in another realm (a worker thread) have a prototype of their own. */
function isPlain(value: object): boolean {
  return Object.prototype.toString.call(value) === '[object Object]';
}
