import type { Track } from './track';

/**
 * The same tracks on one unbroken range of longitudes: where they lie on both sides of the antimeridian, the western
 * hemisphere continues beyond 180 degrees. Right for tracks that together span less than half the globe.
 */
export function unwrapLongitudes(...tracks: Track[]): Track[] {
  let west = Infinity;
  let east = -Infinity;
  for (const { lon } of tracks.flatMap(({ segments }) => segments.flat())) {
    west = Math.min(west, lon);
    east = Math.max(east, lon);
  }
  if (!(east - west > 180)) return tracks;
  return tracks.map(({ segments }) => ({
    segments: segments.map((segment) =>
      segment.map((point) => (point.lon < 0 ? { ...point, lon: point.lon + 360 } : point)),
    ),
  }));
}
