import { type AttentionItem, itemsOfRecords, openItem, resolveItem, resolveItems } from '../../db/attention';
import { inTransaction } from '../../db/pool';
import { getEdit, openEdit, setEditState, type TrackEdit } from '../../db/track-edits';
import { OfferReason, offerReasons } from '../../mappings/pivot-cirkwi/reasons';
import type { FindPivotCirkwi, PivotCirkwiContext } from './context';

/** Items that ask what is to become of an edited track. Each names the edit in its detail. */
export const TRACK_ITEMS: string[] = [
  OfferReason.trackEdited,
  OfferReason.trackConflict,
  OfferReason.trackReturnHeld,
  OfferReason.trackUnpublished,
  OfferReason.trackKept,
];

export type PreparedReturn =
  | { kind: 'ended'; outcome: 'nothing' | 'kept' | 'offered' | 'held'; message: string | null }
  /** `approved`: a person said yes, knowing what stands against it. */
  | { kind: 'return'; editId: number; approved: boolean }
  /** `wasBegun`: something of it may stand in PIVOT and has to be taken back first. */
  | { kind: 'decline'; editId: number; wasBegun: boolean };

/** What is to become of an edited track: the answer of a person, else the sync's policy. */
export function createReturnDecisionActivities(find: FindPivotCirkwi) {
  return {
    async prepareReturn(input: { sync: string; recordId: string }): Promise<PreparedReturn> {
      const context = find(input.sync);
      const edit = await openEdit(context.pool, input.sync, input.recordId);
      if (edit === null) return { kind: 'ended', outcome: 'nothing', message: null };
      const items = await itemsOfRecords(context.pool, input.sync, [input.recordId]);
      const asking = await itemsAbout(context, edit, items);
      const decision = asking.findLast((item) => item.state === 'decided')?.decision ?? null;
      const wasBegun = edit.mediaCode !== null;
      if (decision === 'keep-ours') return { kind: 'decline', editId: edit.id, wasBegun };
      if (decision === 'return-track') return { kind: 'return', editId: edit.id, approved: true };
      // a retry asks for the same checks again; an interrupted return goes on where it was
      if (decision === 'retry' || edit.state === 'returning')
        return { kind: 'return', editId: edit.id, approved: false };
      if (edit.state === 'held' && asking.length > 0)
        return { kind: 'ended', outcome: 'held', message: messageOf(asking) };
      const isDoubtful = items.some((item) => item.reason === OfferReason.identityAmbiguous);
      // held, and whatever it asked is closed: what stood against it may be gone
      if (edit.state === 'held' && !isDoubtful) return { kind: 'return', editId: edit.id, approved: false };
      return byPolicy(context, edit, isDoubtful ? 'ask' : context.policies.trackReturn);
    },

    /**
     * The return cannot go on, and a person is told why. `held`: the edit stays kept until somebody answers. `returning`:
     * nothing stands against it but a platform that is away, so the next look takes it up again.
     */
    async holdReturn(input: {
      sync: string;
      editId: number;
      recordId: string;
      reason: string;
      detail: Record<string, unknown>;
      state: 'held' | 'returning';
    }): Promise<{ message: string }> {
      const { sync, recordId, reason } = input;
      await inTransaction(find(sync).pool, async (tx) => {
        await setEditState(tx, input.editId, input.state);
        await resolveItems(tx, sync, recordId, { reasons: TRACK_ITEMS });
        const detail = { edit: input.editId, ...input.detail };
        await openItem(tx, sync, null, { recordId, reason, detail, severity: 'action' });
      });
      const { what, next } = offerReasons.text(reason, 'en');
      return { message: `Offer ${recordId}: ${what} ${next}` };
    },

    /** A person keeps PIVOT's track. The drawing can still be downloaded. */
    async declineReturn(input: { sync: string; editId: number }): Promise<void> {
      const { pool, slug } = find(input.sync);
      const edit = await getEdit(pool, input.editId);
      if (edit === null || edit.endedAt !== null) return;
      await inTransaction(pool, async (tx) => {
        await setEditState(tx, edit.id, 'declined');
        await resolveItems(tx, slug, edit.recordId, { reasons: TRACK_ITEMS });
      });
    },
  };
}

/** Unresolved items about this very drawing. An answer that was given to an earlier one says nothing about it. */
async function itemsAbout(
  context: PivotCirkwiContext,
  edit: TrackEdit,
  items: readonly AttentionItem[],
): Promise<AttentionItem[]> {
  const asking = items.filter((item) => TRACK_ITEMS.includes(item.reason));
  const about = asking.filter((item) => item.detail.edit === edit.id);
  for (const item of asking) if (!about.includes(item)) await resolveItem(context.pool, item.id);
  return about;
}

async function byPolicy(
  context: PivotCirkwiContext,
  edit: TrackEdit,
  policy: 'ask' | 'auto' | 'keep',
): Promise<PreparedReturn> {
  if (policy === 'auto') return { kind: 'return', editId: edit.id, approved: false };
  const isAsked = policy === 'ask';
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
