import { openOutcomeItem, resolveOvertaken } from '../../db/attention';
import type { Link } from '../../db/links';
import { saveOutcomes } from '../../db/outcomes';
import { type PlanEntry, type PlannedChange, savePlanEntries } from '../../db/plans';
import { inTransaction } from '../../db/pool';
import { type Candidate, candidatesById, nextCandidates } from '../../db/staging';
import { planexpoInwinkReasons, ReasonCode } from '../../mappings/planexpo-inwink/reasons';
import {
  type FindPlanexpoInwink,
  loadMappingState,
  type MappingState,
  mapForTarget,
  type PlanexpoInwinkContext,
} from './context';
import { type Draft, planAgainstTarget, planEntry } from './plan-record';
import { decide, END_REASONS, type Knowledge, loadKnowledge, pendingDecisions } from './situation';

/** Records one attempt plans: one search on the target for each hundred. */
const PAGE = 100;
/** Outcomes after which a record with the same mapped fields needs no look at the target. */
const IN_STEP = ['created', 'updated', 'unchanged'];

export interface PlanInput {
  sync: string;
  runId: number;
  /** `due` looks at what changed or waits; `all` compares every record with its target. */
  scope: 'due' | 'all';
  after: string;
  /** Only these records. */
  only: string[] | null;
  /** A preview keeps nothing but the plan; a run also records the outcome of what needs no write. */
  records: 'plan' | 'plan-and-outcomes';
}

export interface PlanPage {
  planned: number;
  /** Where the next page starts; null after the last. */
  after: string | null;
}

/** Planning: reads the target in bulk and stores what a run would do, by the same pure functions that a run uses. */
export function createPlanActivities(find: FindPlanexpoInwink) {
  return {
    async planPage(input: PlanInput): Promise<PlanPage> {
      const context = find(input.sync);
      const state = await loadMappingState(context);
      const candidates = await page(context, input);
      const knowledge = await loadKnowledge(context, candidates);
      const parents = await parentsToCome(context, candidates, knowledge);
      const entries: PlanEntry[] = [];
      const drafts: Draft[] = [];
      for (const candidate of candidates) {
        const draft = planWithoutTarget(context, state, candidate, knowledge, parents, input.scope);
        if ('mapped' in draft) drafts.push(draft);
        else entries.push(draft);
      }
      entries.push(...(await planAgainstTarget(context, { drafts, knowledge, ...input })));
      await store(context, input, candidates, entries);
      const last = candidates.at(-1)?.recordId ?? null;
      return {
        planned: candidates.length,
        after: input.only !== null || candidates.length < PAGE ? null : last,
      };
    },
  };
}

async function page(context: PlanexpoInwinkContext, input: PlanInput): Promise<Candidate[]> {
  if (input.only !== null) return candidatesById(context.pool, input.sync, input.only);
  return nextCandidates(context.pool, {
    sync: input.sync,
    after: input.after,
    limit: PAGE,
    scope: input.scope,
  });
}

/** Exhibitors that a run would bring to Inwink, or back into step: their co-exhibitors can follow in the same run. */
async function parentsToCome(
  context: PlanexpoInwinkContext,
  candidates: Candidate[],
  knowledge: Knowledge,
): Promise<Set<string>> {
  const missing = new Set(
    candidates.flatMap((c) => (c.parentId !== null && !isInStep(c.parent) ? [c.parentId] : [])),
  );
  if (missing.size === 0) return missing;
  const parents = await candidatesById(context.pool, context.slug, [...missing]);
  const known = await loadKnowledge(context, parents);
  for (const [id, link] of knowledge.links) known.links.set(id, link);
  return new Set(
    parents.filter((p) => decide(context, p, known, new Set()).kind === 'sync').map((p) => p.recordId),
  );
}

function isInStep(parent: Candidate['parent']): boolean {
  return parent?.linkState === 'active' && parent.outcome !== 'held' && parent.outcome !== 'refused';
}

/** Everything that needs no look at the target; the rest comes back as a draft. */
function planWithoutTarget(
  context: PlanexpoInwinkContext,
  state: MappingState,
  candidate: Candidate,
  knowledge: Knowledge,
  parents: ReadonlySet<string>,
  scope: PlanInput['scope'],
): PlanEntry | Draft {
  if (candidate.unreadable !== null && !candidate.deleted)
    return planEntry(candidate, 'refused', ReasonCode.unreadableRecord);
  const decision = decide(context, candidate, knowledge, parents);
  if (decision.kind === 'settled') return planEntry(candidate, decision.outcome, decision.reason);
  if (decision.kind === 'withdraw')
    return planWithdrawal(candidate, knowledge.links.get(candidate.recordId), decision.reason);
  if (candidate.dossier === null) return planEntry(candidate, 'refused', ReasonCode.unreadableRecord);
  const mapped = mapForTarget(context, state, candidate.dossier, candidate.parent);
  const problem = mapped.problems[0];
  if (problem !== undefined) return planEntry(candidate, 'refused', problem.reason);
  const inStep =
    pendingDecisions(knowledge.items.get(candidate.recordId) ?? []).length === 0 &&
    candidate.outcome !== null &&
    IN_STEP.includes(candidate.outcome) &&
    candidate.settledHash === mapped.hash;
  if (inStep && scope === 'due')
    return { ...planEntry(candidate, 'unchanged', null), mappedHash: mapped.hash };
  return { candidate, mapped };
}

function planWithdrawal(candidate: Candidate, link: Link | undefined, reason: ReasonCode): PlanEntry {
  const before = link?.base.status?.stored ?? null;
  if (before === 'Draft') return planEntry(candidate, 'unchanged', reason);
  const change: PlannedChange = {
    kind: 'partner',
    targetId: link?.targetId ?? null,
    field: 'status',
    before,
    after: 'Draft',
    rule: 'withdraw',
  };
  return {
    ...planEntry(candidate, 'withdrawn', reason),
    changes: [change],
    withdraws: true,
    needsApply: true,
  };
}

/** Stores the page; records that need no write get their outcome here, without a workflow of their own. */
async function store(
  context: PlanexpoInwinkContext,
  input: PlanInput,
  candidates: Candidate[],
  entries: PlanEntry[],
): Promise<void> {
  const byId = new Map(candidates.map((candidate) => [candidate.recordId, candidate]));
  await inTransaction(context.pool, async (tx) => {
    await savePlanEntries(tx, input.runId, entries);
    if (input.records === 'plan') return;
    const settled = entries.filter((e) => !e.needsApply);
    await saveOutcomes(
      tx,
      input.sync,
      input.runId,
      settled.flatMap((e) => {
        const candidate = byId.get(e.recordId);
        if (candidate === undefined) return [];
        return [
          {
            recordId: e.recordId,
            outcome: e.outcome,
            reason: e.reason,
            writes: 0,
            settledHash: e.mappedHash,
            dueMark: candidate.dueMark,
          },
        ];
      }),
    );
    await resolveOvertaken(tx, input.sync, settled, END_REASONS);
    for (const e of settled) {
      if (e.reason === null || !['held', 'refused'].includes(e.outcome)) continue;
      if (planexpoInwinkReasons.weight(e.reason) === 'silent') continue;
      const problems = byId.get(e.recordId)?.unreadable;
      const detail = problems ? { problems } : {};
      await openOutcomeItem(tx, input.sync, input.runId, {
        recordId: e.recordId,
        reason: e.reason,
        detail,
      });
    }
  });
}
