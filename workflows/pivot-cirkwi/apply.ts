import { isCancellation } from '@temporalio/workflow';
import type { CarriedRun, SyncRunInput } from '../messages';
import { politely } from '../politely';
import { rootFailure } from '../root-failure';
import { historyIsLong, mayGoOn, RunEnds, show } from '../run-frame';
import { cirkwiActivities, localOffers, offerActivities, pivotActivities, publishing } from './activities';
import { startReturns } from './start-returns';

/** The steps that follow a plan, in order; `run.depth` is where a long run goes on after a new history. */
const STEPS = [lineUpObjects, lineUpWithdrawals, publish, lookAtCircuits, lookAtPois, closeLook];
/** From here on Cirkwi is only read: what it shows of earlier publications. */
const FIRST_LOOK = STEPS.indexOf(lookAtCircuits);

type End = 'done' | 'paused-for-history';

export async function apply(input: SyncRunInput, run: CarriedRun): Promise<End> {
  for (; run.depth < STEPS.length; run.depth += 1, run.after = '') {
    const step = STEPS[run.depth];
    if (step === undefined) break;
    await mayGoOn(run);
    const end = run.depth < FIRST_LOOK ? await step(input, run) : await looked(step, input, run);
    if (end === 'paused-for-history') return end;
  }
  return 'done';
}

async function lineUpObjects(input: SyncRunInput, run: CarriedRun): Promise<End> {
  const offers = offerActivities(run.settings.retry);
  return pages(input, run, (page) =>
    offers.lineUpObjects.executeWithOptions({ summary: 'put objects in line' }, [page]),
  );
}

async function lineUpWithdrawals(input: SyncRunInput, run: CarriedRun): Promise<End> {
  const pivot = pivotActivities(run.settings.retry);
  return pages(input, run, (page) =>
    politely(() =>
      pivot.lineUpWithdrawals.executeWithOptions({ summary: 'read once more what is to be withdrawn' }, [
        page,
      ]),
    ),
  );
}

interface Page {
  sync: string;
  runId: number;
  planRun: number | null;
  after: string;
}

async function pages(
  input: SyncRunInput,
  run: CarriedRun,
  apply: (page: Page) => Promise<{ after: string | null; done: number; outcomes: Record<string, number> }>,
): Promise<End> {
  for (;;) {
    await mayGoOn(run);
    const { after } = run;
    const page = await apply({
      sync: input.sync,
      runId: run.runId,
      planRun: input.planRun ?? null,
      after,
    });
    run.progress.applied += page.done;
    for (const [outcome, n] of Object.entries(page.outcomes))
      run.progress.outcomes[outcome] = (run.progress.outcomes[outcome] ?? 0) + n;
    show(input, run);
    if (page.after === null) return 'done';
    run.after = page.after;
    if (historyIsLong()) return 'paused-for-history';
  }
}

/** The swap of the feed, or one call per object where that is the delivery. */
async function publish(input: SyncRunInput, run: CarriedRun): Promise<End> {
  const { sync } = input;
  const { runId, settings } = run;
  if (settings.delivery === 'push') {
    const cirkwi = cirkwiActivities(settings.retry);
    for (let after: string | null = run.after; after !== null; ) {
      await mayGoOn(run);
      const from: string = after;
      const page = await politely(() =>
        cirkwi.pushObjects.executeWithOptions({ summary: 'push objects' }, [{ sync, after: from }]),
      );
      after = page.after;
    }
    return 'done';
  }
  await politely(() =>
    publishing(settings.retry).publishFeed.executeWithOptions({ summary: 'publish the feed' }, [
      { sync, runId },
    ]),
  );
  return 'done';
}

/** A look that fails takes nothing back from what was published: it is told, and done again by the next run. */
async function looked(step: (typeof STEPS)[number], input: SyncRunInput, run: CarriedRun): Promise<End> {
  if (run.depth === FIRST_LOOK) {
    const { sync } = input;
    const isDue = run.settings.full || (await localOffers.hasToConfirm({ sync }));
    if (input.only !== undefined || !isDue) {
      run.depth = STEPS.length;
      return 'done';
    }
    run.progress.phase = 'confirm';
    show(input, run);
    run.lookingSince ??= Date.now();
  }
  try {
    return await step(input, run);
  } catch (error) {
    if (isCancellation(error) || error instanceof RunEnds) throw error;
    const failure = rootFailure(error);
    if (failure?.type === 'AccessLost') throw error;
    await localOffers.tellLookFailed({
      sync: input.sync,
      runId: run.runId,
      failure: failure?.type ?? 'timed out',
    });
    run.depth = STEPS.length;
    return 'done';
  }
}

function lookAtCircuits(input: SyncRunInput, run: CarriedRun): Promise<End> {
  return lookAt('circuit', input, run);
}

function lookAtPois(input: SyncRunInput, run: CarriedRun): Promise<End> {
  return lookAt('poi', input, run);
}

async function lookAt(kind: 'circuit' | 'poi', input: SyncRunInput, run: CarriedRun): Promise<End> {
  const cirkwi = cirkwiActivities(run.settings.retry);
  for (;;) {
    await mayGoOn(run);
    const first = Number(run.after === '' ? 0 : run.after);
    const look = {
      sync: input.sync,
      runId: run.runId,
      kind,
      scope: 'all' as const,
      first,
      startedAt: run.lookingSince ?? Date.now(),
    };
    const page = await politely(() =>
      cirkwi.lookAtCirkwi.executeWithOptions({ summary: `look at ${kind}s from ${first}` }, [look]),
    );
    if (page.next === null) return 'done';
    run.after = String(page.next);
    if (historyIsLong()) return 'paused-for-history';
  }
}

async function closeLook(input: SyncRunInput, run: CarriedRun): Promise<End> {
  const { sync } = input;
  const startedAt = run.lookingSince ?? Date.now();
  await politely(() =>
    cirkwiActivities(run.settings.retry).closeLook.executeWithOptions({ summary: 'close the look' }, [
      { sync, runId: run.runId, startedAt },
    ]),
  );
  const { records } = await localOffers.closeWatch({ sync, startedAt });
  await startReturns(sync, records);
  return 'done';
}
