import { TypedSearchAttributes, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  CancellationScope,
  ChildWorkflowCancellationType,
  condition,
  executeChild,
  isCancellation,
  ParentClosePolicy,
  workflowInfo,
} from '@temporalio/workflow';
import { local, main } from './activity-options';
import { dossier } from './dossier';
import type { CarriedRun, SyncRunInput } from './messages';
import { dossierWorkflowId, pairAttribute, recordAttribute, syncAttribute } from './names';
import { localDossiers } from './planexpo-inwink/activities';
import { failureDetail, rootFailure } from './root-failure';

/** A dossier that a signal keeps busy is waited for this often before the run leaves it to the signal. */
const ROUNDS = 3;

/** Dossiers asked for at once; the window is what limits the work in flight. */
const PAGE = 200;

/**
 * Runs the dossiers of the run's depth in order, never more than the window at once, from `run.after` on. One that fails
 * stops nothing else (promise 3), except lost access, which ends the run after those under way. `paused-for-history`
 * means that there are more and that the history is long enough: all that was started has ended.
 */
export async function applyWindow(
  input: SyncRunInput,
  run: CarriedRun,
  onProgress: () => void,
): Promise<'done' | 'paused-for-history'> {
  let lost: unknown = null;
  let historyIsLong = false;
  const next = dossiersInOrder(input, run, () => {
    historyIsLong ||= workflowInfo().continueAsNewSuggested;
    return lost === null && !historyIsLong && !run.stopAfterCurrent;
  });
  const lane = async (): Promise<void> => {
    for (;;) {
      await condition(() => !run.paused);
      const id = await next();
      if (id === null) return;
      try {
        count(run, await applyOne(input, run, id));
      } catch (error) {
        if (endsTheRun(error)) lost ??= error;
        else count(run, await outcomeOf(input, run, id, error));
      }
      onProgress();
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: run.settings.window }, lane));
  for (const end of ends) if (end.status === 'rejected') lost ??= end.reason;
  if (lost !== null) throw lost;
  return historyIsLong ? 'paused-for-history' : 'done';
}

/** Hands out one dossier at a time and notes it in `run.after`; null when there is none left or none may be started. */
function dossiersInOrder(
  input: SyncRunInput,
  run: CarriedRun,
  mayStart: () => boolean,
): () => Promise<string | null> {
  const page: string[] = [];
  let exhausted = false;
  let loading: Promise<void> | null = null;
  const load = async (): Promise<void> => {
    const { runId, depth, after } = run;
    page.push(...(await local.nextToApply({ sync: input.sync, runId, depth, after, limit: PAGE })));
    exhausted = page.length === 0;
    loading = null;
  };
  return async () => {
    while (mayStart()) {
      const id = page.shift();
      if (id !== undefined) {
        run.after = id;
        return id;
      }
      if (exhausted) return null;
      loading ??= load(); // lanes that run dry together wait for one page
      await loading;
    }
    return null;
  };
}

async function applyOne(input: SyncRunInput, run: CarriedRun, recordId: string): Promise<string> {
  const workflowId = dossierWorkflowId(input.sync, recordId);
  for (let round = 0; round < ROUNDS; round += 1) {
    try {
      const done = await executeChild(dossier, {
        workflowId,
        args: [
          {
            sync: input.sync,
            recordId,
            fromRun: { runId: run.runId, planRun: input.planRun ?? null, retry: run.settings.retry },
          },
        ],
        typedSearchAttributes: new TypedSearchAttributes([
          { key: syncAttribute, value: input.sync },
          { key: pairAttribute, value: run.settings.pair },
          { key: recordAttribute, value: recordId },
        ]),
        staticSummary: `dossier ${recordId}`,
        cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
        parentClosePolicy: ParentClosePolicy.ABANDON, // a terminated run leaves its dossiers to finish
      });
      return done.outcome;
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      await main.awaitDossier.executeWithOptions(
        { summary: `dossier ${recordId} is under way by a signal` },
        [{ workflowId }],
      );
    }
  }
  return 'waiting';
}

/** One dossier that an operator cancelled stops nothing else; the run's own cancellation does. */
function endsTheRun(error: unknown): boolean {
  if (isCancellation(error)) return CancellationScope.current().consideredCancelled;
  return rootFailure(error)?.type === 'AccessLost';
}

/** A dossier that needs attention says so itself; one that ended any other way has left no outcome behind. */
async function outcomeOf(
  input: SyncRunInput,
  run: CarriedRun,
  recordId: string,
  error: unknown,
): Promise<string> {
  const failure = rootFailure(error);
  if (failure?.type === 'NeedsAttention') return String(failureDetail(failure).outcome);
  await localDossiers.settleUnfinished({ sync: input.sync, runId: run.runId, recordId });
  return 'refused';
}

function count(run: CarriedRun, outcome: string): void {
  run.progress.applied += 1;
  run.progress.outcomes[outcome] = (run.progress.outcomes[outcome] ?? 0) + 1;
}
