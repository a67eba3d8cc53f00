import { openItem, openOutcomeItem, resolveOvertaken, resolveUnseen } from '../../db/attention';
import { findLink } from '../../db/links';
import { type Outcome, saveOutcomes } from '../../db/outcomes';
import { getPlanEntry, type PlanEntry } from '../../db/plans';
import { inTransaction } from '../../db/pool';
import { type Candidate, candidatesById, databaseNow, dueChildren, markChildrenDue } from '../../db/staging';
import type { FieldNote } from '../../mappings/fields';
import { isReasonCode, ReasonCode, reasonText, reasonWeight } from '../../mappings/planexpo-inwink/reasons';
import {
  type FindPlanexpoInwink,
  loadMappingState,
  type Mapped,
  type MappingState,
  mapForTarget,
  type PlanexpoInwinkContext,
} from './context';
import { decide, END_REASONS, loadKnowledge, pendingDecisions, STANDING } from './situation';

export interface DossierScope {
  sync: string;
  recordId: string;
  runId: number | null;
  planRun: number | null;
}

/** What the dossier's pass has to do. `dueMark` goes back with its settlement; null when nothing is staged. */
export type Prepared =
  | {
      kind: 'sync';
      dueMark: number;
      mappedHash: string;
      withProducts: boolean;
      withParticipant: boolean;
      startedAt: string;
    }
  | { kind: 'withdraw'; dueMark: number; reason: string; startedAt: string }
  | { kind: 'settled'; dueMark: number | null; outcome: Outcome; reason: string; startedAt: string }
  /** People answered something that is to be put into effect first; then the pass is prepared again. */
  | { kind: 'decide'; itemIds: number[] };

export interface Settlement {
  sync: string;
  recordId: string;
  runId: number | null;
  outcome: Outcome;
  reason: string | null;
  /** Writes of all passes of this dossier in this run. */
  writes: number;
  dueMark: number | null;
  mappedHash: string | null;
  /** When this pass began: items last seen before are no longer true. */
  startedAt: string | null;
  /** The next run compares with the target again. */
  lookAgain?: boolean;
  /** Names of fields or platform codes that explain a refusal; no values. */
  evidence?: Record<string, unknown>;
}

/** Local work of a dossier's pass: what to do, and how it ended. Safe to run twice. */
export function createDossierActivities(find: FindPlanexpoInwink) {
  return {
    /** Decides again from what is staged now, so that a signal and a run come to the same answer. */
    async prepareDossier(input: DossierScope): Promise<Prepared> {
      const context = find(input.sync);
      const startedAt = await databaseNow(context.pool);
      const [candidate] = await candidatesById(context.pool, input.sync, [input.recordId]);
      if (candidate === undefined) return settled(null, 'skipped', ReasonCode.deletedAtSource, startedAt);
      const { dueMark } = candidate;
      const knowledge = await loadKnowledge(context, [candidate]);
      const itemIds = pendingDecisions(knowledge.items.get(candidate.recordId) ?? []);
      if (itemIds.length > 0) return { kind: 'decide', itemIds };
      if (candidate.unreadable !== null && !candidate.deleted)
        return settled(dueMark, 'refused', ReasonCode.unreadableRecord, startedAt);
      const decision = decide(context, candidate, knowledge, new Set());
      if (decision.kind === 'settled') return { ...decision, dueMark, startedAt };
      if (decision.kind === 'sync') return prepareSync(context, input, candidate, startedAt);
      if (input.planRun !== null && !(await plannedEntry(context, input))?.withdraws)
        return settled(dueMark, 'refused', ReasonCode.changedSincePlan, startedAt);
      return { kind: 'withdraw', dueMark, reason: decision.reason, startedAt };
    },

    /** Records the outcome of a pass and closes the attention items that it made untrue. Answers the plain reason. */
    async settleDossier(input: Settlement): Promise<{ message: string | null }> {
      const context = find(input.sync);
      const { recordId, outcome, reason, writes, mappedHash, dueMark } = input;
      const inStep = ['created', 'updated', 'unchanged', 'withdrawn'].includes(outcome);
      await inTransaction(context.pool, async (tx) => {
        if (dueMark !== null) {
          const settledHash = inStep ? mappedHash : null;
          const lookAgain = input.lookAgain === true;
          await saveOutcomes(tx, input.sync, input.runId, [
            { recordId, outcome, reason, writes, settledHash, dueMark, lookAgain },
          ]);
          await resolveOvertaken(tx, input.sync, [{ recordId, reason }], END_REASONS);
        }
        // what is out of scope asks nobody, such as an id that Planexpo never had
        if (['held', 'refused'].includes(outcome) && reason !== null && asks(reason))
          await openOutcomeItem(tx, input.sync, input.runId, {
            recordId,
            reason,
            detail: input.evidence ?? {},
          });
        if (inStep && input.startedAt !== null) {
          await resolveUnseen(tx, input.sync, recordId, {
            startedAt: input.startedAt,
            keepReasons: KEPT_OPEN,
            // a partner that was withdrawn stays so by the answer that asked for it
            keepDecisions: ['leave-alone', ...(reason === null ? [] : STANDING)],
          });
        }
        if (outcome === 'created' || outcome === 'withdrawn')
          await markChildrenDue(tx, input.sync, [recordId]);
      });
      return { message: messageOf(input) };
    },

    /** A run's dossier whose workflow was ended by hand: it stays due, and the run's counts have it. */
    async settleUnfinished(input: { sync: string; runId: number; recordId: string }): Promise<void> {
      const context = find(input.sync);
      const [candidate] = await candidatesById(context.pool, input.sync, [input.recordId]);
      if (candidate === undefined) return;
      const { recordId, dueMark } = candidate;
      const reason = ReasonCode.targetFailing;
      await inTransaction(context.pool, async (tx) => {
        await saveOutcomes(tx, input.sync, input.runId, [
          { recordId, outcome: 'refused', reason, writes: 0, settledHash: null, dueMark },
        ]);
        const detail = { failure: 'its workflow was ended' };
        await openOutcomeItem(tx, input.sync, input.runId, { recordId, reason, detail });
      });
    },

    /** Co-exhibitors that wait for this exhibitor and can go on now. */
    async childrenToNudge(input: { sync: string; recordId: string }): Promise<string[]> {
      const context = find(input.sync);
      return dueChildren(context.pool, input.sync, input.recordId);
    },
  };
}

function settled(
  dueMark: number | null,
  outcome: Outcome,
  reason: ReasonCode,
  startedAt: string,
): Extract<Prepared, { kind: 'settled' }> {
  return { kind: 'settled', dueMark, outcome, reason, startedAt };
}

async function prepareSync(
  context: PlanexpoInwinkContext,
  input: DossierScope,
  candidate: Candidate,
  startedAt: string,
): Promise<Prepared> {
  const { dueMark } = candidate;
  if (candidate.dossier === null) return settled(dueMark, 'refused', ReasonCode.unreadableRecord, startedAt);
  const state = await loadMappingState(context);
  const mapped = mapForTarget(context, state, candidate.dossier, candidate.parent);
  const problem = mapped.problems[0];
  if (problem !== undefined) return settled(dueMark, 'refused', problem.reason, startedAt);
  if (input.planRun !== null && !(await matchesPlan(context, input, state, mapped, candidate)))
    return settled(dueMark, 'refused', ReasonCode.changedSincePlan, startedAt);
  await tellNotes(context, input, mapped);
  await tellUnmapped(context, input, mapped, state.mask === null ? 'no-mask' : 'mask-in-force');
  const link = await findLink(context.pool, input.sync, 'partner', input.recordId);
  const hasQuantities = Object.keys(link?.quantities ?? {}).length > 0;
  return {
    kind: 'sync',
    dueMark,
    mappedHash: mapped.hash,
    withProducts: mapped.products.length > 0 || hasQuantities,
    withParticipant: mapped.participant.kind === 'send',
    startedAt,
  };
}

async function plannedEntry(context: PlanexpoInwinkContext, input: DossierScope): Promise<PlanEntry | null> {
  return input.planRun === null ? null : getPlanEntry(context.pool, input.planRun, input.recordId);
}

/** A plan that is applied later holds for the record as it was planned; a parent that came since is part of the plan. */
async function matchesPlan(
  context: PlanexpoInwinkContext,
  input: DossierScope,
  state: MappingState,
  mapped: Mapped,
  candidate: Candidate,
): Promise<boolean> {
  const entry = await plannedEntry(context, input);
  if (entry === null) return false;
  if (entry.mappedHash === mapped.hash) return true;
  if (candidate.dossier === null || candidate.parent === null) return false;
  const parent = { dossier: candidate.parent.dossier, partnerId: null };
  return entry.mappedHash === mapForTarget(context, state, candidate.dossier, parent).hash;
}

/** Values that could not be sent as typed: told once per field, the dossier goes on (settled question 7). */
async function tellNotes(context: PlanexpoInwinkContext, input: DossierScope, mapped: Mapped): Promise<void> {
  for (const note of mapped.notes) {
    const reason = reasonOfNote(note);
    if (reason === null) continue;
    await openItem(context.pool, context.slug, input.runId, {
      recordId: input.recordId,
      reason,
      place: note.field,
      detail: { field: note.field, raw: note.raw },
      severity: 'info',
    });
  }
}

/**
 * Products that no mask speaks of: told once per product and sync, because the same one stands in many dossiers. Without
 * any mask it is the mask that is missing.
 */
async function tellUnmapped(
  context: PlanexpoInwinkContext,
  input: DossierScope,
  mapped: Mapped,
  mask: 'no-mask' | 'mask-in-force',
): Promise<void> {
  if (mapped.unmappedItems.length === 0) return;
  if (mask === 'no-mask') {
    await openItem(context.pool, context.slug, input.runId, {
      recordId: null,
      reason: ReasonCode.maskMissing,
      severity: 'action',
    });
    return;
  }
  for (const planexpoId of mapped.unmappedItems) {
    await openItem(context.pool, context.slug, input.runId, {
      recordId: null,
      reason: ReasonCode.unmappedProduct,
      place: `product.${planexpoId}`,
      detail: { planexpoId },
      severity: 'info',
    });
  }
}

function reasonOfNote(note: FieldNote): ReasonCode | null {
  if (note.code === 'unknown-value') return ReasonCode.unknownValue;
  if (note.code !== 'malformed') return null;
  if (note.field.startsWith('items.')) return ReasonCode.malformedQuantity;
  return note.field === 'participant.email' ? ReasonCode.malformedEmail : ReasonCode.malformedValue;
}

/** These stay until a person or the next full comparison closes them: a pass that goes well does not disprove them. */
const KEPT_OPEN: string[] = [ReasonCode.duplicateTarget, ReasonCode.fieldAlteredTwice];

function asks(reason: string): reason is ReasonCode {
  return isReasonCode(reason) && ['asks', 'blocks'].includes(reasonWeight(reason));
}

function messageOf(input: Settlement): string | null {
  if (input.reason === null || !isReasonCode(input.reason)) return null;
  const text = reasonText(input.reason, 'en');
  const evidence = input.evidence === undefined ? '' : ` (${JSON.stringify(input.evidence)})`;
  return `Dossier ${input.recordId}: ${text.what}${evidence} ${text.next}`;
}
