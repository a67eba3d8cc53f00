import { Context } from '@temporalio/activity';
import { nextOffers, type OfferCandidate, offersByCode, type TrackProblem } from '../../db/offers';
import { inTransaction } from '../../db/pool';
import {
  forgetOfferTrack,
  retryUnavailable,
  saveOfferTrack,
  saveTrackBody,
  tracksToFetch,
} from '../../db/tracks';
import type { Marks } from '../../mappings/pivot-cirkwi/find-marks';
import { ITINERARY_TYPE, type OfferMedia } from '../../mappings/pivot-cirkwi/offer';
import { tracksOf } from '../../mappings/pivot-cirkwi/offer-media';
import { FailureKind, PlatformFailure } from '../../platforms/failure';
import { callContext } from '../call-context';
import { inFlight } from '../in-flight';
import type { FindPivotCirkwi, PivotCirkwiContext } from './context';
import { publicationOf, requireMarks } from './marks';
import { MAX_TRACK_BYTES, readTrackFile } from './track-file';

/** Offers one attempt goes through; their tracks are fetched a few at a time and kept one by one. */
const PAGE = 100;

export interface FetchTracksInput {
  sync: string;
  runId: number | null;
  /** `all`: every file once more, because one that is replaced inside its media shows in no date (settled question 22). */
  scope: 'due' | 'all';
  after: string;
  only: string[] | null;
}

/** The GPX files of offers that are to be published. */
export function createTrackActivities(find: FindPivotCirkwi) {
  return {
    async fetchTracks(input: FetchTracksInput): Promise<{ after: string | null; fetched: number }> {
      const context = find(input.sync);
      const marks = await requireMarks(context);
      if (input.only === null && input.after === '') await retryUnavailable(context.pool, input.sync);
      const candidates = await pageOf(context, input);
      const wanted = candidates.flatMap((candidate) => wantedTrack(context, marks, candidate));
      const gone = candidates.filter(hasLostItsTrack).map((candidate) => candidate.code);
      if (gone.length > 0) await forgetOfferTrack(context.pool, input.sync, gone);
      const due = await tracksToFetch(
        context.pool,
        input.sync,
        wanted.map(({ code, media }) => ({ code, mediaCode: media.code, modifiedAt: media.modifiedAt })),
        input.scope === 'all' ? input.runId : null,
      );
      const codes = new Set(due);
      await inFlight(
        context.sourceInFlight,
        wanted.filter(({ code }) => codes.has(code)),
        async ({ code, media }) => {
          await fetchOne(context, code, media, input.runId);
          Context.current().heartbeat();
        },
      );
      const last = candidates.at(-1);
      const more = input.only === null && candidates.length === PAGE && last !== undefined;
      return { after: more ? last.code : null, fetched: due.length };
    },
  };
}

function pageOf(context: PivotCirkwiContext, input: FetchTracksInput): Promise<OfferCandidate[]> {
  if (input.only !== null) return offersByCode(context.pool, input.sync, input.only);
  const { sync, after, scope } = input;
  return nextOffers(context.pool, { sync, after, limit: PAGE, scope });
}

/** Only what will stand in the feed needs its file. */
function wantedTrack(
  context: PivotCirkwiContext,
  marks: Marks,
  { code, offer, gone }: OfferCandidate,
): Array<{ code: string; media: OfferMedia }> {
  if (offer === null || gone === 'deleted' || offer.type !== ITINERARY_TYPE) return [];
  if (!publicationOf(context, marks, offer).publish) return [];
  const media = tracksOf(offer)[0];
  return media === undefined ? [] : [{ code, media }];
}

function hasLostItsTrack({ offer, track }: OfferCandidate): boolean {
  return track !== null && offer !== null && tracksOf(offer).length === 0;
}

/** One file that cannot be had or used stops nothing else: the last usable one stays, and a person is told. */
async function fetchOne(
  context: PivotCirkwiContext,
  code: string,
  media: OfferMedia,
  runId: number | null,
): Promise<void> {
  const found = await fetchTrackOf(context, media);
  const note = { code, mediaCode: media.code, modifiedAt: media.modifiedAt, runId };
  await inTransaction(context.pool, async (tx) => {
    if (found.ok) await saveTrackBody(tx, found.body);
    await saveOfferTrack(tx, context.slug, {
      ...note,
      hash: found.ok ? found.body.hash : null,
      problem: found.ok ? null : found.problem,
    });
  });
}

/** The checked file of a media, or why there is none. Throws only what concerns every file: limits and lost access. */
export async function fetchTrackOf(
  context: PivotCirkwiContext,
  media: Pick<OfferMedia, 'code' | 'url'>,
): Promise<Extract<ReturnType<typeof readTrackFile>, { ok: true }> | { ok: false; problem: TrackProblem }> {
  try {
    const first = readTrackFile(await bytesOf(context, media));
    // half a file that passes for a whole one is an accident of the moment more often than what PIVOT holds
    const isCut = !first.ok && first.refusal === 'truncated';
    const read = isCut ? readTrackFile(await bytesOf(context, media)) : first;
    return read.ok ? read : { ok: false, problem: { reason: 'track-refused', detail: read.detail } };
  } catch (error) {
    if (!(error instanceof PlatformFailure)) throw error;
    if (error.kind === FailureKind.accessLost || error.kind === FailureKind.rateLimited) throw error;
    const lasting = error.kind === FailureKind.defect || error.kind === FailureKind.refusedRecord;
    const reason = lasting ? 'track-refused' : 'track-unavailable';
    return { ok: false, problem: { reason, detail: error.message } };
  }
}

/** PIVOT's own service first; the address that it names only where that has no such file. */
async function bytesOf(
  context: PivotCirkwiContext,
  media: Pick<OfferMedia, 'code' | 'url'>,
): Promise<Uint8Array> {
  const limits = { maxBytes: MAX_TRACK_BYTES };
  try {
    return await context.source.media(media.code, limits, callContext());
  } catch (error) {
    const missing = error instanceof PlatformFailure && error.kind === FailureKind.missing;
    if (!missing || media.url === null) throw error;
    const { signal } = callContext();
    return context.fetchNamed(media.url, { ...limits, ...(signal === undefined ? {} : { signal }) });
  }
}
