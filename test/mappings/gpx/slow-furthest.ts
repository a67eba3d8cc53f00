import { sampleLine } from '../../../mappings/gpx/sample-line';
import type { Track, TrackPoint } from '../../../mappings/gpx/track';

/** What is promised, computed plainly: each place asked of each stretch, in one plane for the few kilometres of a walk. */
export function slowFurthestM(one: Track, other: Track): number {
  const distances = [...sampleLine(one, 10)].map((place) =>
    Math.min(...stretches(other).map(([from, to]) => distanceM(plane(place), plane(from), plane(to)))),
  );
  return Math.max(...distances);
}

function stretches({ segments }: Track): [TrackPoint, TrackPoint][] {
  return segments.flatMap((segment) =>
    segment.slice(1).map((to, at): [TrackPoint, TrackPoint] => [segment[at] ?? to, to]),
  );
}

function plane({ lat, lon }: { lat: number; lon: number }): [x: number, y: number] {
  return [lon * 111_195.1 * Math.cos((50.3 * Math.PI) / 180), lat * 111_195.1];
}

function distanceM([x, y]: [number, number], [ax, ay]: [number, number], [bx, by]: [number, number]): number {
  const squared = (bx - ax) ** 2 + (by - ay) ** 2;
  const along = squared === 0 ? 0 : ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / squared;
  const share = Math.max(0, Math.min(1, along));
  return Math.hypot(ax + share * (bx - ax) - x, ay + share * (by - ay) - y);
}
