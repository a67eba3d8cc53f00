import { TypedSearchAttributes, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  CancellationScope,
  ChildWorkflowCancellationType,
  condition,
  executeChild,
  isCancellation,
  ParentClosePolicy,
} from '@temporalio/workflow';
import { local, main } from './activity-options';
import { dossier } from './dossier';
import type { CarriedRun, SyncRunInput } from './messages';
import { dossierWorkflowId, pairAttribute, recordAttribute, syncAttribute } from './names';
import { failureDetail, rootFailure } from './root-failure';

/** A dossier that a signal keeps busy is waited for this often before the run leaves it to the signal. */
const ROUNDS = 3;

/**
 * Runs the dossiers of a page, never more than the window at once. One that fails stops nothing else (promise 3), except
 * lost access, which ends the run after those under way.
 */
export async function applyWindow(
  input: SyncRunInput,
  run: CarriedRun,
  ids: string[],
  onProgress: () => void,
): Promise<void> {
  const queue = [...ids];
  let lost: unknown = null;
  const lane = async (): Promise<void> => {
    for (;;) {
      await condition(() => !run.paused);
      const id = run.stopAfterCurrent || lost !== null ? undefined : queue.shift();
      if (id === undefined) return;
      try {
        count(run, await applyOne(input, run, id));
      } catch (error) {
        if (endsTheRun(error)) lost ??= error;
        else count(run, await outcomeOf(input, run, id, error));
      }
      onProgress();
    }
  };
  await Promise.all(Array.from({ length: Math.min(run.settings.window, ids.length) }, lane));
  if (lost !== null) throw lost;
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
  await local.settleUnfinished({ sync: input.sync, runId: run.runId, recordId });
  return 'refused';
}

function count(run: CarriedRun, outcome: string): void {
  run.progress.applied += 1;
  run.progress.outcomes[outcome] = (run.progress.outcomes[outcome] ?? 0) + 1;
}
