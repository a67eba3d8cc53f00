import { isCancellation } from '@temporalio/workflow';
import { local } from '../activity-options';
import type { CarriedRun, SyncRunInput } from '../messages';
import { politely } from '../politely';
import { rootFailure } from '../root-failure';
import { historyIsLong, mayGoOn, RunEnds, show } from '../run-frame';
import { cirkwiActivities, localOffers, offerActivities, pivotActivities, publishing } from './activities';
import { startReturns } from './start-returns';

/** Looks at both platforms and refuses to go on while a prerequisite fails that nobody took on by name. */
export async function preflight(input: SyncRunInput, run: CarriedRun): Promise<void> {
  const { retry } = run.settings;
  const { sync } = input;
  await Promise.all([
    politely(() =>
      pivotActivities(retry).probePivot.executeWithOptions({ summary: 'look at PIVOT' }, [{ sync }]),
    ),
    politely(() =>
      cirkwiActivities(retry).probeCirkwi.executeWithOptions({ summary: 'look at Cirkwi' }, [{ sync }]),
    ),
  ]);
  const { failed, trouble } = await localOffers.judgeOfferPreflight({
    sync,
    runId: run.runId,
    overrides: input.overrides ?? [],
  });
  // without filter and tags nothing is known about any offer: a preview would show everything withdrawn
  if (failed.length === 0 || (input.mode === 'plan' && !failed.includes('filter-and-tags'))) return;
  const what = trouble.length > 0 ? trouble.join(' ') : `prerequisites not met: ${failed.join(', ')}`;
  throw new RunEnds('stopped', 'prerequisites', `${what} (see "passerelle check ${sync}")`);
}

/** Stages what changed at the source, or everything; then the tracks of what is to be published. */
export async function read(input: SyncRunInput, run: CarriedRun): Promise<void> {
  const { sync } = input;
  const { runId, settings } = run;
  const pivot = pivotActivities(settings.retry);
  if (input.only !== undefined) {
    const recordId = input.only;
    const found = await politely(() =>
      pivot.readOffer.executeWithOptions({ summary: `read offer ${recordId}` }, [{ sync, recordId, runId }]),
    );
    run.progress.read = found.code === null ? 0 : 1;
    return fetchTracks(input, run, 'due', [found.code ?? recordId]);
  }
  const changes = await politely(() =>
    pivot.takeChanges.executeWithOptions({ summary: 'take the change list' }, [{ sync, runId }]),
  );
  // the list was taken before: what changes from here on is in the next one
  if (settings.full || changes.resync) await readEverything(input, run);
  else await readChanged(input, run, changes.answerId);
  await politely(() =>
    pivot.acknowledgeChanges.executeWithOptions({ summary: 'acknowledge the change list' }, [
      { sync, answerId: changes.answerId },
    ]),
  );
  await fetchTracks(input, run, settings.full ? 'all' : 'due', null);
}

async function readChanged(input: SyncRunInput, run: CarriedRun, answerId: number): Promise<void> {
  const pivot = pivotActivities(run.settings.retry);
  const { sync } = input;
  for (let after: string | null = ''; after !== null; ) {
    await mayGoOn(run);
    const from: string = after;
    const page = await politely(() =>
      pivot.readChanged.executeWithOptions({ summary: 'read changed offers' }, [
        { sync, runId: run.runId, answerId, after: from },
      ]),
    );
    run.progress.read += page.read;
    after = page.after;
    show(input, run);
  }
}

async function readEverything(input: SyncRunInput, run: CarriedRun): Promise<void> {
  const pivot = pivotActivities(run.settings.retry);
  const { sync } = input;
  const { runId } = run;
  for (let done = false; !done; ) {
    await mayGoOn(run);
    const page = await politely(() =>
      pivot.readOfferPages.executeWithOptions({ summary: 'read offers' }, [{ sync, runId }]),
    );
    done = page.done;
    run.progress.read = page.read;
    show(input, run);
  }
  await confirmVanished(input, run);
}

/** Offers that a full read did not contain are asked for one by one; too many of them, and a person is asked first. */
async function confirmVanished(input: SyncRunInput, run: CarriedRun): Promise<void> {
  const pivot = pivotActivities(run.settings.retry);
  const { sync } = input;
  const { runId } = run;
  let allowed: number | undefined;
  for (;;) {
    await mayGoOn(run);
    const vanished = await politely(() =>
      pivot.confirmVanishedOffers.executeWithOptions({ summary: 'look for offers that are gone' }, [
        { sync, runId, ...(allowed === undefined ? {} : { allowed }) },
      ]),
    );
    if (!vanished.tooMany && !vanished.more) return;
    if (!vanished.tooMany) continue;
    const { missing, known } = vanished;
    const verdict = await local.askAboutVanished({ sync, runId, missing, known });
    if (!verdict.passed)
      throw new RunEnds(
        'stopped',
        'guard',
        verdict.message ?? 'too many offers are missing from what PIVOT answered',
      );
    allowed = missing;
  }
}

async function fetchTracks(
  input: SyncRunInput,
  run: CarriedRun,
  scope: 'due' | 'all',
  only: string[] | null,
): Promise<void> {
  const pivot = pivotActivities(run.settings.retry);
  const { sync } = input;
  for (let after: string | null = ''; after !== null; ) {
    await mayGoOn(run);
    const from: string = after;
    const page = await politely(() =>
      pivot.fetchTracks.executeWithOptions({ summary: 'fetch tracks' }, [
        { sync, runId: run.runId, scope, after: from, only },
      ]),
    );
    after = page.after;
    show(input, run);
  }
}

/** Stores what the run would do with each offer; a plan made earlier is taken over as it is. */
export async function plan(input: SyncRunInput, run: CarriedRun): Promise<void> {
  const { sync } = input;
  const { runId, settings } = run;
  if (input.mode === 'apply') {
    const { found } = await local.adoptPlan({ sync, runId, planRun: input.planRun ?? 0 });
    if (found) return;
    throw new RunEnds(
      'failed',
      'no-such-plan',
      `plan ${input.planRun ?? '(none)'} does not exist for this sync, or is no finished plan`,
    );
  }
  const only = input.only === undefined ? null : [input.only];
  const records = input.mode === 'plan' ? ('plan' as const) : ('plan-and-outcomes' as const);
  const scope = settings.full ? ('all' as const) : ('due' as const);
  for (let after: string | null = ''; after !== null; ) {
    await mayGoOn(run);
    const from: string = after;
    const page = await offerActivities(settings.retry).planOffers.executeWithOptions(
      { summary: 'plan offers' },
      [{ sync, runId, scope, after: from, only, records }],
    );
    run.progress.planned += page.planned;
    after = page.after;
    show(input, run);
  }
  if (settings.full && input.mode === 'run') await localOffers.closePlan({ sync, runId });
}

/** What the guard of every pair does not look at: a feed that would be empty. */
export async function guard(input: SyncRunInput, run: CarriedRun): Promise<void> {
  if (input.mode === 'plan') return;
  const verdict = await localOffers.guardFeed({ sync: input.sync, runId: run.runId });
  if (!verdict.passed) throw new RunEnds('stopped', 'guard', verdict.message ?? 'the guard stopped the run');
}

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
