import { resolveItems } from '../../db/attention';
import { writeAudit } from '../../db/audit';
import { withEntityLock } from '../../db/entity-lock';
import { assertLatest, beginCreate, type Claim, claim, endCreateAttempt, settleIntent } from '../../db/links';
import { inTransaction } from '../../db/pool';
import { getEdit, noteReturn, setEditState, type TrackEdit } from '../../db/track-edits';
import { trackBody } from '../../db/tracks';
import type { Offer } from '../../mappings/pivot-cirkwi/offer';
import { tracksOf } from '../../mappings/pivot-cirkwi/offer-media';
import { OfferReason } from '../../mappings/pivot-cirkwi/reasons';
import type { CallContext } from '../../platforms/budget';
import { FailureKind, PlatformFailure } from '../../platforms/failure';
import { callContext } from '../call-context';
import { EngineFailure, waitFailure } from '../failures';
import type { FindPivotCirkwi, PivotCirkwiContext } from './context';
import { stageOne } from './read';
import { TRACK_ITEMS } from './return-decision';
import { conflict, hasOtherTrack, held, holdsDrawing, type ReturnObstacle } from './return-obstacles';

export interface ReturnInput {
  sync: string;
  editId: number;
  /** A person said yes, knowing that PIVOT's track changed too. */
  approved: boolean;
}

/**
 * The way of an edited track into PIVOT, as its people do it by hand (seed): upload, media, relation, old relation out.
 * Each step can be repeated, and none is done by an attempt that a later one has overtaken. A step answers null, or what
 * stands against going on.
 */
export function createTrackReturnActivities(find: FindPivotCirkwi) {
  return {
    /** Looks at the offer as it is now (settled question 23). */
    async checkReturn(input: ReturnInput): Promise<ReturnObstacle | null> {
      const context = find(input.sync);
      const edit = await editOf(context, input.editId);
      const offer = await offerOf(context, edit.recordId);
      if (offer === null) return held('PIVOT has no such offer, or it cannot be read');
      if (offer.state !== 'publishable') return held('the offer is not publishable');
      const tracks = tracksOf(offer).filter((media) => media.code !== edit.mediaCode);
      const codes = tracks.map((media) => media.code);
      const [current, second] = tracks;
      if (second !== undefined) return held('the offer has several tracks', codes);
      if (current !== undefined) {
        const users = await context.source.offersOfMedia(current.code, callContext());
        const others = users.filter((code) => code.toLowerCase() !== offer.code.toLowerCase());
        if (others.length > 0) return held('other offers use the same track', others);
        if (!input.approved && (await hasOtherTrack(context, edit, current))) return conflict(current.code);
      }
      const { errors } = await context.source.audit(offer.code, callContext());
      if (errors.length > 0) return held('PIVOT reports errors for the offer', errors);
      await inTransaction(context.pool, async (tx) => {
        // an interrupted return may have put the old relation out already: what it was is still needed
        const before =
          edit.state === 'returning' ? edit.replaced.filter((code) => !codes.includes(code)) : [];
        await setEditState(tx, edit.id, 'returning');
        await noteReturn(tx, edit.id, { replaced: [...before, ...codes] });
      });
      return null;
    },

    /** The file and its media in PIVOT: found again by its name after a lost reply, so that there is never a second one. */
    async sendTrack(input: ReturnInput): Promise<ReturnObstacle | null> {
      const context = find(input.sync);
      const edit = await editOf(context, input.editId);
      return fenced(context, edit, async (_call, latest) => {
        const name = mediaName(edit);
        const found = await context.source.findTrackMedia(name, callContext());
        if (found === null) {
          refuseWhileUnsettled(latest);
          const made = await createMedia(context, edit, name, latest);
          await noteReturn(context.pool, edit.id, { mediaCode: made });
          return null;
        }
        await settleIntent(context.pool, latest);
        if (!(await holdsDrawing(context, edit, found)))
          return held('the media of an earlier return holds another file by now', [found]);
        await noteReturn(context.pool, edit.id, { mediaCode: found });
        return null;
      });
    },

    /** The new relation in and the old one out, in one update. Done already: nothing is sent. */
    async linkTrack(input: ReturnInput): Promise<ReturnObstacle | null> {
      const context = find(input.sync);
      const edit = await editOf(context, input.editId);
      const link = requiredMedia(edit);
      return fenced(context, edit, async (call) => {
        const offer = await offerOf(context, edit.recordId);
        if (offer === null) return held('PIVOT has no such offer, or it cannot be read');
        const codes = tracksOf(offer).map((media) => media.code);
        const unknown = codes.find((code) => code !== link && !edit.replaced.includes(code));
        // somebody gave the offer another track since the check
        if (unknown !== undefined && !codes.includes(link)) return conflict(unknown);
        const unlink = edit.replaced.filter((code) => code !== link && codes.includes(code));
        if (codes.includes(link) && unlink.length === 0) return null;
        await context.source.relinkTrack(
          { offer: edit.recordId, link: codes.includes(link) ? null : link, unlink },
          call,
        );
        return null;
      });
    },

    /**
     * Reads the offer once more. Still publishable: the edit is home, and the offer staged for the next publication. No
     * longer: the relations are put back as they were, and a person is asked.
     */
    async confirmReturn(input: ReturnInput): Promise<ReturnObstacle | null> {
      const context = find(input.sync);
      const edit = await editOf(context, input.editId);
      if (edit.state === 'returned') return null;
      const link = requiredMedia(edit);
      return fenced(context, edit, async (call) => {
        const offer = await offerOf(context, edit.recordId);
        if (offer?.state === 'publishable') {
          await stageOne(context, edit.recordId, null, 'as-known');
          await closeReturn(context, edit, link);
          return null;
        }
        await putBack(context, edit, link, call);
        return { reason: OfferReason.trackUnpublished, detail: { state: offer?.state ?? 'gone' } };
      });
    },

    /** A person declined a return that had begun: what stands in PIVOT of it is taken back. Nothing there: nothing is sent. */
    async undoReturn(input: { sync: string; editId: number }): Promise<void> {
      const context = find(input.sync);
      const edit = await editOf(context, input.editId);
      const link = requiredMedia(edit);
      await fenced(context, edit, async (call) => {
        const offer = await offerOf(context, edit.recordId);
        const codes = offer === null ? [] : tracksOf(offer).map((media) => media.code);
        if (codes.includes(link)) await putBack(context, edit, link, call);
      });
    },
  };
}

async function putBack(
  context: PivotCirkwiContext,
  edit: TrackEdit,
  link: string,
  call: CallContext,
): Promise<void> {
  const [before] = edit.replaced; // an offer with several tracks is never begun with
  if (before === link) return;
  await context.source.relinkTrack({ offer: edit.recordId, link: before ?? null, unlink: [link] }, call);
}

/** Made of the offer and the content, so that the same edit always finds its own media again (settled question 23). */
function mediaName(edit: TrackEdit): string {
  return `${edit.recordId}-${edit.editedHash.slice(0, 16)}`;
}

async function editOf(context: PivotCirkwiContext, id: number): Promise<TrackEdit> {
  const edit = await getEdit(context.pool, id);
  if (edit === null) throw new Error(`the edited track ${id} is not in the database`);
  return edit;
}

function requiredMedia(edit: TrackEdit): string {
  if (edit.mediaCode === null) throw new Error(`the edited track ${edit.id} has not been sent yet`);
  return edit.mediaCode;
}

async function offerOf(context: PivotCirkwiContext, code: string): Promise<Offer | null> {
  const read = await context.source.getOffer(code, callContext());
  return read?.kind === 'offer' ? read.offer : null;
}

/** An earlier create may have happened and not be searchable yet: nothing is made before that is known. */
function refuseWhileUnsettled({ unsettledForMs }: Claim): void {
  if (unsettledForMs !== null && unsettledForMs > 0)
    throw waitFailure(
      EngineFailure.intentUnsettled,
      'an earlier upload may have become a media already: looking again before another is made',
      unsettledForMs,
    );
}

async function createMedia(
  context: PivotCirkwiContext,
  edit: TrackEdit,
  name: string,
  latest: Claim,
): Promise<string> {
  const { pool, source } = context;
  const body = await trackBody(pool, edit.editedHash);
  if (body === null) throw new Error(`the file of the edited track ${edit.id} is not in the database`);
  const stillLatest = callContext(() => assertLatest(pool, latest));
  const file = await source.uploadTrack({ bytes: body.gpx }, stillLatest);
  const intent = callContext(() => beginCreate(pool, latest));
  try {
    const code = await source.createTrackMedia({ name, file, locatedLike: edit.recordId }, intent);
    await settleIntent(pool, latest);
    return code;
  } catch (error) {
    const isRefused = error instanceof PlatformFailure && error.kind === FailureKind.refusedRecord;
    await (isRefused ? settleIntent : endCreateAttempt)(pool, latest);
    throw error;
  }
}

/** Only the latest attempt writes: the fence is asked again right before each call goes out. */
async function fenced<T>(
  context: PivotCirkwiContext,
  edit: TrackEdit,
  work: (call: CallContext, latest: Claim) => Promise<T>,
): Promise<T> {
  const entity = { sync: context.slug, kind: 'track' as const, key: edit.recordId };
  return withEntityLock(context.pool, entity, async () => {
    const latest = await claim(
      context.pool,
      { sync: context.slug, kind: 'track', sourceKey: edit.recordId },
      context.settle,
    );
    return work(
      callContext(() => assertLatest(context.pool, latest)),
      latest,
    );
  });
}

async function closeReturn(context: PivotCirkwiContext, edit: TrackEdit, media: string): Promise<void> {
  await inTransaction(context.pool, async (tx) => {
    await setEditState(tx, edit.id, 'returned');
    await resolveItems(tx, context.slug, edit.recordId, { reasons: TRACK_ITEMS });
    await writeAudit(tx, {
      sync: context.slug,
      runId: null,
      recordId: edit.recordId,
      kind: 'track',
      targetId: media,
      operation: 'relink',
      changes: [{ field: 'track', before: edit.baseHash, after: edit.editedHash, rule: 'track-return' }],
      rule: 'track-return',
    });
  });
}
