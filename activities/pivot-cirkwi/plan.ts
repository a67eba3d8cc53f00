import { type AttentionItem, itemsOfRecords, openItem } from '../../db/attention';
import { openRemark, resolveDecided, resolveRemarks, resolveUnseenOfSync } from '../../db/attention-remarks';
import { unline } from '../../db/feed-objects';
import { nextOffers, type OfferCandidate, offersByCode } from '../../db/offers';
import { saveOutcomes } from '../../db/outcomes';
import { type PlanEntry, savePlanEntries } from '../../db/plans';
import { inTransaction, type Queryable } from '../../db/pool';
import { OfferReason, offerReasons } from '../../mappings/pivot-cirkwi/reasons';
import { takePages } from '../take-pages';
import type { FindPivotCirkwi, PivotCirkwiContext } from './context';
import { type Draft, draftOffer } from './draft';
import { requireMarks } from './marks';

/** Offers one attempt plans. */
const PAGE = 250;

export interface PlanOffersInput {
  sync: string;
  runId: number;
  scope: 'due' | 'all';
  after: string;
  only: string[] | null;
  /** A preview keeps nothing but the plan; a run also records the outcome of what needs no write. */
  records: 'plan' | 'plan-and-outcomes';
}

/** Reasons that say something about an offer as it was read: a pass that does not see them again makes them untrue. */
export const REMARKS: string[] = [
  OfferReason.noTrack,
  OfferReason.severalTracks,
  OfferReason.trackRefused,
  OfferReason.trackUnavailable,
];

/** Reasons that tell what a pass came to. */
export const ENDS: string[] = [OfferReason.unreadableRecord, OfferReason.missingName, OfferReason.leftQuery];

/** Planning from what is staged and published: no platform is asked, so the same plan comes out however often it is made. */
export function createOfferPlanActivities(find: FindPivotCirkwi) {
  return {
    async planOffers(input: PlanOffersInput): Promise<{ planned: number; after: string | null }> {
      const context = find(input.sync);
      let planned = 0;
      const after = await takePages(input.after, async (from) => {
        const page = await planPage(context, { ...input, after: from });
        planned += page.planned;
        return page.after;
      });
      return { planned, after };
    },

    /** After a plan over everything: codes that no offer uses any more, and offers without a code that came no more. */
    async closePlan(input: { sync: string; runId: number }): Promise<void> {
      const context = find(input.sync);
      const told = [OfferReason.unknownCode, OfferReason.unreadableRecord];
      await resolveUnseenOfSync(context.pool, input.sync, input.runId, told);
    },
  };
}

async function planPage(
  context: PivotCirkwiContext,
  input: PlanOffersInput,
): Promise<{ planned: number; after: string | null }> {
  const { sync, after, scope } = input;
  const candidates =
    input.only === null
      ? await nextOffers(context.pool, { sync, after, limit: PAGE, scope })
      : await offersByCode(context.pool, sync, input.only);
  const drafts = await draftAll(context, candidates);
  await inTransaction(context.pool, async (tx) => {
    await savePlanEntries(tx, input.runId, drafts.map(entryOf));
    if (input.records === 'plan') return;
    await settleDrafts(
      tx,
      context,
      input.runId,
      drafts.filter((draft) => draft.act === 'none'),
    );
    await tellDrafts(tx, context, input.runId, drafts);
  });
  const last = candidates.at(-1);
  const more = input.only === null && candidates.length === PAGE && last !== undefined;
  return { planned: candidates.length, after: more ? last.code : null };
}

/** Drafts of some offers, with what people decided about them. */
export async function draftAll(context: PivotCirkwiContext, candidates: OfferCandidate[]): Promise<Draft[]> {
  const [marks, items] = await Promise.all([
    requireMarks(context),
    itemsOfRecords(
      context.pool,
      context.slug,
      candidates.map((candidate) => candidate.code),
    ),
  ]);
  const byRecord = new Map<string, AttentionItem[]>();
  for (const item of items) {
    const id = item.record_id ?? '';
    byRecord.set(id, [...(byRecord.get(id) ?? []), item]);
  }
  return candidates.map((candidate) =>
    draftOffer(context, marks, candidate, byRecord.get(candidate.code) ?? []),
  );
}

function entryOf(draft: Draft): PlanEntry {
  const { candidate, changes } = draft;
  return {
    recordId: candidate.code,
    depth: 0,
    outcome: draft.outcome,
    reason: draft.reason,
    mappedHash: draft.contentHash,
    changes,
    notes: draft.notes,
    withdraws: draft.act === 'withdraw',
    blanks: draft.act === 'publish' && changes.some((c) => c.before !== null && c.after === null),
    needsApply: draft.act !== 'none',
  };
}

/** The outcome of what needs no write. A track that could not be had is asked for again by the next run. */
export async function settleDrafts(
  tx: Queryable,
  context: PivotCirkwiContext,
  runId: number | null,
  drafts: Draft[],
): Promise<void> {
  // what an earlier pass put in line and this one does not ask for must not be published
  const inLine = drafts.filter((draft) => draft.candidate.isInLine).map((draft) => draft.candidate.code);
  if (inLine.length > 0) await unline(tx, context.slug, { codes: inLine });
  await saveOutcomes(
    tx,
    context.slug,
    runId,
    drafts.map((draft) => ({
      recordId: draft.candidate.code,
      outcome: draft.outcome,
      reason: draft.reason,
      writes: 0,
      settledHash: draft.contentHash,
      dueMark: draft.candidate.dueMark,
      lookAgain: draft.remarks.includes(OfferReason.trackUnavailable),
    })),
  );
}

/** Opens the items of these passes, and closes those that an earlier pass opened and this one did not find. */
export async function tellDrafts(
  tx: Queryable,
  context: PivotCirkwiContext,
  runId: number | null,
  drafts: Draft[],
): Promise<void> {
  const told = drafts.map((draft) => ({ recordId: draft.candidate.code, reasons: reasonsOf(draft) }));
  await resolveRemarks(tx, context.slug, told, [...REMARKS, ...ENDS]);
  // back in the query: what people decided while it was out of it is over too
  const back = drafts.filter((draft) => draft.candidate.gone === null).map((draft) => draft.candidate.code);
  await resolveDecided(tx, context.slug, back, OfferReason.leftQuery);
  for (const draft of drafts) {
    for (const reason of reasonsOf(draft)) {
      const isInfo = offerReasons.weight(reason) === 'informs';
      const item = { recordId: draft.candidate.code, reason, detail: detailOf(draft, reason) };
      if (isInfo) await openRemark(tx, context.slug, runId, item);
      else await openItem(tx, context.slug, runId, { ...item, severity: 'action' });
    }
    for (const { list, code } of draft.mapped?.unknownCodes ?? [])
      await openItem(tx, context.slug, runId, {
        recordId: null,
        reason: OfferReason.unknownCode,
        place: `${list}: ${code}`,
        detail: { list, code, offer: draft.candidate.code },
        severity: 'info',
      });
  }
}

function reasonsOf(draft: Draft): string[] {
  const ended = draft.reason !== null && ENDS.includes(draft.reason) && draft.act === 'none';
  return ended && draft.reason !== null ? [draft.reason, ...draft.remarks] : draft.remarks;
}

function detailOf(draft: Draft, reason: string): Record<string, unknown> {
  if (reason === OfferReason.unreadableRecord) return { problems: draft.candidate.unreadable ?? [] };
  const problem = draft.candidate.track?.problem;
  return problem != null && problem.reason === reason ? { detail: problem.detail } : {};
}
