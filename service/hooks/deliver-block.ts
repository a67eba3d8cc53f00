import { signalRecord } from '../../activities/signals';
import { markDelivered, type PutOff, putOff, takeAnnouncements, type WaitingRecord } from '../../db/hooks';
import { type SignalFailure, signalFailure } from './signal-failure';
import type { DeliveryParts } from './start-delivery';

const BLOCK = 1_000;
const IN_FLIGHT = 20;
const SIGNAL_WITHIN_MS = 5_000;
/** Longer than a block takes even when every signal comes to its time limit. */
const LEASE_MS = (BLOCK / IN_FLIGHT) * SIGNAL_WITHIN_MS + 30_000;
const FIRST_PAUSE_MS = 1_000;
/** For a record whose signal Temporal refuses, which somebody has to put right. */
const LONGEST_OWN_PAUSE_MS = 300_000;

/** How long to wait after so many failures in a row: a second, doubled each time. */
export function backoff(failures: number, longestMs: number): number {
  return Math.min(longestMs, FIRST_PAUSE_MS * 2 ** Math.min(failures - 1, 20));
}

export interface BlockEnd {
  /** Why nothing more can be delivered for now; null when all goes well. */
  away: string | null;
  /** More waits than was taken. */
  isMore: boolean;
}

/**
 * Tells of one block of announcements: one signal for each record, however many of them are about it. When Temporal is
 * away, what was not told is due again after `pauseMs`. Never rejects.
 */
export async function deliverBlock(
  parts: DeliveryParts,
  stopping: AbortSignal,
  pauseMs: number,
): Promise<BlockEnd> {
  const { pool, configuration } = parts;
  try {
    const records = await takeAnnouncements(pool, {
      syncs: Object.keys(configuration.syncs),
      most: BLOCK,
      leaseMs: LEASE_MS,
    });
    const { delivered, late, away } = await signalAll(parts, records, stopping, pauseMs);
    await markDelivered(pool, delivered);
    await putOff(pool, late);
    const taken = records.reduce((sum, { hookIds }) => sum + hookIds.length, 0);
    return { away, isMore: taken >= BLOCK };
  } catch {
    // what was told but not marked is told once more when its lease ends: a look that finds nothing to do
    return { away: 'database-away', isMore: false };
  }
}

async function signalAll(
  parts: DeliveryParts,
  records: readonly WaitingRecord[],
  stopping: AbortSignal,
  pauseMs: number,
): Promise<{ delivered: number[]; late: PutOff[]; away: string | null }> {
  const delivered: number[] = [];
  const late: PutOff[] = [];
  let away: string | null = null;
  const queue = records.values();

  const lane = async () => {
    for (const record of queue) {
      const { hookIds, attempts } = record;
      if (away !== null || stopping.aborted) {
        late.push({ hookIds, waitMs: away === null ? 0 : pauseMs, problem: away ?? 'stopped' });
        continue;
      }
      const failure = await tell(parts, record);
      if (failure === null) delivered.push(...hookIds);
      else if (failure.concerns === 'everything') {
        away = failure.code;
        late.push({ hookIds, waitMs: pauseMs, problem: failure.code });
      } else late.push({ hookIds, waitMs: backoff(attempts, LONGEST_OWN_PAUSE_MS), problem: failure.code });
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  return { delivered, late, away };
}

async function tell(
  { configuration, connection, client }: DeliveryParts,
  { sync, recordId, signal, version }: WaitingRecord,
): Promise<SignalFailure | null> {
  const pair = configuration.syncs[sync]?.pair;
  if (pair === undefined) return { concerns: 'record', code: 'sync-not-configured' };
  const hint = version === null ? undefined : { version };
  return connection
    .withDeadline(Date.now() + SIGNAL_WITHIN_MS, () =>
      signalRecord(client.workflow, { pair, sync, recordId }, signal, hint),
    )
    .then(() => null, signalFailure);
}
