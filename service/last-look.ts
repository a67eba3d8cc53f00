import { Client, type Connection, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { MAIN_QUEUE, pairAttribute, syncAttribute, watchWorkflowId } from '../workflows/names';
import type { LastLook } from './feed-look';

/**
 * Looks by the workflow `trackWatch`. One that is under way began before it was asked for, so it is waited for and
 * another is started. Any failure, and no end in time, is `failed`, told to `onFailure`; a look that is late goes on by
 * itself, as what it finds is worth keeping.
 */
export function createLastLook(
  connection: Connection,
  namespace: string,
  onFailure: (sync: string, cause: unknown) => void = () => {},
): LastLook {
  const client = new Client({ connection, namespace });
  return async (sync, withinMs) => {
    try {
      await connection.withAbortSignal(AbortSignal.timeout(withinMs), () => freshLook(client, sync));
      return 'looked';
    } catch (cause) {
      // whatever it was: nobody knows whether a drawing was missed
      onFailure(sync, cause);
      return 'failed';
    }
  };
}

async function freshLook(client: Client, sync: string): Promise<void> {
  const workflowId = watchWorkflowId(sync);
  for (;;) {
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
