import {
  ApplicationFailure,
  isCancellation,
  setCurrentDetails,
  setHandler,
  sleep,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { StepInput, StepResult } from '../activities/planexpo-inwink/apply';
import type { Prepared } from '../activities/planexpo-inwink/dossier';
import { DEFAULT_RETRY, main } from './activity-options';
import {
  type DossierInput,
  type DossierReport,
  decide,
  type RetrySettings,
  recordChanged,
  recordValidated,
  retry,
} from './messages';
import { outcomeAttribute } from './names';
import { inwinkActivities, localDossiers, planexpoActivities } from './planexpo-inwink/activities';
import { politely } from './politely';
import { failureDetail, rootFailure } from './root-failure';

/** Signals that come in a burst are answered by one pass: the first waits this long for the others. */
const GATHER_MS = 100;

/** Asked for a look whatever the version, and for none at all. */
const ANY = Number.POSITIVE_INFINITY;
const NONE = Number.NEGATIVE_INFINITY;

interface Own {
  /** The newest version that somebody asked for since the last read began. */
  askedFor: number;
  /** Version the last pass read: a signal that names it, or an older one, brings nothing new. */
  readVersion: number | null;
  writes: number;
  passes: number;
}

interface Ended {
  outcome: 'created' | 'updated' | 'unchanged' | 'withdrawn' | 'skipped' | 'waiting' | 'held' | 'refused';
  reason: string | null;
  message: string | null;
}

/** Brings one dossier in step: reads it when a signal asked, then partner, participant and products. */
export async function dossier(input: DossierInput): Promise<DossierReport> {
  const own: Own = {
    askedFor: input.fromRun === undefined ? ANY : NONE,
    readVersion: null,
    writes: 0,
    passes: 0,
  };
  const ask = (hint?: { version?: number | undefined }) => {
    // other languages send null for what they do not know
    const version = typeof hint?.version === 'number' ? hint.version : ANY;
    own.askedFor = Math.max(own.askedFor, version);
  };
  const isAsked = () => own.askedFor > (own.readVersion ?? NONE);
  setHandler(recordValidated, ask);
  setHandler(recordChanged, ask);
  setHandler(retry, () => ask());
  // which item was answered is in Postgres: each pass begins with what people decided
  setHandler(decide, () => ask());

  let ended: Ended;
  do {
    const reads = isAsked();
    if (reads) await sleep(GATHER_MS, { summary: 'gathering signals' });
    own.askedFor = NONE; // from here on: a version that comes during the read is known when the read brings it
    if (reads) await readAgain(input, own);
    // what a signal asks for goes beyond the plan that a run may be applying
    const planRun = reads ? null : (input.fromRun?.planRun ?? null);
    ended = await onePass(input, planRun, own);
    own.passes += 1;
    if (!isAsked()) await nudgeChildren(input, ended);
  } while (isAsked()); // also what came during the last of it: from here to the end nothing is awaited

  upsertSearchAttributes([{ key: outcomeAttribute, value: ended.outcome }]);
  const { outcome, reason } = ended;
  if (outcome === 'held' || outcome === 'refused') {
    // red in the Temporal UI, with the reason in plain words; the state of the record is in Postgres
    throw ApplicationFailure.nonRetryable(ended.message ?? `${outcome}: ${reason}`, 'NeedsAttention', {
      outcome,
      reason,
      writes: own.writes,
    });
  }
  return { outcome, reason, writes: own.writes, passes: own.passes };
}

async function readAgain(input: DossierInput, own: Own): Promise<void> {
  const planexpo = planexpoActivities(DEFAULT_RETRY);
  setCurrentDetails(`Reading dossier ${input.recordId} from Planexpo`);
  const read = await politely(() =>
    planexpo.readDossier.executeWithOptions({ summary: `read dossier ${input.recordId}` }, [
      { sync: input.sync, recordId: input.recordId, runId: null },
    ]),
  );
  own.readVersion = read.version;
}

async function onePass(input: DossierInput, planRun: number | null, own: Own): Promise<Ended> {
  const scope = {
    sync: input.sync,
    recordId: input.recordId,
    runId: input.fromRun?.runId ?? null,
    planRun,
  };
  const retrySettings = input.fromRun?.retry ?? DEFAULT_RETRY;
  const prepared = await prepare(scope, retrySettings);
  let result: Stepped;
  try {
    result = await steps(scope, prepared, own, retrySettings);
  } catch (error) {
    result = explain(error);
  }
  const { message } = await localDossiers.settleDossier({
    sync: scope.sync,
    recordId: scope.recordId,
    runId: scope.runId,
    outcome: result.outcome,
    reason: result.reason,
    writes: own.writes,
    dueMark: prepared.dueMark,
    mappedHash: prepared.kind === 'sync' ? prepared.mappedHash : null,
    startedAt: prepared.startedAt,
    lookAgain: result.lookAgain === true,
    ...(result.evidence === undefined ? {} : { evidence: result.evidence }),
  });
  setCurrentDetails(
    `Dossier ${input.recordId}: **${result.outcome}**${message === null ? '' : `\n\n${message}`}`,
  );
  return { outcome: result.outcome, reason: result.reason, message };
}

/** What is to be done, after everything that people decided about the dossier was put into effect. */
async function prepare(
  scope: StepInput,
  retrySettings: RetrySettings,
): Promise<Exclude<Prepared, { kind: 'decide' }>> {
  const inwink = inwinkActivities(retrySettings);
  for (;;) {
    const prepared = await localDossiers.prepareDossier(scope);
    if (prepared.kind !== 'decide') return prepared;
    for (const itemId of prepared.itemIds) {
      await politely(() =>
        inwink.applyDecision.executeWithOptions({ summary: `decision on item ${itemId}` }, [
          { sync: scope.sync, itemId },
        ]),
      );
    }
  }
}

interface Stepped extends Omit<Ended, 'message'> {
  lookAgain?: boolean;
  evidence?: Record<string, unknown>;
}

/** The writes in their order: the partner first, because products and team belong to it. */
async function steps(
  scope: StepInput,
  prepared: Exclude<Prepared, { kind: 'decide' }>,
  own: Own,
  retrySettings: RetrySettings,
): Promise<Stepped> {
  if (prepared.kind === 'settled') return { outcome: prepared.outcome, reason: prepared.reason };
  const inwink = inwinkActivities(retrySettings);
  const before = own.writes;
  const step = async (
    name: 'applyPartner' | 'applyParticipant' | 'applyProducts' | 'withdrawPartner',
    what: string,
  ): Promise<StepResult> => {
    setCurrentDetails(`Dossier ${scope.recordId}: ${what}`);
    const done = await politely(() =>
      inwink[name].executeWithOptions({ summary: `${what} of dossier ${scope.recordId}` }, [scope]),
    );
    own.writes += done.writes;
    return done;
  };

  if (prepared.kind === 'withdraw') {
    const withdrawn = await step('withdrawPartner', 'withdrawal');
    if (withdrawn.kind === 'stopped') return withdrawn;
    return { outcome: withdrawn.writes > 0 ? 'withdrawn' : 'unchanged', reason: prepared.reason };
  }
  const partner = await step('applyPartner', 'partner');
  if (partner.kind === 'stopped') return partner;
  const rest: Array<Promise<StepResult>> = [];
  if (prepared.withParticipant) rest.push(step('applyParticipant', 'participant'));
  if (prepared.withProducts) rest.push(step('applyProducts', 'products'));
  const ends = await Promise.allSettled(rest); // both end before the pass does, also when one fails
  for (const end of ends) {
    if (end.status === 'rejected') throw end.reason;
    if (end.value.kind === 'stopped') return end.value;
  }
  const done = [partner, ...ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []))];
  const lookAgain = done.some((each) => each.kind === 'done' && each.inDoubt === true);
  if (partner.created) return { outcome: 'created', reason: null, lookAgain };
  return { outcome: own.writes > before ? 'updated' : 'unchanged', reason: null, lookAgain };
}

/** What a failed step means for the record. Lost access concerns everyone and is passed on. */
function explain(error: unknown): Stepped {
  if (isCancellation(error)) throw error;
  const failure = rootFailure(error);
  if (failure?.type === 'AccessLost') throw error;
  if (failure === null)
    return { outcome: 'refused', reason: 'target-failing', evidence: { failure: 'timed out' } };
  const { status, code, fields, operation, platform } = failureDetail(failure);
  const evidence = { failure: failure.type, status, code, fields, operation, platform };
  if (failure.type === 'RefusedRecord') return { outcome: 'refused', reason: 'target-refused', evidence };
  if (failure.type === 'TargetTaken') return { outcome: 'held', reason: 'ambiguous-target', evidence };
  return { outcome: 'refused', reason: 'target-failing', evidence };
}

/** An exhibitor that came into step lets its waiting co-exhibitors go on; in a run they follow by themselves. */
async function nudgeChildren(input: DossierInput, ended: Ended): Promise<void> {
  if (input.fromRun !== undefined || !['created', 'updated', 'unchanged'].includes(ended.outcome)) return;
  const recordIds = await localDossiers.childrenToNudge({ sync: input.sync, recordId: input.recordId });
  if (recordIds.length > 0) await main.nudgeDossiers({ sync: input.sync, recordIds });
}
