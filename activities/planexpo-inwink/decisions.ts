import { type AttentionItem, getItem, reopenItem, resolveItem } from '../../db/attention';
import { writeAudit } from '../../db/audit';
import { acceptField, claim, type LinkKind, removeLink, resumeField, saveLink } from '../../db/links';
import { inTransaction } from '../../db/pool';
import { candidatesById, markDue } from '../../db/staging';
import { ReasonCode } from '../../mappings/planexpo-inwink/reasons';
import type { FindContext, SyncContext } from './context';
import { callContext } from './sync-entity';

/** Putting a person's decision into effect; the pass that follows does the work. */
export function createDecisionActivities(find: FindContext) {
  return {
    /** Applies the decision noted on an attention item. Doing it twice changes nothing more. */
    async applyDecision(input: { sync: string; itemId: number }): Promise<{ applied: boolean }> {
      const context = find(input.sync);
      const item = await getItem(context.pool, input.itemId);
      if (item === null || item.state !== 'decided' || item.record_id === null) return { applied: false };
      const key = await keyOf(context, item, item.record_id);
      switch (item.decision) {
        case 'recreate':
          await inTransaction(context.pool, async (tx) => {
            await removeLink(tx, key);
            await resolveItem(tx, item.id);
            await audit(tx, context, item, key);
          });
          return { applied: true };
        case 'relink':
          return relink(context, item, key);
        case 'resume':
        case 'accept':
          await unpause(context, item);
          return { applied: true };
        case 'retry':
        case 'acknowledge':
          await resolveItem(context.pool, item.id);
          return { applied: true };
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

async function keyOf(context: SyncContext, item: AttentionItem, recordId: string): Promise<Key> {
  const ofParticipant = item.reason === ReasonCode.participantDeleted || item.place.startsWith('participant');
  if (!ofParticipant) return { sync: context.slug, kind: 'partner', sourceKey: recordId };
  const [candidate] = await candidatesById(context.pool, context.slug, [recordId]);
  return {
    sync: context.slug,
    kind: 'participant',
    sourceKey: candidate?.contactKey ?? `dossier:${recordId}`,
  };
}

/** The person named an Inwink record: it must exist, and belong to no other dossier. */
async function relink(context: SyncContext, item: AttentionItem, key: Key): Promise<{ applied: boolean }> {
  const targetId = item.argument ?? '';
  const entity =
    targetId === ''
      ? null
      : await context.target.get(
          key.kind === 'partner' ? 'exhibitor' : 'registered',
          targetId,
          callContext(),
        );
  if (entity === null) {
    await reopenItem(context.pool, item.id, { refusedId: targetId });
    return { applied: false };
  }
  const held = await claim(context.pool, key, context.settle);
  await inTransaction(context.pool, async (tx) => {
    await removeLink(tx, key);
    await saveLink(tx, held, {
      targetId,
      origin: 'relinked',
      ownerRecord: item.record_id,
      contactId: null,
      base: {},
      pausedFields: [],
    });
    await resolveItem(tx, item.id);
    await audit(tx, context, item, key);
  });
  return { applied: true };
}

/** `accept` keeps what the target made of the value; `resume` forgets it, so that the value is sent once more. */
async function unpause(context: SyncContext, item: AttentionItem): Promise<void> {
  const [kind, ...path] = item.place.split('.');
  const field = path.join('.');
  const recordId = item.record_id ?? '';
  const key = await keyOf(context, item, recordId);
  const entity = { ...key, kind: kind === 'participant' ? ('participant' as const) : ('partner' as const) };
  await inTransaction(context.pool, async (tx) => {
    if (item.decision === 'resume') await resumeField(tx, entity, field);
    else await acceptField(tx, entity, field);
    await markDue(tx, context.slug, recordId);
    await resolveItem(tx, item.id);
    await audit(tx, context, item, key);
  });
}

async function audit(
  tx: Parameters<typeof writeAudit>[0],
  context: SyncContext,
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
