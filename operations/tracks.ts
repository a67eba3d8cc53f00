import { accountOf } from '../activities/account-of';
import { createContexts } from '../activities/contexts';
import type { Configuration } from '../config/schema';
import { type GpxRefused, refused } from '../mappings/gpx/gpx-refusal';
import { GPX_LIMITS, type GpxParsed, parseGpx } from '../mappings/gpx/parse-gpx';
import { type TrackFacts, trackFacts } from '../mappings/gpx/track-facts';
import type { OperationContext } from './context';
import { Refusal } from './refusal';
import { syncOfPair } from './syncs';

/** What is known of a GPX file: what `track check --json` prints (settled form); `reason` and `detail` for a refused file only. */
export interface TrackView {
  ok: boolean;
  reason?: string;
  detail?: string;
  format: string | null;
  segments: number | null;
  points: number | null;
  lengthM: number | null;
}

/** A file that can be used, with its measures, or why it cannot. */
export type CheckedTrack = GpxRefused | (GpxParsed & { facts: TrackFacts });

/** Whether a GPX file can be used, and what is in it. Null stands for more bytes than are ever read. */
export function checkTrack(bytes: Uint8Array | null): CheckedTrack {
  if (bytes === null) return refused('too-large', `more than ${GPX_LIMITS.maxBytes} bytes`);
  const parsed = parseGpx(bytes);
  return parsed.ok ? { ...parsed, facts: trackFacts(parsed.track) } : parsed;
}

export function trackView(parsed: CheckedTrack): TrackView {
  if (!parsed.ok) {
    const { reason, detail } = parsed;
    return { ok: false, reason, detail, format: null, segments: null, points: null, lengthM: null };
  }
  const { segments, points, lengthM } = parsed.facts;
  return { ok: true, format: parsed.format, segments, points, lengthM };
}

export interface PulledTrack {
  sync: string;
  circuit: string;
  gpx: Buffer;
  /** The bytes as they were read; a file that cannot be used is told as such. */
  checked: CheckedTrack;
}

/** The track of a circuit on the Cirkwi site, by its number or its address. `sync` is needed where several work with Cirkwi. */
export async function pullTrack(
  { configuration, pool }: OperationContext,
  circuit: string,
  slug: string = onlySync(configuration),
): Promise<PulledTrack> {
  const sync = syncOfPair(configuration, slug, 'pivot-cirkwi');
  const id = circuitId(circuit, accountOf(configuration, sync.target, 'cirkwi').siteUrl);
  const { target } = createContexts(configuration, pool).of('pivot-cirkwi')(slug);
  const bytes = await target.fetchTrack(id, { maxBytes: GPX_LIMITS.maxBytes });
  if (bytes === null) throw new Refusal('failed', `Cirkwi has no circuit ${id}, or does not export it.`);
  return { sync: slug, circuit: id, gpx: Buffer.from(bytes), checked: checkTrack(bytes) };
}

function onlySync(configuration: Configuration): string {
  const slugs = Object.entries(configuration.syncs).flatMap(([slug, { pair }]) =>
    pair === 'pivot-cirkwi' ? [slug] : [],
  );
  const [slug, another] = slugs;
  if (slug === undefined) throw new Refusal('invalid', 'no sync of the pair pivot-cirkwi is configured');
  if (another === undefined) return slug;
  throw new Refusal('invalid', `several syncs work with Cirkwi: pass --sync with one of ${slugs.join(', ')}`);
}

/**
 * The number of a circuit out of its address on the configured site, or as it is. Another site is refused: its tracks
 * are not this account's, and following any address would let a pasted link make us call anywhere.
 */
function circuitId(circuit: string, siteUrl: string): string {
  if (/^\d{1,12}$/.test(circuit)) return circuit;
  const url = URL.canParse(circuit) ? new URL(circuit) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new Refusal(
      'invalid',
      `"${circuit}" is neither the number of a circuit nor its address on ${siteUrl}`,
    );
  }
  if (url.host !== new URL(siteUrl).host) {
    throw new Refusal('invalid', `${url.host} is not the configured Cirkwi site (${siteUrl})`);
  }
  // pages are /fr/circuit/<id>-<title>, exports /fr/exporter-gpx/<id>_<direction>; the first direction is `_0` or none
  const id = /\/(?:circuit\/(\d{1,12})(?:[-/]|$)|exporter-gpx\/(\d{1,12})(?:_0)?$)/.exec(url.pathname);
  const found = id?.[1] ?? id?.[2];
  if (found !== undefined) return found;
  throw new Refusal('invalid', 'this address holds no number of a circuit: pass the number itself');
}
