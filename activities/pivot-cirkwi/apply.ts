import { Context } from '@temporalio/activity';
import { stageObjects, stageWithdrawals } from '../../db/feed-objects';
import { offersByCode } from '../../db/offers';
import { entriesToApply } from '../../db/plans';
import { inTransaction } from '../../db/pool';
import { OfferReason } from '../../mappings/pivot-cirkwi/reasons';
import { inFlight } from '../in-flight';
import { takePages } from '../take-pages';
import type { FindPivotCirkwi, PivotCirkwiContext } from './context';
import type { Draft } from './draft';
import { draftAll, settleDrafts, tellDrafts } from './plan';
import { stageOne } from './read';

/** Objects put in line in one transaction. */
const PAGE = 250;
/** Withdrawals looked at together: each is one call. */
const WITHDRAWALS = 50;

export interface ApplyPageInput {
  sync: string;
  runId: number;
  /** The plan that the run applies, made by an earlier run; null when the plan is its own. */
  planRun: number | null;
  after: string;
}

export interface AppliedPage {
  after: string | null;
  done: number;
  outcomes: Record<string, number>;
}

/** Putting what a plan asks for in line for the next publication. Nothing is served yet when these are done. */
export function createOfferApplyActivities(find: FindPivotCirkwi) {
  return {
    /** Objects, as the offers stand now; one that is no longer as an applied plan showed it is refused. */
    async lineUpObjects(input: ApplyPageInput): Promise<AppliedPage> {
      const context = find(input.sync);
      return takeAll(input, async (after) => {
        const entries = await entriesToApply(context.pool, { ...input, after, act: 'write', limit: PAGE });
        const planned = new Map(entries.map((entry) => [entry.recordId, entry.mappedHash]));
        const candidates = await offersByCode(context.pool, input.sync, [...planned.keys()]);
        const drafts = (await draftAll(context, candidates)).map((draft) => {
          if (input.planRun !== null && planned.get(draft.candidate.code) !== draft.contentHash)
            return overtaken(draft);
          // nothing leaves the feed that the guard has not counted
          return draft.act === 'withdraw' ? later(draft) : draft;
        });
        const outcomes = await lineUp(context, input, drafts);
        return { outcomes, after: entries.length === PAGE ? (entries.at(-1)?.recordId ?? null) : null };
      });
    },

    /** Each offer is read once more by its code right before it leaves the feed (settled question 26). */
    async lineUpWithdrawals(input: ApplyPageInput): Promise<AppliedPage> {
      const context = find(input.sync);
      return takeAll(input, async (after) => {
        const query = { ...input, after, act: 'withdraw' as const, limit: WITHDRAWALS };
        const codes = (await entriesToApply(context.pool, query)).map((entry) => entry.recordId);
        const before = await offersByCode(context.pool, input.sync, codes);
        await inFlight(context.sourceInFlight, before, async ({ code }) => {
          await stageOne(context, code, input.runId, 'as-known');
          Context.current().heartbeat();
        });
        // one that is to be published after all stays as it is offered, and the next run brings the rest
        const drafts = (await draftAll(context, await offersByCode(context.pool, input.sync, codes))).map(
          (draft) => (draft.act === 'publish' ? later(draft) : draft),
        );
        const outcomes = await lineUp(context, input, drafts);
        return { outcomes, after: codes.length === WITHDRAWALS ? (codes.at(-1) ?? null) : null };
      });
    },
  };
}

/** Takes pages for as long as an attempt may, and sums what became of their records. */
async function takeAll(
  input: ApplyPageInput,
  page: (after: string) => Promise<{ outcomes: Record<string, number>; after: string | null }>,
): Promise<AppliedPage> {
  const sum: AppliedPage = { after: null, done: 0, outcomes: {} };
  sum.after = await takePages(input.after, async (from) => {
    const { outcomes, after } = await page(from);
    for (const [outcome, n] of Object.entries(outcomes)) {
      sum.outcomes[outcome] = (sum.outcomes[outcome] ?? 0) + n;
      sum.done += n;
    }
    return after;
  });
  return sum;
}

/** Puts drafts in line, settles those that need no write, tells what there is to tell. Answers the outcomes. */
export async function lineUp(
  context: PivotCirkwiContext,
  input: { sync: string; runId: number | null },
  drafts: Draft[],
): Promise<Record<string, number>> {
  await inTransaction(context.pool, async (tx) => {
    await stageObjects(tx, input.sync, input.runId, drafts.flatMap(objectOf));
    await stageWithdrawals(
      tx,
      input.sync,
      input.runId,
      drafts
        .filter((draft) => draft.act === 'withdraw')
        .map(({ candidate, reason, changes }) => ({
          code: candidate.code,
          reason: reason ?? OfferReason.unticked,
          dueMark: candidate.dueMark,
          changes,
        })),
    );
    await settleDrafts(
      tx,
      context,
      input.runId,
      drafts.filter((draft) => draft.act === 'none'),
    );
    await tellDrafts(tx, context, input.runId, drafts);
  });
  const outcomes: Record<string, number> = {};
  for (const { outcome } of drafts) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  return outcomes;
}

const CAME = { field: 'document', before: null, rule: 'create' } as const;

function objectOf(draft: Draft) {
  const { mapped, document, contentHash, outcome, candidate } = draft;
  if (draft.act !== 'publish' || mapped === null || document === null || contentHash === null) return [];
  return [
    {
      code: candidate.code,
      kind: mapped.object.kind,
      fields: mapped.fields,
      document,
      contentHash,
      trackHash: mapped.object.kind === 'circuit' ? mapped.object.track : null,
      dueMark: candidate.dueMark,
      outcome: outcome === 'created' ? ('created' as const) : ('updated' as const),
      reason: draft.reason,
      // all of a new object stands in its row: a line of history says that it came, not one for each of its fields
      changes:
        outcome === 'created'
          ? [{ kind: mapped.object.kind, targetId: candidate.code, ...CAME, after: contentHash }]
          : draft.changes,
    },
  ];
}

/** The offer, its track or the publication changed since the plan was made: nothing is written (promise 10). */
function overtaken(draft: Draft): Draft {
  return {
    ...draft,
    act: 'none',
    outcome: 'refused',
    reason: OfferReason.changedSincePlan,
    contentHash: null,
  };
}

/** Decided otherwise since the plan: it stays as it is offered, and the next run looks at it anew. */
export function later(draft: Draft): Draft {
  return {
    ...draft,
    act: 'none',
    outcome: 'waiting',
    reason: OfferReason.changedSincePlan,
    contentHash: null,
  };
}
