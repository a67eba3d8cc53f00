import { escapeXml } from './escape-xml';
import type { Track, TrackPoint } from './track';

/** What the file says besides its points; both are written as they are, escaped. */
export interface GpxTexts {
  name: string;
  creator?: string;
}

/**
 * A GPX 1.1 document of one track, the same bytes for the same track: no time, no random id. `parseGpx` reads back a
 * track with the same `lineHash`, as long as its elevations are between -1000 and 10000 m. Segments without a point
 * are left out; characters XML cannot hold are dropped from the texts.
 */
export function renderGpx(track: Track, { name, creator = 'Passerelle' }: GpxTexts): string {
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<gpx version="1.1" creator="${escapeXml(creator)}" xmlns="http://www.topografix.com/GPX/1/1">`,
    ' <trk>',
    `  <name>${escapeXml(name)}</name>`,
  ];
  for (const segment of track.segments) {
    if (segment.length === 0) continue;
    lines.push('  <trkseg>');
    for (const point of segment) lines.push(pointElement(point));
    lines.push('  </trkseg>');
  }
  lines.push(' </trk>', '</gpx>', '');
  return lines.join('\n');
}

function pointElement({ lat, lon, ele }: TrackPoint): string {
  const at = `   <trkpt lat="${decimal(lat, 6)}" lon="${decimal(lon, 6)}"`;
  return ele === null ? `${at}/>` : `${at}><ele>${decimal(ele, 1)}</ele></trkpt>`;
}

/** Every digit the number has. XML's decimals know no exponent, so a number next to nothing is rounded first. */
function decimal(value: number, decimals: number): string {
  const written = String(value + 0);
  return written.includes('e') ? String(Number(value.toFixed(decimals)) + 0) : written;
}
