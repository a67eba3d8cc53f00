import { type WorkflowClient, WorkflowNotFoundError } from '@temporalio/client';
import { countWrites } from '../../db/outcomes';
import * as runs from '../../db/runs';
import type { SyncContext } from '../sync-context';

/** A holder whose workflow is no longer open (terminated by hand, say) loses the place. */
export async function takePlace(
  context: SyncContext,
  runId: number,
  own: { workflowId: string; workflowRunId: string },
  workflows: WorkflowClient,
): Promise<{ runId: number; workflowId: string }> {
  const place = { sync: context.slug, runId, ...own };
  const { holder } = await runs.takePlace(context.pool, place);
  if (holder.runId === runId) return holder;
  const open = await isOpen(workflows, holder, own);
  if (open) return holder;
  await runs.closeRun(context.pool, holder.runId, {
    outcome: 'cancelled',
    reason: 'its workflow was ended before it could report',
    counts: null,
    writes: await countWrites(context.pool, holder.runId),
    attention: 0,
    planned: null,
  });
  await context.dropPrepared?.(context.pool, holder.runId);
  await runs.releasePlace(context.pool, context.slug, holder.runId);
  return (await runs.takePlace(context.pool, place)).holder;
}

/** Whether the holder's chain of executions still runs. A workflow id that is ours by now was given up by the holder. */
async function isOpen(
  workflows: WorkflowClient,
  holder: { workflowId: string; workflowRunId: string },
  own: { workflowRunId: string },
): Promise<boolean> {
  const status = async (runId?: string) => {
    const description = await workflows
      .getHandle(holder.workflowId, runId)
      .describe()
      .catch((error: unknown) => {
        // anything else says nothing about the holder: ask again
        if (error instanceof WorkflowNotFoundError) return null;
        throw error;
      });
    return { name: description?.status.name ?? 'NOT_FOUND', runId: description?.runId };
  };
  const first = await status(holder.workflowRunId);
  if (first.name !== 'CONTINUED_AS_NEW') return first.name === 'RUNNING';
  const latest = await status();
  return latest.name === 'RUNNING' && latest.runId !== own.workflowRunId;
}
