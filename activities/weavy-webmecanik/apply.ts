import { nextOfSide } from '../../db/plans';
import type { CoupleKind, Side } from '../../mappings/weavy-webmecanik/crm-record';
import { EngineFailure, waitFailure } from '../failures';
import { takePages } from '../take-pages';
import type { FindWeavyWebmecanik } from './context';
import { writePage } from './write-page';

export interface ApplyCouplesInput {
  sync: string;
  runId: number;
  /** The plan that the run applies, made by an earlier run; null when the plan is its own. */
  planRun: number | null;
  kind: CoupleKind;
  after: string;
}

export interface AppliedCouples {
  after: string | null;
  done: number;
  outcomes: Record<string, number>;
  /** Records that no answer was had for: each gets a workflow of its own. */
  failed: string[];
}

/** Writing what a plan asks for, page by page, to one side. */
export function createCoupleApplyActivities(find: FindWeavyWebmecanik, side: Side) {
  return {
    async applyCouples(input: ApplyCouplesInput): Promise<AppliedCouples> {
      const context = await find(input.sync);
      const { runId, planRun, kind } = input;
      const { page: size, window } = context.policies;
      const limit = side === 'weavy' ? size : size * window;
      const sum: AppliedCouples = { after: null, done: 0, outcomes: {}, failed: [] };
      sum.after = await takePages(input.after, async (after) => {
        const depth = kind === 'company' ? 0 : 1;
        const entries = await nextOfSide(context.pool, { runId, side, depth, after, limit });
        const leads = entries.map((entry) => entry.recordId);
        const approved =
          planRun === null ? null : new Map(entries.map((entry) => [entry.recordId, entry.changes]));
        const page = await writePage(context, side, runId, leads, approved);
        for (const [outcome, n] of Object.entries(page.outcomes)) {
          sum.outcomes[outcome] = (sum.outcomes[outcome] ?? 0) + n;
          sum.done += n;
        }
        sum.failed.push(...page.failed);
        if (page.unsettledForMs > 0) throw unsettled(page.unsettledForMs);
        return entries.length === limit ? (leads.at(-1) ?? null) : null;
      });
      return sum;
    },

    /** The same for one couple outside any plan: what its own workflow does. */
    async writeCouple(input: {
      sync: string;
      runId: number | null;
      recordId: string;
    }): Promise<{ failed: string[] }> {
      const context = await find(input.sync);
      const page = await writePage(context, side, input.runId, [input.recordId], null);
      if (page.unsettledForMs === 0) return { failed: page.failed };
      throw unsettled(page.unsettledForMs);
    },
  };
}

function unsettled(forMs: number): Error {
  const message =
    'an earlier create may have happened and may not be searchable yet: looking again before anything is created';
  return waitFailure(EngineFailure.intentUnsettled, message, forMs);
}
