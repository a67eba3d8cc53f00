import * as fc from 'fast-check';
import { compareTracks } from '../../../mappings/gpx/compare-tracks';
import { earthDistanceM } from '../../../mappings/gpx/earth-distance';
import type { Track, TrackPoint } from '../../../mappings/gpx/track';
import { holds } from '../holds';
import { anyTrack, anyWalk, eachPoint, moved, turnedRound, walk } from './any-track';
import { slowFurthestM } from './slow-furthest';

const verdict = (before: Track, after: Track) => compareTracks(before, after).verdict;
const out = walk([
  [400, 0],
  [0, 400],
]);
const anyDirection = fc.double({ min: 0, max: 2 * Math.PI, noNaN: true });

describe('compareTracks', () => {
  it('says what a person needs to judge a change', () => {
    const climbing = eachPoint(out, (point) => ({ ...point, ele: 100 + (point.lat - 50.3) * 10_000 }));
    const detour = walk([
      [200, 0],
      [0, 100],
      [200, 0],
      [0, 300],
    ]);

    expect(compareTracks(climbing, detour)).toEqual({
      verdict: 'different',
      largestDistanceM: 100,
      reversed: false,
      lengthBeforeM: expect.closeTo(800, 0),
      lengthAfterM: expect.closeTo(800, 0),
      lengthChangeShare: expect.closeTo(0, 2),
      climbBeforeM: expect.closeTo(36, 0),
      climbAfterM: null,
    });
  });

  it('tells how much longer a track has become', () => {
    const longer = walk([
      [400, 0],
      [0, 500],
    ]);

    expect(compareTracks(out, longer).lengthChangeShare).toBeCloseTo(0.125, 3);
    expect(compareTracks(longer, out).lengthChangeShare).toBeCloseTo(-0.111, 3);
  });

  it('finds any track identical to itself', () => {
    holds(
      fc.property(anyTrack, (track) => {
        expect(compareTracks(track, structuredClone(track))).toMatchObject({
          verdict: 'identical',
          largestDistanceM: 0,
        });
      }),
    );
  });

  it('finds a changed elevation to be the same line, not an identical one', () => {
    const raised = eachPoint(out, (point) => ({ ...point, ele: 12 }));

    expect(verdict(out, raised)).toBe('same-line');
  });

  it('takes a track moved by 14 m for the same line and one moved by 20 m for a different one, in any direction', () => {
    holds(
      fc.property(anyWalk, anyDirection, (track, direction) => {
        fc.pre(compareTracks(track, moved(track, 14, direction)).reversed === false);

        expect(verdict(track, moved(track, 14, direction))).toBe('same-line');
        expect(verdict(track, moved(track, 20, direction))).toBe('different');
      }),
    );
  });

  it('does not mind how densely the line is drawn', () => {
    holds(
      fc.property(anyWalk, fc.integer({ min: 2, max: 9 }), (track, parts) => {
        expect(['identical', 'same-line']).toContain(verdict(track, resampled(track, parts)));
      }),
    );
  });

  it('answers the same verdict and distance with the tracks swapped', () => {
    holds(
      fc.property(anyWalk, anyWalk, (one, other) => {
        const { verdict: there, largestDistanceM } = compareTracks(one, other);

        expect(compareTracks(other, one)).toMatchObject({ verdict: there, largestDistanceM });
      }),
    );
    holds(
      fc.property(
        anyWalk,
        fc.double({ min: 0, max: 30, noNaN: true }),
        anyDirection,
        (one, metres, direction) => {
          const other = moved(one, metres, direction);

          expect(verdict(other, one)).toBe(verdict(one, other));
        },
      ),
    );
  });

  it('finds the same largest distance as looking at every sample and every piece', () => {
    holds(
      fc.property(anyWalk, anyWalk, (one, other) => {
        const expected = Math.max(slowFurthestM(one, other), slowFurthestM(other, one));

        const { largestDistanceM } = compareTracks(one, other);
        // The one plane of this test and the plane of each place in the code differ by up to a thousandth.
        expect(Math.abs((largestDistanceM ?? 0) - expected)).toBeLessThanOrEqual(0.1 + expected / 500);
      }),
    );
  });

  it('sees an excursion between two points that both lie on the other line', () => {
    const straight = walk([[1_000, 0]]);
    const corner = walk([
      [0, 60],
      [1_000, 0],
      [0, -60],
    ]);

    expect(compareTracks(straight, corner)).toMatchObject({ verdict: 'different', largestDistanceM: 60 });
    expect(compareTracks(corner, straight)).toMatchObject({ verdict: 'different', largestDistanceM: 60 });
  });

  it.each([
    ['a part left out', walk([[400, 0]])],
    [
      'a part added at the end',
      walk([
        [400, 0],
        [0, 400],
        [-50, 0],
      ]),
    ],
  ])('sees %s', (_what, changed) => {
    expect(verdict(out, changed)).toBe('different');
  });

  it('does not take the gap between two segments for line', () => {
    const whole = walk(Array.from({ length: 10 }, () => [50, 0] as const));
    const [points = []] = whole.segments;
    const gap = { segments: [points.slice(0, 4), points.slice(5)] };
    const cut = { segments: [points.slice(0, 4), points.slice(3)] };

    expect(verdict(whole, gap)).toBe('different');
    expect(verdict(whole, { segments: [points.slice(0, 4), points.slice(4)] })).toBe('different');
    expect(verdict(whole, cut)).toBe('identical');
  });

  it('takes a line walked the other way for a different one, and says so', () => {
    const bent = walk([
      [400, 0],
      [0, 400],
      [300, 100],
    ]);

    expect(compareTracks(bent, turnedRound(bent))).toMatchObject({
      verdict: 'different',
      largestDistanceM: 0,
      reversed: true,
    });
    expect(compareTracks(bent, moved(turnedRound(bent), 10))).toMatchObject({
      verdict: 'different',
      reversed: true,
    });
    expect(compareTracks(bent, moved(turnedRound(bent), 100)).reversed).toBe(false);
  });

  it('does not mind where a loop starts, but in which direction it runs', () => {
    const [loop = []] = walk([
      [400, 0],
      [0, 400],
      [-400, 0],
      [0, -400],
    ]).segments;
    const later = [...loop.slice(2), ...loop.slice(1, 3)];

    expect(verdict({ segments: [loop] }, { segments: [later] })).toBe('same-line');
    expect(verdict({ segments: [loop] }, { segments: [later.toReversed()] })).toBe('different');
  });

  it('finds no direction in a walk that returns on its own steps', () => {
    const back = walk([
      [400, 0],
      [0, 400],
      [0, -400],
      [-400, 0],
    ]);

    expect(verdict(back, moved(back, 10))).toBe('same-line');
    expect(verdict(back, turnedRound(resampled(back, 3)))).toBe('same-line');
  });

  it.each([
    ['the antimeridian', 0, 180],
    ['the north of Norway', 71, 25.7],
    ['the Antarctic coast', -78, 166],
    ['the meridian of Greenwich', 51.5, 0],
  ])('measures rightly at %s', (_where, lat, lon) => {
    const there = eachPoint(out, (point) => ({
      ...point,
      lat: point.lat - 50.3 + lat,
      lon: wrapped(point.lon - 4.901 + lon),
    }));
    const shifted = (metres: number) =>
      eachPoint(moved(there, metres, 0), (point) => ({ ...point, lon: wrapped(point.lon) }));

    const stump = { segments: there.segments.map(([start]) => (start === undefined ? [] : [start, start])) };
    const [[start, , end] = []] = there.segments;
    const aloneM = start === undefined || end === undefined ? NaN : earthDistanceM(start, end);

    expect(compareTracks(there, stump).largestDistanceM).toBeCloseTo(aloneM, 0);
    expect(compareTracks(there, shifted(14))).toMatchObject({ verdict: 'same-line', largestDistanceM: 14 });
    expect(compareTracks(there, shifted(20))).toMatchObject({ verdict: 'different', largestDistanceM: 20 });
  });

  it.each([
    ['nothing was before', { segments: [] }, out],
    ['nothing is left', out, { segments: [[]] }],
  ])('knows no distance where %s', (_case, before, after) => {
    expect(compareTracks(before, after)).toMatchObject({ verdict: 'different', largestDistanceM: null });
  });

  it('knows no share of a track without length', () => {
    const [point] = out.segments.flat();
    const spot = { segments: [point === undefined ? [] : [point, point]] };

    expect(compareTracks(spot, out)).toMatchObject({ verdict: 'different', lengthChangeShare: null });
  });

  it('compares tracks of 120,000 points without asking each point of each', () => {
    const spiral = (at: number): TrackPoint => {
      const angle = (at / 120_000) * 20 * Math.PI;
      return {
        lat: 50.3 + 0.0005 * angle * Math.sin(angle),
        lon: 4.9 + 0.0008 * angle * Math.cos(angle),
        ele: null,
      };
    };
    const track = { segments: [Array.from({ length: 120_000 }, (_, at) => spiral(at))] };

    // Each of the 14,400,000,000 pairs would keep this test busy far beyond its time limit.
    expect(compareTracks(track, moved(track, 14))).toMatchObject({
      verdict: 'same-line',
      largestDistanceM: 14,
    });
  });

  it('ends for lines around the globe, many times over', () => {
    const around = (lat: number) => ({
      segments: [
        Array.from({ length: 2_000 }, (_, at) => ({
          lat: at % 2 === 0 ? lat : -lat,
          lon: at / 20,
          ele: null,
        })),
      ],
    });

    expect(verdict(around(80), around(79))).toBe('different');
  });
});

/** The same line with each stretch drawn in several. */
function resampled({ segments }: Track, parts: number): Track {
  return {
    segments: segments.map((segment) =>
      segment.flatMap((point, at) => {
        const next = segment[at + 1];
        if (next === undefined) return [point];
        return Array.from({ length: parts }, (_, part) => ({
          lat: point.lat + ((next.lat - point.lat) * part) / parts,
          lon: point.lon + ((next.lon - point.lon) * part) / parts,
          ele: null,
        }));
      }),
    ),
  };
}

function wrapped(lon: number): number {
  return lon > 180 ? lon - 360 : lon;
}
