import { pointsOf, STRIDE, type Track, type TrackPoint } from './track';
import { element, rendered, type XmlElement } from './xml-element';
import { strictParser, UnreadableDocument } from './xml-reader';

/** Two points make a line; fewer are no track. */
const FEWEST_POINTS = 2;

/**
 * The points of a GPX document, 1.0 or 1.1: of its tracks, else of its routes. Names, times and extensions are left
 * out. Throws `UnreadableDocument` with the reason.
 */
export function readGpx(text: string): Track {
  const collected = collector();
  const parser = strictParser();
  parser.on('opentag', ({ name, attributes }) => collected.opened(localName(name), attributes));
  parser.on('text', collected.text);
  parser.on('closetag', ({ name }) => collected.closed(localName(name)));
  parser.write(text.replace(/^\uFEFF/, '')).close();
  return collected.track();
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Follows one document. A segment, or a route as a whole, is one list of numbers. */
function collector() {
  const tracks: number[][] = [];
  const routes: number[][] = [];
  const path: string[] = [];
  let point: TrackPoint | null = null;
  let elevation = '';

  return {
    opened(name: string, attributes: Readonly<Record<string, string>>): void {
      if (path.length === 0 && name !== 'gpx')
        throw new UnreadableDocument(`the root is <${name}>, not <gpx>`);
      path.push(name);
      if (name === 'trkseg') tracks.push([]);
      if (name === 'rte') routes.push([]);
      if (name === 'trkpt' || name === 'rtept') {
        point = { lat: degrees(attributes.lat, 90), lon: degrees(attributes.lon, 180), ele: Number.NaN };
      }
      if (name === 'ele') elevation = '';
    },
    text(text: string): void {
      if (path.at(-1) === 'ele') elevation += text;
    },
    closed(name: string): void {
      path.pop();
      if (name === 'ele' && point && isPoint(path.at(-1))) point.ele = metres(elevation);
      if (!point || !isPoint(name)) return;
      const list = (name === 'trkpt' ? tracks : routes).at(-1);
      if (!list) throw new UnreadableDocument(`a <${name}> stands outside a line`);
      list.push(point.lat, point.lon, point.ele);
      point = null;
    },
    track(): Track {
      const lines = (tracks.some(isLine) ? tracks : routes).filter(isLine);
      if (lines.length === 0) throw new UnreadableDocument('there is no line in the GPX');
      return lines.map((numbers) => Float64Array.from(numbers));
    },
  };
}

function isPoint(name: string | undefined): boolean {
  return name === 'trkpt' || name === 'rtept';
}

function isLine(numbers: readonly number[]): boolean {
  return numbers.length >= FEWEST_POINTS * STRIDE;
}

function degrees(text: string | undefined, limit: number): number {
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  if (Math.abs(value) <= limit) return value;
  throw new UnreadableDocument(`a point has the coordinate "${text ?? ''}"`);
}

/** An elevation that is no number is unknown. */
function metres(text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : Number.NaN;
}

/** GPX 1.1 with one track (assumed: what Cirkwi's export holds beside the points is not public). */
export function renderGpx(track: Track, title: string): string {
  const segments = track.map((segment) => element('trkseg', {}, Array.from(pointsOf(segment), pointElement)));
  const gpx = element(
    'gpx',
    { version: '1.1', creator: 'Cirkwi', xmlns: 'http://www.topografix.com/GPX/1/1' },
    [element('trk', {}, [element('name', {}, title), ...segments])],
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${rendered(gpx)}\n`;
}

function pointElement({ lat, lon, ele }: TrackPoint): XmlElement {
  const elevation = Number.isNaN(ele) ? [] : [element('ele', {}, decimal(ele))];
  return element('trkpt', { lat: decimal(lat), lon: decimal(lon) }, elevation);
}

/** All digits, so that a track goes round unchanged; never an exponent, which GPX has not. */
function decimal(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(12) : text;
}
