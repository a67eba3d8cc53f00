import * as fc from 'fast-check';
import { trackFacts } from '../../../mappings/gpx/track-facts';
import { holds } from '../holds';
import { anyTrack, turnedRound, walk } from './any-track';

const climbing = (...heights: (number | null)[]) => ({
  segments: [heights.map((ele, at) => ({ lat: 50 + at / 1_000, lon: 5, ele }))],
});

describe('trackFacts', () => {
  it.each([
    ['a degree along a meridian', 50, 5, 51, 5, 111_195.1],
    ['a degree along the equator', 0, 5, 0, 6, 111_195.1],
    ['a degree along the parallel of Namur', 50.47, 4, 50.47, 5, 70_771],
    ['a step over the antimeridian', 0, 179.5, 0, -179.5, 111_195.1],
    ['half the globe', 0, 0, 0, 180, 20_015_114.4],
    ['a step on the spot', 50, 5, 50, 5, 0],
  ])('measures %s', (_what, lat, lon, lat2, lon2, lengthM) => {
    const track = {
      segments: [
        [
          { lat, lon, ele: null },
          { lat: lat2, lon: lon2, ele: null },
        ],
      ],
    };

    expect(trackFacts(track).lengthM).toBeCloseTo(lengthM, -1);
  });

  it('counts a gap between segments neither as length nor as climb', () => {
    const [near = []] = climbing(100, 110).segments;
    const [far = []] = climbing(500, 510).segments;

    const facts = trackFacts({ segments: [near, far.map((point) => ({ ...point, lon: 6 }))] });

    expect(facts).toMatchObject({
      segments: 2,
      points: 4,
      climbM: 20,
      descentM: 0,
      minEleM: 100,
      maxEleM: 510,
    });
    expect(facts.lengthM).toBeCloseTo(222.4, 0);
  });

  it('knows no heights where no point has an elevation', () => {
    expect(trackFacts(walk([[100, 0]]))).toMatchObject({
      climbM: null,
      descentM: null,
      minEleM: null,
      maxEleM: null,
    });
  });

  it.each([
    ['a hill', [100, 150, 120], 50, 30],
    ['a slow climb in small steps', [100, 101, 102, 103, 104, 105, 106], 6, 0],
    ['the noise of a receiver on the flat', [100, 102, 99, 101, 98, 100, 102], 0, 0],
    ['a hill with unknown points on its way up', [100, null, null, 150], 50, 0],
    ['a known and an unknown end', [null, 100, 110, null], 10, 0],
    ['a walk below the sea', [-5, -1, -5], 4, 4],
  ])('climbs and descends %s', (_what, heights, climbM, descentM) => {
    expect(trackFacts(climbing(...heights))).toMatchObject({ climbM, descentM });
  });

  it('answers an empty track with nothing', () => {
    expect(trackFacts({ segments: [] })).toEqual({
      segments: 0,
      points: 0,
      lengthM: 0,
      climbM: null,
      descentM: null,
      minEleM: null,
      maxEleM: null,
    });
  });

  it('measures the same length the other way round, and never a number that is none', () => {
    holds(
      fc.property(anyTrack, (track) => {
        const facts = trackFacts(track);

        expect(trackFacts(turnedRound(track)).lengthM).toBeCloseTo(facts.lengthM, 0);
        expect(Object.values(facts).every((value) => value === null || Number.isFinite(value))).toBe(true);
      }),
    );
  });
});
