import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, WorkflowExecutionAlreadyStartedError, WorkflowFailedError } from '@temporalio/client';
import { ApplicationFailure, TypedSearchAttributes } from '@temporalio/common';
import type { RunProgress, RunReport, SyncRunInput } from '../workflows/messages';
import { MAIN_QUEUE, pairAttribute, runWorkflowId, syncAttribute } from '../workflows/names';
import type { syncRun } from '../workflows/sync-run';

const ASK_EVERY_MS = 400;
const ANSWER_WITHIN_MS = 5_000;

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

  const ended = new AbortController();
  const watching =
    onProgress === undefined ? Promise.resolve() : watch(client, handle, onProgress, ended.signal);
  try {
    return { kind: 'report', report: await handle.result() };
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    const cause = error.cause;
    if (cause instanceof ApplicationFailure)
      return { kind: 'failed', reason: cause.message, type: cause.type ?? '' };
    return { kind: 'failed', reason: cause?.message ?? error.message, type: '' };
  } finally {
    ended.abort();
    await watching;
  }
}

async function watch(
  client: Client,
  handle: { query: (name: string) => Promise<unknown> },
  onProgress: (progress: RunProgress) => void,
  ended: AbortSignal,
): Promise<void> {
  while (!ended.aborted) {
    await sleep(ASK_EVERY_MS, undefined, { signal: ended }).catch(() => undefined);
    // no worker may be there to answer just now: the run goes on when one is back
    const answer = AbortSignal.any([ended, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
    const progress = await client.withAbortSignal(answer, () => handle.query('progress')).catch(() => null);
    if (progress !== null && !ended.aborted) onProgress(progress as RunProgress); // the query's declared type
  }
}
