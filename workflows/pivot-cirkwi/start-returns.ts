import { TypedSearchAttributes, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import { pairAttribute, recordAttribute, syncAttribute, trackWorkflowId } from '../names';
import type { trackReturn } from '../track-return';

/** Starts the way back of each edited track; one that is under way sees the new edit by itself, or the next look does. */
export async function startReturns(sync: string, records: readonly string[]): Promise<void> {
  for (const recordId of records) {
    try {
      await startChild<typeof trackReturn>('trackReturn', {
        workflowId: trackWorkflowId(sync, recordId),
        args: [{ sync, recordId }],
        parentClosePolicy: ParentClosePolicy.ABANDON,
        staticSummary: `track of ${recordId}`,
        typedSearchAttributes: new TypedSearchAttributes([
          { key: syncAttribute, value: sync },
          { key: pairAttribute, value: 'pivot-cirkwi' },
          { key: recordAttribute, value: recordId },
        ]),
      });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    }
  }
}
