import { type AttentionItem, getItem, reopenItem, takeUpDecision } from '../../db/attention';
import { writeAudit } from '../../db/audit';
import { withEntityLock } from '../../db/entity-lock';
import {
  acceptField,
  claim,
  findLink,
  type LinkKind,
  removeLink,
  resumeField,
  saveLink,
  TargetTaken,
} from '../../db/links';
import { inTransaction } from '../../db/pool';
import { candidatesById, markDue } from '../../db/staging';
import { ReasonCode } from '../../mappings/planexpo-inwink/reasons';
import { FailureKind, PlatformFailure } from '../../platforms/failure';
import type { InwinkEntity } from '../../platforms/inwink/client';
import { callContext } from '../call-context';
import type { FindPlanexpoInwink, PlanexpoInwinkContext } from './context';

/** Putting a person's decision into effect; the pass that follows does the work. */
export function createDecisionActivities(find: FindPlanexpoInwink) {
  return {
    /**
     * Applies the decision noted on an attention item: afterwards it is closed, or open again with the reason why that
     * could not be done. Doing it twice changes nothing more.
     */
    async applyDecision(input: { sync: string; itemId: number }): Promise<{ applied: boolean }> {
      const context = find(input.sync);
      const item = await getItem(context.pool, input.itemId);
      if (item === null || item.state !== 'decided' || item.record_id === null) return { applied: false };
      const key = await keyOf(context, item, item.record_id);
      switch (item.decision) {
        case 'recreate':
          return inTransaction(context.pool, async (tx) => {
            if (!(await takeUpDecision(tx, item))) return { applied: false };
            await removeLink(tx, key);
            await audit(tx, context, item, key);
            return { applied: true };
          });
        case 'relink':
          return relink(context, item, key);
        case 'resume':
        case 'accept':
          return unpause(context, item, key, item.record_id);
        case 'retry':
        case 'acknowledge':
          return { applied: await takeUpDecision(context.pool, item) };
        default:
          // stop, keep, unpublish, adopt, leave-alone: the item itself says so to every later pass
          return { applied: true };
      }
    },
  };
}

interface Key {
  sync: string;
  kind: LinkKind;
  sourceKey: string;
}

/** Which link the item speaks of. The contact may have been replaced since: the item knows whom it meant. */
async function keyOf(context: PlanexpoInwinkContext, item: AttentionItem, recordId: string): Promise<Key> {
  const ofParticipant = item.reason === ReasonCode.participantDeleted || item.place.startsWith('participant');
  if (!ofParticipant) return { sync: context.slug, kind: 'partner', sourceKey: recordId };
  if (typeof item.detail.key === 'string')
    return { sync: context.slug, kind: 'participant', sourceKey: item.detail.key };
  const [candidate] = await candidatesById(context.pool, context.slug, [recordId]);
  return {
    sync: context.slug,
    kind: 'participant',
    sourceKey: candidate?.contactKey ?? `dossier:${recordId}`,
  };
}

/** The person named an Inwink record: it must exist, and belong to no other dossier. Else the item opens again. */
async function relink(
  context: PlanexpoInwinkContext,
  item: AttentionItem,
  key: Key,
): Promise<{ applied: boolean }> {
  const targetId = item.argument?.trim() ?? '';
  const refuse = async (why: string) => {
    await reopenItem(context.pool, item, { refusedId: targetId, refusedBecause: why });
    return { applied: false };
  };
  if ((await lookUp(context, key, targetId)) === null) return refuse('not-found');
  try {
    return await withEntityLock(context.pool, { sync: key.sync, kind: key.kind, key: key.sourceKey }, () =>
      linkAnew(context, item, key, targetId),
    );
  } catch (error) {
    if (error instanceof TargetTaken) return refuse('linked-to-another-record');
    throw error;
  }
}

/** Null for an id that Inwink does not have, and for one that cannot be an id. */
async function lookUp(
  context: PlanexpoInwinkContext,
  key: Key,
  targetId: string,
): Promise<InwinkEntity | null> {
  if (targetId === '') return null;
  try {
    return await context.target.get(
      key.kind === 'partner' ? 'exhibitor' : 'registered',
      targetId,
      callContext(),
    );
  } catch (error) {
    const impossible: string[] = [FailureKind.refusedRecord, FailureKind.defect];
    if (error instanceof PlatformFailure && impossible.includes(error.kind)) return null;
    throw error;
  }
}

async function linkAnew(
  context: PlanexpoInwinkContext,
  item: AttentionItem,
  key: Key,
  targetId: string,
): Promise<{ applied: boolean }> {
  const held = await claim(context.pool, key, context.settle);
  return inTransaction(context.pool, async (tx) => {
    if (!(await takeUpDecision(tx, item))) return { applied: false };
    await removeLink(tx, key);
    await saveLink(tx, held, {
      targetId,
      origin: 'relinked',
      ownerRecord: item.record_id,
      contactId: null,
      base: {},
      pausedFields: [],
    });
    await audit(tx, context, item, key);
    return { applied: true };
  });
}

/** `accept` keeps what the target holds for the field; `resume` forgets it, so that the value is sent once more. */
async function unpause(
  context: PlanexpoInwinkContext,
  item: AttentionItem,
  key: Key,
  recordId: string,
): Promise<{ applied: boolean }> {
  const field = item.place.split('.').slice(1).join('.');
  // people may have edited the field since it was paused: what they see now is what they accept
  const link =
    item.decision === 'accept' ? await findLink(context.pool, key.sync, key.kind, key.sourceKey) : null;
  const target = link === null ? null : await lookUp(context, key, link.targetId);
  return inTransaction(context.pool, async (tx) => {
    if (!(await takeUpDecision(tx, item))) return { applied: false };
    if (target === null) await resumeField(tx, key, field);
    else await acceptField(tx, key, field, target.fields[field] ?? null);
    await markDue(tx, context.slug, recordId);
    await audit(tx, context, item, key);
    return { applied: true };
  });
}

async function audit(
  tx: Parameters<typeof writeAudit>[0],
  context: PlanexpoInwinkContext,
  item: AttentionItem,
  key: Key,
): Promise<void> {
  await writeAudit(tx, {
    sync: context.slug,
    runId: null,
    recordId: item.record_id,
    kind: key.kind,
    targetId: item.argument,
    operation: item.decision === 'relink' ? 'relink' : 'decision',
    changes: [],
    rule: `decision.${item.decision}`,
    ...(item.decided_by === null ? {} : { actor: item.decided_by }),
  });
}
