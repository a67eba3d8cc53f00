import type { Client } from '@temporalio/client';
import { placeOf } from '../db/runs';
import type { RunProgress } from '../workflows/messages';
import type { OperationContext } from './context';

const ANSWER_WITHIN_MS = 5_000;

/**
 * How far the run is that holds the sync's place, whoever started it. Null when there is none, and when nobody answers
 * in time: no worker may be there just now, and the run goes on when one is back.
 */
export async function runProgress(context: OperationContext, slug: string): Promise<RunProgress | null> {
  const place = await placeOf(context.pool, slug);
  if (place === null) return null;
  const client = await context.temporal().catch(() => null);
  return client === null ? null : askProgress(client, client.workflow.getHandle(place.workflow_id));
}

/** Asks one run. Null when it does not answer in time, or before `ended`. */
export async function askProgress(
  client: Client,
  handle: { query: (name: string) => Promise<unknown> },
  ended?: AbortSignal,
): Promise<RunProgress | null> {
  const inTime = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const signal = ended === undefined ? inTime : AbortSignal.any([ended, inTime]);
  const progress = await client.withAbortSignal(signal, () => handle.query('progress')).catch(() => null);
  return progress as RunProgress | null; // the query's declared type
}
