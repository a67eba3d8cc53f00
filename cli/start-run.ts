import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure, TypedSearchAttributes } from '@temporalio/common';
import type { RunProgress, RunReport, SyncRunInput } from '../workflows/messages';
import { MAIN_QUEUE, pairAttribute, runWorkflowId, syncAttribute } from '../workflows/names';
import type { syncRun } from '../workflows/sync-run';

const ASK_EVERY_MS = 400;

export type RunEnd =
  | { kind: 'report'; report: RunReport }
  | { kind: 'failed'; reason: string; type: string }
  | { kind: 'busy'; workflowId: string };

/** Starts a run and waits for its end, telling `onProgress` on the way. Another open run of the sync is `busy`. */
export async function runAndWait(
  client: Client,
  pair: string,
  input: SyncRunInput,
  onProgress?: (progress: RunProgress) => void,
): Promise<RunEnd> {
  const workflowId = runWorkflowId(input.sync);
  let handle: Awaited<ReturnType<typeof client.workflow.start<typeof syncRun>>>;
  try {
    handle = await client.workflow.start<typeof syncRun>('syncRun', {
      workflowId,
      taskQueue: MAIN_QUEUE,
      args: [input],
      staticSummary: `${input.mode} of ${input.sync}`,
      typedSearchAttributes: new TypedSearchAttributes([
        { key: syncAttribute, value: input.sync },
        { key: pairAttribute, value: pair },
      ]),
    });
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return { kind: 'busy', workflowId };
    throw error;
  }

  let open = true;
  const watching = onProgress === undefined ? Promise.resolve() : watch(handle, onProgress, () => open);
  try {
    return { kind: 'report', report: await handle.result() };
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    const cause = error.cause;
    if (cause instanceof ApplicationFailure)
      return { kind: 'failed', reason: cause.message, type: cause.type ?? '' };
    return { kind: 'failed', reason: cause?.message ?? error.message, type: '' };
  } finally {
    open = false;
    await watching;
  }
}

async function watch(
  handle: { query: (name: string) => Promise<unknown> },
  onProgress: (progress: RunProgress) => void,
  stillOpen: () => boolean,
): Promise<void> {
  while (stillOpen()) {
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
    // no worker may be there to answer just now: the run goes on when one is back
    const progress = await Promise.race([
      handle.query('progress').catch(() => null),
      new Promise((resolve) => setTimeout(resolve, 2_000, null)),
    ]);
    if (progress !== null && stillOpen()) onProgress(progress as RunProgress); // the query's declared type
  }
}
