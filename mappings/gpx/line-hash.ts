import { createHash } from 'node:crypto';
import type { Track, TrackPoint } from './track';

/** About 11 cm on the ground; finer digits are noise that exporters write each in their own way (assumed). */
export const COORDINATE_DECIMALS = 6;
export const ELEVATION_DECIMALS = 1;

/**
 * A fingerprint of the line alone: lower-case sha256 hex over its points in order, rounded to 6 decimals of a degree and
 * 1 of a metre, a point equal to the one before it left out. Names, times, `-0` and the cut into segments never change
 * it: two tracks that differ only in a gap have one hash, and `compareTracks` is what tells them apart.
 */
export function lineHash(track: Track): string {
  const hash = createHash('sha256');
  let previous = '';
  for (const segment of track.segments) {
    for (const point of segment) {
      const line = pointLine(point);
      if (line !== previous) hash.update(line);
      previous = line;
    }
  }
  return hash.digest('hex');
}

function pointLine({ lat, lon, ele }: TrackPoint): string {
  const height = ele === null ? '' : rounded(ele, ELEVATION_DECIMALS);
  return `${rounded(lat, COORDINATE_DECIMALS)},${rounded(lon, COORDINATE_DECIMALS)},${height}\n`;
}

/** `toFixed` writes a tiny negative number as `-0.000000`, which is the same place as `0.000000`. */
function rounded(value: number, decimals: number): string {
  const written = value.toFixed(decimals);
  return written.startsWith('-') && Number(written) === 0 ? written.slice(1) : written;
}
