import type { CallContext } from '../budget';
import { abortError, type CallName } from '../classify';
import { FailureKind, PlatformFailure } from '../failure';
import { type MauticAccount, request } from './account';
import { judgeReply, notShown, type Sent } from './batch-judge';
import { inBlocks } from './blocks';
import type { BatchResult } from './client';
import { batchSchema, readRecord, singleSchema } from './contract';
import { mauticRules } from './rules';

/** One writing call: a single record, or a batch. `body` is the record, or the list of records. */
export interface Write {
  method: 'POST' | 'PATCH';
  path: string[];
  sent: Sent;
  body: unknown;
}

/** One result for each record of the write, in order; null as in `judgeReply`. Throws what concerns the call as a whole. */
export async function send(
  account: MauticAccount,
  write: Write,
  call?: CallContext,
): Promise<Array<BatchResult | null>> {
  return Array.isArray(write.body)
    ? sendBatch(account, write, call)
    : [await sendSingle(account, write, call)];
}

async function sendBatch(account: MauticAccount, write: Write, call?: CallContext) {
  const { object } = write.sent;
  const reply = await request(account, object, { ...wire(write), schema: batchSchema(object) }, call);
  const results = judgeReply(write.sent, reply);
  // the object as a whole is closed to us, which a batch says once for each record
  const denials = results.map((result) => (result?.kind === 'failed' ? result.failure : null));
  const [first] = denials;
  if (first && denials.every((failure) => failure?.kind === FailureKind.accessLost)) throw first;
  return results;
}

async function sendSingle(
  account: MauticAccount,
  write: Write,
  call?: CallContext,
): Promise<BatchResult | null> {
  const { object } = write.sent;
  try {
    const stored = await request(account, object, { ...wire(write), schema: singleSchema(object) }, call);
    const read = readRecord(object, stored, null);
    return read.kind === 'record' ? { kind: 'stored', record: read.record } : null;
  } catch (error) {
    if (error instanceof PlatformFailure && ABOUT_THE_RECORD.has(error.kind))
      return { kind: 'failed', failure: error };
    throw error;
  }
}

const ABOUT_THE_RECORD = new Set<FailureKind>([
  FailureKind.refusedRecord,
  FailureKind.missing,
  FailureKind.conflict,
]);

function wire(write: Write) {
  return {
    method: write.method,
    path: write.path,
    route: routeOf(write.sent.name),
    body: { json: write.body },
    repeatable: write.sent.name.repeatable,
  };
}

function routeOf(name: CallName): string {
  return name.operation.slice(name.operation.indexOf(' ') + 1);
}

/**
 * Completes a write with a look-up of the records that its reply did not show. Whatever goes wrong in that look-up, the
 * records of the reply are stored, so it is told of the others only.
 */
export async function completed(
  name: CallName,
  results: ReadonlyArray<BatchResult | null>,
  lookUp: (places: number[]) => Promise<(place: number) => BatchResult | null>,
): Promise<BatchResult[]> {
  const places = [...results.keys()].filter((at) => results[at] === null);
  const lost: BatchResult = { kind: 'failed', failure: notShown(name) };
  let found: (place: number) => BatchResult | null = () => null;
  if (places.length > 0) {
    try {
      found = await lookUp(places);
    } catch (error) {
      if (!(error instanceof PlatformFailure)) throw afterSending(name, error);
    }
  }
  return results.map((result, at) => result ?? found(at) ?? lost);
}

/**
 * Sends a list in batches that the instance takes, one after the other. A problem of the first call is thrown. One of a
 * later call is the result of its records and of those after it, because what went before is stored.
 */
export async function inBatches<Item>(
  account: MauticAccount,
  name: CallName,
  items: readonly Item[],
  sendOne: (batch: Item[]) => Promise<BatchResult[]>,
): Promise<BatchResult[]> {
  const most = {
    count: Math.min(account.batchSize, mauticRules.maxBatch),
    length: mauticRules.maxBodyLength,
  };
  const results: BatchResult[] = [];
  for (const batch of inBlocks(items, most, (item) => JSON.stringify(item).length)) {
    try {
      results.push(...(await sendOne(batch)));
    } catch (error) {
      if (results.length === 0) throw error;
      if (!(error instanceof PlatformFailure)) throw afterSending(name, error);
      const rest = items.slice(results.length).map((): BatchResult => ({ kind: 'failed', failure: error }));
      return [...results, ...rest];
    }
  }
  return results;
}

/** An abort after something was stored must say so, as one under way does. */
function afterSending(name: CallName, error: unknown): unknown {
  return error instanceof Error && error.name === 'AbortError' ? abortError(name, 'sent') : error;
}
