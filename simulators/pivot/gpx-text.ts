/** Degrees and metres; no elevation: the element is left out. */
export interface GpxPoint {
  lat: number;
  lon: number;
  ele?: number;
}

export interface GpxForm {
  /** Default 1.1. */
  version?: '1.0' | '1.1' | undefined;
  /** `route` writes the points as a route, and no track. Default `track`. */
  shape?: 'track' | 'route' | undefined;
  name?: string | undefined;
  /** Program that says it wrote the file. */
  creator?: string | undefined;
  /** Starts with a byte order mark. */
  bom?: boolean | undefined;
}

/** A GPX file of one track, or route, with these segments in order. Coordinates keep six decimals, elevations one. */
export function gpxText(segments: readonly (readonly GpxPoint[])[], form: GpxForm = {}): string {
  return gpxTracksText([segments], form);
}

/** The same with several tracks. */
export function gpxTracksText(
  tracks: readonly (readonly (readonly GpxPoint[])[])[],
  form: GpxForm = {},
): string {
  const { version = '1.1', shape = 'track', name = 'Tracé', creator = 'Atelier de tracés' } = form;
  const namespace = `http://www.topografix.com/GPX/${version.replace('.', '/')}`;
  const title = `<name>${escaped(name)}</name>`;
  const body = tracks.map((segments) =>
    shape === 'route'
      ? `<rte>${title}${segments.map((points) => pointsText('rtept', points)).join('')}</rte>`
      : `<trk>${title}${segments.map((points) => `<trkseg>${pointsText('trkpt', points)}</trkseg>`).join('\n')}</trk>`,
  );
  return (
    `${form.bom ? '\uFEFF' : ''}<?xml version="1.0" encoding="UTF-8"?>\n` +
    `<gpx version="${version}" creator="${escaped(creator)}" xmlns="${namespace}">\n${body.join('\n')}\n</gpx>\n`
  );
}

function pointsText(element: string, points: readonly GpxPoint[]): string {
  return points
    .map(({ lat, lon, ele }) => {
      const height = ele === undefined ? '' : `<ele>${ele.toFixed(1)}</ele>`;
      return `<${element} lat="${lat.toFixed(6)}" lon="${lon.toFixed(6)}">${height}</${element}>`;
    })
    .join('\n');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
