import { correctedTime, laterSide } from '../../mappings/weavy-webmecanik/later-side';
import { at } from './judge-cases';

const HOUR = 3_600_000;
const hours = (value: number | null) => (value === null ? null : value * HOUR);

describe('laterSide', () => {
  it.each([
    // Mautic certain, Mautic possible, weavy certain, weavy possible: hard, best, fuzzy
    [10, 10, 12, 12, 'weavy', 'weavy', 'weavy'],
    [12, 12, 10, 14, 'mautic', 'mautic', 'mautic'],
    [10, 10, null, 12, 'none', 'weavy', 'weavy'],
    [12, 12, null, 10, 'none', 'mautic', 'mautic'],
    [10, 10, null, 10, 'none', 'none', 'none'],
    [10, 10, null, null, 'none', 'none', 'none'],
    [10, 11, null, 11, 'none', 'none', 'none'],
    [null, 11, 12, null, 'none', 'none', 'weavy'],
    [12, null, null, 11, 'none', 'none', 'mautic'],
    [null, null, null, null, 'none', 'none', 'none'],
  ] as const)(
    'decides Cm %p, Pm %p, Cc %p, Pc %p as hard: %s, best: %s, fuzzy: %s',
    (mauticCertain, mauticPossible, weavyCertain, weavyPossible, hard, best, fuzzy) => {
      const evidence = {
        mauticCertain: hours(mauticCertain),
        mauticPossible: hours(mauticPossible),
        weavyCertain: hours(weavyCertain),
        weavyPossible: hours(weavyPossible),
      };
      expect(laterSide(evidence, 0, 'hard')).toBe(hard);
      expect(laterSide(evidence, 0, 'best')).toBe(best);
      expect(laterSide(evidence, 0, 'fuzzy')).toBe(fuzzy);
      expect(laterSide(evidence, 1_000)).toBe(fuzzy);
    },
  );

  it.each([
    [0, 'none'],
    [1_000, 'none'],
    [-1_000, 'none'],
    [1_001, 'weavy'],
    [-1_001, 'mautic'],
  ])('takes times that are %i ms apart, with a tolerance of one second, for: %s', (apart, side) => {
    const evidence = {
      mauticCertain: null,
      mauticPossible: at(10),
      weavyCertain: null,
      weavyPossible: at(10) + apart,
    };
    expect(laterSide(evidence, 1_000)).toBe(side);
  });
});

describe('correctedTime', () => {
  it('takes away what the platform’s clock is ahead', () => {
    expect(correctedTime(at(10, 5), 5 * 60_000, at(12))).toBe(at(10));
  });

  it('adds what the platform’s clock is behind', () => {
    expect(correctedTime(at(9, 55), -5 * 60_000, at(12))).toBe(at(10));
  });

  it('takes the time as it is when the skew is unknown', () => {
    expect(correctedTime(at(10), null, at(12))).toBe(at(10));
  });

  it('never answers a time in the future', () => {
    expect(correctedTime(at(15), 0, at(12))).toBe(at(12));
    expect(correctedTime(at(11, 59), -5 * 60_000, at(12))).toBe(at(12));
  });

  it('leaves an unknown time unknown', () => {
    expect(correctedTime(null, 5_000, at(12))).toBeNull();
  });
});
