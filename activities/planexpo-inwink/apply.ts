import { ApplicationFailure } from '@temporalio/common';
import { openItem } from '../../db/attention';
import { findLink, setLinkState } from '../../db/links';
import { getPlanEntry, type PlanEntry } from '../../db/plans';
import { type Candidate, candidatesById } from '../../db/staging';
import { ReasonCode } from '../../mappings/planexpo-inwink/reasons';
import { FailureKind } from '../../platforms/failure';
import { callContext } from '../call-context';
import { applyParticipant, type ParticipantStep } from './apply-participant';
import { raiseQuantities } from './apply-products';
import {
  type FindPlanexpoInwink,
  loadMappingState,
  type Mapped,
  type MappingState,
  mapForTarget,
  type PlanexpoInwinkContext,
  partnerToCome,
} from './context';
import { type EntityResult, syncEntity } from './sync-entity';

/** One step of one dossier. Ids only: everything else is in Postgres. */
export interface StepInput {
  sync: string;
  recordId: string;
  runId: number | null;
  /** The plan that is being applied later, if any: nothing beyond it is written. */
  planRun: number | null;
}

/** What a step came to. `stopped` ends the dossier's pass with that outcome. */
export type StepResult =
  | {
      kind: 'done';
      created: boolean;
      writes: number;
      /** A create had no clear end before, or a product was gone: the next run looks at the target again. */
      inDoubt?: boolean;
    }
  | { kind: 'stopped'; outcome: 'held' | 'refused' | 'waiting'; reason: ReasonCode; writes: number };

/** The writes of a dossier, each an activity of its own, in this order: partner, then participant and products. */
export function createApplyActivities(find: FindPlanexpoInwink) {
  return {
    /** The exhibitor's or co-exhibitor's partner. */
    async applyPartner(input: StepInput): Promise<StepResult> {
      const { context, candidate, mapped } = await load(find, input);
      const planned = await planFor(context, input);
      const result = await syncEntity(context, {
        kind: 'partner',
        entity: 'exhibitor',
        sourceKey: input.recordId,
        recordId: input.recordId,
        runId: input.runId,
        desired: mapped.partner,
        ownerRecord: candidate.recordId,
        contactId: null,
        lookUp: () => context.target.findPartnersByOrderIds([input.recordId], callContext()),
        lookedUpByPlan: planned.lookup,
        mayTakeOver: async () => true,
        adopt: 'auto',
        approved: planned.approved?.changes ?? null,
        ...(candidate.parentId === null ? {} : { parentToCome: partnerToCome(candidate.parentId) }),
      });
      return partnerResult(context, input, result);
    },

    /** The booking contact, as a participant of the event. */
    async applyParticipant(input: StepInput): Promise<StepResult> {
      const { context, candidate, mapped } = await load(find, input);
      const planned = await planFor(context, input);
      const step: ParticipantStep = {
        context,
        input,
        candidate,
        mapped,
        approved: planned.approved?.changes ?? null,
      };
      return applyParticipant(step);
    },

    /** Options and catalogue products under the mask: raised, never lowered. */
    async applyProducts(input: StepInput): Promise<StepResult> {
      const { context, mapped, state } = await load(find, input);
      const { approved } = await planFor(context, input);
      return raiseQuantities({ context, input, mapped, state, approved: approved?.changes ?? null });
    },

    /** Sets the partner of a dossier that ended to Draft; deletes nothing. */
    async withdrawPartner(input: StepInput): Promise<StepResult> {
      const context = find(input.sync);
      const link = await findLink(context.pool, context.slug, 'partner', input.recordId);
      if (link === null) return { kind: 'done', created: false, writes: 0 };
      const result = await syncEntity(context, {
        kind: 'partner',
        entity: 'exhibitor',
        sourceKey: input.recordId,
        recordId: input.recordId,
        runId: input.runId,
        desired: { status: 'Draft' },
        ownerRecord: input.recordId,
        contactId: null,
        lookUp: async () => [],
        lookedUpByPlan: 'unknown',
        mayTakeOver: async () => true,
        adopt: 'ask',
        approved: null,
      });
      return partnerResult(context, input, result);
    },
  };
}

interface Loaded {
  context: PlanexpoInwinkContext;
  candidate: Candidate;
  mapped: Mapped;
  state: MappingState;
}

async function load(find: FindPlanexpoInwink, input: StepInput): Promise<Loaded> {
  const context = find(input.sync);
  const [[candidate], state] = await Promise.all([
    candidatesById(context.pool, input.sync, [input.recordId]),
    loadMappingState(context),
  ]);
  if (candidate?.dossier == null) {
    throw ApplicationFailure.nonRetryable(
      `Dossier ${input.recordId} is not staged: run "passerelle retry" for it`,
      FailureKind.missing,
    );
  }
  const mapped = mapForTarget(context, state, candidate.dossier, candidate.parent);
  return { context, candidate, mapped, state };
}

/** What a plan said about this record: the approved changes, or only that the target had nothing a moment ago. */
async function planFor(
  context: PlanexpoInwinkContext,
  input: StepInput,
): Promise<{ approved: PlanEntry | null; lookup: 'found-nothing' | 'unknown' }> {
  if (input.planRun !== null) {
    return { approved: await getPlanEntry(context.pool, input.planRun, input.recordId), lookup: 'unknown' };
  }
  const entry = input.runId === null ? null : await getPlanEntry(context.pool, input.runId, input.recordId);
  return {
    approved: null,
    lookup: entry?.outcome === 'created' && entry.fresh ? 'found-nothing' : 'unknown',
  };
}

async function partnerResult(
  context: PlanexpoInwinkContext,
  input: StepInput,
  result: EntityResult,
): Promise<StepResult> {
  switch (result.kind) {
    case 'created':
    case 'updated':
    case 'unchanged':
      return {
        kind: 'done',
        created: result.kind === 'created',
        writes: result.writes,
        inDoubt: result.inDoubt === true,
      };
    case 'gone':
      await setLinkState(
        context.pool,
        { sync: context.slug, kind: 'partner', sourceKey: input.recordId },
        'target-deleted',
      );
      return hold(context, input, ReasonCode.targetDeleted, {});
    case 'owned-by-another':
    case 'ambiguous':
      return hold(context, input, ReasonCode.ambiguousTarget, {
        ids: 'ids' in result ? result.ids : [result.link.targetId],
      });
    case 'ask-adopt':
      return hold(context, input, ReasonCode.ambiguousTarget, { ids: [result.targetId] });
    case 'changed-since-plan':
      return { kind: 'stopped', outcome: 'refused', reason: ReasonCode.changedSincePlan, writes: 0 };
  }
}

/** Hands the dossier to a person. */
export async function hold(
  context: PlanexpoInwinkContext,
  input: StepInput,
  reason: ReasonCode,
  detail: Record<string, unknown>,
): Promise<StepResult> {
  await openItem(context.pool, context.slug, input.runId, {
    recordId: input.recordId,
    reason,
    detail,
    severity: 'action',
  });
  return { kind: 'stopped', outcome: 'held', reason, writes: 0 };
}
