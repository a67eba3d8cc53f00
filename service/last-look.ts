import { Client, type Connection, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { MAIN_QUEUE, pairAttribute, syncAttribute, watchWorkflowId } from '../workflows/names';
import type { LastLook } from './feed-look';

export interface LookParts {
  connection: Connection;
  namespace: string;
  /** Nobody waits for a look any more once this is aborted; do so before the connection is closed. */
  stopping: AbortSignal;
  onFailure: (sync: string, cause: unknown) => void;
}

/**
 * Looks by the workflow `trackWatch`. One that is under way began before it was asked for, so it is waited for and
 * another is started. Any failure, and no end in time, is `failed`; a look that is late goes on by itself, as what it
 * finds is worth keeping.
 */
export function createLastLook({ connection, namespace, stopping, onFailure }: LookParts): LastLook {
  const client = new Client({ connection, namespace });
  return async (sync, withinMs) => {
    const signal = AbortSignal.any([AbortSignal.timeout(withinMs), stopping]);
    try {
      await connection.withAbortSignal(signal, () => freshLook(client, sync, signal));
      return 'looked';
    } catch (cause) {
      // whatever it was: nobody knows whether a drawing was missed
      onFailure(sync, cause);
      return 'failed';
    }
  };
}

async function freshLook(client: Client, sync: string, signal: AbortSignal): Promise<void> {
  const workflowId = watchWorkflowId(sync);
  for (;;) {
    signal.throwIfAborted(); // a call that begins after the abort would not hear of it
    try {
      const handle = await client.workflow.start('trackWatch', {
        workflowId,
        taskQueue: MAIN_QUEUE,
        args: [{ sync, trigger: 'feed' }],
        typedSearchAttributes: new TypedSearchAttributes([
          { key: syncAttribute, value: sync },
          { key: pairAttribute, value: 'pivot-cirkwi' },
        ]),
      });
      await handle.result();
      return;
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      // how the other one ends means nothing for ours; when it cannot be waited for, the next start says why
      await client.workflow
        .getHandle(workflowId)
        .result()
        .catch(() => undefined);
    }
  }
}
