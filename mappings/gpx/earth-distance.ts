import type { TrackPoint } from './track';

/** Mean radius of the WGS84 ellipsoid. */
const EARTH_RADIUS_M = 6_371_008.8;
const RADIANS = Math.PI / 180;
export const METRES_PER_DEGREE = EARTH_RADIUS_M * RADIANS;

/** Metres over the ground between two points (haversine on a sphere: within 0.5 %), elevation left out. */
export function earthDistanceM(a: TrackPoint, b: TrackPoint): number {
  const south = Math.sin(((b.lat - a.lat) * RADIANS) / 2);
  const east = Math.sin(((b.lon - a.lon) * RADIANS) / 2);
  const chord = south * south + Math.cos(a.lat * RADIANS) * Math.cos(b.lat * RADIANS) * east * east;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** How long a degree of longitude is at this latitude, as a share of a degree of latitude. */
export function longitudeScale(lat: number): number {
  return Math.cos(lat * RADIANS);
}
