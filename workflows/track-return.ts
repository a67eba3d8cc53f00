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
    ended = await onePass(input);
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
  const { editId, approved } = prepared;
  const hold = async (obstacle: { reason: string; detail: Record<string, unknown> }): Promise<Ended> => {
    const { message } = await localOffers.holdReturn({ sync, editId, recordId, ...obstacle });
    return { outcome: 'held', message };
  };
  try {
    const obstacle = await bringHome({ sync, editId, approved });
    if (obstacle !== null) return await hold(obstacle);
  } catch (error) {
    if (isCancellation(error)) throw error;
    const failure = rootFailure(error);
    if (failure?.type === 'AccessLost') throw error;
    const { status, code, operation } = failure === null ? {} : failureDetail(failure);
    return await hold({
      reason: 'track-return-held',
      detail: { why: failure?.type ?? 'timed out', status, code, operation },
    });
  }
  // the next publication must hold it before Cirkwi imports again, or the drawing would be undone there
  await offerActivities(DEFAULT_RETRY).nudgeRecord({ pair: 'pivot-cirkwi', sync, recordId });
  return { outcome: 'returned', message: null };
}

async function bringHome(step: { sync: string; editId: number; approved: boolean }) {
  const { sync, editId } = step;
  const pivot = pivotActivities(DEFAULT_RETRY);
  const obstacle = await politely(() =>
    pivot.checkReturn.executeWithOptions({ summary: 'look at the offer as it is now' }, [step]),
  );
  if (obstacle !== null) return obstacle;
  await politely(() =>
    pivot.sendTrack.executeWithOptions({ summary: 'send the track to PIVOT' }, [{ sync, editId }]),
  );
  await politely(() =>
    pivot.linkTrack.executeWithOptions({ summary: 'put it in place of the old one' }, [{ sync, editId }]),
  );
  return politely(() =>
    pivot.confirmReturn.executeWithOptions({ summary: 'see that the offer is still publishable' }, [
      { sync, editId },
    ]),
  );
}
