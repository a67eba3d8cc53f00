import { SaxesParser, type SaxesTagNS } from 'saxes';
import { type GpxRefusal, type GpxRefused, refused } from './gpx-refusal';
import type { Track, TrackPoint } from './track';

/** Elements deeper than this are an attack or a mistake: real files stay below ten, with vendor extensions. */
const MAX_DEPTH = 100;
/** Characters handed to the parser at a time, so that a refused file costs no more than this beyond the fault. */
const CHUNK = 4_096;
/** No elevation is written longer than this; the rest of an endless one is not kept. */
const ELEVATION_CHARACTERS = 64;
/** Metres; values outside, such as -32768, -9999 and 99999, are how devices say "unknown" (assumed). */
const ELEVATION_RANGE = { lowest: -1_000, highest: 10_000 };

const DECIMAL = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

type Place = 'document' | 'gpx' | 'trk' | 'trkseg' | 'rte' | 'point' | 'ele' | 'ignored';

/** Which element counts where; all that is not listed, and everything inside it, is passed over. */
const PLACES: ReadonlyMap<string, Place> = new Map([
  ['document/gpx', 'gpx'],
  ['gpx/trk', 'trk'],
  ['trk/trkseg', 'trkseg'],
  ['trkseg/trkpt', 'point'],
  ['gpx/rte', 'rte'],
  ['rte/rtept', 'point'],
  ['point/ele', 'ele'],
]);

interface Reading {
  maxPoints: number;
  places: Place[];
  root: { uri: string; version: string | undefined } | undefined;
  tracks: TrackPoint[][];
  routes: TrackPoint[][];
  segment: TrackPoint[];
  points: number;
  elevation: string;
  refusal: GpxRefused | undefined;
}

/** What a well-formed GPX document holds: the points of its tracks and of its routes, and what its root says of itself. */
export interface GpxContent {
  ok: true;
  uri: string;
  version: string | undefined;
  tracks: Track;
  routes: Track;
}

/**
 * Reads a GPX document strictly and once, keeping points only. An element counts when it has the namespace of the root,
 * whichever that is, so a vendor's own `ele` inside a point is not taken for the elevation. Prefixes nobody declared
 * are let pass: files that lost their declarations are common.
 */
export function readGpx(text: string, maxPoints: number): GpxContent | GpxRefused {
  const parser = new SaxesParser({ xmlns: true, resolvePrefix: undeclaredNamespace });
  const reading = newReading(maxPoints);
  let ending: GpxRefusal = 'not-xml';
  const at = (said: string) => `line ${parser.line}, column ${parser.column + 1}${said}`;
  const refuse = (reason: GpxRefusal, said: string) => {
    reading.refusal ??= refused(reason, at(said));
  };
  parser.on('error', (error) => refuse(ending, `: ${withoutContent(error.message)}`));
  parser.on('opentag', (tag) => opened(reading, tag, refuse));
  parser.on('closetag', () => closed(reading));
  parser.on('text', (part) => heard(reading, part));
  parser.on('cdata', (part) => heard(reading, part));

  for (let from = 0; from < text.length && reading.refusal === undefined; from += CHUNK) {
    parser.write(text.slice(from, from + CHUNK));
  }
  if (reading.refusal !== undefined) return reading.refusal;
  ending = 'truncated'; // all that can still be wrong is that something has not ended
  parser.close();
  return reading.refusal ?? content(reading);
}

function newReading(maxPoints: number): Reading {
  return {
    maxPoints,
    places: ['document'],
    root: undefined,
    tracks: [],
    routes: [],
    segment: [],
    points: 0,
    elevation: '',
    refusal: undefined,
  };
}

type Refuse = (reason: GpxRefusal, said: string) => void;

function opened(reading: Reading, tag: SaxesTagNS, refuse: Refuse): void {
  if (reading.refusal !== undefined) return;
  if (reading.places.length > MAX_DEPTH) {
    refuse('too-deep', `, ${shown(tag.name)}: nested more than ${MAX_DEPTH} levels deep`);
    return;
  }
  const place = placeOf(reading, tag);
  reading.places.push(place);
  if (reading.root === undefined) openRoot(reading, tag, place, refuse);
  else if (place === 'trkseg') reading.tracks.push(newSegment(reading));
  else if (place === 'rte') reading.routes.push(newSegment(reading));
  else if (place === 'point') openPoint(reading, tag, refuse);
  else if (place === 'ele') reading.elevation = '';
}

function placeOf(reading: Reading, tag: SaxesTagNS): Place {
  if (reading.root !== undefined && tag.uri !== reading.root.uri) return 'ignored';
  return PLACES.get(`${reading.places.at(-1)}/${tag.local}`) ?? 'ignored';
}

function openRoot(reading: Reading, tag: SaxesTagNS, place: Place, refuse: Refuse): void {
  reading.root = { uri: tag.uri, version: tag.attributes.version?.value };
  if (place !== 'gpx') refuse('not-gpx', `: the root element is ${shown(tag.name)}, not gpx`);
}

function newSegment(reading: Reading): TrackPoint[] {
  reading.segment = [];
  return reading.segment;
}

function openPoint(reading: Reading, tag: SaxesTagNS, refuse: Refuse): void {
  reading.points += 1;
  if (reading.points > reading.maxPoints) {
    refuse('too-many-points', `, ${shown(tag.name)}: more than ${reading.maxPoints} points`);
    return;
  }
  const lat = degrees(tag.attributes.lat?.value, 90);
  const lon = degrees(tag.attributes.lon?.value, 180);
  if (lat !== undefined && lon !== undefined) {
    reading.segment.push({ lat, lon, ele: null });
    return;
  }
  const wrong =
    lat === undefined ? 'lat is missing or not from -90 to 90' : 'lon is missing or not from -180 to 180';
  refuse('bad-coordinate', `, ${shown(tag.name)}: ${wrong}`);
}

function closed(reading: Reading): void {
  if (reading.refusal !== undefined) return;
  const place = reading.places.pop();
  const point = reading.segment.at(-1);
  if (place === 'ele' && point !== undefined) point.ele = metres(reading.elevation);
}

function heard(reading: Reading, part: string): void {
  if (reading.places.at(-1) !== 'ele' || reading.elevation.length > ELEVATION_CHARACTERS) return;
  reading.elevation += part.slice(0, ELEVATION_CHARACTERS + 1);
}

function content(reading: Reading): GpxContent {
  return {
    ok: true,
    uri: reading.root?.uri ?? '',
    version: reading.root?.version,
    tracks: { segments: reading.tracks.filter((segment) => segment.length > 0) },
    routes: { segments: reading.routes.filter((segment) => segment.length > 0) },
  };
}

/** `+ 0` makes `-0` into `0`: one place has one value. */
function degrees(written: string | undefined, limit: number): number | undefined {
  if (written === undefined || !DECIMAL.test(written)) return undefined;
  const value = Number(written) + 0;
  return Math.abs(value) <= limit ? value : undefined;
}

function metres(written: string): number | null {
  if (written.length > ELEVATION_CHARACTERS || !DECIMAL.test(written)) return null;
  const value = Number(written) + 0;
  return value >= ELEVATION_RANGE.lowest && value <= ELEVATION_RANGE.highest ? value : null;
}

/** The empty prefix is the default namespace, which may well be none. */
function undeclaredNamespace(prefix: string): string | undefined {
  return prefix === '' ? undefined : `undeclared:${prefix}`;
}

/** A tag name is the file's own text: short and in plain characters, whatever it was. */
function shown(name: string): string {
  return name.slice(0, 40).replace(/[^\w:.-]/g, '?');
}

/** The parser's words up to where it starts to quote the file; its own position is given by us. */
function withoutContent(message: string): string {
  const words = message.replace(/^\d+:\d+: /, '').replace(/\.$/, '');
  return words.split(':')[0] ?? words;
}
