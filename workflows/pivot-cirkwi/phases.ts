import type { CarriedRun, SyncRunInput } from '../messages';
import { politely } from '../politely';
import { mayGoOn, RunEnds, show } from '../run-frame';
import { confirmVanished, type Phases, takeOverPlan } from '../run-steps';
import { cirkwiActivities, localOffers, offerActivities, pivotActivities } from './activities';
import { apply } from './apply';

/** Looks at both platforms and refuses to go on while a prerequisite fails that nobody took on by name. */
async function preflight(input: SyncRunInput, run: CarriedRun): Promise<void> {
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
async function read(input: SyncRunInput, run: CarriedRun): Promise<void> {
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
  await confirmVanished(input, run, 'offers are missing from what PIVOT answered', (allowed) =>
    politely(() =>
      pivot.confirmVanishedOffers.executeWithOptions({ summary: 'look for offers that are gone' }, [
        { sync, runId, ...allowed },
      ]),
    ),
  );
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
async function plan(input: SyncRunInput, run: CarriedRun): Promise<void> {
  const { sync } = input;
  const { runId, settings } = run;
  if (input.mode === 'apply') return takeOverPlan(input, run);
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
async function guard(input: SyncRunInput, run: CarriedRun): Promise<void> {
  if (input.mode === 'plan') return;
  const verdict = await localOffers.guardFeed({ sync: input.sync, runId: run.runId });
  if (!verdict.passed) throw new RunEnds('stopped', 'guard', verdict.message ?? 'the guard stopped the run');
}

/** What PIVOT -> Cirkwi does in each phase of a run. */
export const pivotCirkwiPhases: Phases = { preflight, read, plan, guard, apply };
