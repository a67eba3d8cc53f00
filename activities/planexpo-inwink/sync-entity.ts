import { withEntityLock } from '../../db/entity-lock';
import {
  assertLatest,
  beginCreate,
  type Claim,
  claim,
  endCreateAttempt,
  findLink,
  type Link,
  type LinkKind,
  settleIntent,
  TargetTaken,
} from '../../db/links';
import type { PlannedChange } from '../../db/plans';
import type { Change, Fields } from '../../mappings/fields';
import { assessEntity } from '../../mappings/planexpo-inwink/assess-entity';
import { FailureKind, PlatformFailure } from '../../platforms/failure';
import type { EntityKind, InwinkEntity } from '../../platforms/inwink/client';
import { callContext } from '../call-context';
import { EngineFailure, waitFailure } from '../failures';
import type { PlanexpoInwinkContext } from './context';
import { saveAgreement, saveWrite, type Write } from './save-entity';

/** One partner or participant to bring in step. */
export interface EntityJob {
  kind: LinkKind;
  entity: EntityKind;
  sourceKey: string;
  recordId: string;
  runId: number | null;
  desired: Fields;
  ownerRecord: string | null;
  contactId: string | null;
  /** Everything on the target that carries our external reference. */
  lookUp: () => Promise<InwinkEntity[]>;
  /** A plan looked a moment ago and found nothing: a first attempt need not look again. */
  lookedUpByPlan: 'found-nothing' | 'unknown';
  /** Asked under the lock when another dossier owns the linked record; false leaves it to that one. */
  mayTakeOver: (link: Link) => Promise<boolean>;
  /** What to do with one that exists without a link. */
  adopt: 'auto' | 'ask';
  /** The approved changes of a plan that is applied later; null in an ordinary run. */
  approved: PlannedChange[] | null;
  /** What such a plan shows in place of the parent's id, which it could not know. */
  parentToCome?: string;
}

export type EntityResult =
  | {
      kind: 'created' | 'updated' | 'unchanged';
      targetId: string;
      writes: number;
      /** An earlier create had no clear end and was not found again: the next run looks whether it surfaced. */
      inDoubt?: boolean;
    }
  | { kind: 'gone' }
  | { kind: 'owned-by-another'; link: Link }
  | { kind: 'ambiguous'; ids: string[] }
  | { kind: 'ask-adopt'; targetId: string }
  | { kind: 'changed-since-plan' };

/**
 * Brings one entity in step and records it. Safe to run any number of times, from several workers: at most one target
 * record per source key (promise 1). Fails with IntentUnsettled while an earlier create may still surface.
 */
export async function syncEntity(context: PlanexpoInwinkContext, job: EntityJob): Promise<EntityResult> {
  const key = { sync: context.slug, kind: job.kind, key: job.sourceKey };
  return withEntityLock(context.pool, key, async () => {
    const link = await findLink(context.pool, context.slug, job.kind, job.sourceKey);
    if (link !== null && link.ownerRecord !== job.ownerRecord && !(await job.mayTakeOver(link))) {
      return { kind: 'owned-by-another', link };
    }
    if (link !== null && link.state !== 'active') return { kind: 'gone' };
    const held = await claim(
      context.pool,
      { sync: context.slug, kind: job.kind, sourceKey: job.sourceKey },
      context.settle,
    );
    const found = await lookAt(context, job, link, held);
    try {
      return await act(context, job, link, held, found);
    } catch (error) {
      // linked to another source record already: which of the two it belongs to is for a person to say
      if (error instanceof TargetTaken) return { kind: 'ambiguous', ids: [error.targetId] };
      throw error;
    }
  });
}

/** What the target holds. Nothing found while a create is unsettled is no answer yet. */
async function lookAt(
  context: PlanexpoInwinkContext,
  job: EntityJob,
  link: Link | null,
  held: Claim,
): Promise<InwinkEntity[]> {
  if (link !== null) {
    const entity = await context.target.get(job.entity, link.targetId, callContext());
    return entity === null ? [] : [entity];
  }
  if (job.lookedUpByPlan === 'found-nothing' && held.fence === 1) return [];
  const found = await job.lookUp();
  if (found.length === 0 && held.unsettledForMs !== null && held.unsettledForMs > 0) {
    throw waitFailure(
      EngineFailure.intentUnsettled,
      'an earlier create may have happened and may not be searchable yet: looking again before anything is created',
      held.unsettledForMs,
    );
  }
  return found;
}

async function act(
  context: PlanexpoInwinkContext,
  job: EntityJob,
  link: Link | null,
  held: Claim,
  found: InwinkEntity[],
): Promise<EntityResult> {
  const assessed = assessEntity({ desired: job.desired, link, found });
  switch (assessed.kind) {
    case 'gone':
      return { kind: 'gone' };
    case 'ambiguous':
      return { kind: 'ambiguous', ids: assessed.ids };
    case 'unchanged':
      await saveAgreement(context, job, link, held, assessed.target, { operation: null, changes: [] });
      return { kind: 'unchanged', targetId: assessed.target.id, writes: 0 };
    case 'create':
      if (!isApproved(job, assessed.changes)) return { kind: 'changed-since-plan' };
      return create(context, job, held, assessed);
    case 'adopt':
      // what an unsettled create of ours made is ours, not a stranger's
      if (job.adopt === 'ask' && held.unsettledForMs === null)
        return { kind: 'ask-adopt', targetId: assessed.target.id };
      if (!isApproved(job, assessed.changes)) return { kind: 'changed-since-plan' };
      return adopt(context, job, held, assessed);
    case 'update':
      if (!isApproved(job, assessed.changes)) return { kind: 'changed-since-plan' };
      return update(context, job, link, held, assessed);
  }
}

async function create(
  context: PlanexpoInwinkContext,
  job: EntityJob,
  held: Claim,
  write: Write,
): Promise<EntityResult> {
  let reply: InwinkEntity;
  try {
    reply = await context.target.create(
      job.entity,
      write.patch,
      callContext(() => beginCreate(context.pool, held)),
    );
  } catch (error) {
    return afterFailedCreate(context, job, held, error);
  }
  await saveWrite(context, job, null, held, { operation: 'create', origin: 'created', ...write }, reply);
  return { kind: 'created', targetId: reply.id, writes: 1, inDoubt: held.unsettledForMs !== null };
}

/** Only a clear answer settles the intent; after anything else the next attempt looks before it creates. */
async function afterFailedCreate(
  context: PlanexpoInwinkContext,
  job: EntityJob,
  held: Claim,
  error: unknown,
): Promise<EntityResult> {
  if (!(error instanceof PlatformFailure)) {
    await endCreateAttempt(context.pool, held);
    throw error;
  }
  if (error.kind === FailureKind.conflict) return afterConflict(context, job, held, error);
  const certainlyNotDone: string[] = [
    FailureKind.refusedRecord,
    FailureKind.rateLimited,
    FailureKind.accessLost,
    FailureKind.missing,
  ];
  if (certainlyNotDone.includes(error.kind)) await settleIntent(context.pool, held);
  else await endCreateAttempt(context.pool, held);
  throw error;
}

/** Something stands in the way of a create: ours is adopted, anything else is for a person (settled question 2). */
async function afterConflict(
  context: PlanexpoInwinkContext,
  job: EntityJob,
  held: Claim,
  error: PlatformFailure,
): Promise<EntityResult> {
  const { existingId } = error.detail;
  // this create did not happen; an earlier one may still have
  if (held.unsettledForMs === null) await settleIntent(context.pool, held);
  else await endCreateAttempt(context.pool, held);
  const found = await job.lookUp();
  if (found.length === 0 && existingId !== undefined) {
    const existing = await context.target.get(job.entity, existingId, callContext());
    // what stands in the way of a participant is its e-mail, by which we know it; the search may only be late
    if (existing !== null && job.kind === 'participant') found.push(existing);
  }
  if (found.length > 0) return act(context, job, null, held, found);
  return { kind: 'ambiguous', ids: existingId === undefined ? [] : [existingId] };
}

async function adopt(
  context: PlanexpoInwinkContext,
  job: EntityJob,
  held: Claim,
  found: Write & { target: { id: string; fields: Fields } },
): Promise<EntityResult> {
  const ours = held.unsettledForMs !== null;
  await saveAgreement(context, job, null, held, found.target, {
    operation: ours ? 'create' : 'adopt',
    changes: found.changes,
  });
  if (found.changes.length === 0)
    return { kind: ours ? 'created' : 'unchanged', targetId: found.target.id, writes: ours ? 1 : 0 };
  const link = await findLink(context.pool, context.slug, job.kind, job.sourceKey);
  const updated = await update(context, job, link, held, found);
  return ours && updated.kind === 'updated' ? { ...updated, kind: 'created' } : updated;
}

async function update(
  context: PlanexpoInwinkContext,
  job: EntityJob,
  link: Link | null,
  held: Claim,
  found: Write & { target: { id: string; fields: Fields } },
): Promise<EntityResult> {
  try {
    const reply = await context.target.update(
      job.entity,
      found.target.id,
      found.patch,
      callContext(() => assertLatest(context.pool, held)),
    );
    await saveWrite(
      context,
      job,
      link,
      held,
      { operation: 'update', origin: link?.origin ?? 'adopted', ...found },
      reply,
    );
    return { kind: 'updated', targetId: reply.id, writes: 1 };
  } catch (error) {
    if (error instanceof PlatformFailure && error.kind === FailureKind.missing) return { kind: 'gone' };
    throw error;
  }
}

/** A plan that is applied later allows exactly what it showed: the same fields, from the same values, to the same values. */
function isApproved(job: EntityJob, changes: Change[]): boolean {
  if (job.approved === null) return true;
  const approved = new Map(job.approved.filter((c) => c.kind === job.kind).map((c) => [c.field, c]));
  return changes.every((change) => {
    const planned = approved.get(change.field);
    if (planned === undefined || planned.before !== change.before) return false;
    return planned.after === change.after || planned.after === job.parentToCome;
  });
}
