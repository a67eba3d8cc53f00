import { longitudeScale } from './earth-distance';
import type { Track } from './track';
import { unwrapLongitudes } from './unwrap-longitudes';

/** A point on a drawing: `x` to the right, `y` downward. */
export interface Dot {
  x: number;
  y: number;
}

export interface Frame {
  width: number;
  height: number;
  margin: number;
}

/**
 * Fits tracks into one frame, north up, all at the same scale, so that they can be laid one over the other. A degree
 * of longitude is drawn as long as it is at the middle latitude: right in shape for anything one can walk or ride.
 */
export function frameTracks(tracks: readonly Track[], { width, height, margin }: Frame): Dot[][][] {
  const lines = flatLines(tracks);
  const bounds = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { x, y } of lines.flat(2)) {
    bounds.left = Math.min(bounds.left, x);
    bounds.right = Math.max(bounds.right, x);
    bounds.top = Math.min(bounds.top, y);
    bounds.bottom = Math.max(bounds.bottom, y);
  }
  const wide = (width - 2 * margin) / (bounds.right - bounds.left);
  const high = (height - 2 * margin) / (bounds.bottom - bounds.top);
  const fitting = Math.min(wide, high);
  const scale = Number.isFinite(fitting) ? fitting : 0; // a single place has no extent: it goes to the middle
  const place = ({ x, y }: Dot): Dot => ({
    x: width / 2 + (x - (bounds.left + bounds.right) / 2) * scale,
    y: height / 2 + (y - (bounds.top + bounds.bottom) / 2) * scale,
  });
  return lines.map((segments) => segments.map((segment) => segment.map(place)));
}

/** Degrees as if they lay in a plane, south downward. */
function flatLines(tracks: readonly Track[]): Dot[][][] {
  const unwrapped = unwrapLongitudes(...tracks);
  let south = 90;
  let north = -90;
  for (const { lat } of unwrapped.flatMap(({ segments }) => segments.flat())) {
    south = Math.min(south, lat);
    north = Math.max(north, lat);
  }
  const eastScale = longitudeScale((south + north) / 2);
  return unwrapped.map(({ segments }) =>
    segments.map((segment) => segment.map(({ lat, lon }) => ({ x: lon * eastScale, y: -lat }))),
  );
}
