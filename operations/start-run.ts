import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  WorkflowFailedError,
  type WorkflowHandleWithFirstExecutionRunId,
} from '@temporalio/client';
import { ApplicationFailure, TypedSearchAttributes } from '@temporalio/common';
import type { RunProgress, RunReport, SyncRunInput } from '../workflows/messages';
import { MAIN_QUEUE, pairAttribute, runWorkflowId, syncAttribute } from '../workflows/names';
import type { syncRun } from '../workflows/sync-run';
import { askProgress } from './run-progress';

const ASK_EVERY_MS = 400;

type RunHandle = WorkflowHandleWithFirstExecutionRunId<typeof syncRun>;

export type RunStart =
  | { kind: 'started'; workflowId: string; workflowRunId: string; handle: RunHandle }
  /** Another run of the sync is open under the usual id. */
  | { kind: 'busy'; workflowId: string };

export type RunEnd =
  | { kind: 'report'; report: RunReport }
  | { kind: 'failed'; reason: string; type: string }
  | { kind: 'busy'; workflowId: string };

/**
 * Starts a run and does not wait for it. A run that a Schedule started has an id of its own: one of those that holds the
 * sync's place makes the new one end at once, with a report that says so.
 */
export async function startRun(client: Client, pair: string, input: SyncRunInput): Promise<RunStart> {
  const workflowId = runWorkflowId(input.sync);
  try {
    const handle = await client.workflow.start<typeof syncRun>('syncRun', {
      workflowId,
      taskQueue: MAIN_QUEUE,
      args: [input],
      staticSummary: `${input.mode} of ${input.sync}`,
      typedSearchAttributes: new TypedSearchAttributes([
        { key: syncAttribute, value: input.sync },
        { key: pairAttribute, value: pair },
      ]),
    });
    return { kind: 'started', workflowId, workflowRunId: handle.firstExecutionRunId, handle };
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return { kind: 'busy', workflowId };
    throw error;
  }
}

/** Starts a run and waits for its end, telling `onProgress` on the way. Another open run of the sync is `busy`. */
export async function runAndWait(
  client: Client,
  pair: string,
  input: SyncRunInput,
  onProgress?: (progress: RunProgress) => void,
): Promise<RunEnd> {
  const start = await startRun(client, pair, input);
  if (start.kind === 'busy') return start;
  const ended = new AbortController();
  const watching =
    onProgress === undefined ? Promise.resolve() : watch(client, start.handle, onProgress, ended.signal);
  try {
    return { kind: 'report', report: await start.handle.result() };
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
  handle: RunHandle,
  onProgress: (progress: RunProgress) => void,
  ended: AbortSignal,
): Promise<void> {
  while (!ended.aborted) {
    await sleep(ASK_EVERY_MS, undefined, { signal: ended }).catch(() => undefined);
    const progress = await askProgress(client, handle, ended);
    if (progress !== null && !ended.aborted) onProgress(progress);
  }
}
