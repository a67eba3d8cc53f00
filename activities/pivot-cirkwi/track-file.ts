import { createHash } from 'node:crypto';
import type { TrackBody } from '../../db/tracks';
import type { GpxRefusal } from '../../mappings/gpx/gpx-refusal';
import { lineHash } from '../../mappings/gpx/line-hash';
import { parseGpx } from '../../mappings/gpx/parse-gpx';
import type { Track } from '../../mappings/gpx/track';
import { trackFacts } from '../../mappings/gpx/track-facts';

/** The largest GPX we take: PIVOT itself takes 7.5 MB. */
export const MAX_TRACK_BYTES = 20 * 1024 * 1024;

export type ReadTrackFile =
  | { ok: true; body: TrackBody; track: Track }
  | { ok: false; refusal: GpxRefusal; detail: string };

/** Checks a GPX file and says what is worth keeping of it; it is kept as it came, under the hash of its bytes. */
export function readTrackFile(bytes: Uint8Array): ReadTrackFile {
  const parsed = parseGpx(bytes, { maxBytes: MAX_TRACK_BYTES });
  if (!parsed.ok) {
    const { reason, detail } = parsed;
    return { ok: false, refusal: reason, detail: `${reason}: ${detail}` };
  }
  const { segments, points, lengthM, climbM } = trackFacts(parsed.track);
  const hash = createHash('sha256').update(bytes).digest('hex');
  const body = { hash, gpx: bytes, lineHash: lineHash(parsed.track), segments, points, lengthM, climbM };
  return { ok: true, body, track: parsed.track };
}
