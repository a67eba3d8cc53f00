import type { Dot } from './frame-tracks';
import { nearestShare } from './nearest-share';

/** How far, in the drawing's unit, a line may be drawn from where it runs before anybody can see it. */
const INVISIBLE = 0.4;
/** The most dots Douglas-Peucker is given: its worst case grows with their square. */
const MAX_DOTS_IN = 20_000;

/**
 * A line drawn with at most `maxDots` dots (2 or more): first to an error nobody sees (Douglas-Peucker), then as coarsely as it
 * takes. Segments smaller than that error are left out, except the largest. For drawings only: never for a track that
 * is compared or published.
 */
export function simplifyLine(segments: readonly Dot[][], maxDots: number): Dot[][] {
  const moved = segments.map(withoutStandstill);
  const dots = countDots(moved);
  const every = Math.ceil(dots / MAX_DOTS_IN);
  let drawn = every > 1 ? moved.map((segment) => thin(segment, every)) : moved;
  for (let error = INVISIBLE; ; error *= 2) {
    drawn = visible(drawn, error).map((segment) => douglasPeucker(segment, error));
    if (countDots(drawn) <= maxDots) return drawn;
  }
}

function countDots(segments: readonly Dot[][]): number {
  return segments.reduce((sum, segment) => sum + segment.length, 0);
}

/** Steps too small to be seen are left out; the last dot stays. */
function withoutStandstill(segment: readonly Dot[]): Dot[] {
  const kept: Dot[] = [];
  for (const dot of segment) {
    const last = kept.at(-1);
    const seen = last === undefined || Math.hypot(dot.x - last.x, dot.y - last.y) >= INVISIBLE / 2;
    if (seen || dot === segment.at(-1)) kept.push(dot);
  }
  return kept;
}

function thin(segment: readonly Dot[], every: number): Dot[] {
  return segment.filter((_, at) => at % every === 0 || at === segment.length - 1);
}

/** The segments large enough to be seen, in order; the largest of all in any case. */
function visible(segments: readonly Dot[][], error: number): Dot[][] {
  const sizes = segments.map(sizeOf);
  const largest = sizes.reduce((most, size) => Math.max(most, size), 0);
  const kept = segments.filter((segment, at) => segment.length > 0 && (sizes[at] ?? 0) > error);
  return kept.length > 0 ? kept : segments.filter((_, at) => sizes[at] === largest).slice(0, 1);
}

function sizeOf(segment: readonly Dot[]): number {
  const bounds = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { x, y } of segment) {
    bounds.left = Math.min(bounds.left, x);
    bounds.right = Math.max(bounds.right, x);
    bounds.top = Math.min(bounds.top, y);
    bounds.bottom = Math.max(bounds.bottom, y);
  }
  return segment.length === 0 ? 0 : Math.max(bounds.right - bounds.left, bounds.bottom - bounds.top);
}

/** Douglas-Peucker with a list of open stretches instead of recursion: a spiral must not exhaust the stack. */
function douglasPeucker(segment: readonly Dot[], error: number): Dot[] {
  const kept = new Set([0, segment.length - 1]);
  const open: [from: number, to: number][] = [[0, segment.length - 1]];
  for (let stretch = open.pop(); stretch !== undefined; stretch = open.pop()) {
    const [from, to] = stretch;
    const furthest = furthestBetween(segment, from, to);
    if (furthest.squared <= error * error) continue;
    kept.add(furthest.at);
    open.push([from, furthest.at], [furthest.at, to]);
  }
  return segment.filter((_, at) => kept.has(at));
}

function furthestBetween(segment: readonly Dot[], from: number, to: number): { at: number; squared: number } {
  const furthest = { at: from, squared: 0 };
  const a = segment[from];
  const b = segment[to];
  if (a === undefined || b === undefined) return furthest;
  for (let at = from + 1; at < to; at += 1) {
    const dot = segment[at];
    const squared = dot === undefined ? 0 : squaredDistance(dot, a, b);
    if (squared > furthest.squared) {
      furthest.at = at;
      furthest.squared = squared;
    }
  }
  return furthest;
}

/** Squared: a root for each of millions of dots would be the most of the work. */
function squaredDistance(dot: Dot, a: Dot, b: Dot): number {
  const startX = a.x - dot.x;
  const startY = a.y - dot.y;
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const share = nearestShare(startX, startY, dx, dy);
  return (startX + share * dx) ** 2 + (startY + share * dy) ** 2;
}
