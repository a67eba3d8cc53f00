import type { WorkflowHandle } from '@temporalio/client';
import { placeOf } from '../../../db/runs';
import type { RunProgress, RunReport, SyncRunInput } from '../../../workflows/messages';
import { MAIN_QUEUE, runWorkflowId } from '../../../workflows/names';
import type { syncRun } from '../../../workflows/sync-run';
import { until } from '../../harness/until';
import type { Scene } from './scene';

export type RunHandle = WorkflowHandle<typeof syncRun>;

/** Starts a run under any workflow id; it holds its place and goes no further until it is resumed. */
export async function startPaused(
  { stack }: Scene,
  options: { workflowId?: string; input?: Partial<SyncRunInput> } = {},
): Promise<RunHandle> {
  const { client, pool, sync } = stack;
  const workflowId = options.workflowId ?? runWorkflowId(sync);
  const handle = await client.workflow.signalWithStart<typeof syncRun, []>('syncRun', {
    workflowId,
    taskQueue: MAIN_QUEUE,
    args: [{ sync, mode: 'run', trigger: 'manual', ...options.input }],
    signal: 'pause',
    signalArgs: [],
  });
  await until('the run has its place', async () => (await placeOf(pool, sync))?.workflow_id === workflowId);
  return handle;
}

/** Starts a run under an id of its own, as anybody may, and waits for its report. */
export function runUnder(
  { stack }: Scene,
  workflowId: string,
  input: Partial<SyncRunInput> = {},
): Promise<RunReport> {
  return stack.client.workflow.execute<typeof syncRun>('syncRun', {
    workflowId,
    taskQueue: MAIN_QUEUE,
    args: [{ sync: stack.sync, mode: 'run', trigger: 'service', ...input }],
  });
}

export const progressOf = (run: RunHandle): Promise<RunProgress> => run.query<RunProgress, []>('progress');

/** Dossiers that this execution has started, and those of them that have ended. */
export async function dossiersOf(run: RunHandle): Promise<{ started: number; ended: number }> {
  const { events } = await run.fetchHistory();
  const count = (...names: string[]) =>
    (events ?? []).filter((event) => names.some((name) => event[name as keyof typeof event])).length;
  return {
    started: count('startChildWorkflowExecutionInitiatedEventAttributes'),
    ended: count(
      'childWorkflowExecutionCompletedEventAttributes',
      'childWorkflowExecutionFailedEventAttributes',
    ),
  };
}

/** `read` and the sum of everything else. */
export function sumOf(counts: RunReport['counts']): { read: number; sum: number } {
  const { read = -1, ...buckets } = counts ?? {};
  return { read, sum: Object.values(buckets).reduce((sum, n) => sum + n, 0) };
}
