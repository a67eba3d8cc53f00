import { longitudeScale } from './earth-distance';
import { lineHash } from './line-hash';
import { indexLine, type LineIndex, nearestOnLine } from './line-index';
import { type LineSample, sampleLine } from './sample-line';
import type { Track } from './track';
import { tenths, trackFacts } from './track-facts';
import { unwrapLongitudes } from './unwrap-longitudes';

/** Metres two drawings of one path may lie apart (assumed: room for Cirkwi's resampling and a receiver's error). */
export const SAME_LINE_M = 15;
const SAMPLE_EVERY_M = 10;
/** Lines longer than 3,000 km are sampled more coarsely, so that no file makes a comparison endless. */
const MAX_SAMPLES = 300_000;
/** Of two lines on the same ground, the share that must run the other way for one to be the other reversed. */
const REVERSED_SHARE = 0.75;

/** How two tracks relate. Metres, to 0.1. */
export interface TrackComparison {
  verdict: 'identical' | 'same-line' | 'different';
  /** The furthest a point of either lies from the other; `null` when one of them has no point. */
  largestDistanceM: number | null;
  /** The same ground walked the other way round: `different`, whatever the distance. */
  reversed: boolean;
  lengthBeforeM: number;
  lengthAfterM: number;
  /** Signed: 0.02 is 2 % longer than before. For information only; `null` when the track before has no length. */
  lengthChangeShare: number | null;
  climbBeforeM: number | null;
  climbAfterM: number | null;
}

/**
 * Whether two tracks draw the same line. `identical`: the same points in the same order. `same-line`: no point of
 * either lies further than 15 m from the other, looked at every 10 m; where points stand and where a loop starts do
 * not matter. Otherwise `different`. Gaps between segments are not line: filling a wide one is a change.
 *
 * Walking a line the other way is `different`: signs and descriptions follow the direction (assumed). It is told by the
 * way both run at their nearest places, so a walk that mostly returns on its own steps can be turned round unnoticed.
 * Swapping the tracks never changes the verdict. Right everywhere but within some kilometres of a pole, and for tracks
 * that together span less than half the globe.
 */
export function compareTracks(before: Track, after: Track): TrackComparison {
  const { lengthM: lengthBeforeM, climbM: climbBeforeM } = trackFacts(before);
  const { lengthM: lengthAfterM, climbM: climbAfterM } = trackFacts(after);
  const lengthChangeM = lengthAfterM - lengthBeforeM;
  // A hash knows no gaps: of two tracks with the same points, the one without the gap is the longer.
  const identical = lineHash(before) === lineHash(after) && Math.abs(lengthChangeM) <= SAME_LINE_M;
  return {
    ...(identical
      ? { verdict: 'identical', largestDistanceM: 0, reversed: false }
      : verdictOf(before, after)),
    lengthBeforeM,
    lengthAfterM,
    lengthChangeShare: lengthBeforeM === 0 ? null : lengthChangeM / lengthBeforeM,
    climbBeforeM,
    climbAfterM,
  };
}

function verdictOf(
  before: Track,
  after: Track,
): Pick<TrackComparison, 'verdict' | 'largestDistanceM' | 'reversed'> {
  const [one, other] = unwrapLongitudes(before, after).map(prepared);
  if (one === undefined || other === undefined || isEmpty(one) || isEmpty(other)) {
    return { verdict: 'different', largestDistanceM: null, reversed: false };
  }
  const there = follow(one, other, 0);
  const back = follow(other, one, there.furthestM);
  const furthestM = Math.max(there.furthestM, back.furthestM);
  const near = furthestM <= SAME_LINE_M;
  const againstM = there.againstM + back.againstM;
  const reversed = near && againstM > REVERSED_SHARE * (there.lengthM + back.lengthM);
  const verdict = near && !reversed ? 'same-line' : 'different';
  return { verdict, largestDistanceM: tenths(furthestM), reversed };
}

interface Prepared {
  track: Track;
  index: LineIndex;
}

function prepared(track: Track): Prepared {
  return { track, index: indexLine(track) };
}

function isEmpty({ index }: Prepared): boolean {
  return index.ends.length === 0;
}

/** Walks along one track: how far it gets from the other, and how many of its metres the other runs against. */
function follow(
  { track }: Prepared,
  { index }: Prepared,
  knownM: number,
): { furthestM: number; againstM: number; lengthM: number } {
  let furthestM = knownM;
  let againstM = 0;
  let lengthM = 0;
  let hint = 0;
  const stepM = Math.max(SAMPLE_EVERY_M, trackFacts(track).lengthM / MAX_SAMPLES);
  for (const sample of sampleLine(track, stepM)) {
    // Once the lines are known to differ only a larger distance is of interest, and most searches end at once.
    const enoughM = furthestM > SAME_LINE_M ? furthestM : 0;
    const nearest = nearestOnLine(index, sample, { hint, enoughM });
    hint = nearest.piece;
    furthestM = Math.max(furthestM, nearest.distanceM);
    lengthM += sample.lengthM;
    if (runsAgainst(index, nearest.piece, sample)) againstM += sample.lengthM;
  }
  return { furthestM, againstM, lengthM };
}

function runsAgainst({ ends }: LineIndex, piece: number, { lat, east, north }: LineSample): boolean {
  const pieceEast = (ends[piece * 4 + 2] ?? 0) - (ends[piece * 4] ?? 0);
  const pieceNorth = (ends[piece * 4 + 3] ?? 0) - (ends[piece * 4 + 1] ?? 0);
  return east * pieceEast * longitudeScale(lat) ** 2 + north * pieceNorth < 0;
}
