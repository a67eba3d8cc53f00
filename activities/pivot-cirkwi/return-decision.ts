import { type AttentionItem, itemsOfRecords, openItem, resolveItems } from '../../db/attention';
import { inTransaction } from '../../db/pool';
import { openEdit, setEditState, type TrackEdit } from '../../db/track-edits';
import { OfferReason, offerReasons } from '../../mappings/pivot-cirkwi/reasons';
import type { FindPivotCirkwi, PivotCirkwiContext } from './context';

/** Items that ask what is to become of an edited track. */
export const TRACK_ITEMS: string[] = [
  OfferReason.trackEdited,
  OfferReason.trackConflict,
  OfferReason.trackReturnHeld,
  OfferReason.trackUnpublished,
  OfferReason.trackKept,
];

export type PreparedReturn =
  | { kind: 'ended'; outcome: 'nothing' | 'kept' | 'offered' | 'declined' | 'held'; message: string | null }
  /** `approved`: a person said yes, knowing what stands against it. */
  | { kind: 'return'; editId: number; approved: boolean };

/** What is to become of an edited track: the answer of a person, else the sync's policy. */
export function createReturnDecisionActivities(find: FindPivotCirkwi) {
  return {
    async prepareReturn(input: { sync: string; recordId: string }): Promise<PreparedReturn> {
      const context = find(input.sync);
      const edit = await openEdit(context.pool, input.sync, input.recordId);
      if (edit === null) return { kind: 'ended', outcome: 'nothing', message: null };
      const items = (await itemsOfRecords(context.pool, input.sync, [input.recordId])).filter((item) =>
        TRACK_ITEMS.includes(item.reason),
      );
      const decision = lastDecision(items);
      if (decision === 'keep-ours') return decline(context, edit);
      if (decision === 'return-track') return { kind: 'return', editId: edit.id, approved: true };
      // a retry asks for the same checks again; an interrupted return goes on where it was
      if (decision === 'retry' || edit.state === 'returning')
        return { kind: 'return', editId: edit.id, approved: false };
      if (edit.state === 'held') return { kind: 'ended', outcome: 'held', message: messageOf(items) };
      return byPolicy(context, edit);
    },

    /** The return cannot go on: the edit stays kept, and a person is told why. */
    async holdReturn(input: {
      sync: string;
      editId: number;
      recordId: string;
      reason: string;
      detail: Record<string, unknown>;
    }): Promise<{ message: string }> {
      const context = find(input.sync);
      const { recordId, reason, detail } = input;
      await inTransaction(context.pool, async (tx) => {
        await setEditState(tx, input.editId, 'held');
        await resolveItems(tx, input.sync, recordId, { reasons: TRACK_ITEMS });
        await openItem(tx, input.sync, null, { recordId, reason, detail, severity: 'action' });
      });
      const { what, next } = offerReasons.text(reason, 'en');
      return { message: `Offer ${recordId}: ${what} ${next}` };
    },
  };
}

function lastDecision(items: readonly AttentionItem[]): string | null {
  return items.findLast((item) => item.state === 'decided')?.decision ?? null;
}

async function decline(context: PivotCirkwiContext, edit: TrackEdit): Promise<PreparedReturn> {
  await inTransaction(context.pool, async (tx) => {
    await setEditState(tx, edit.id, 'declined');
    await resolveItems(tx, context.slug, edit.recordId, { reasons: TRACK_ITEMS });
  });
  return { kind: 'ended', outcome: 'declined', message: null };
}

async function byPolicy(context: PivotCirkwiContext, edit: TrackEdit): Promise<PreparedReturn> {
  if (context.policies.trackReturn === 'auto') return { kind: 'return', editId: edit.id, approved: false };
  const isAsked = context.policies.trackReturn === 'ask';
  const reason = isAsked ? OfferReason.trackEdited : OfferReason.trackKept;
  await inTransaction(context.pool, async (tx) => {
    await setEditState(tx, edit.id, 'offered');
    await openItem(tx, context.slug, null, {
      recordId: edit.recordId,
      reason,
      detail: { edit: edit.id, cirkwiId: edit.cirkwiId, ...edit.comparison },
      severity: isAsked ? 'action' : 'info',
    });
  });
  return { kind: 'ended', outcome: isAsked ? 'offered' : 'kept', message: null };
}

function messageOf(items: readonly AttentionItem[]): string | null {
  const item = items.at(-1);
  return item === undefined ? null : offerReasons.text(item.reason, 'en').what;
}
