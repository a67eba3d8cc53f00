import { applyWindow } from '../apply-window';
import type { CarriedRun, SyncRunInput } from '../messages';
import { politely } from '../politely';
import { mayGoOn, RunEnds, show } from '../run-frame';
import { confirmVanished, type Phases, takeOverPlan } from '../run-steps';
import { inwinkActivities, localDossiers, planexpoActivities } from './activities';

/** Looks at both platforms and refuses to go on while a prerequisite fails that nobody took on by name. */
async function preflight(input: SyncRunInput, run: CarriedRun): Promise<void> {
  const { retry } = run.settings;
  await Promise.all([
    politely(() =>
      planexpoActivities(retry).probePlanexpo.executeWithOptions({ summary: 'look at Planexpo' }, [
        { sync: input.sync },
      ]),
    ),
    politely(() =>
      inwinkActivities(retry).probeInwink.executeWithOptions({ summary: 'look at Inwink' }, [
        { sync: input.sync },
      ]),
    ),
  ]);
  const { failed, trouble } = await localDossiers.judgePreflight({
    sync: input.sync,
    runId: run.runId,
    overrides: input.overrides ?? [],
  });
  if (failed.length > 0 && input.mode !== 'plan') {
    const what =
      trouble !== undefined && trouble.length > 0
        ? trouble.join(' ')
        : `prerequisites not met: ${failed.join(', ')}`;
    throw new RunEnds('stopped', 'prerequisites', `${what} (see "passerelle check ${input.sync}")`);
  }
}

/** Stages what changed at the source, or everything in a full run. */
async function read(input: SyncRunInput, run: CarriedRun): Promise<void> {
  const planexpo = planexpoActivities(run.settings.retry);
  const { sync } = input;
  const { runId, settings } = run;
  if (input.only !== undefined) {
    const recordId = input.only;
    await politely(() =>
      planexpo.readDossier.executeWithOptions({ summary: `read dossier ${recordId}` }, [
        { sync, recordId, runId },
      ]),
    );
    return;
  }
  for (let done = false; !done; ) {
    await mayGoOn(run);
    const page = await politely(() =>
      planexpo.readPages.executeWithOptions({ summary: 'read dossiers' }, [
        { sync, runId, full: settings.full },
      ]),
    );
    done = page.done;
    run.progress.read = page.read;
    show(input, run);
  }
  if (!settings.full) return;
  await confirmVanished(input, run, 'dossiers are missing from what Planexpo answered', (allowed) =>
    politely(() =>
      planexpo.confirmVanished.executeWithOptions({ summary: 'look for deleted dossiers' }, [
        { sync, runId, ...allowed },
      ]),
    ),
  );
}

/** Stores what the run would do with each record; a plan made earlier is taken over as it is. */
async function plan(input: SyncRunInput, run: CarriedRun): Promise<void> {
  const { sync } = input;
  const { runId, settings } = run;
  if (input.mode === 'apply') return takeOverPlan(input, run);
  const inwink = inwinkActivities(settings.retry);
  const only = input.only === undefined ? null : [input.only];
  const records = input.mode === 'plan' ? ('plan' as const) : ('plan-and-outcomes' as const);
  for (let after: string | null = ''; after !== null; ) {
    await mayGoOn(run);
    const from: string = after;
    const page = await politely(() =>
      inwink.planPage.executeWithOptions({ summary: 'plan up to 100 dossiers' }, [
        { sync, runId, scope: settings.full ? 'all' : 'due', after: from, only, records },
      ]),
    );
    run.progress.planned += page.planned;
    after = page.after;
    show(input, run);
  }
}

/** Exhibitors first, then their co-exhibitors. */
const DEPTHS = [0, 1];

/** A workflow for each dossier of the plan; `run.depth` and `run.after` are where a long run goes on. */
async function apply(input: SyncRunInput, run: CarriedRun): Promise<'done' | 'paused-for-history'> {
  for (const depth of DEPTHS.slice(DEPTHS.indexOf(run.depth))) {
    if (depth !== run.depth) run.after = '';
    run.depth = depth;
    await mayGoOn(run);
    const end = await applyWindow(input, run, () => show(input, run));
    await mayGoOn(run);
    if (end === 'paused-for-history') return end;
  }
  return 'done';
}

/** What Planexpo -> Inwink does in each phase of a run. */
export const planexpoInwinkPhases: Phases = { preflight, read, plan, apply };
