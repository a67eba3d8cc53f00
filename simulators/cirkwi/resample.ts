import { mixedSeed, type SeededRandom, seededRandom } from '../core/seeded-random';
import { distanceM, pointsOf, segmentOf, type Track, type TrackPoint } from './track';

/** What an import makes of a track beside keeping it (assumed: whether Cirkwi does any of it is not public). */
export interface TrackTreatment {
  /** Points at this distance along the line, each moved aside by up to `jitterM`; the ends of a segment stay. */
  resample: { everyM: number; jitterM: number } | null;
  /** Elevations from Cirkwi's own model of the ground in place of those in the file. */
  recomputeElevation: boolean;
}

const METRES_PER_DEGREE = 111_195;

/** The same track for the same seed and the same input. */
export function treated(track: Track, treatment: TrackTreatment, seed: number): Track {
  const { resample, recomputeElevation } = treatment;
  if (resample === null && !recomputeElevation) return track;
  return track.map((segment, position) => {
    const random = seededRandom(mixedSeed(seed, position));
    const points = [...pointsOf(segment)];
    const laid = resample ? [...evenly(points, resample.everyM, resample.jitterM, random)] : points;
    return segmentOf(recomputeElevation ? laid.map(onModelGround) : laid);
  });
}

function* evenly(
  points: readonly TrackPoint[],
  everyM: number,
  jitterM: number,
  random: SeededRandom,
): Generator<TrackPoint> {
  const [first] = points;
  const last = points.at(-1);
  if (first) yield first;
  let untilNextM = everyM;
  for (const [position, from] of points.entries()) {
    const to = points[position + 1];
    if (!to) break;
    const lengthM = distanceM(from, to);
    for (; untilNextM < lengthM; untilNextM += everyM) {
      yield moved(between(from, to, untilNextM / lengthM), jitterM, random);
    }
    untilNextM -= lengthM;
  }
  if (last && last !== first) yield last;
}

function between(from: TrackPoint, to: TrackPoint, share: number): TrackPoint {
  const part = (start: number, end: number): number => start + (end - start) * share;
  return { lat: part(from.lat, to.lat), lon: part(from.lon, to.lon), ele: part(from.ele, to.ele) };
}

function moved(point: TrackPoint, jitterM: number, random: SeededRandom): TrackPoint {
  const direction = random.next() * 2 * Math.PI;
  const degrees = (random.next() * jitterM) / METRES_PER_DEGREE;
  return {
    lat: point.lat + degrees * Math.sin(direction),
    lon: point.lon + (degrees * Math.cos(direction)) / Math.cos((point.lat * Math.PI) / 180),
    ele: point.ele,
  };
}

/** Imagined hills, the same for the same place. */
function onModelGround(point: TrackPoint): TrackPoint {
  const height = 250 + 120 * Math.sin(point.lat * 90) + 80 * Math.cos(point.lon * 110);
  return { ...point, ele: Math.round(height * 10) / 10 };
}
