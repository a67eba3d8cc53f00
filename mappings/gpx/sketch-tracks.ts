import type { TrackPair } from './draw-tracks';
import { type Dot, frameTracks } from './frame-tracks';

/** A character of Braille is two dots wide and four high; these are their bits, row by row (Unicode, U+2800 on). */
const DOT_BITS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;

/** Size in characters of a terminal; `words` for the key below the sketch. */
export interface SketchOptions {
  columns: number;
  rows: number;
  words?: { before: string; after: string };
}

/**
 * Both lines as characters for a terminal, `rows` lines and a key: the line after in Braille dots, and a light shade
 * where only the line before ran. No colour, no control characters. Without two tracks there is no key.
 */
export function sketchTracks({ before, after }: TrackPair, options: SketchOptions): string {
  const { columns, rows, words = { before: 'before', after: 'after' } } = options;
  const frame = { width: columns * 2 - 1, height: rows * 4 - 1, margin: 0 };
  const none = { segments: [] };
  const [old = [], current = []] = frameTracks([before ?? none, after ?? none], frame).map((segments) =>
    cellsOf(segments, columns, rows),
  );
  const both = before !== null && after !== null;
  const [drawn, shaded] = both ? [current, old] : [after === null ? old : current, []];
  const lines = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) =>
      characterOf(drawn[row * columns + column] ?? 0, shaded[row * columns + column] ?? 0),
    )
      .join('')
      .trimEnd(),
  );
  const key = both
    ? [`${characterOf(0xff, 0)} ${words.after}   ${characterOf(0, 0xff)} ${words.before}`]
    : [];
  return [...lines, ...key].join('\n');
}

function characterOf(drawn: number, shaded: number): string {
  if (drawn !== 0) return String.fromCodePoint(0x2800 + drawn);
  return shaded === 0 ? ' ' : '░';
}

function cellsOf(segments: readonly Dot[][], columns: number, rows: number): number[] {
  const cells = new Array<number>(columns * rows).fill(0);
  for (const segment of segments) {
    let from = segment[0];
    for (const to of segment) {
      if (from !== undefined) for (const dot of dotsBetween(from, to)) setDot(cells, columns, dot);
      from = to;
    }
  }
  return cells;
}

function setDot(cells: number[], columns: number, { x, y }: Dot): void {
  const cell = Math.floor(y / 4) * columns + Math.floor(x / 2);
  const bit = DOT_BITS[y % 4]?.[x % 2];
  const was = cells[cell];
  if (bit !== undefined && was !== undefined) cells[cell] = was | bit;
}

/** Every dot a straight stretch passes, ends included. */
function* dotsBetween(from: Dot, to: Dot): Generator<Dot> {
  const steps = Math.max(1, Math.ceil(Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y))));
  for (let step = 0; step <= steps; step += 1) {
    const share = step / steps;
    yield {
      x: Math.round(from.x + (to.x - from.x) * share),
      y: Math.round(from.y + (to.y - from.y) * share),
    };
  }
}
