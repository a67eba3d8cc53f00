import {
  ApplicationFailure,
  setCurrentDetails,
  setHandler,
  sleep,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import {
  decide,
  type RecordInput,
  type RecordReport,
  recordChanged,
  recordValidated,
  retry,
} from './messages';
import { outcomeAttribute } from './names';
import { passOffer } from './pivot-cirkwi/one-pass';
import { passCouple } from './weavy-webmecanik/one-pass';

/** Signals that come in a burst are answered by one pass: the first waits this long for the others. */
const GATHER_MS = 100;

/** Brings one flat record in step outside any run: reads it, and writes or publishes what comes of it. */
export async function record(input: RecordInput): Promise<RecordReport> {
  let asked = true;
  const ask = () => {
    asked = true;
  };
  for (const signal of [recordValidated, recordChanged]) setHandler(signal, ask);
  setHandler(retry, ask);
  setHandler(decide, ask);
  const { label, onePass } = input.pair === 'weavy-webmecanik' ? CRM_RECORD : OFFER;
  let pass: RecordPass = { outcome: 'skipped', reason: null, message: null };
  let passes = 0;
  while (asked) {
    await sleep(GATHER_MS, { summary: 'gathering signals' });
    asked = false;
    pass = await onePass(input);
    passes += 1;
  }
  const { outcome, reason, message } = pass;
  upsertSearchAttributes([{ key: outcomeAttribute, value: outcome }]);
  setCurrentDetails(`${label} ${input.recordId}: **${outcome}**${message === null ? '' : `\n\n${message}`}`);
  if (outcome === 'held' || outcome === 'refused')
    throw ApplicationFailure.nonRetryable(message ?? `${outcome}: ${reason}`, 'NeedsAttention', {
      outcome,
      reason,
    });
  return { outcome, reason, passes };
}

interface RecordPass {
  outcome: string;
  reason: string | null;
  message: string | null;
}

const OFFER = { label: 'Offer', onePass: passOffer };
const CRM_RECORD = { label: 'Record', onePass: passCouple };
