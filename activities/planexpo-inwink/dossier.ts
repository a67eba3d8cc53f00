import { openItem, resolveUnseen } from '../../db/attention';
import { findLink } from '../../db/links';
import { type Outcome, saveOutcomes } from '../../db/outcomes';
import { getPlanEntry } from '../../db/plans';
import { inTransaction } from '../../db/pool';
import { type Candidate, candidatesById, databaseNow, dueChildren, markChildrenDue } from '../../db/staging';
import type { FieldNote } from '../../mappings/fields';
import { isReasonCode, ReasonCode, reasonText, reasonWeight } from '../../mappings/planexpo-inwink/reasons';
import { type FindContext, loadMappingState, type Mapped, mapForTarget, type SyncContext } from './context';
import { decide, loadKnowledge } from './situation';

export interface DossierScope {
  sync: string;
  recordId: string;
  runId: number | null;
  planRun: number | null;
}

/** What the dossier's pass has to do. */
export type Prepared =
  | {
      kind: 'sync';
      bodyHash: string;
      mappedHash: string;
      withProducts: boolean;
      withParticipant: boolean;
      linkTeam: boolean;
      startedAt: string;
    }
  | { kind: 'withdraw'; bodyHash: string; reason: string; startedAt: string }
  | { kind: 'settled'; bodyHash: string; outcome: Outcome; reason: string; startedAt: string };

export interface Settlement {
  sync: string;
  recordId: string;
  runId: number | null;
  outcome: Outcome;
  reason: string | null;
  writes: number;
  bodyHash: string | null;
  mappedHash: string | null;
  /** When this pass began: items last seen before are no longer true. */
  startedAt: string | null;
  /** Names of fields or platform codes that explain a refusal; no values. */
  evidence?: Record<string, unknown>;
}

/** Local work of a dossier's pass: what to do, and how it ended. Safe to run twice. */
export function createDossierActivities(find: FindContext) {
  return {
    /** Decides again from what is staged now, so that a signal and a run come to the same answer. */
    async prepareDossier(input: DossierScope): Promise<Prepared> {
      const context = find(input.sync);
      const startedAt = await databaseNow(context.pool);
      const [candidate] = await candidatesById(context.pool, input.sync, [input.recordId]);
      if (candidate === undefined) {
        return {
          kind: 'settled',
          bodyHash: '',
          outcome: 'skipped',
          reason: ReasonCode.deletedAtSource,
          startedAt,
        };
      }
      const { bodyHash } = candidate;
      if (candidate.unreadable !== null && !candidate.deleted) {
        return {
          kind: 'settled',
          bodyHash,
          outcome: 'refused',
          reason: ReasonCode.unreadableRecord,
          startedAt,
        };
      }
      const decision = decide(context, candidate, await loadKnowledge(context, [candidate]), new Set());
      if (decision.kind === 'settled') return { ...decision, bodyHash, startedAt };
      if (decision.kind === 'withdraw')
        return { kind: 'withdraw', bodyHash, reason: decision.reason, startedAt };
      return prepareSync(context, input, candidate, startedAt);
    },

    /** Records the outcome of a pass and closes the attention items that it made untrue. Answers the plain reason. */
    async settleDossier(input: Settlement): Promise<{ message: string | null }> {
      const context = find(input.sync);
      const inStep = ['created', 'updated', 'unchanged', 'withdrawn'].includes(input.outcome);
      await inTransaction(context.pool, async (tx) => {
        if (input.bodyHash !== null) {
          const { recordId, outcome, reason, writes, mappedHash, bodyHash } = input;
          await saveOutcomes(tx, input.sync, input.runId, [
            { recordId, outcome, reason, writes, settledHash: inStep ? mappedHash : null, bodyHash },
          ]);
        }
        if (!inStep && input.reason !== null && asks(input.reason)) {
          await openItem(tx, input.sync, input.runId, {
            recordId: input.recordId,
            reason: input.reason,
            place: input.reason === ReasonCode.participantDeleted ? 'participant' : '',
            detail: input.evidence ?? {},
            severity: 'action',
          });
        }
        if (inStep && input.startedAt !== null) {
          await resolveUnseen(tx, input.sync, input.recordId, {
            startedAt: input.startedAt,
            keep: KEPT_OPEN,
          });
        }
        if (input.outcome === 'created' || input.outcome === 'withdrawn')
          await markChildrenDue(tx, input.sync, [input.recordId]);
      });
      return { message: messageOf(input) };
    },

    /** Co-exhibitors that wait for this exhibitor and can go on now. */
    async childrenToNudge(input: { sync: string; recordId: string }): Promise<string[]> {
      const context = find(input.sync);
      return dueChildren(context.pool, input.sync, input.recordId);
    },
  };
}

async function prepareSync(
  context: SyncContext,
  input: DossierScope,
  candidate: Candidate,
  startedAt: string,
): Promise<Prepared> {
  const { bodyHash } = candidate;
  if (candidate.dossier === null)
    return { kind: 'settled', bodyHash, outcome: 'refused', reason: ReasonCode.unreadableRecord, startedAt };
  const mapped = mapForTarget(context, await loadMappingState(context), candidate.dossier, candidate.parent);
  const problem = mapped.problems[0];
  if (problem !== undefined)
    return { kind: 'settled', bodyHash, outcome: 'refused', reason: problem.reason, startedAt };
  if (input.planRun !== null && !(await matchesPlan(context, input, mapped, candidate))) {
    return { kind: 'settled', bodyHash, outcome: 'refused', reason: ReasonCode.changedSincePlan, startedAt };
  }
  await tellNotes(context, input, mapped);
  const link = await findLink(context.pool, input.sync, 'partner', input.recordId);
  const hasQuantities = Object.keys(link?.quantities ?? {}).length > 0;
  return {
    kind: 'sync',
    bodyHash,
    mappedHash: mapped.hash,
    withProducts: mapped.products.length > 0 || hasQuantities,
    withParticipant: mapped.participant.kind === 'send',
    linkTeam: context.policies.linkTeam === 'on' && mapped.participant.kind === 'send',
    startedAt,
  };
}

/** A plan that is applied later holds for the record as it was planned; a parent that came since is part of the plan. */
async function matchesPlan(
  context: SyncContext,
  input: DossierScope,
  mapped: Mapped,
  candidate: Candidate,
): Promise<boolean> {
  const entry =
    input.planRun === null ? null : await getPlanEntry(context.pool, input.planRun, input.recordId);
  if (entry === null) return false;
  if (entry.mappedHash === mapped.hash) return true;
  if (candidate.dossier === null || candidate.parent === null) return false;
  const state = await loadMappingState(context);
  const asPlanned = mapForTarget(context, state, candidate.dossier, {
    dossier: candidate.parent.dossier,
    partnerId: null,
  });
  return entry.mappedHash === asPlanned.hash;
}

/** Values that could not be sent as typed: told once per field, the dossier goes on (settled question 7). */
async function tellNotes(context: SyncContext, input: DossierScope, mapped: Mapped): Promise<void> {
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

function reasonOfNote(note: FieldNote): ReasonCode | null {
  if (note.code === 'unknown-value') return ReasonCode.unknownValue;
  if (note.code !== 'malformed') return null;
  if (note.field.startsWith('items.')) return ReasonCode.malformedQuantity;
  return note.field === 'participant.email' ? ReasonCode.malformedEmail : ReasonCode.malformedValue;
}

/** These stay until a person or the next full comparison closes them: a pass that goes well does not disprove them. */
const KEPT_OPEN: string[] = [
  ReasonCode.duplicateTarget,
  ReasonCode.fieldAlteredTwice,
  ReasonCode.quantityHigherAtTarget,
  ReasonCode.participantExists,
];

function asks(reason: string): reason is ReasonCode {
  return isReasonCode(reason) && ['asks', 'blocks'].includes(reasonWeight(reason));
}

function messageOf(input: Settlement): string | null {
  if (input.reason === null || !isReasonCode(input.reason)) return null;
  const text = reasonText(input.reason, 'en');
  const evidence = input.evidence === undefined ? '' : ` (${JSON.stringify(input.evidence)})`;
  return `Dossier ${input.recordId}: ${text.what}${evidence} ${text.next}`;
}
