import { WorkflowNotFoundError } from '@temporalio/client';
import { writeAudit } from '../db/audit';
import { placeOf } from '../db/runs';
import type { OperationContext } from './context';
import { Refusal } from './refusal';
import { syncOf } from './syncs';

/** What a run under way can be told: stop and wait, go on, or end when the records under way are done. */
export type RunSteering = 'pause' | 'resume' | 'cancelAfterCurrent';

/**
 * Tells the run that holds the sync's place, whoever started it, and notes who did. Rejects with a conflict when none is
 * under way.
 */
export async function steerRun(
  context: OperationContext,
  slug: string,
  steering: RunSteering,
): Promise<{ run: number; workflowId: string }> {
  syncOf(context.configuration, slug);
  const place = await placeOf(context.pool, slug);
  if (place === null) throw notUnderWay(slug);
  const { run_id: run, workflow_id: workflowId } = place;
  const { workflow } = await context.temporal();
  await workflow
    .getHandle(workflowId)
    .signal(steering)
    .catch((error: unknown) => {
      throw error instanceof WorkflowNotFoundError ? notUnderWay(slug) : error;
    });
  // after it, so that what did not reach the run is not noted, and no connection waits for Temporal
  await writeAudit(context.pool, {
    sync: slug,
    runId: run,
    recordId: null,
    kind: 'run',
    targetId: null,
    operation: 'decision',
    changes: [],
    rule: `run.${steering}`,
    actor: context.actor,
  });
  return { run, workflowId };
}

function notUnderWay(slug: string): Refusal {
  return new Refusal('conflict', `no run of "${slug}" is under way: see "passerelle status ${slug}"`);
}
