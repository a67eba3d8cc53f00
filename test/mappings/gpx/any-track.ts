import * as fc from 'fast-check';
import type { Track, TrackPoint } from '../../../mappings/gpx/track';

const METRES_PER_DEGREE = 111_195;

/** Coordinates and elevations as files hold them: anywhere, also where rounding and signs are awkward. */
const anyDegrees = (limit: number) =>
  fc.oneof(
    fc.double({ min: -limit, max: limit, noNaN: true }),
    fc.constantFrom(0, -0, 1e-7, -1e-7, 4.9999e-7, 5e-324, 50.0000005, -50.1234565, limit, -limit),
  );

const anyPoint: fc.Arbitrary<TrackPoint> = fc.record({
  lat: anyDegrees(90),
  lon: anyDegrees(180),
  ele: fc.option(
    fc.oneof(fc.double({ min: -1_000, max: 10_000, noNaN: true }), fc.constantFrom(-0, 0.05, -0.04)),
  ),
});

/** Any track `parseGpx` could answer. */
export const anyTrack: fc.Arbitrary<Track> = fc
  .array(fc.array(anyPoint, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 })
  .filter((segments) => segments.some((segment) => segment.length > 1))
  .map((segments) => ({ segments }));

/** A walk of up to some kilometres in Wallonia, in steps of up to 120 m. */
export const anyWalk: fc.Arbitrary<Track> = fc
  .array(fc.tuple(fc.integer({ min: -90, max: 90 }), fc.integer({ min: -90, max: 90 })), {
    minLength: 2,
    maxLength: 60,
  })
  .map((steps) => walk(steps));

/** The track that starts near Yvoir and takes these steps, in metres to the east and to the north. */
export function walk(steps: readonly (readonly [eastM: number, northM: number])[]): Track {
  const points = [at(0, 0)];
  let east = 0;
  let north = 0;
  for (const [eastM, northM] of steps) {
    east += eastM;
    north += northM;
    points.push(at(east, north));
  }
  return { segments: [points] };
}

function at(eastM: number, northM: number): TrackPoint {
  const lat = 50.3 + northM / METRES_PER_DEGREE;
  return { lat, lon: 4.9 + eastM / METRES_PER_DEGREE / Math.cos((50.3 * Math.PI) / 180), ele: null };
}

/** The track with each point replaced. */
export function eachPoint(track: Track, change: (point: TrackPoint) => TrackPoint): Track {
  return { segments: track.segments.map((segment) => segment.map(change)) };
}

/** The track moved over the ground, by metres in a direction given in radians (0 is east). */
export function moved(track: Track, metres: number, direction = Math.PI / 2): Track {
  const north = (metres * Math.sin(direction)) / METRES_PER_DEGREE;
  const east = (metres * Math.cos(direction)) / METRES_PER_DEGREE;
  return eachPoint(track, (point) => ({
    ...point,
    lat: point.lat + north,
    lon: point.lon + east / Math.cos((point.lat * Math.PI) / 180),
  }));
}

/** The track the other way round. */
export function turnedRound(track: Track): Track {
  return { segments: track.segments.map((segment) => segment.toReversed()).toReversed() };
}
