import {
  ApplicationFailure,
  isCancellation,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { DEFAULT_RETRY } from './activity-options';
import { decide, retry, type TrackReturnInput, type TrackReturnReport } from './messages';
import { outcomeAttribute } from './names';
import { localOffers, offerActivities, pivotActivities } from './pivot-cirkwi/activities';
import { politely } from './politely';
import { failureDetail, rootFailure } from './root-failure';

type Ended = { outcome: TrackReturnReport['outcome']; message: string | null };

/** Failures that nobody but a person can mend. Any other means that a platform is away: the next look tries again. */
const LASTING = ['RefusedRecord', 'Missing', 'Defect', 'TargetTaken'];

/**
 * What becomes of a track that somebody edited in Cirkwi: home into PIVOT, offered to a person, or kept. It never waits
 * for a person: an answer starts it again under the same id, and finds the edit where it was left.
 */
export async function trackReturn(input: TrackReturnInput): Promise<TrackReturnReport> {
  let asked = true;
  const ask = () => {
    asked = true;
  };
  setHandler(decide, ask);
  setHandler(retry, ask);
  let ended: Ended = { outcome: 'nothing', message: null };
  while (asked) {
    asked = false;
    const pass = await onePass(input);
    if (pass.outcome === 'nothing') continue;
    ended = pass;
    // a newer drawing may have been kept meanwhile
    if (pass.outcome === 'returned' || pass.outcome === 'declined') asked = true;
  }
  const { outcome, message } = ended;
  upsertSearchAttributes([{ key: outcomeAttribute, value: outcome }]);
  setCurrentDetails(`Track of ${input.recordId}: **${outcome}**${message === null ? '' : `\n\n${message}`}`);
  if (outcome === 'held')
    throw ApplicationFailure.nonRetryable(message ?? 'held', 'NeedsAttention', { outcome });
  return { outcome };
}

async function onePass(input: TrackReturnInput): Promise<Ended> {
  const { sync, recordId } = input;
  const prepared = await localOffers.prepareReturn({ sync, recordId });
  if (prepared.kind === 'ended') return prepared;
  const { editId } = prepared;
  const hold = async (
    obstacle: { reason: string; detail: Record<string, unknown> },
    state: 'held' | 'returning' = 'held',
  ): Promise<Ended> => {
    const { message } = await localOffers.holdReturn({ sync, editId, recordId, ...obstacle, state });
    return { outcome: 'held', message };
  };
  try {
    if (prepared.kind === 'decline') return await declined(sync, editId, prepared.wasBegun);
    const obstacle = await bringHome({ sync, editId, approved: prepared.approved });
    if (obstacle !== null) return await hold(obstacle);
  } catch (error) {
    if (isCancellation(error)) throw error;
    const failure = rootFailure(error);
    if (failure?.type === 'AccessLost') throw error;
    const { status, code, operation } = failure === null ? {} : failureDetail(failure);
    const detail = { why: failure?.type ?? 'timed out', status, code, operation };
    const isLasting = LASTING.includes(failure?.type ?? '');
    return await hold({ reason: 'track-return-held', detail }, isLasting ? 'held' : 'returning');
  }
  // the next publication must hold it before Cirkwi imports again, or the drawing would be undone there
  await offerActivities(DEFAULT_RETRY).nudgeRecord({ pair: 'pivot-cirkwi', sync, recordId });
  return { outcome: 'returned', message: null };
}

async function declined(sync: string, editId: number, wasBegun: boolean): Promise<Ended> {
  if (wasBegun)
    await politely(() =>
      pivotActivities(DEFAULT_RETRY).undoReturn.executeWithOptions({ summary: 'put the old track back' }, [
        { sync, editId },
      ]),
    );
  await localOffers.declineReturn({ sync, editId });
  return { outcome: 'declined', message: null };
}

async function bringHome(step: { sync: string; editId: number; approved: boolean }) {
  const pivot = pivotActivities(DEFAULT_RETRY);
  const steps = [
    [pivot.checkReturn, 'look at the offer as it is now'],
    [pivot.sendTrack, 'send the track to PIVOT'],
    [pivot.linkTrack, 'put it in place of the old one'],
    [pivot.confirmReturn, 'see that the offer is still publishable'],
  ] as const;
  for (const [activity, summary] of steps) {
    const obstacle = await politely(() => activity.executeWithOptions({ summary }, [step]));
    if (obstacle !== null) return obstacle;
  }
  return null;
}
