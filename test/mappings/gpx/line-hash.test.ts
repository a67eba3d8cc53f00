import * as fc from 'fast-check';
import { lineHash } from '../../../mappings/gpx/line-hash';
import type { Track } from '../../../mappings/gpx/track';
import { holds } from '../holds';
import { anyTrack, eachPoint, turnedRound } from './any-track';

const line = (...points: [lat: number, lon: number, ele: number | null][]): Track => ({
  segments: [points.map(([lat, lon, ele]) => ({ lat, lon, ele }))],
});
const mill = line([50.31, 4.94, 101.5], [50.32, 4.95, 120]);

describe('lineHash', () => {
  it('is the same on every machine and in every version', () => {
    expect(lineHash(mill)).toBe('c96e8e709af6071856864922e80766ac6306903cafc3724004fd206a286450a9');
  });

  it.each([
    ['digits beyond the sixth', line([50.3100004, 4.94, 101.5], [50.32, 4.9499996, 120])],
    ['elevation digits beyond the first', line([50.31, 4.94, 101.54], [50.32, 4.95, 119.96])],
    ['a point given twice', line([50.31, 4.94, 101.5], [50.31, 4.94, 101.5], [50.32, 4.95, 120])],
    ['a cut into segments', { segments: [...mill.segments, [], [{ lat: 50.32, lon: 4.95, ele: 120 }]] }],
  ])('does not see %s', (_what, track) => {
    expect(lineHash(track)).toBe(lineHash(mill));
  });

  it.each([
    ['a point moved by a decimetre', line([50.310001, 4.94, 101.5], [50.32, 4.95, 120])],
    ['another elevation', line([50.31, 4.94, 101.6], [50.32, 4.95, 120])],
    ['an unknown elevation', line([50.31, 4.94, null], [50.32, 4.95, 120])],
    ['an unknown elevation that was 0', line([50.31, 4.94, 101.5], [50.32, 4.95, 0])],
    ['the other direction', turnedRound(mill)],
    ['a point that is passed twice', line([50.31, 4.94, 101.5], [50.32, 4.95, 120], [50.31, 4.94, 101.5])],
  ])('sees %s', (_what, track) => {
    expect(lineHash(track)).not.toBe(lineHash(mill));
  });

  it('takes -0, and whatever rounds to it, for 0', () => {
    const zero = line([0, 0, 0], [1, 1, 1]);

    expect(lineHash(line([-0, -0, -0], [1, 1, 1]))).toBe(lineHash(zero));
    expect(lineHash(line([-1e-7, -1e-9, -0.04], [1, 1, 1]))).toBe(lineHash(zero));
  });

  it('depends on values alone, not on how the track was made', () => {
    holds(
      fc.property(anyTrack, (track) => {
        expect(lineHash(eachPoint(track, ({ lat, lon, ele }) => ({ ele, lon, lat })))).toBe(lineHash(track));
      }),
    );
  });
});
