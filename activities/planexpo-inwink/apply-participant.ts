import { itemsOfRecords, openItem, resolveItem } from '../../db/attention';
import { type Link, renameLink, setLinkState } from '../../db/links';
import type { PlannedChange } from '../../db/plans';
import type { Candidate } from '../../db/staging';
import { sameValue } from '../../mappings/diff-fields';
import { ReasonCode } from '../../mappings/planexpo-inwink/reasons';
import { callContext } from '../call-context';
import type { StepInput, StepResult } from './apply';
import type { Mapped, PlanexpoInwinkContext } from './context';
import { joinTeam } from './join-team';
import { answerAboutExisting, correctedLink, takesOver } from './participant-link';
import { type EntityResult, syncEntity } from './sync-entity';

export interface ParticipantStep {
  context: PlanexpoInwinkContext;
  input: StepInput;
  candidate: Candidate;
  mapped: Mapped;
  approved: PlannedChange[] | null;
}

const NOTHING: StepResult = { kind: 'done', created: false, writes: 0 };
/** Of the participant's fields these belong to the dossier that owns it, not to the person. */
const OWNERS_OWN = ['customFields.planexpo_order_id', 'company', 'position'];

/**
 * One participant per e-mail in an event (settled question 14): the dossier that created it owns its fields, others
 * are linked to it and write nothing. Without a usable e-mail the participant is not sent, unless the sync says so (15).
 */
export async function applyParticipant(step: ParticipantStep): Promise<StepResult> {
  const { context, input, candidate, mapped } = step;
  if (mapped.participant.kind === 'none' || candidate.contactKey === null) return NOTHING;
  if (mapped.participant.email === null) {
    await tell(step, ReasonCode.noEmail, {});
    if (context.policies.participantWithoutEmail === 'skip') return NOTHING;
  }
  const items = await itemsOfRecords(context.pool, context.slug, [input.recordId]);
  const key = candidate.contactKey;
  const answered = answerAboutExisting(items, key);
  if (answered?.decision === 'leave-alone') return NOTHING;
  const { email, fields } = mapped.participant;
  await followCorrectedEmail(step, key, email);
  const result = await syncEntity(context, {
    kind: 'participant',
    entity: 'registered',
    sourceKey: key,
    recordId: input.recordId,
    runId: input.runId,
    desired: fields,
    ownerRecord: input.recordId,
    contactId: candidate.dossier?.bookingContact?.contactId ?? null,
    lookUp: () =>
      email === null
        ? context.target.findParticipantsByOrderIds([input.recordId], callContext())
        : context.target.findParticipantsByEmails([email], callContext()),
    lookedUpByPlan: 'unknown',
    mayTakeOver: (link) => takesOver(context, input.recordId, link),
    adopt: answered?.decision === 'adopt' ? 'auto' : context.policies.adoptParticipants,
    approved: step.approved,
  });
  const isLinked = ['created', 'updated', 'unchanged'].includes(result.kind);
  if (answered !== null && isLinked) await resolveItem(context.pool, answered.id);
  const done = await participantResult(step, key, result);
  const participantId = participantOf(result);
  if (done.kind === 'stopped' || participantId === null || step.approved?.every((c) => c.kind !== 'team'))
    return done;
  return { ...done, writes: done.writes + (await joinTeam(context, input, participantId)) };
}

/** The participant that stands for this contact now, whoever owns it. */
function participantOf(result: EntityResult): string | null {
  if (result.kind === 'owned-by-another') return result.link.state === 'active' ? result.link.targetId : null;
  return 'writes' in result ? result.targetId : null;
}

async function participantResult(
  step: ParticipantStep,
  key: string,
  result: EntityResult,
): Promise<StepResult> {
  const { context, input } = step;
  switch (result.kind) {
    case 'created':
    case 'updated':
    case 'unchanged':
      return { kind: 'done', created: false, writes: result.writes };
    case 'owned-by-another':
      return shareWith(step, result.link);
    case 'gone':
      await setLinkState(
        context.pool,
        { sync: context.slug, kind: 'participant', sourceKey: key },
        'target-deleted',
      );
      return ask(step, ReasonCode.participantDeleted, { key });
    case 'ambiguous':
      return ask(step, ReasonCode.ambiguousTarget, { ids: result.ids, key });
    case 'ask-adopt':
      // the partner is in step; only the participant waits for the answer
      await openItem(context.pool, context.slug, input.runId, {
        recordId: input.recordId,
        reason: ReasonCode.participantExists,
        place: `participant.${result.targetId}`, // another contact is another question
        detail: { id: result.targetId, key },
        severity: 'action',
      });
      return NOTHING;
    case 'changed-since-plan':
      return { kind: 'stopped', outcome: 'refused', reason: ReasonCode.changedSincePlan, writes: 0 };
  }
}

async function ask(
  step: ParticipantStep,
  reason: ReasonCode,
  detail: Record<string, unknown>,
): Promise<StepResult> {
  const { context, input } = step;
  await openItem(context.pool, context.slug, input.runId, {
    recordId: input.recordId,
    reason,
    place: 'participant',
    detail,
    severity: 'action',
  });
  return { kind: 'stopped', outcome: 'held', reason, writes: 0 };
}

/** Lets the link follow a corrected e-mail, unless someone else in the event has the new address already. */
async function followCorrectedEmail(step: ParticipantStep, key: string, email: string | null): Promise<void> {
  const { context, candidate } = step;
  if (email === null) return;
  const owned = await correctedLink(context, candidate, email);
  if (owned === null) return;
  if ((await context.target.findParticipantsByEmails([email], callContext())).length > 0) return;
  await renameLink(context.pool, context.slug, owned.sourceKey, key);
}

/** Another dossier owns the participant: nothing is written, and data that differs is told once. */
async function shareWith(step: ParticipantStep, link: Link): Promise<StepResult> {
  const fields = step.mapped.participant.kind === 'send' ? step.mapped.participant.fields : {};
  if (link.state !== 'active') return NOTHING;
  const differing = Object.entries(fields)
    .filter(
      ([field, value]) =>
        !OWNERS_OWN.includes(field) &&
        link.base[field] !== undefined &&
        !sameValue(link.base[field].sent, value),
    )
    .map(([field]) => field);
  if (differing.length > 0)
    await tell(step, ReasonCode.sharedEmailDiffers, { owner: link.ownerRecord, fields: differing });
  return NOTHING;
}

async function tell(
  step: ParticipantStep,
  reason: ReasonCode,
  detail: Record<string, unknown>,
): Promise<void> {
  const { context, input } = step;
  await openItem(context.pool, context.slug, input.runId, {
    recordId: input.recordId,
    reason,
    detail,
    severity: 'info',
  });
}
