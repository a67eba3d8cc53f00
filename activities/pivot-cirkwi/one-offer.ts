import { itemsOfRecords, takeUpDecision } from '../../db/attention';
import { countOffered } from '../../db/feed-objects';
import { offersByCode } from '../../db/offers';
import { ITINERARY_TYPE } from '../../mappings/pivot-cirkwi/offer';
import { OfferReason, offerReasons } from '../../mappings/pivot-cirkwi/reasons';
import { later, lineUp } from './apply';
import type { FindPivotCirkwi, PivotCirkwiContext } from './context';
import type { Draft } from './draft';
import { draftAll } from './plan';
import { TRACK_ITEMS } from './return-decision';

export interface OfferPass {
  outcome: string;
  reason: string | null;
  /** Something is in line: a publication has to follow. */
  inLine: boolean;
  delivery: 'feed' | 'push';
  message: string | null;
}

/** Decisions that are over once a pass has heeded them; the others go on counting. */
const ONCE = ['retry', 'acknowledge'];

/** One offer outside any run: what its own workflow does between reading it and publishing. */
export function createOneOfferActivities(find: FindPivotCirkwi) {
  return {
    async passOffer(input: { sync: string; recordId: string }): Promise<OfferPass> {
      const context = find(input.sync);
      const { delivery } = context.policies;
      const items = await itemsOfRecords(context.pool, input.sync, [input.recordId]);
      for (const item of items)
        if (
          item.state === 'decided' &&
          ONCE.includes(item.decision ?? '') &&
          !TRACK_ITEMS.includes(item.reason)
        )
          await takeUpDecision(context.pool, item);
      const candidates = await offersByCode(context.pool, input.sync, [input.recordId]);
      const [draft] = await draftAll(context, candidates);
      if (draft === undefined)
        return {
          outcome: 'skipped',
          reason: OfferReason.deletedAtSource,
          inLine: false,
          message: null,
          delivery,
        };
      const guarded = (await wouldEmptyTheFeed(context, draft)) ? later(draft) : draft;
      await lineUp(context, { sync: input.sync, runId: null }, [guarded]);
      const { outcome, reason, act } = guarded;
      const message = messageOf(input.recordId, reason);
      return { outcome, reason, inLine: act !== 'none', message, delivery };
    },
  };
}

/** The last object of a feed leaves it only by a run, whose guard asks a person. */
async function wouldEmptyTheFeed(context: PivotCirkwiContext, draft: Draft): Promise<boolean> {
  if (draft.act !== 'withdraw') return false;
  const kind = draft.candidate.offer?.type === ITINERARY_TYPE ? 'circuit' : 'poi';
  return (await countOffered(context.pool, context.slug, kind)) <= 1;
}

function messageOf(recordId: string, reason: string | null): string | null {
  if (reason === null || !offerReasons.isCode(reason)) return null;
  const { what, next } = offerReasons.text(reason, 'en');
  return `Offer ${recordId}: ${what} ${next}`;
}
