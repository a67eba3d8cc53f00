import { longitudeScale, METRES_PER_DEGREE } from './earth-distance';
import { nearestShare } from './nearest-share';
import type { Track, TrackPoint } from './track';

/** Pieces under one box, and boxes under the next: pieces in order lie together, so their order is already a tree. */
const FAN = 8;

/**
 * A line made ready to be asked for its nearest piece. `ends` holds lon, lat, lon, lat of each straight piece;
 * `levels[0]` the box (west, south, east, north) around each 8 pieces, and each next level around 8 boxes.
 */
export interface LineIndex {
  ends: Float64Array;
  levels: Float64Array[];
}

export interface Nearest {
  distanceM: number;
  piece: number;
}

/** Indexes the straight pieces of a track; a segment of one point is a piece without length. */
export function indexLine(track: Track): LineIndex {
  const pieces: number[] = [];
  for (const segment of track.segments) addPieces(pieces, segment);
  const ends = Float64Array.from(pieces);
  const levels = [boxesAround(ends)];
  for (let top = levels[0]; top !== undefined && top.length > 4; top = levels.at(-1)) {
    levels.push(boxesAround(top));
  }
  return { ends, levels };
}

function addPieces(pieces: number[], segment: readonly TrackPoint[]): void {
  let from = segment[0];
  if (from !== undefined && segment.length === 1) pieces.push(from.lon, from.lat, from.lon, from.lat);
  for (const to of segment.slice(1)) {
    if (from !== undefined) pieces.push(from.lon, from.lat, to.lon, to.lat);
    from = to;
  }
}

/** A box and a piece are both two corners, so that one function serves every level. */
function boxesAround(corners: Float64Array): Float64Array {
  const count = Math.ceil(corners.length / 4 / FAN);
  const boxes = new Float64Array(count * 4);
  for (let box = 0; box < count; box += 1) {
    const part = corners.subarray(box * FAN * 4, (box + 1) * FAN * 4);
    const lons = part.filter((_, at) => at % 2 === 0);
    const lats = part.filter((_, at) => at % 2 === 1);
    boxes.set([Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)], box * 4);
  }
  return boxes;
}

interface Search {
  index: LineIndex;
  lon: number;
  lat: number;
  /** Metres in a degree of longitude and of latitude, in the plane that touches the globe at the point asked about. */
  eastM: number;
  northM: number;
  enough: number;
  best: number;
  piece: number;
}

/**
 * The piece of a line nearest to a point, in metres, measured in a plane through that point: exact to the centimetre
 * where it matters, within a few kilometres, and good to a few percent beyond; within some kilometres of a pole only a
 * rough figure. `hint` is where a neighbour was found; the search ends early once something is within `enoughM`.
 */
export function nearestOnLine(
  index: LineIndex,
  { lon, lat }: { lon: number; lat: number },
  { hint, enoughM }: { hint: number; enoughM: number },
): Nearest {
  const northM = METRES_PER_DEGREE;
  const eastM = northM * longitudeScale(lat);
  const search = { index, lon, lat, eastM, northM, enough: enoughM * enoughM, best: Infinity, piece: hint };
  tryPiece(search, hint);
  visit(search, index.levels.length - 1, 0);
  return { distanceM: Math.sqrt(search.best), piece: search.piece };
}

/** Depth first; a box that begins further away than the best found so far holds nothing of use. */
function visit(search: Search, level: number, box: number): void {
  const { levels, ends } = search.index;
  const below = level === 0 ? ends : (levels[level - 1] ?? ends);
  const last = Math.min((box + 1) * FAN, below.length / 4);
  for (let child = box * FAN; child < last; child += 1) {
    if (search.best <= search.enough) return;
    if (level === 0) tryPiece(search, child);
    else if (boxDistance(search, below, child * 4) < search.best) visit(search, level - 1, child);
  }
}

function boxDistance(search: Search, boxes: Float64Array, at: number): number {
  const x = outside(search.lon, boxes[at] ?? 0, boxes[at + 2] ?? 0) * search.eastM;
  const y = outside(search.lat, boxes[at + 1] ?? 0, boxes[at + 3] ?? 0) * search.northM;
  return x * x + y * y;
}

/** How far a value lies outside a range, 0 inside. */
function outside(value: number, from: number, to: number): number {
  if (value < from) return from - value;
  return value > to ? value - to : 0;
}

function tryPiece(search: Search, piece: number): void {
  const { ends } = search.index;
  const x = ((ends[piece * 4] ?? 0) - search.lon) * search.eastM;
  const y = ((ends[piece * 4 + 1] ?? 0) - search.lat) * search.northM;
  const dx = ((ends[piece * 4 + 2] ?? 0) - search.lon) * search.eastM - x;
  const dy = ((ends[piece * 4 + 3] ?? 0) - search.lat) * search.northM - y;
  const along = nearestShare(x, y, dx, dy);
  const nearX = x + along * dx;
  const nearY = y + along * dy;
  const distance = nearX * nearX + nearY * nearY;
  if (distance < search.best) {
    search.best = distance;
    search.piece = piece;
  }
}
