import { itemsOfRecords, openItem } from '../../db/attention';
import { dossiersOfContact, ownedParticipant } from '../../db/contacts';
import { findLink, type Link, renameLink, setLinkState } from '../../db/links';
import type { PlannedChange } from '../../db/plans';
import type { Candidate } from '../../db/staging';
import { sameValue } from '../../mappings/diff-fields';
import { ReasonCode } from '../../mappings/planexpo-inwink/reasons';
import type { StepInput, StepResult } from './apply';
import type { Mapped, SyncContext } from './context';
import { callContext, type EntityResult, syncEntity } from './sync-entity';

export interface ParticipantStep {
  context: SyncContext;
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
  const answer = await answerAboutExisting(step);
  if (answer === 'leave-alone') return NOTHING;

  const key = candidate.contactKey;
  await followCorrectedEmail(step, key);

  const { email, fields } = mapped.participant;
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
    mayTakeOver: (link) => takesOver(step, link),
    adopt: answer === 'adopt' ? 'auto' : context.policies.adoptParticipants,
    approved: step.approved,
  });
  return participantResult(step, key, result);
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
      return ask(step, ReasonCode.participantDeleted, {});
    case 'ambiguous':
      return ask(step, ReasonCode.ambiguousTarget, { ids: result.ids, kind: 'participant' });
    case 'ask-adopt':
      // the partner is in step; only the participant waits for the answer
      await openItem(context.pool, context.slug, input.runId, {
        recordId: input.recordId,
        reason: ReasonCode.participantExists,
        detail: { id: result.targetId },
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

/** What a person answered when a participant with this e-mail was there before us. */
async function answerAboutExisting(step: ParticipantStep): Promise<string | null> {
  const { context, input } = step;
  const items = await itemsOfRecords(context.pool, context.slug, [input.recordId]);
  return (
    items.find((item) => item.reason === ReasonCode.participantExists && item.state === 'decided')
      ?.decision ?? null
  );
}

/**
 * The same contact (Planexpo's contact id) with another e-mail is a correction: the participant we made keeps its id
 * and gets the new address. Another person in the dossier's place becomes a participant of their own.
 */
async function followCorrectedEmail(step: ParticipantStep, key: string): Promise<void> {
  const { context, input, candidate } = step;
  const contactId = candidate.dossier?.bookingContact?.contactId ?? null;
  if (contactId === null) return;
  const owned = await ownedParticipant(context.pool, context.slug, input.recordId, contactId);
  if (owned === null || owned.sourceKey === key || owned.state !== 'active') return;
  const others = await dossiersOfContact(context.pool, context.slug, owned.sourceKey);
  if (others.length > 0 || (await findLink(context.pool, context.slug, 'participant', key)) !== null) return;
  const email = step.mapped.participant.kind === 'send' ? step.mapped.participant.email : null;
  // someone else in the event has the new address already: that participant is taken, this one left alone
  if (email === null || (await context.target.findParticipantsByEmails([email], callContext())).length > 0)
    return;
  await renameLink(context.pool, context.slug, owned.sourceKey, key);
}

/** The owner writes; when it no longer has this contact, the earliest validated dossier that does takes over. */
async function takesOver(step: ParticipantStep, link: Link): Promise<boolean> {
  const { context, input } = step;
  const dossiers = await dossiersOfContact(context.pool, context.slug, link.sourceKey);
  if (link.ownerRecord !== null && dossiers.includes(link.ownerRecord)) return false;
  return dossiers[0] === input.recordId;
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
