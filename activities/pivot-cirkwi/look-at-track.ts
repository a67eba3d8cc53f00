import { openItem } from '../../db/attention';
import type { KnownObject } from '../../db/look';
import { inTransaction } from '../../db/pool';
import { keepEdit } from '../../db/track-edits';
import { offeredTracks, saveTrackBody, trackBody } from '../../db/tracks';
import { compareTracks, type TrackComparison } from '../../mappings/gpx/compare-tracks';
import { parseGpx } from '../../mappings/gpx/parse-gpx';
import type { Track } from '../../mappings/gpx/track';
import { OfferReason } from '../../mappings/pivot-cirkwi/reasons';
import type { CirkwiEntry } from '../../platforms/cirkwi/client';
import { callContext } from '../call-context';
import type { PivotCirkwiContext } from './context';
import { MAX_TRACK_BYTES, readTrackFile } from './track-file';

/**
 * Compares the track that Cirkwi shows with all that were ever published for the object. `ours`: the one published now.
 * `earlier`: one from before, so Cirkwi has not imported yet. `edited`: none of them, so somebody drew it; it is kept
 * before this answers. `none`: there is nothing to compare.
 */
export async function lookAtTrack(
  context: PivotCirkwiContext,
  entry: CirkwiEntry,
  object: KnownObject,
): Promise<'ours' | 'earlier' | 'edited' | 'none'> {
  if (entry.kind !== 'circuit') return 'ours';
  const hashes = await offeredTracks(context.pool, context.slug, object.code);
  if (entry.trackUrl === null) return object.trackHash === null ? 'ours' : 'none';
  const bytes = await context.target.fetchTrack(entry.id, { maxBytes: MAX_TRACK_BYTES }, callContext());
  if (bytes === null) return object.trackHash === null ? 'ours' : 'none';
  const shown = readTrackFile(bytes);
  if (!shown.ok) {
    await tellUnusable(context, object, entry, shown.detail);
    return 'none';
  }
  const current = await compared(context, object.trackHash, shown.track);
  if (current !== null && current.verdict !== 'different') return 'ours';
  for (const hash of hashes) {
    if (hash === object.trackHash) continue;
    const earlier = await compared(context, hash, shown.track);
    if (earlier !== null && earlier.verdict !== 'different') return 'earlier';
  }
  await inTransaction(context.pool, async (tx) => {
    await saveTrackBody(tx, shown.body);
    await keepEdit(tx, context.slug, {
      recordId: object.code,
      cirkwiId: entry.id,
      editedHash: shown.body.hash,
      baseHash: object.trackHash,
      comparison: { ...current },
    });
  });
  return 'edited';
}

async function compared(
  context: PivotCirkwiContext,
  hash: string | null,
  shown: Track,
): Promise<TrackComparison | null> {
  if (hash === null) return null;
  const stored = await trackBody(context.pool, hash);
  if (stored === null) return null;
  const parsed = parseGpx(stored.gpx, { maxBytes: MAX_TRACK_BYTES });
  return parsed.ok ? compareTracks(parsed.track, shown) : null;
}

async function tellUnusable(
  context: PivotCirkwiContext,
  object: KnownObject,
  entry: CirkwiEntry,
  detail: string,
): Promise<void> {
  await openItem(context.pool, context.slug, null, {
    recordId: object.code,
    reason: OfferReason.trackRefused,
    place: 'Cirkwi',
    detail: { cirkwiId: entry.id, detail },
    severity: 'action',
  });
}
