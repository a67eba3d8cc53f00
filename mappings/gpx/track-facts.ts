import { earthDistanceM } from './earth-distance';
import type { Track, TrackPoint } from './track';

/**
 * Metres an elevation must differ from the last one that counted. Without it the noise of a receiver alone climbs
 * hundreds of metres a day; with more, gentle hills vanish (assumed; nothing public says what Cirkwi uses).
 */
const CLIMB_STEP_M = 3;

/** What can be said of a line in numbers. Metres, to 0.1; heights are `null` where no point has an elevation. */
export interface TrackFacts {
  segments: number;
  points: number;
  lengthM: number;
  climbM: number | null;
  /** Positive. */
  descentM: number | null;
  minEleM: number | null;
  maxEleM: number | null;
}

/**
 * Numbers to show a person next to a track. Gaps between segments count neither as length nor as climb; points without
 * elevation are passed over, so a climb across them still counts.
 */
export function trackFacts(track: Track): TrackFacts {
  const facts = { points: 0, lengthM: 0, climbM: 0, descentM: 0, lowest: Infinity, highest: -Infinity };
  for (const segment of track.segments) {
    facts.points += segment.length;
    facts.lengthM += segmentLengthM(segment);
    const heights = segment.map(({ ele }) => ele).filter((ele) => ele !== null);
    const { climbM, descentM } = climbOf(heights);
    facts.climbM += climbM;
    facts.descentM += descentM;
    for (const ele of heights) {
      facts.lowest = Math.min(facts.lowest, ele);
      facts.highest = Math.max(facts.highest, ele);
    }
  }
  const known = facts.lowest <= facts.highest;
  return {
    segments: track.segments.length,
    points: facts.points,
    lengthM: tenths(facts.lengthM),
    climbM: known ? tenths(facts.climbM) : null,
    descentM: known ? tenths(facts.descentM) : null,
    minEleM: known ? tenths(facts.lowest) : null,
    maxEleM: known ? tenths(facts.highest) : null,
  };
}

function segmentLengthM(segment: readonly TrackPoint[]): number {
  let lengthM = 0;
  let previous = segment[0];
  for (const point of segment) {
    if (previous !== undefined) lengthM += earthDistanceM(previous, point);
    previous = point;
  }
  return lengthM;
}

function climbOf(heights: readonly number[]): { climbM: number; descentM: number } {
  let climbM = 0;
  let descentM = 0;
  let counted = heights[0] ?? 0;
  for (const height of heights) {
    if (Math.abs(height - counted) < CLIMB_STEP_M) continue;
    if (height > counted) climbM += height - counted;
    else descentM += counted - height;
    counted = height;
  }
  return { climbM, descentM };
}

/** To 0.1 m, with no `-0`. */
export function tenths(metres: number): number {
  return Math.round(metres * 10) / 10 + 0;
}
