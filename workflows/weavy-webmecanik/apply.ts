import { TypedSearchAttributes, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  ChildWorkflowCancellationType,
  executeChild,
  isCancellation,
  ParentClosePolicy,
} from '@temporalio/workflow';
import { main } from '../activity-options';
import type { CarriedRun, SyncRunInput } from '../messages';
import { pairAttribute, recordAttribute, recordWorkflow, syncAttribute } from '../names';
import { politely } from '../politely';
import type { record } from '../record';
import { historyIsLong, mayGoOn, show } from '../run-frame';
import { localCouples, sideActivities } from './activities';

/** The steps of the writing, in order; `run.depth` is where a long run goes on after a new history. */
const STEPS = [
  { kind: 'company', side: 'mautic' },
  { kind: 'company', side: 'weavy' },
  { kind: 'person', side: 'mautic' },
  { kind: 'person', side: 'weavy' },
] as const;

/** Records with a workflow of their own at the same time. */
const AT_ONCE = 20;

export async function apply(input: SyncRunInput, run: CarriedRun): Promise<'done' | 'paused-for-history'> {
  for (; run.depth < STEPS.length; run.depth += 1, run.after = '') {
    const step = STEPS[run.depth];
    if (step === undefined) break;
    for (let more = true; more; ) {
      await mayGoOn(run);
      const { after, runId } = run;
      const page = await politely(() =>
        sideActivities(step.side, run.settings.retry).applyCouples.executeWithOptions(
          { summary: `write ${step.kind} records to ${step.side}` },
          [{ sync: input.sync, runId, planRun: input.planRun ?? null, kind: step.kind, after }],
        ),
      );
      await tryAlone(input, run, page.failed);
      run.progress.applied += page.done;
      for (const [outcome, n] of Object.entries(page.outcomes))
        run.progress.outcomes[outcome] = (run.progress.outcomes[outcome] ?? 0) + n;
      show(input, run);
      more = page.after !== null;
      if (page.after !== null) run.after = page.after;
      if (more && historyIsLong()) return 'paused-for-history';
    }
  }
  return 'done';
}

/** A record that no answer was had for is tried on by its own workflow, which shows why when it fails (promise 3). */
async function tryAlone(input: SyncRunInput, run: CarriedRun, records: readonly string[]): Promise<void> {
  const left = [...records];
  const lane = async () => {
    for (let recordId = left.shift(); recordId !== undefined; recordId = left.shift())
      await ownWorkflow(input, run, recordId);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, left.length) }, lane));
}

async function ownWorkflow(input: SyncRunInput, run: CarriedRun, recordId: string): Promise<void> {
  const { sync } = input;
  const { pair, retry } = run.settings;
  const { id: workflowId } = recordWorkflow(pair, sync, recordId);
  try {
    await executeChild<typeof record>('record', {
      workflowId,
      args: [{ sync, recordId, pair, fromRun: { runId: run.runId, retry } }],
      typedSearchAttributes: new TypedSearchAttributes([
        { key: syncAttribute, value: sync },
        { key: pairAttribute, value: pair },
        { key: recordAttribute, value: recordId },
      ]),
      staticSummary: `record ${recordId}`,
      cancellationType: ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED,
      parentClosePolicy: ParentClosePolicy.ABANDON,
    });
  } catch (error) {
    if (isCancellation(error)) throw error;
    // a signal has started it meanwhile: what it comes to stands in Postgres
    if (error instanceof WorkflowExecutionAlreadyStartedError)
      await main.awaitDossier.executeWithOptions({ summary: `record ${recordId} is under way by a signal` }, [
        { workflowId },
      ]);
    // how it failed is stored and shown with its own workflow
  }
  await localCouples.settleOfRun({ sync, runId: run.runId, recordId });
}
