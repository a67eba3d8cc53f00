import {
  ApplicationFailure,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  setCurrentDetails,
  setHandler,
  TemporalFailure,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { inwinkActivities, local, planexpoActivities } from './activity-options';
import { applyWindow } from './apply-window';
import {
  type CarriedRun,
  cancelAfterCurrent,
  type Phase,
  pause,
  progress,
  type RunReport,
  resume,
  type SyncRunInput,
} from './messages';
import { outcomeAttribute } from './names';
import { politely } from './politely';
import { rootFailure } from './root-failure';

/** Dossiers asked for at once; the window inside is what limits the work in flight. */
const PAGE = 200;
/** Exhibitors first, then their co-exhibitors. */
const DEPTHS = [0, 1];

/** Ends the run early, on purpose, with an outcome of its own. */
class RunEnds extends Error {
  constructor(
    readonly outcome: 'stopped' | 'cancelled' | 'failed',
    readonly reason: string,
  ) {
    super(reason);
  }
}

/** One pass of a sync: preflight, read, plan, guard, apply, report. Its place in Postgres keeps passes apart. */
export async function syncRun(input: SyncRunInput): Promise<RunReport> {
  const run = input.carried ?? newRun();
  setHandler(progress, () => run.progress);
  setHandler(pause, () => {
    run.paused = run.progress.paused = true;
  });
  setHandler(resume, () => {
    run.paused = run.progress.paused = false;
  });
  setHandler(cancelAfterCurrent, () => {
    run.stopAfterCurrent = true;
    run.paused = run.progress.paused = false;
  });

  if (input.carried === undefined) {
    const opened = await open(input, run);
    if (opened !== null) return opened;
  }
  try {
    if (input.carried === undefined) await prepare(input, run);
    if (input.mode !== 'plan') await apply(input, run);
    return await report(input, run, input.mode === 'plan' ? 'planned' : 'completed', null);
  } catch (error) {
    return await CancellationScope.nonCancellable(() => endEarly(input, run, error));
  }
}

function newRun(): CarriedRun {
  return {
    runId: 0,
    settings: {
      pair: '',
      full: false,
      window: 1,
      retry: { initialIntervalMs: 1_000, maximumIntervalMs: 60_000, maximumAttempts: 8 },
    },
    paused: false,
    stopAfterCurrent: false,
    depth: 0,
    after: '',
    progress: {
      runId: null,
      phase: 'opening',
      paused: false,
      read: 0,
      planned: 0,
      toApply: 0,
      applied: 0,
      outcomes: {},
    },
  };
}

/** Takes the sync's place. A report instead of null means that another run holds it. */
async function open(input: SyncRunInput, run: CarriedRun): Promise<RunReport | null> {
  const opened = await local.openRun({
    sync: input.sync,
    mode: input.mode,
    trigger: input.trigger,
    full: input.full ?? null,
    only: input.only ?? null,
    planRun: input.planRun ?? null,
    overrides: input.overrides ?? [],
  });
  if (opened.kind === 'place-taken') {
    const reason = `run ${opened.holder.runId} (workflow ${opened.holder.workflowId}) is under way: this one did nothing`;
    setCurrentDetails(reason);
    upsertSearchAttributes([{ key: outcomeAttribute, value: 'cancelled' }]);
    return {
      runId: opened.holder.runId,
      outcome: 'cancelled',
      reason,
      counts: null,
      writes: 0,
      attention: 0,
    };
  }
  run.runId = opened.runId;
  run.settings = opened.settings;
  run.progress.runId = opened.runId;
  return null;
}

async function prepare(input: SyncRunInput, run: CarriedRun): Promise<void> {
  await enter(input, run, 'preflight');
  await preflight(input, run);
  await enter(input, run, 'read');
  await read(input, run);
  await enter(input, run, 'plan');
  await plan(input, run);
  await enter(input, run, 'guard');
  const verdict = await local.guardPlan({ sync: input.sync, runId: run.runId });
  if (!verdict.passed && input.mode !== 'plan')
    throw new RunEnds('stopped', verdict.message ?? 'the guard stopped the run');
  run.progress.toApply = verdict.toApply;
}

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
  const { failed } = await local.judgePreflight({
    sync: input.sync,
    runId: run.runId,
    overrides: input.overrides ?? [],
  });
  if (failed.length > 0 && input.mode !== 'plan') {
    throw new RunEnds(
      'stopped',
      `prerequisites not met: ${failed.join(', ')} (see "passerelle check ${input.sync}")`,
    );
  }
}

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
  await confirmVanished(input, run);
}

/** Dossiers that a full read did not contain are asked for one by one; too many of them, and a person is asked first. */
async function confirmVanished(input: SyncRunInput, run: CarriedRun): Promise<void> {
  const planexpo = planexpoActivities(run.settings.retry);
  const { sync } = input;
  const { runId } = run;
  let allowed: number | undefined;
  for (;;) {
    await mayGoOn(run);
    const vanished = await politely(() =>
      planexpo.confirmVanished.executeWithOptions({ summary: 'look for deleted dossiers' }, [
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
        verdict.message ?? 'too many dossiers are missing from what Planexpo answered',
      );
    allowed = missing;
  }
}

async function plan(input: SyncRunInput, run: CarriedRun): Promise<void> {
  const { sync } = input;
  const { runId, settings } = run;
  if (input.mode === 'apply') {
    const { found } = await local.adoptPlan({ sync, runId, planRun: input.planRun ?? 0 });
    if (!found)
      throw new RunEnds(
        'failed',
        `plan ${input.planRun ?? '(none)'} does not exist for this sync, or is no finished plan`,
      );
    return;
  }
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

async function apply(input: SyncRunInput, run: CarriedRun): Promise<void> {
  await enter(input, run, 'apply');
  for (const depth of DEPTHS.slice(DEPTHS.indexOf(run.depth))) {
    if (depth !== run.depth) run.after = '';
    run.depth = depth;
    for (;;) {
      await mayGoOn(run);
      const ids = await local.nextToApply({
        sync: input.sync,
        runId: run.runId,
        depth,
        after: run.after,
        limit: PAGE,
      });
      if (ids.length === 0) break;
      await applyWindow(input, run, ids, () => show(input, run));
      run.after = ids.at(-1) ?? run.after;
      if (workflowInfo().continueAsNewSuggested)
        await continueAsNew<typeof syncRun>({ ...input, carried: run });
    }
  }
}

/** Waits while the run is paused, and ends it when it was asked to stop. */
async function mayGoOn(run: CarriedRun): Promise<void> {
  await condition(() => !run.paused);
  if (run.stopAfterCurrent) throw new RunEnds('cancelled', 'stopped after the dossiers under way, as asked');
}

async function enter(input: SyncRunInput, run: CarriedRun, phase: Phase): Promise<void> {
  run.progress.phase = phase;
  show(input, run);
  await local.enterPhase({ sync: input.sync, runId: run.runId, phase });
}

/** What an operator reads in the Temporal UI while the run works. */
function show(input: SyncRunInput, run: CarriedRun): void {
  const p = run.progress;
  const outcomes = Object.entries(p.outcomes).map(([name, n]) => `${name} ${n}`);
  setCurrentDetails(
    [
      `**${input.sync}**, run ${run.runId} (${input.mode}${run.settings.full ? ', full' : ''}): **${p.phase}**${run.paused ? ', paused' : ''}`,
      `read ${p.read}, planned ${p.planned}, applied ${p.applied} of ${p.toApply}`,
      outcomes.join(', '),
    ].join('\n\n'),
  );
}

async function report(
  input: SyncRunInput,
  run: CarriedRun,
  outcome: 'completed' | 'planned' | 'stopped' | 'cancelled' | 'failed',
  reason: string | null,
): Promise<RunReport> {
  run.progress.phase = 'report';
  const closed = await local.closeRun({
    sync: input.sync,
    runId: run.runId,
    outcome,
    reason,
    full: run.settings.full,
  });
  run.progress.phase = 'closed';
  show(input, run);
  upsertSearchAttributes([{ key: outcomeAttribute, value: closed.outcome }]);
  return {
    runId: run.runId,
    outcome: closed.outcome,
    reason,
    counts: { ...closed.counts },
    writes: closed.writes,
    attention: closed.attention,
  };
}

/** Every early end is reported and frees the place. What failed is shown as failed. */
async function endEarly(input: SyncRunInput, run: CarriedRun, error: unknown): Promise<RunReport> {
  if (error instanceof RunEnds && error.outcome !== 'failed')
    return report(input, run, error.outcome, error.reason);
  if (isCancellation(error)) {
    await report(input, run, 'cancelled', 'cancelled by an operator');
    throw error;
  }
  const failure = rootFailure(error);
  const expected = error instanceof TemporalFailure || error instanceof RunEnds;
  if (!expected) throw error; // continue-as-new, or a defect in this very code: the task fails and resumes after a fix
  const reason =
    error instanceof RunEnds
      ? error.reason
      : (failure?.message ?? 'a step did not end in its time, however often it was tried');
  await report(input, run, 'failed', reason);
  throw ApplicationFailure.nonRetryable(reason, failure?.type ?? 'Stopped');
}
