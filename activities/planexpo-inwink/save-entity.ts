import { openItem } from '../../db/attention';
import { type AuditEntry, writeAudit } from '../../db/audit';
import { type Claim, type Link, saveLink } from '../../db/links';
import { inTransaction, type Queryable } from '../../db/pool';
import { canonicalHash } from '../../mappings/canonical-hash';
import { type AlteredField, compareReply } from '../../mappings/diff-fields';
import type { Change, Fields } from '../../mappings/fields';
import { agreedBase } from '../../mappings/planexpo-inwink/assess-entity';
import { ReasonCode } from '../../mappings/planexpo-inwink/reasons';
import type { InwinkEntity } from '../../platforms/inwink/client';
import type { PlanexpoInwinkContext } from './context';
import type { EntityJob } from './sync-entity';

/** What is sent, and what it changes. */
export interface Write {
  changes: Change[];
  patch: Fields;
}

/** The reply of a write is what counts: it becomes the base, and what the platform altered is reported (settled question 3). */
export async function saveWrite(
  context: PlanexpoInwinkContext,
  job: EntityJob,
  link: Link | null,
  held: Claim,
  write: Write & { operation: 'create' | 'update'; origin: Link['origin'] },
  reply: InwinkEntity,
): Promise<void> {
  const compared = compareReply({ sent: write.patch, reply: reply.fields, base: link?.base ?? {} });
  const repeated = compared.altered.filter((field) => field.repeated).map((field) => field.field);
  await inTransaction(context.pool, async (tx) => {
    await saveLink(tx, held, {
      targetId: reply.id,
      origin: write.origin,
      ownerRecord: job.ownerRecord,
      contactId: job.contactId,
      base: agreedBase(job.desired, reply.fields, compared.base),
      pausedFields: [...new Set([...(link?.pausedFields ?? []), ...repeated])],
    });
    await writeAudit(tx, auditOf(context, job, reply.id, write.operation, write.changes));
    for (const altered of compared.altered) await reportAltered(tx, context, job, altered);
  });
}

async function reportAltered(
  tx: Queryable,
  context: PlanexpoInwinkContext,
  job: EntityJob,
  altered: AlteredField,
): Promise<void> {
  await openItem(tx, context.slug, job.runId, {
    recordId: job.recordId,
    reason: altered.repeated ? ReasonCode.fieldAlteredTwice : ReasonCode.fieldAltered,
    place: `${job.kind}.${altered.field}`,
    detail: { field: altered.field, sent: altered.sent, stored: altered.stored },
    severity: altered.repeated ? 'action' : 'info',
  });
}

/** Nothing was written: the link and what both sides agree on are noted, when that is news. */
export async function saveAgreement(
  context: PlanexpoInwinkContext,
  job: EntityJob,
  link: Link | null,
  held: Claim,
  target: { id: string; fields: Fields },
  act: { operation: AuditEntry['operation'] | null; changes: Change[] },
): Promise<void> {
  const base = agreedBase(job.desired, target.fields, link?.base ?? {});
  const sameOwner = link?.ownerRecord === job.ownerRecord && link.contactId === job.contactId;
  if (link !== null && sameOwner && canonicalHash(base) === canonicalHash(link.base)) return;
  await inTransaction(context.pool, async (tx) => {
    await saveLink(tx, held, {
      targetId: target.id,
      origin: link?.origin ?? (act.operation === 'create' ? 'created' : 'adopted'),
      ownerRecord: job.ownerRecord,
      contactId: job.contactId,
      base,
      pausedFields: link?.pausedFields ?? [],
    });
    if (act.operation !== null) await writeAudit(tx, auditOf(context, job, target.id, act.operation, []));
  });
}

function auditOf(
  context: PlanexpoInwinkContext,
  job: EntityJob,
  targetId: string,
  operation: AuditEntry['operation'],
  changes: Change[],
): AuditEntry {
  return {
    sync: context.slug,
    runId: job.runId,
    recordId: job.recordId,
    kind: job.kind,
    targetId,
    operation,
    changes,
    rule: operation,
  };
}
