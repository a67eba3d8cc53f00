import type { Client } from '@temporalio/client';
import { type RunDetail, runById } from '../../db/lists/runs';
import type { Pool } from '../../db/pool';
import type { RunOutcome } from '../../db/runs';
import { askProgress } from '../../operations/run-progress';
import type { RunProgress } from '../../workflows/messages';

/** How far a run is, as people and programs watch it. */
export interface RunLive {
  run: number;
  /** As the database has it; `closed` at the end. */
  phase: string;
  /** Null while it works. */
  outcome: RunOutcome | null;
  reason: string | null;
  /** Told to pause. False also when the workflow does not answer. */
  paused: boolean;
  /** What the workflow says of itself; null when it is over, and when no worker answers for it just now. */
  progress: Pick<
    RunProgress,
    'read' | 'planned' | 'toApply' | 'applied' | 'appliedPerMinute' | 'outcomes'
  > | null;
  /** Time left for the writing at its pace so far, in seconds; null while that cannot be told. */
  secondsLeft: number | null;
  /** What it wrote, as counted at its end. */
  writes: number;
}

export type RunSources = { pool: Pool; client: Client };

/** How far the run is now; null when there is no such run. Gives up on the workflow when `signal` is aborted, or after a few seconds. */
export async function lookAtRun(
  { pool, client }: RunSources,
  runId: number,
  signal: AbortSignal,
): Promise<RunLive | null> {
  const run = await runById(pool, runId);
  return run === null ? null : liveOf(client, run, signal);
}

/** The same for a run that was read already. */
export async function liveOf(client: Client, run: RunDetail, signal: AbortSignal): Promise<RunLive> {
  const told = run.finishedAt === null ? await progressOf(client, run, signal) : null;
  const { id, phase, outcome, reason, writes } = run;
  return {
    run: id,
    phase: told?.phase ?? phase,
    outcome,
    reason,
    paused: told?.paused ?? false,
    progress: told === null ? null : shown(told),
    secondsLeft: told === null ? null : secondsLeft(told),
    writes,
  };
}

/** The workflow goes by the same id from run to run: an answer about another run is none. */
async function progressOf(client: Client, run: RunDetail, signal: AbortSignal): Promise<RunProgress | null> {
  if (signal.aborted) return null;
  const progress = await askProgress(client, client.workflow.getHandle(run.workflowId), signal);
  return progress?.runId === run.id ? progress : null;
}

function shown({
  read,
  planned,
  toApply,
  applied,
  appliedPerMinute,
  outcomes,
}: RunProgress): RunLive['progress'] {
  return { read, planned, toApply, applied, appliedPerMinute, outcomes };
}

function secondsLeft({ phase, paused, toApply, applied, appliedPerMinute }: RunProgress): number | null {
  if (phase !== 'apply' || paused || appliedPerMinute === null || appliedPerMinute <= 0) return null;
  return Math.max(0, Math.ceil(((toApply - applied) / appliedPerMinute) * 60));
}
