import { rowOf, stageCrm, stageReplies } from '../../db/crm-records';
import type { Queryable } from '../../db/pool';
import type { CrmRecord } from '../../mappings/weavy-webmecanik/crm-record';
import { matchKeyOf } from '../../mappings/weavy-webmecanik/match-key';
import type { WeavyWebmecanikContext } from './context';

/** Stages records as they were read: those that changed become due. */
export async function stage(
  db: Queryable,
  context: WeavyWebmecanikContext,
  runId: number | null,
  records: readonly CrmRecord[],
): Promise<{ changed: number }> {
  return stageCrm(
    db,
    context.slug,
    runId,
    records.map((record) => rowOf(record, matchKeyOf(record, context.mapping))),
  );
}

/** Stages what the replies of our own writes show. */
export async function stageOwn(
  db: Queryable,
  context: WeavyWebmecanikContext,
  runId: number | null,
  records: readonly CrmRecord[],
): Promise<void> {
  await stageReplies(
    db,
    context.slug,
    runId,
    records.map((record) => rowOf(record, matchKeyOf(record, context.mapping))),
  );
}
