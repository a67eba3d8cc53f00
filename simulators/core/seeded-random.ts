/** Draws that repeat exactly for the same seed. Not for secrets. */
export interface SeededRandom {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform integer in [0, below). */
  below(below: number): number;
  pick<T>(values: readonly [T, ...T[]]): T;
}

/** Mixes a seed with positions, so that row 70,000 is the same whether or not the rows before it were drawn. */
export function mixedSeed(seed: number, ...positions: number[]): number {
  let mixed = seed | 0;
  for (const position of positions) {
    mixed = Math.imul(mixed ^ position, 0x9e3779b1);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
    mixed ^= mixed >>> 13;
  }
  return mixed;
}

/** The mulberry32 generator: small, fast and good enough for sample data and faults. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed | 0;

  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);

  return { next, below, pick: (values) => values[below(values.length)] ?? values[0] };
}
