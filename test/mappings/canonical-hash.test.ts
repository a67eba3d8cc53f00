import * as fc from 'fast-check';
import { canonicalHash } from '../../mappings/canonical-hash';
import { holds } from './holds';

/** The same value with the keys of every object in the opposite order. */
function withKeysReversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withKeysReversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, withKeysReversed(member)]),
  );
}

describe('canonicalHash', () => {
  it('is the sha256 of the canonical JSON, so that it stays the same from one release to the next', () => {
    expect(canonicalHash({ b: 1, a: ['x', null, true] })).toBe(
      '8ceb0641e6e1c1616fb86a8f375f277d89652aabcd2e9d2637db215d1de40494',
    );
  });

  it('does not depend on the order of keys, at any depth', () => {
    holds(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalHash(withKeysReversed(value))).toBe(canonicalHash(value));
      }),
    );
  });

  it('tells any two different JSON values apart', () => {
    holds(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const same = canonicalHash(a) === canonicalHash(b);
        expect(same).toBe(isSameJson(a, b));
      }),
    );
  });

  it('ignores keys that hold undefined, and -0 is 0', () => {
    expect(canonicalHash({ a: 1, b: undefined })).toBe(canonicalHash({ a: 1 }));
    expect(canonicalHash(-0)).toBe(canonicalHash(0));
    expect(canonicalHash({ a: null })).not.toBe(canonicalHash({}));
  });

  it('depends on the order of lists', () => {
    expect(canonicalHash([1, 2])).not.toBe(canonicalHash([2, 1]));
  });

  it.each([NaN, Number.POSITIVE_INFINITY, 'null', '', 0, false])('does not take %p for null', (value) => {
    expect(canonicalHash(value)).not.toBe(canonicalHash(null));
  });

  it.each([new Map([['a', 1]]), new Set([1]), () => 1, Symbol('s')])(
    'refuses %p instead of hashing it as if it were empty',
    (value) => {
      expect(() => canonicalHash(value)).toThrow(TypeError);
    },
  );
});

function isSameJson(a: unknown, b: unknown): boolean {
  try {
    expect(JSON.parse(JSON.stringify(a))).toEqual(JSON.parse(JSON.stringify(b)));
    return true;
  } catch {
    return false;
  }
}
