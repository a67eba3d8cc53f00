import { decodeXml } from './decode-xml';
import { findDoctype } from './find-doctype';
import { type GpxContent, readGpx } from './gpx-reader';
import { type GpxRefused, refused } from './gpx-refusal';
import type { Track } from './track';

/** Sizes nobody's itinerary reaches; beyond them a file is refused before it can fill the memory (assumed). */
export const GPX_LIMITS = { maxBytes: 20 * 1024 * 1024, maxPoints: 1_000_000 };

export type GpxLimits = typeof GPX_LIMITS;

export interface GpxParsed {
  ok: true;
  format: 'gpx-1.0' | 'gpx-1.1';
  source: 'track' | 'route';
  track: Track;
}

/**
 * The line a GPX file draws: all segments of all its tracks in their order or, when these hold no point, its routes,
 * one segment each. Waypoints, names, times and vendor extensions are not read; an elevation that makes no sense is
 * unknown (`null`), while a coordinate that makes none refuses the whole file, as half a line would mislead walkers.
 *
 * Never throws, reads no other file, expands no entity. Segments without a point are left out.
 */
export function parseGpx(bytes: Uint8Array, limits: Partial<GpxLimits> = {}): GpxParsed | GpxRefused {
  const { maxBytes, maxPoints } = { ...GPX_LIMITS, ...limits };
  if (bytes.byteLength > maxBytes) {
    return refused('too-large', `${bytes.byteLength} bytes, and at most ${maxBytes} are read`);
  }
  const decoded = decodeXml(bytes);
  if (!decoded.ok) return decoded;
  if (!decoded.text.includes('<')) return refused('not-xml', 'holds no element at all');
  const doctype = findDoctype(decoded.text);
  if (doctype === 'html') return refused('not-gpx', 'the file is an HTML page');
  if (doctype === 'other')
    return refused('doctype', 'declares a document type, which a GPX file has no use for');
  const content = readGpx(decoded.text, maxPoints);
  return content.ok ? lineOf(content) : content;
}

function lineOf(content: GpxContent): GpxParsed | GpxRefused {
  const source = content.tracks.segments.length > 0 ? 'track' : 'route';
  const track = source === 'track' ? content.tracks : content.routes;
  if (!track.segments.some((segment) => segment.length > 1)) {
    return refused('no-points', 'no track or route has two points one after the other');
  }
  return { ok: true, format: formatOf(content), source, track };
}

/** The namespace tells the version, else the attribute; a file that tells neither is read as 1.1, the one in use. */
function formatOf({ uri, version }: GpxContent): GpxParsed['format'] {
  if (/\/GPX\/1\/[01]\/?$/i.test(uri)) return /0\/?$/.test(uri) ? 'gpx-1.0' : 'gpx-1.1';
  return version?.trim() === '1.0' ? 'gpx-1.0' : 'gpx-1.1';
}
