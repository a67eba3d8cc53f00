import { earthDistanceM } from './earth-distance';
import type { Track, TrackPoint } from './track';

/** A place on a line, the way the line runs there (degrees), and how many metres of line it stands for. */
export interface LineSample {
  lon: number;
  lat: number;
  east: number;
  north: number;
  lengthM: number;
}

/** Every point of a track, and between two points as many places that none is further than `stepM` from the next. */
export function* sampleLine(track: Track, stepM: number): Generator<LineSample> {
  for (const segment of track.segments) {
    let from = segment[0];
    if (from === undefined) continue;
    yield { lon: from.lon, lat: from.lat, east: 0, north: 0, lengthM: 0 };
    for (const to of segment) {
      if (to === from) continue;
      yield* between(from, to, stepM);
      from = to;
    }
  }
}

function* between(from: TrackPoint, to: TrackPoint, stepM: number): Generator<LineSample> {
  const lengthM = earthDistanceM(from, to);
  const steps = Math.max(1, Math.ceil(lengthM / stepM));
  const east = to.lon - from.lon;
  const north = to.lat - from.lat;
  for (let step = 1; step < steps; step += 1) {
    const share = step / steps;
    const lon = from.lon + east * share;
    yield { lon, lat: from.lat + north * share, east, north, lengthM: lengthM / steps };
  }
  yield { lon: to.lon, lat: to.lat, east, north, lengthM: lengthM / steps };
}
