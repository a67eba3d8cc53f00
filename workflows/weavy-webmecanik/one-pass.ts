import { isCancellation, setCurrentDetails } from '@temporalio/workflow';
import { DEFAULT_RETRY } from '../activity-options';
import type { RecordInput } from '../messages';
import { politely } from '../politely';
import { rootFailure } from '../root-failure';
import { localCouples, mauticActivities, sideActivities } from './activities';
import { readOne } from './read-one';

export interface CouplePassReport {
  outcome: string;
  reason: string | null;
  message: string | null;
}

/** How often a record that a platform gave no answer for is written again; each time it is looked up first. */
const TRIES = 4;

/** One record and its counterpart outside any run: both read, judged, and written where they differ. */
export async function passCouple({ sync, recordId, fromRun }: RecordInput): Promise<CouplePassReport> {
  const retry = fromRun?.retry ?? DEFAULT_RETRY;
  const runId = fromRun?.runId ?? null;
  setCurrentDetails(`Reading ${recordId} and its counterpart`);
  const problem = await readBoth({ sync, recordId, runId }, retry);
  if (problem !== null) {
    await localCouples.giveUp({ sync, runId, recordId, answer: problem });
    return localCouples.standingOf({ sync, recordId });
  }
  const judged = await localCouples.judgeRecord({ sync, runId, recordId });
  if (judged.sides.length === 0) return judged;
  for (const side of judged.sides) {
    setCurrentDetails(`Writing ${recordId} to ${side}`);
    const answer = await writeSide(side, { sync, recordId: judged.recordId, runId }, retry);
    if (answer === null) continue;
    await localCouples.giveUp({ sync, runId, recordId: judged.recordId, answer });
    break;
  }
  return localCouples.standingOf({ sync, recordId: judged.recordId });
}

/** Null when both sides were read; else why no answer was had. */
async function readBoth(
  { sync, recordId, runId }: { sync: string; recordId: string; runId: number | null },
  retry: typeof DEFAULT_RETRY,
): Promise<string | null> {
  try {
    await readOne(sync, recordId, retry);
    await politely(() =>
      mauticActivities(retry).followGone.executeWithOptions(
        { summary: 'follow merged and deleted records' },
        [{ sync, runId }],
      ),
    );
    return null;
  } catch (error) {
    return answerOf(error);
  }
}

/** Null when it was written, or settled otherwise; else why no answer was had. */
async function writeSide(
  side: 'weavy' | 'mautic',
  input: { sync: string; recordId: string; runId: number | null },
  retry: typeof DEFAULT_RETRY,
): Promise<string | null> {
  try {
    for (let tried = 0; tried < TRIES; tried += 1) {
      const { failed } = await politely(() =>
        sideActivities(side, retry).writeCouple.executeWithOptions({ summary: `write to ${side}` }, [input]),
      );
      if (failed.length === 0) return null;
    }
    return `${side} gave no usable answer, however often it was tried`;
  } catch (error) {
    return answerOf(error);
  }
}

/** What a person is told; what concerns more than one record is thrown on. */
function answerOf(error: unknown): string {
  const failure = rootFailure(error);
  if (isCancellation(error) || failure?.type === 'AccessLost') throw error;
  return failure?.message ?? 'the platform gave no answer in its time';
}
