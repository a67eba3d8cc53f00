import type { TrackEdit } from '../../db/track-edits';
import { trackBody } from '../../db/tracks';
import type { OfferMedia } from '../../mappings/pivot-cirkwi/offer';
import { OfferReason } from '../../mappings/pivot-cirkwi/reasons';
import { FailureKind, PlatformFailure } from '../../platforms/failure';
import type { PivotCirkwiContext } from './context';
import { fetchTrackOf } from './tracks';

/** Why a track may not go back now. */
export interface ReturnObstacle {
  reason: string;
  detail: Record<string, string | number | string[]>;
}

export function held(why: string, codes: string[] = []): ReturnObstacle {
  return { reason: OfferReason.trackReturnHeld, detail: { why, codes } };
}

export function conflict(media: string): ReturnObstacle {
  return { reason: OfferReason.trackConflict, detail: { media } };
}

/**
 * Whether PIVOT's track is neither the one that was edited nor the drawing itself, nor an earlier drawing that this one was
 * drawn over. A file that cannot be used is another one; one that cannot be had is asked for again.
 */
export async function hasOtherTrack(
  context: PivotCirkwiContext,
  edit: TrackEdit,
  media: Pick<OfferMedia, 'code' | 'url'>,
): Promise<boolean> {
  const now = await fetchTrackOf(context, media);
  if (!now.ok && now.problem.reason === 'track-refused') return true;
  if (!now.ok)
    throw new PlatformFailure(
      FailureKind.transient,
      `PIVOT's track ${media.code} cannot be had now: ${now.problem.detail}`,
      {
        platform: 'pivot',
        operation: 'GET /media/{codeCgt}',
      },
    );
  const known = [edit.baseHash, edit.editedHash, ...edit.drawnOver].filter((hash) => hash !== null);
  if (known.includes(now.body.hash)) return false;
  // the same line in another file is nobody's change either
  const bodies = await Promise.all(known.map((hash) => trackBody(context.pool, hash)));
  return !bodies.some((body) => body?.lineHash === now.body.lineHash && body.segments === now.body.segments);
}

/** Whether a media holds exactly the drawing: its name alone tells what it held when it was made. */
export async function holdsDrawing(
  context: PivotCirkwiContext,
  edit: TrackEdit,
  code: string,
): Promise<boolean> {
  const now = await fetchTrackOf(context, { code, url: null });
  if (!now.ok && now.problem.reason === 'track-unavailable')
    throw new PlatformFailure(FailureKind.transient, `PIVOT's media ${code} cannot be had now`, {
      platform: 'pivot',
      operation: 'GET /media/{codeCgt}',
    });
  return now.ok && now.body.hash === edit.editedHash;
}
