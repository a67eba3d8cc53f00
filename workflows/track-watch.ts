import { continueAsNew, setCurrentDetails } from '@temporalio/workflow';
import type { RetrySettings, TrackWatchInput, TrackWatchReport } from './messages';
import { cirkwiActivities, localOffers } from './pivot-cirkwi/activities';
import { startReturns } from './pivot-cirkwi/start-returns';
import { politely } from './politely';
import { historyIsLong } from './run-frame';

/** Whoever waits for a look waits for a minute: one that has failed ends within it, and a next one begins. */
const WATCH_RETRY: RetrySettings = {
  initialIntervalMs: 1_000,
  maximumIntervalMs: 5_000,
  maximumAttempts: 12,
};

/**
 * One look at what was changed in Cirkwi since the last one: every edited track is kept before anything else can happen
 * to it, and its way back begins. Whoever serves the feed awaits this before Cirkwi may overwrite a drawing.
 */
export async function trackWatch(input: TrackWatchInput): Promise<TrackWatchReport> {
  const { sync } = input;
  const at: NonNullable<TrackWatchInput['carried']> = input.carried ?? {
    first: 0,
    edits: 0,
    startedAt: Date.now(),
  };
  const cirkwi = cirkwiActivities(WATCH_RETRY);
  for (let next: number | null = at.first; next !== null; ) {
    const first: number = next;
    setCurrentDetails(
      `**${sync}**: looking at circuits changed in Cirkwi, from ${first}; ${at.edits} edited tracks so far`,
    );
    const { startedAt, since } = at;
    const page = await politely(() =>
      cirkwi.lookAtCirkwi.executeWithOptions({ summary: `look at circuits from ${first}` }, [
        {
          ...{ sync, runId: null, kind: 'circuit', scope: 'changes', first, startedAt },
          ...(since === undefined ? {} : { since }),
        },
      ]),
    );
    at.edits += page.edits;
    at.since = page.since;
    next = page.next;
    if (next !== null && historyIsLong())
      await continueAsNew<typeof trackWatch>({ ...input, carried: { ...at, first: next } });
  }
  const { records } = await localOffers.closeWatch({ sync, startedAt: at.startedAt });
  await startReturns(sync, records);
  setCurrentDetails(`**${sync}**: ${at.edits} newly edited tracks`);
  return { edits: at.edits };
}
