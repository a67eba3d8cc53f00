import { Context } from '@temporalio/activity';
import { assertLatestTurns, noteLostCreates, type Turn } from '../../db/couples';
import { Superseded } from '../../db/links';
import type { Fields } from '../../mappings/fields';
import type { CrmRecord, Side } from '../../mappings/weavy-webmecanik/crm-record';
import { foldKey, keyFieldOf, matchKeyOf } from '../../mappings/weavy-webmecanik/match-key';
import { FailureKind, PlatformFailure } from '../../platforms/failure';
import { callContext } from '../call-context';
import { inFlight } from '../in-flight';
import type { WeavyWebmecanikContext } from './context';
import type { CouplePass } from './couple-pass';
import { blocksOf } from './look-before';

/** One record to write, and the right to do so. */
export interface WriteJob {
  pass: CouplePass;
  turn: Turn;
  operation: 'create' | 'update';
  /** Null for a create in Mautic, which numbers its records itself. */
  id: string | null;
  fields: Fields;
}

/** What became of a write. `busy`: a later attempt took over, nothing was sent. `taken`: our code stands for another record. */
export type WriteResult =
  | { kind: 'stored'; record: CrmRecord }
  | { kind: 'busy' }
  | { kind: 'taken'; id: string }
  | { kind: 'failed'; failure: PlatformFailure };

/**
 * Sends writes to one side, several at a time. Each record has a result of its own; only what concerns them all is thrown
 * once what was under way has ended: lost access, or a platform that asks us to wait.
 */
export async function sendWrites(
  context: WeavyWebmecanikContext,
  side: Side,
  jobs: readonly WriteJob[],
  onResults: (results: Array<{ job: WriteJob; result: WriteResult }>) => Promise<void>,
  beforeSend: (batch: readonly WriteJob[]) => Promise<void>,
): Promise<void> {
  const batches =
    side === 'weavy'
      ? blocksOf(jobs, 1)
      : (['create', 'update'] as const).flatMap((operation) =>
          (['company', 'contact'] as const).flatMap((object) =>
            blocksOf(
              jobs.filter((job) => job.operation === operation && job.pass.kinds.mautic === object),
              context.batchSize,
            ),
          ),
        );
  let ending: unknown = null;
  await inFlight(context.inFlight[side], batches, async (batch) => {
    if (ending !== null) return;
    try {
      await beforeSend(batch);
      const results =
        side === 'weavy' ? await sendToWeavy(context, batch) : await sendToMautic(context, batch);
      await onResults(batch.map((job, index) => ({ job, result: results[index] ?? lost(side) })));
    } catch (error) {
      if (!(error instanceof PlatformFailure) || endsAll(error)) ending ??= error;
      else await onResults(batch.map((job) => ({ job, result: { kind: 'failed', failure: error } })));
    }
    Context.current().heartbeat();
  });
  if (ending !== null) throw ending;
}

/** A right that is missing on one table concerns that table only. */
export function isMissingRight(failure: PlatformFailure): boolean {
  const { code, fields } = failure.detail;
  return failure.kind === FailureKind.accessLost && code !== 'api_disabled' && (fields?.length ?? 0) > 0;
}

function endsAll(failure: PlatformFailure): boolean {
  if (failure.kind === FailureKind.rateLimited) return true;
  return failure.kind === FailureKind.accessLost && !isMissingRight(failure);
}

async function sendToMautic(context: WeavyWebmecanikContext, batch: WriteJob[]): Promise<WriteResult[]> {
  const [first] = batch;
  if (first === undefined) return [];
  const turns = batch.map((job) => job.turn);
  const call = callContext(() => assertLatestTurns(context.pool, turns));
  const object = first.pass.kinds.mautic;
  try {
    const results =
      first.operation === 'create'
        ? await context.mautic.createMany(
            object,
            batch.map((job) => job.fields),
            call,
          )
        : await context.mautic.updateMany(
            object,
            batch.map((job) => ({ id: job.id ?? '', fields: job.fields })),
            call,
          );
    return results;
  } catch (error) {
    if (error instanceof Superseded) return batch.map(() => ({ kind: 'busy' }));
    if (first.operation === 'create') await noteLostCreates(context.pool, turns);
    throw error;
  }
}

async function sendToWeavy(context: WeavyWebmecanikContext, batch: WriteJob[]): Promise<WriteResult[]> {
  const [job] = batch;
  if (job === undefined) return [];
  try {
    return [
      job.operation === 'create' ? await createInWeavy(context, job) : await updateInWeavy(context, job),
    ];
  } catch (error) {
    if (error instanceof Superseded) return [{ kind: 'busy' }];
    if (job.operation === 'create') await noteLostCreates(context.pool, [job.turn]);
    throw error;
  }
}

async function updateInWeavy(context: WeavyWebmecanikContext, { pass, turn, id, fields }: WriteJob) {
  const call = callContext(() => assertLatestTurns(context.pool, [turn]));
  const record = await context.weavy.update(pass.kinds.weavy, id ?? '', fields, call);
  return { kind: 'stored' as const, record };
}

/** Codes tried when those before stand for deleted records, which keep their codes in weavy (assumed). */
const CODES = 5;

/** A repeated create meets the code of the first one: nothing is made twice. */
async function createInWeavy(context: WeavyWebmecanikContext, job: WriteJob): Promise<WriteResult> {
  const call = callContext(() => assertLatestTurns(context.pool, [job.turn]));
  const entity = job.pass.kinds.weavy;
  let id = job.id ?? '';
  for (let tried = 1; tried <= CODES; tried += 1, id = `${job.id ?? ''}-${tried}`) {
    try {
      return { kind: 'stored', record: await context.weavy.create(entity, id, job.fields, call) };
    } catch (error) {
      if (!(error instanceof PlatformFailure) || error.kind !== FailureKind.conflict) throw error;
      const record = await context.weavy.get(entity, id, callContext());
      if (record === null || record.deleted) continue;
      return isOurs(context, job, record) ? { kind: 'stored', record } : { kind: 'taken', id };
    }
  }
  return { kind: 'taken', id };
}

/** An earlier create of ours: it holds the same person or company, or what that attempt sent. */
function isOurs(context: WeavyWebmecanikContext, { pass }: WriteJob, record: CrmRecord): boolean {
  const held = matchKeyOf(record, context.mapping);
  const sent = pass.couple?.pending.weavy?.[keyFieldOf(record.kind, context.mapping)]?.sent;
  return (
    held !== null && (held === pass.mautic?.matchKey || (sent != null && held === foldKey(String(sent))))
  );
}

function lost(side: Side): WriteResult {
  return {
    kind: 'failed',
    failure: new PlatformFailure(
      FailureKind.defect,
      `${side} answered fewer results than records were sent.`,
      {
        platform: side,
        operation: 'batch',
      },
    ),
  };
}
