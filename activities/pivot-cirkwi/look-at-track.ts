import { openItem } from '../../db/attention';
import type { KnownObject } from '../../db/look';
import { inTransaction } from '../../db/pool';
import { keepEdit } from '../../db/track-edits';
import { offeredTracks, type StoredTrack, saveTrackBody, trackBody } from '../../db/tracks';
import { compareTracks, type TrackComparison } from '../../mappings/gpx/compare-tracks';
import { parseGpx } from '../../mappings/gpx/parse-gpx';
import { trackFacts } from '../../mappings/gpx/track-facts';
import { OfferReason } from '../../mappings/pivot-cirkwi/reasons';
import type { CirkwiEntry } from '../../platforms/cirkwi/client';
import { FailureKind, PlatformFailure } from '../../platforms/failure';
import { callContext } from '../call-context';
import type { PivotCirkwiContext } from './context';
import { MAX_TRACK_BYTES, type ReadTrackFile, readTrackFile } from './track-file';

/**
 * `ours`: the track published now. `earlier`: one from before, so Cirkwi has not imported yet. `edited`: none of them, so
 * somebody drew it. `none`: there is nothing to compare.
 */
export type SeenTrack = { shows: 'ours' | 'earlier' | 'none' } | { shows: 'edited'; isNew: boolean };

type UsableTrack = Extract<ReadTrackFile, { ok: true }>;

/** Compares the track that Cirkwi shows with what was published for the object. One that was edited is kept before this answers. */
export async function lookAtTrack(
  context: PivotCirkwiContext,
  entry: CirkwiEntry,
  object: KnownObject,
): Promise<SeenTrack> {
  const nothing: SeenTrack = { shows: object.trackHash === null ? 'ours' : 'none' };
  if (entry.kind !== 'circuit') return { shows: 'ours' };
  if (entry.trackUrl === null) return nothing;
  const bytes = await fetchShown(context, entry.id);
  if (bytes === null) return nothing;
  const shown = readTrackFile(bytes);
  if (!shown.ok) {
    await tellUnusable(context, object, entry, shown.detail);
    return { shows: 'none' };
  }
  const current = await compared(context, object.trackHash, shown);
  if (current !== null && isSameLine(current)) return { shows: 'ours' };
  const earlier = await comparedWithEarlier(context, object, shown);
  if (earlier.some(({ comparison }) => isSameLine(comparison))) return { shows: 'earlier' };
  const base = baseOf(object, current, earlier);
  const { isNew } = await keep(context, object, entry, shown, base);
  return { shows: 'edited', isNew };
}

interface Base {
  hash: string | null;
  comparison: TrackComparison | null;
}

/**
 * The published track that was edited. While Cirkwi may not have imported the latest one yet it can be an earlier one: then
 * the latest counts only when the drawing is clearly nearer to it, because a wrong guess would undo what PIVOT changed.
 */
function baseOf(
  { trackHash }: KnownObject,
  current: TrackComparison | null,
  earlier: ReadonlyArray<{ hash: string; comparison: TrackComparison }>,
): Base {
  const now: Base = { hash: trackHash, comparison: current };
  const [nearest] = [...earlier].sort((a, b) => distanceOf(a.comparison) - distanceOf(b.comparison));
  if (nearest === undefined) return now;
  return current !== null && distanceOf(current) * 2 < distanceOf(nearest.comparison) ? now : nearest;
}

function distanceOf({ largestDistanceM }: TrackComparison): number {
  return largestDistanceM ?? Number.POSITIVE_INFINITY;
}

async function keep(
  context: PivotCirkwiContext,
  object: KnownObject,
  entry: CirkwiEntry,
  shown: UsableTrack,
  base: Base,
): Promise<{ isNew: boolean }> {
  const { lengthM, climbM } = trackFacts(shown.track);
  return inTransaction(context.pool, async (tx) => {
    await saveTrackBody(tx, shown.body);
    return keepEdit(tx, context.slug, {
      recordId: object.code,
      cirkwiId: entry.id,
      editedHash: shown.body.hash,
      lineHash: shown.body.lineHash,
      segments: shown.body.segments,
      baseHash: base.hash,
      comparison: { ...(base.comparison ?? { lengthAfterM: lengthM, climbAfterM: climbM }) },
    });
  });
}

/** None once Cirkwi has shown what is published now: an older line is there then because somebody drew it again. */
async function comparedWithEarlier(
  context: PivotCirkwiContext,
  object: KnownObject,
  shown: UsableTrack,
): Promise<Array<{ hash: string; comparison: TrackComparison }>> {
  if (object.verified) return [];
  const found: Array<{ hash: string; comparison: TrackComparison }> = [];
  for (const hash of await offeredTracks(context.pool, context.slug, object.code)) {
    const comparison = hash === object.trackHash ? null : await compared(context, hash, shown);
    if (comparison !== null) found.push({ hash, comparison });
  }
  return found;
}

async function compared(
  context: PivotCirkwiContext,
  hash: string | null,
  shown: UsableTrack,
): Promise<TrackComparison | null> {
  const stored = hash === null ? null : await trackBody(context.pool, hash);
  if (stored === null) return null;
  if (isSamePoints(stored, shown)) return compareTracks(shown.track, shown.track);
  const parsed = parseGpx(stored.gpx, { maxBytes: MAX_TRACK_BYTES });
  return parsed.ok ? compareTracks(parsed.track, shown.track) : null;
}

/** By hash first (settled question 28): most files need not be taken apart. */
function isSamePoints(stored: StoredTrack, { body }: UsableTrack): boolean {
  return stored.lineHash === body.lineHash && stored.segments === body.segments;
}

function isSameLine({ verdict }: TrackComparison): boolean {
  return verdict !== 'different';
}

/** One cut-off answer says nothing yet: it is asked for once more. */
async function fetchShown(context: PivotCirkwiContext, id: string): Promise<Uint8Array | null> {
  const limits = { maxBytes: MAX_TRACK_BYTES };
  try {
    return await context.target.fetchTrack(id, limits, callContext());
  } catch (error) {
    if (!(error instanceof PlatformFailure) || error.kind !== FailureKind.defect) throw error;
    return context.target.fetchTrack(id, limits, callContext());
  }
}

/** Whether a track could not be had for a reason of its own: access, limits and a platform that is away concern all. */
export function isOfThisTrackAlone(error: unknown): error is PlatformFailure {
  if (!(error instanceof PlatformFailure)) return false;
  return error.kind === FailureKind.defect || error.kind === FailureKind.refusedRecord;
}

/** Cirkwi shows a track that nobody can use, or does not let us have it. */
export async function tellUnusable(
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
