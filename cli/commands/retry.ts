import type { WorkflowClient } from '@temporalio/client';
import type { Command } from 'commander';
import { signalRecord } from '../../activities/signals';
import { itemsOfRecords, resolveItem } from '../../db/attention';
import { writeAudit } from '../../db/audit';
import { type Couple, saveCouples } from '../../db/couples';
import { coupleOf } from '../../db/crm-reading';
import { inTransaction } from '../../db/pool';
import { recordsNotInStep } from '../../db/reading';
import { markDue } from '../../db/staging';
import { CrmReason } from '../../mappings/weavy-webmecanik/reasons';
import type { OperationContext } from '../../operations/context';
import { findRecord } from '../../operations/find-record';
import { recordWords } from '../../operations/record-words';
import { syncOf } from '../../operations/syncs';
import { answer, COLON } from '../answer';
import { withCommonOptions } from '../common-options';
import { type CommonOptions, withContext } from '../context';

/** Records told at a time: each is a call to Temporal, and a workflow that begins. */
const BATCH = 20;

/** `passerelle retry SYNC [RECORD]`: another pass now, over one record or over all that did not get through. */
export function retryCommand(program: Command): void {
  const command = program
    .command('retry')
    .argument('<sync>', 'name of the sync in the configuration')
    .argument(
      '[record]',
      'private or public id, code, or kind and id such as contact/81; without it, every record that is held, refused or waiting',
    )
    .description('look at records again now; for one record this also takes back a decision to stop');
  withCommonOptions(
    command,
    'retry salon-2027',
    'retry salon-2027 4711',
    'retry itineraires ITB-0A-0012-3F1C',
    'retry crm-acme contact/81',
  ).action((slug: string, id: string | undefined, options: CommonOptions) =>
    withContext(options, async (context) => {
      const { language, pair } = syncOf(context.configuration, slug);
      const words = recordWords(pair, language);
      if (id === undefined) {
        const retried = await retryAll(context, slug);
        answer(options, { sync: slug, retried }, () =>
          retried === 0 ? words.noneStuck : `${words.readAgain}${COLON[language]}${retried}`,
        );
        return;
      }
      const found = await findRecord(context.pool, slug, id);
      const couple = await coupleOf(context.pool, slug, found.recordId);
      const linked = [couple?.mauticRecord, couple?.weavyRecord].flatMap((record) => record ?? []);
      // items, plans and workflows name a couple by its Mautic record where there is one
      const recordId = linked[0] ?? found.recordId;
      const workflows = (await context.temporal()).workflow;
      const isUnlinked = couple !== null && (await takeBackUnlink(context, slug, couple));
      const isStopped = await takeBackStop(context, slug, couple === null ? [recordId] : linked);
      const resumed = isUnlinked || isStopped;
      await retryRecord(context, workflows, slug, recordId);
      answer(options, { sync: slug, record: recordId, retried: 1, resumed }, () =>
        [...(resumed ? [words.resumed] : []), `${words.readAgain}${COLON[language]}${recordId}`].join('\n'),
      );
    }),
  );
}

async function retryAll(context: OperationContext, slug: string): Promise<number> {
  let retried = 0;
  let after = '';
  for (;;) {
    const ids = await recordsNotInStep(context.pool, slug, after, BATCH);
    const last = ids.at(-1);
    if (last === undefined) return retried;
    const workflows = (await context.temporal()).workflow;
    await Promise.all(ids.map((id) => retryRecord(context, workflows, slug, id)));
    retried += ids.length;
    after = last;
  }
}

async function retryRecord(
  context: OperationContext,
  workflows: WorkflowClient,
  slug: string,
  recordId: string,
): Promise<void> {
  await markDue(context.pool, slug, recordId);
  const { pair } = syncOf(context.configuration, slug);
  await signalRecord(workflows, { pair, sync: slug, recordId }, 'retry');
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
    await writeAudit(tx, {
      sync: slug,
      runId: null,
      recordId: couple.mauticRecord ?? couple.weavyRecord,
      kind: 'attention',
      targetId: null,
      operation: 'decision',
      changes: [{ field: CrmReason.counterpartDeleted, before: 'unlink', after: null, rule: 'retry' }],
      rule: 'retry',
      actor,
    });
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
      await writeAudit(tx, {
        sync: slug,
        runId: null,
        recordId: item.record_id,
        kind: 'attention',
        targetId: null,
        operation: 'decision',
        changes: [{ field: item.reason, before: 'stop', after: null, rule: 'retry' }],
        rule: 'retry',
        actor,
      });
    }
  });
  return true;
}
