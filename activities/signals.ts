import type { WorkflowClient } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type { dossier } from '../workflows/dossier';
import { dossierWorkflowId, MAIN_QUEUE, recordAttribute, syncAttribute } from '../workflows/names';

type DossierWorkflow = typeof dossier;

/** Starts the dossiers' workflows, or tells running ones to look again. */
export function createSignalActivities(workflows: () => WorkflowClient) {
  return {
    /** Ten at once or one after the other: a dossier that is told twice makes one more pass at most. */
    async nudgeDossiers(input: { sync: string; recordIds: string[] }): Promise<void> {
      for (const recordId of input.recordIds)
        await signalDossier(workflows(), input.sync, recordId, 'recordChanged');
    },
  };
}

/** Signals a dossier with start: the way in for hooks, decisions and the command line. */
export async function signalDossier(
  workflows: WorkflowClient,
  sync: string,
  recordId: string,
  signal: 'recordValidated' | 'recordChanged' | 'decide' | 'retry',
  argument?: { version?: number } | { itemId: number },
): Promise<void> {
  await workflows.signalWithStart<DossierWorkflow, [unknown?]>('dossier', {
    workflowId: dossierWorkflowId(sync, recordId),
    taskQueue: MAIN_QUEUE,
    args: [{ sync, recordId }],
    signal,
    signalArgs: [argument],
    typedSearchAttributes: new TypedSearchAttributes([
      { key: syncAttribute, value: sync },
      { key: recordAttribute, value: recordId },
    ]),
  });
}
