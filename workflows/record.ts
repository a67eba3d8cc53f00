import {
  ApplicationFailure,
  setCurrentDetails,
  setHandler,
  sleep,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { OfferPass } from '../activities/pivot-cirkwi/one-offer';
import { DEFAULT_RETRY } from './activity-options';
import {
  decide,
  type RecordInput,
  type RecordReport,
  recordChanged,
  recordValidated,
  retry,
} from './messages';
import { outcomeAttribute } from './names';
import { cirkwiActivities, localOffers, pivotActivities, publishing } from './pivot-cirkwi/activities';
import { politely } from './politely';

/** Signals that come in a burst are answered by one pass: the first waits this long for the others. */
const GATHER_MS = 100;

/** Brings one flat record in step outside any run: reads it, and publishes what comes of it. */
export async function record(input: RecordInput): Promise<RecordReport> {
  let asked = true;
  const ask = () => {
    asked = true;
  };
  for (const signal of [recordValidated, recordChanged]) setHandler(signal, ask);
  setHandler(retry, ask);
  setHandler(decide, ask);
  let pass: OfferPass = { outcome: 'skipped', reason: null, inLine: false, message: null, delivery: 'feed' };
  let passes = 0;
  while (asked) {
    await sleep(GATHER_MS, { summary: 'gathering signals' });
    asked = false;
    pass = await onePass(input);
    passes += 1;
  }
  const { outcome, reason, message } = pass;
  upsertSearchAttributes([{ key: outcomeAttribute, value: outcome }]);
  setCurrentDetails(`Offer ${input.recordId}: **${outcome}**${message === null ? '' : `\n\n${message}`}`);
  if (outcome === 'held' || outcome === 'refused')
    throw ApplicationFailure.nonRetryable(message ?? `${outcome}: ${reason}`, 'NeedsAttention', {
      outcome,
      reason,
    });
  return { outcome, reason, passes };
}

async function onePass({ sync, recordId }: RecordInput): Promise<OfferPass> {
  const pivot = pivotActivities(DEFAULT_RETRY);
  setCurrentDetails(`Reading offer ${recordId} from PIVOT`);
  const read = await politely(() =>
    pivot.readOffer.executeWithOptions({ summary: `read offer ${recordId}` }, [
      { sync, recordId, runId: null },
    ]),
  );
  const code = read.code ?? recordId; // as PIVOT writes it
  await politely(() =>
    pivot.fetchTracks.executeWithOptions({ summary: 'fetch its track' }, [
      { sync, runId: null, scope: 'due', after: '', only: [code] },
    ]),
  );
  const pass = await localOffers.passOffer({ sync, recordId: code });
  if (!pass.inLine) return pass;
  if (pass.delivery === 'push')
    await politely(() => cirkwiActivities(DEFAULT_RETRY).pushObjects({ sync, after: '', only: code }));
  else await politely(() => publishing(DEFAULT_RETRY).publishFeed({ sync, runId: null }));
  return pass;
}
