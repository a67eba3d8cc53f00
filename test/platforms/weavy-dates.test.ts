import fc from 'fast-check';
import { readUtc, wallClockOf } from '../../platforms/weavy/dates';

const utc = (text: string) => Date.parse(text);

describe('a change time of weavy', () => {
  test.each([
    ['2026-03-01T08:15:22', '2026-03-01T08:15:22.000Z'],
    ['2026-03-01 08:15:22', '2026-03-01T08:15:22.000Z'],
    ['2026-03-01T08:15:22Z', '2026-03-01T08:15:22.000Z'],
    ['2026-03-01T08:15:22.1234567Z', '2026-03-01T08:15:22.123Z'],
  ])('written %s is read as UTC', (text, expected) => {
    expect(new Date(readUtc(text) ?? 0).toISOString()).toBe(expected);
  });

  test.each([
    null,
    undefined,
    '',
    'yesterday',
    '2026-02-30T08:00:00',
    '2026-03-01T25:00:00',
    '01/03/2026',
    17,
  ])('written %p is unknown, never now', (value) => {
    expect(readUtc(value)).toBeNull();
  });
});

describe('a window of changes', () => {
  const bounds = (zone: string, from: string, to: string) => {
    const window = { from: utc(from), to: utc(to) };
    const clock = wallClockOf(zone);
    return [clock.atOrAfter(window), clock.endOf(window)];
  };

  test('takes in the whole seconds around it', () => {
    expect(bounds('UTC', '2026-03-01T08:00:00.900Z', '2026-03-01T08:15:00.100Z')).toEqual([
      '2026-03-01T08:00:00',
      '2026-03-01T08:15:02',
    ]);
    expect(bounds('UTC', '2026-03-01T08:00:00Z', '2026-03-01T08:15:00Z')).toEqual([
      '2026-03-01T08:00:00',
      '2026-03-01T08:15:01',
    ]);
  });

  test('is asked for in the time of the account', () => {
    expect(bounds('Europe/Paris', '2026-07-01T22:30:00Z', '2026-07-01T22:45:00Z')).toEqual([
      '2026-07-02T00:30:00',
      '2026-07-02T00:45:01',
    ]);
    expect(bounds('America/Montreal', '2026-01-01T02:00:00Z', '2026-01-01T02:15:00Z')).toEqual([
      '2025-12-31T21:00:00',
      '2025-12-31T21:15:01',
    ]);
  });

  test('in which clocks are set back is not turned round', () => {
    // 00:50 UTC is 02:50 in Paris, 01:10 UTC is 02:10 of the same night
    expect(bounds('Europe/Paris', '2026-10-25T00:50:00Z', '2026-10-25T01:10:00Z')).toEqual([
      '2026-10-25T01:50:00',
      '2026-10-25T03:10:01',
    ]);
  });

  test('holds the wall time of every moment in it, in any zone and season', () => {
    const zones = ['UTC', 'Europe/Paris', 'America/Montreal', 'Australia/Lord_Howe', 'Asia/Kolkata'];
    const start = utc('2025-01-01T00:00:00Z');
    const minute = 60_000;
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 2 * 366 * 24 * 60 }),
        fc.integer({ min: 0, max: 400 * 24 * 60 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (zone, offset, length, share) => {
          const window = { from: start + offset * minute, to: start + (offset + length) * minute };
          const stamp = wallTime(zone, window.from + share * length * minute);
          const clock = wallClockOf(zone);
          expect(stamp >= clock.atOrAfter(window)).toBe(true);
          expect(stamp < clock.endOf(window)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('in a zone that does not exist is refused at once', () => {
    expect(() => wallClockOf('Europe/Atlantis')).toThrow(RangeError);
  });
});

/** What a clock on the wall shows: Swedish writes dates as weavy does, with a space. */
function wallTime(timeZone: string, instant: number): string {
  const text = new Date(instant).toLocaleString('sv-SE', { timeZone });
  return text.replace(' ', 'T');
}
