import { itemsOfRecords, resolveItem } from '../../db/attention';
import { offersByCode } from '../../db/offers';
import { OfferReason, offerReasons } from '../../mappings/pivot-cirkwi/reasons';
import { lineUp } from './apply';
import type { FindPivotCirkwi } from './context';
import { draftAll } from './plan';

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
        if (item.state === 'decided' && ONCE.includes(item.decision ?? ''))
          await resolveItem(context.pool, item.id);
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
      await lineUp(context, { sync: input.sync, runId: null }, [draft]);
      const { outcome, reason } = draft;
      const message = messageOf(input.recordId, reason);
      return { outcome, reason, inLine: draft.act !== 'none', message, delivery };
    },
  };
}

function messageOf(recordId: string, reason: string | null): string | null {
  if (reason === null || !offerReasons.isCode(reason)) return null;
  const { what, next } = offerReasons.text(reason, 'en');
  return `Offer ${recordId}: ${what} ${next}`;
}
