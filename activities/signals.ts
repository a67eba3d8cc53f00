import type { WorkflowClient } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type { dossier } from '../workflows/dossier';
import {
  MAIN_QUEUE,
  pairAttribute,
  recordAttribute,
  recordWorkflow,
  syncAttribute,
  trackWorkflowId,
} from '../workflows/names';
import type { record } from '../workflows/record';
import type { trackReturn } from '../workflows/track-return';

type RecordWorkflow = typeof dossier | typeof record;

/** Starts the dossiers' workflows, or tells running ones to look again. */
export function createSignalActivities(workflows: () => WorkflowClient) {
  return {
    /** Ten at once or one after the other: a dossier that is told twice makes one more pass at most. */
    async nudgeDossiers(input: { sync: string; recordIds: string[] }): Promise<void> {
      for (const recordId of input.recordIds)
        await signalRecord(
          workflows(),
          { pair: 'planexpo-inwink', sync: input.sync, recordId },
          'recordChanged',
        );
    },
  };
}

/** The same for records of any pair. */
export function createRecordSignalActivities(workflows: () => WorkflowClient) {
  return {
    async nudgeRecord(input: { pair: string; sync: string; recordId: string }): Promise<void> {
      await signalRecord(workflows(), input, 'recordChanged');
    },
  };
}

type RecordSignal = 'recordValidated' | 'recordChanged' | 'decide' | 'retry';

/** Signals a record's workflow with start: the way in for hooks, decisions and the command line. */
export async function signalRecord(
  workflows: WorkflowClient,
  { pair, sync, recordId }: { pair: string; sync: string; recordId: string },
  signal: RecordSignal,
  argument?: { version?: number } | { itemId: number },
): Promise<void> {
  const { type, id } = recordWorkflow(pair, sync, recordId);
  await workflows.signalWithStart<RecordWorkflow, [unknown?]>(type, {
    workflowId: id,
    taskQueue: MAIN_QUEUE,
    // the first pairs' workflows know theirs
    args: [pair === 'weavy-webmecanik' ? { sync, recordId, pair } : { sync, recordId }],
    signal,
    signalArgs: [argument],
    typedSearchAttributes: new TypedSearchAttributes([
      { key: syncAttribute, value: sync },
      { key: pairAttribute, value: pair },
      { key: recordAttribute, value: recordId },
    ]),
  });
}

/** The same for the way back of an offer's track, which its own workflow takes up where it was left. */
export async function signalTrack(
  workflows: WorkflowClient,
  { sync, recordId }: { sync: string; recordId: string },
  signal: 'decide' | 'retry',
  argument?: { itemId: number },
): Promise<void> {
  await workflows.signalWithStart<typeof trackReturn, [unknown?]>('trackReturn', {
    workflowId: trackWorkflowId(sync, recordId),
    taskQueue: MAIN_QUEUE,
    args: [{ sync, recordId }],
    signal,
    signalArgs: [argument],
    typedSearchAttributes: new TypedSearchAttributes([
      { key: syncAttribute, value: sync },
      { key: pairAttribute, value: 'pivot-cirkwi' },
      { key: recordAttribute, value: recordId },
    ]),
  });
}
