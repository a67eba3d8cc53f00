import {
  ApplicationFailure,
  CancellationScope,
  continueAsNew,
  isCancellation,
  setCurrentDetails,
  setHandler,
  TemporalFailure,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { local } from './activity-options';
import {
  type CarriedRun,
  cancelAfterCurrent,
  pause,
  progress,
  type RunReport,
  resume,
  type SyncRunInput,
} from './messages';
import { outcomeAttribute } from './names';
import { phasesOf } from './phases';
import { rootFailure } from './root-failure';
import { enterPhase, RunEnds, show } from './run-frame';

/** One pass of a sync: preflight, read, plan, guard, apply, report. Its place in Postgres keeps passes apart. */
export async function syncRun(input: SyncRunInput): Promise<RunReport> {
  const run = input.carried ?? newRun();
  setHandler(progress, () => run.progress);
  setHandler(pause, () => {
    run.paused = run.progress.paused = true;
    show(input, run);
  });
  setHandler(resume, () => {
    run.paused = run.progress.paused = false;
    show(input, run);
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
    return await report(input, run, input.mode === 'plan' ? 'planned' : 'completed', null, null);
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
    applyingSince: null,
    progress: {
      runId: null,
      phase: 'opening',
      paused: false,
      read: 0,
      planned: 0,
      toApply: 0,
      applied: 0,
      appliedPerMinute: null,
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
      code: 'place-taken',
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
  const { preflight, read, plan, guard } = phasesOf(run.settings.pair);
  await enterPhase(input, run, 'preflight');
  await preflight(input, run);
  await enterPhase(input, run, 'read');
  await read(input, run);
  await enterPhase(input, run, 'plan');
  await plan(input, run);
  await enterPhase(input, run, 'guard');
  const verdict = await local.guardPlan({ sync: input.sync, runId: run.runId, mode: input.mode });
  if (!verdict.passed) throw new RunEnds('stopped', 'guard', verdict.message ?? 'the guard stopped the run');
  run.progress.toApply = verdict.toApply;
  await guard?.(input, run);
}

async function apply(input: SyncRunInput, run: CarriedRun): Promise<void> {
  await enterPhase(input, run, 'apply');
  run.applyingSince ??= Date.now();
  const end = await phasesOf(run.settings.pair).apply(input, run);
  if (end === 'paused-for-history') await continueAsNew<typeof syncRun>({ ...input, carried: run });
}

async function report(
  input: SyncRunInput,
  run: CarriedRun,
  outcome: 'completed' | 'planned' | 'stopped' | 'cancelled' | 'failed',
  code: RunReport['code'],
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
    code,
    reason,
    counts: { ...closed.counts },
    writes: closed.writes,
    attention: closed.attention,
  };
}

/** Every early end is reported and frees the place. What failed is shown as failed. */
async function endEarly(input: SyncRunInput, run: CarriedRun, error: unknown): Promise<RunReport> {
  if (error instanceof RunEnds && error.outcome !== 'failed')
    return report(input, run, error.outcome, error.code, error.reason);
  if (isCancellation(error)) {
    await report(input, run, 'cancelled', 'cancelled', 'cancelled by an operator');
    throw error;
  }
  const failure = rootFailure(error);
  const expected = error instanceof TemporalFailure || error instanceof RunEnds;
  if (!expected) throw error; // continue-as-new, or a defect in this very code: the task fails and resumes after a fix
  const reason =
    error instanceof RunEnds
      ? error.reason
      : (failure?.message ?? 'a step did not end in its time, however often it was tried');
  await report(input, run, 'failed', 'failed', reason);
  throw ApplicationFailure.nonRetryable(reason, failure?.type ?? 'Stopped');
}
