import { escapeXml } from './escape-xml';
import { type Dot, frameTracks } from './frame-tracks';
import { lineHash } from './line-hash';
import { simplifyLine } from './simplify-line';
import type { Track } from './track';
import { trackFacts } from './track-facts';

/** Dots per line; two such lines stay below 200 kB of SVG. */
const MAX_DOTS = 6_000;
/** Room for the start marks, and below for the key. */
const MARGIN = 24;
/** Of the key, pixels. */
const LETTER = 7.5;

/** Two states of one line; `before` is `null` for a line drawn for the first time, `after` for one taken away. */
export interface TrackPair {
  before: Track | null;
  after: Track | null;
}

/** Pixels, and the words in the drawing, for pages in another language. */
export interface DrawingOptions {
  width: number;
  height: number;
  words?: Partial<typeof WORDS>;
}

const WORDS = { title: 'Track before and after', before: 'Before', after: 'After', none: 'none' };

/**
 * An SVG of both lines, one over the other, under 200 kB whatever the tracks. `before` is a wide pale band with a square
 * at its start, `after` a thin line upon it with a disc, so that they are told apart without colour; where only one
 * is seen the line has moved. Drawn in the colour of the surrounding text, in the light and in the dark; a page may set
 * `--track-before` and `--track-after`. Screen readers get a title and both lengths. The same tracks give the same text.
 */
export function drawTracks({ before, after }: TrackPair, { width, height, words }: DrawingOptions): string {
  const said = { ...WORDS, ...words };
  const [beforeDots = [], afterDots = []] = frameTracks([lineOf(before), lineOf(after)], {
    width,
    height,
    margin: Math.min(MARGIN, width / 4, height / 4),
  }).map((segments) => simplifyLine(segments, MAX_DOTS));
  const id = `track-${lineHash(lineOf(before)).slice(0, 8)}-${lineHash(lineOf(after)).slice(0, 8)}`;
  const summary = `${summaryOf(said.before, before, said)} ${summaryOf(said.after, after, said)}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="track-drawing" viewBox="0 0 ${width} ${height}"`,
    ` width="${width}" height="${height}" role="img" aria-labelledby="${id}-title ${id}-desc">\n`,
    `<title id="${id}-title">${escapeXml(said.title)}</title>\n`,
    `<desc id="${id}-desc">${escapeXml(summary)}</desc>\n`,
    `<style>${STYLE}</style>\n`,
    `<path class="track-before" ${BEFORE} d="${pathOf(beforeDots)}"/>\n`,
    `<path class="track-after" ${AFTER} d="${pathOf(afterDots)}"/>\n`,
    startOf(beforeDots, 'before'),
    startOf(afterDots, 'after'),
    keyOf({ width, height }, said),
    '</svg>\n',
  ].join('');
}

/** The attributes alone make a good drawing where a page forbids styles inside it; the rules let a page choose colours. */
const LINE = 'fill="none" stroke="currentColor" stroke-linejoin="round" stroke-linecap="round"';
const BEFORE = `${LINE} stroke-width="8" stroke-opacity="0.35"`;
const AFTER = `${LINE} stroke-width="2"`;
const STYLE = [
  '.track-before{stroke:var(--track-before,currentColor)}',
  '.track-after{stroke:var(--track-after,currentColor)}',
].join('');

function lineOf(track: Track | null): Track {
  return track ?? { segments: [] };
}

function summaryOf(name: string, track: Track | null, words: typeof WORDS): string {
  if (track === null) return `${name}: ${words.none}.`;
  return `${name}: ${(trackFacts(track).lengthM / 1_000).toFixed(1)} km.`;
}

function pathOf(segments: readonly Dot[][]): string {
  return segments.map(subpathOf).join('');
}

/** A segment of one dot is drawn to itself: with round ends it shows as a point. */
function subpathOf(segment: readonly Dot[]): string {
  const places = segment.map(({ x, y }) => `${pixels(x)} ${pixels(y)}`);
  if (places.length === 1) places.push(...places);
  return places.length === 0 ? '' : `M${places.join('L')}`;
}

function startOf(segments: readonly Dot[][], which: 'before' | 'after'): string {
  const start = segments[0]?.[0];
  if (start === undefined) return '';
  if (which === 'after') {
    const disc = `cx="${pixels(start.x)}" cy="${pixels(start.y)}" r="3"`;
    return `<circle class="track-after" ${AFTER} ${disc}/>\n`;
  }
  const square = `x="${pixels(start.x - 7)}" y="${pixels(start.y - 7)}" width="14" height="14"`;
  return `<rect class="track-before" ${AFTER} stroke-opacity="0.7" ${square}/>\n`;
}

function keyOf(
  { width, height }: { width: number; height: number },
  { before, after }: typeof WORDS,
): string {
  const y = height - 8;
  // beside the first word, whose letters are hardly ever wider than this; within the frame
  const x = Math.max(108, Math.min(width / 2, 52 + before.length * LETTER));
  const text = 'fill="currentColor" font-family="sans-serif" font-size="12"';
  return [
    `<path class="track-before" ${BEFORE} d="M8 ${y - 4}H28"/>`,
    `<text ${text} x="36" y="${y}">${escapeXml(before)}</text>\n`,
    `<path class="track-after" ${AFTER} d="M${x} ${y - 4}H${x + 20}"/>`,
    `<text ${text} x="${x + 28}" y="${y}">${escapeXml(after)}</text>\n`,
  ].join('');
}

function pixels(value: number): string {
  return String(Math.round(value * 10) / 10 + 0);
}
