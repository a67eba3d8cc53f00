import type { WorkflowClient } from '@temporalio/client';
import { signalRecord } from '../activities/signals';
import { itemsOfRecords, resolveItem } from '../db/attention';
import { type AuditEntry, writeAudit } from '../db/audit';
import { type Couple, saveCouples } from '../db/couples';
import { coupleOf } from '../db/crm-reading';
import { inTransaction } from '../db/pool';
import { recordsNotInStep } from '../db/reading';
import { markDue } from '../db/staging';
import { CrmReason } from '../mappings/weavy-webmecanik/reasons';
import type { OperationContext } from './context';
import { findRecord } from './find-record';
import { syncOf } from './syncs';

/** Records told at a time: each is a call to Temporal, and a workflow that begins. */
const BATCH = 20;

/** As audits name it. */
const RETRY = 'retry';

export interface Retried {
  /** By the id that its workflow goes by: of a couple, Mautic's record where there is one. */
  record: string;
  /** A decision to stop, or to unlink, was taken back. */
  resumed: boolean;
}

/** Another pass over a record now, in its own workflow. `id` is any name that `findRecord` takes. */
export async function retryRecord(context: OperationContext, slug: string, id: string): Promise<Retried> {
  syncOf(context.configuration, slug);
  const found = await findRecord(context.pool, slug, id);
  const couple = await coupleOf(context.pool, slug, found.recordId);
  const linked = [couple?.mauticRecord, couple?.weavyRecord].flatMap((record) => record ?? []);
  // items, plans and workflows name a couple by its Mautic record where there is one
  const recordId = linked[0] ?? found.recordId;
  const workflows = (await context.temporal()).workflow;
  const isUnlinked = couple !== null && (await takeBackUnlink(context, slug, couple));
  const isStopped = await takeBackStop(context, slug, couple === null ? [recordId] : linked);
  const resumed = isUnlinked || isStopped;
  await readAgain(context, workflows, slug, recordId);
  return { record: recordId, resumed };
}

/** The same for every record that is held, refused or waiting. Answers how many there are. */
export async function retryAll(context: OperationContext, slug: string): Promise<number> {
  syncOf(context.configuration, slug);
  let retried = 0;
  let after = '';
  for (;;) {
    const ids = await recordsNotInStep(context.pool, slug, after, BATCH);
    const last = ids.at(-1);
    if (last === undefined) return retried;
    const workflows = (await context.temporal()).workflow;
    await Promise.all(ids.map((id) => readAgain(context, workflows, slug, id)));
    retried += ids.length;
    after = last;
  }
}

async function readAgain(
  { configuration, pool, actor }: OperationContext,
  workflows: WorkflowClient,
  slug: string,
  recordId: string,
): Promise<void> {
  await inTransaction(pool, async (tx) => {
    await markDue(tx, slug, recordId);
    await writeAudit(tx, noteOf(slug, actor, { recordId, kind: 'record', changes: [] }));
  });
  const { pair } = syncOf(configuration, slug);
  await signalRecord(workflows, { pair, sync: slug, recordId }, 'retry');
}

function noteOf(
  sync: string,
  actor: string,
  { recordId, kind, changes }: Pick<AuditEntry, 'recordId' | 'kind' | 'changes'>,
): AuditEntry {
  const outside = { runId: null, targetId: null };
  return { sync, recordId, kind, ...outside, operation: 'decision', changes, rule: RETRY, actor };
}

/** The link that a person gave up stands again, and with it the question what is to become of it. */
async function takeBackUnlink(
  { pool, actor }: OperationContext,
  slug: string,
  couple: Couple,
): Promise<boolean> {
  if (couple.state !== 'stopped') return false;
  await inTransaction(pool, async (tx) => {
    await saveCouples(tx, [{ id: couple.id, turn: null, state: 'orphaned' }]);
    const recordId = couple.mauticRecord ?? couple.weavyRecord;
    const changes = [{ field: CrmReason.counterpartDeleted, before: 'unlink', after: null, rule: RETRY }];
    await writeAudit(tx, noteOf(slug, actor, { recordId, kind: 'attention', changes }));
  });
  return true;
}

/** A record that a person stopped is out of reach of every pass until the person who retries it says otherwise. */
async function takeBackStop(
  { pool, actor }: OperationContext,
  slug: string,
  recordIds: string[],
): Promise<boolean> {
  const stopped = (await itemsOfRecords(pool, slug, recordIds)).filter(
    (item) => item.state === 'decided' && item.decision === 'stop',
  );
  if (stopped.length === 0) return false;
  await inTransaction(pool, async (tx) => {
    for (const item of stopped) {
      await resolveItem(tx, item.id);
      const changes = [{ field: item.reason, before: 'stop', after: null, rule: RETRY }];
      await writeAudit(tx, noteOf(slug, actor, { recordId: item.record_id, kind: 'attention', changes }));
    }
  });
  return true;
}
