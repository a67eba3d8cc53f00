import { createHash } from 'node:crypto';

/** Segments of points in their order, each point as latitude, longitude (degrees) and elevation (metres, NaN unknown). */
export type Track = readonly Float64Array[];

export interface TrackPoint {
  lat: number;
  lon: number;
  ele: number;
}

/** Numbers for each point in a segment. */
export const STRIDE = 3;

export function* pointsOf(segment: Float64Array): Generator<TrackPoint> {
  for (let at = 0; at + STRIDE <= segment.length; at += STRIDE) {
    yield { lat: segment[at] ?? 0, lon: segment[at + 1] ?? 0, ele: segment[at + 2] ?? Number.NaN };
  }
}

export function segmentOf(points: Iterable<TrackPoint>): Float64Array {
  return Float64Array.from([...points].flatMap(({ lat, lon, ele }) => [lat, lon, ele]));
}

export function pointCount(track: Track): number {
  return track.reduce((sum, segment) => sum + segment.length / STRIDE, 0);
}

/** `[lat, lon]` or `[lat, lon, ele]` for each point. */
export function asLists(track: Track): number[][] {
  return track.flatMap((segment) =>
    Array.from(pointsOf(segment), ({ lat, lon, ele }) => (Number.isNaN(ele) ? [lat, lon] : [lat, lon, ele])),
  );
}

const hashes = new WeakMap<Track, string>();

/**
 * SHA-256 of the line: all points in order, degrees to 6 and metres to 1 decimals, repeated points once. The same for
 * two files that differ in names, times or in how they are cut into segments.
 */
export function trackHash(track: Track): string {
  const known = hashes.get(track);
  if (known !== undefined) return known;
  const hash = createHash('sha256');
  let before = '';
  for (const segment of track) {
    for (const { lat, lon, ele } of pointsOf(segment)) {
      const point = `${lat.toFixed(6)} ${lon.toFixed(6)} ${Number.isNaN(ele) ? '' : ele.toFixed(1)}\n`;
      if (point !== before) hash.update(point);
      before = point;
    }
  }
  const digest = hash.digest('hex');
  hashes.set(track, digest);
  return digest;
}

const EARTH_RADIUS_M = 6_371_008.8;

export function distanceM(from: TrackPoint, to: TrackPoint): number {
  const radians = Math.PI / 180;
  const north = Math.sin(((to.lat - from.lat) * radians) / 2) ** 2;
  const east = Math.sin(((to.lon - from.lon) * radians) / 2) ** 2;
  const chord = north + Math.cos(from.lat * radians) * Math.cos(to.lat * radians) * east;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(chord)));
}

export interface TrackFigures {
  lengthM: number;
  climbM: number;
  /** Negative, as Cirkwi writes it. */
  descentM: number;
}

/** Gaps between segments are no part of the line. */
export function figuresOf(track: Track): TrackFigures {
  const figures: TrackFigures = { lengthM: 0, climbM: 0, descentM: 0 };
  for (const segment of track) {
    let before: TrackPoint | null = null;
    for (const point of pointsOf(segment)) {
      if (before) addLeg(figures, before, point);
      before = point;
    }
  }
  return figures;
}

function addLeg(figures: TrackFigures, from: TrackPoint, to: TrackPoint): void {
  figures.lengthM += distanceM(from, to);
  const rise = to.ele - from.ele;
  if (rise > 0) figures.climbM += rise;
  if (rise < 0) figures.descentM += rise;
}
