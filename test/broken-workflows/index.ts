import { sleep } from '@temporalio/workflow';
import * as today from '../../workflows';
import type {
  DossierInput,
  DossierReport,
  RecordInput,
  RecordReport,
  RunReport,
  SyncRunInput,
  TrackReturnInput,
  TrackReturnReport,
  TrackWatchInput,
  TrackWatchReport,
} from '../../workflows/messages';

/** Today's workflows with a step that no `patched` announces: what a careless change looks like. Never started, only replayed. */
export async function syncRun(input: SyncRunInput): Promise<RunReport> {
  await sleep('1 minute');
  return today.syncRun(input);
}

export async function dossier(input: DossierInput): Promise<DossierReport> {
  await sleep('1 minute');
  return today.dossier(input);
}

export async function record(input: RecordInput): Promise<RecordReport> {
  await sleep('1 minute');
  return today.record(input);
}

export async function trackReturn(input: TrackReturnInput): Promise<TrackReturnReport> {
  await sleep('1 minute');
  return today.trackReturn(input);
}

export async function trackWatch(input: TrackWatchInput): Promise<TrackWatchReport> {
  await sleep('1 minute');
  return today.trackWatch(input);
}
