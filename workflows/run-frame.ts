import { condition, setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import { local } from './activity-options';
import type { CarriedRun, Phase, RunReport, SyncRunInput } from './messages';

/** Ends the run early, on purpose, with an outcome of its own. */
export class RunEnds extends Error {
  constructor(
    readonly outcome: 'stopped' | 'cancelled' | 'failed',
    readonly code: NonNullable<RunReport['code']>,
    readonly reason: string,
  ) {
    super(reason);
  }
}

/** Waits while the run is paused, and ends it when it was asked to stop. */
export async function mayGoOn(run: CarriedRun): Promise<void> {
  await condition(() => !run.paused);
  if (run.stopAfterCurrent)
    throw new RunEnds('cancelled', 'asked-to-stop', 'stopped after the dossiers under way, as asked');
}

/** Whether the server asks for a new history. */
export function historyIsLong(): boolean {
  return workflowInfo().continueAsNewSuggested;
}

export async function enterPhase(input: SyncRunInput, run: CarriedRun, phase: Phase): Promise<void> {
  run.progress.phase = phase;
  show(input, run);
  await local.enterPhase({ sync: input.sync, runId: run.runId, phase });
}

/** What an operator reads in the Temporal UI while the run works. */
export function show(input: SyncRunInput, run: CarriedRun): void {
  const p = run.progress;
  p.appliedPerMinute = paceOf(run);
  const pace = p.appliedPerMinute === null ? '' : ` (${p.appliedPerMinute} a minute)`;
  const outcomes = Object.entries(p.outcomes).map(([name, n]) => `${name} ${n}`);
  setCurrentDetails(
    [
      `**${input.sync}**, run ${run.runId} (${input.mode}${run.settings.full ? ', full' : ''}): **${p.phase}**${run.paused ? ', paused' : ''}`,
      `read ${p.read}, planned ${p.planned}, applied ${p.applied} of ${p.toApply}${pace}`,
      outcomes.join(', '),
    ].join('\n\n'),
  );
}

function paceOf(run: CarriedRun): number | null {
  if (run.applyingSince == null || run.progress.applied === 0) return null; // a run carried over from before has none
  const elapsedMs = Math.max(1, Date.now() - run.applyingSince); // the workflow's own clock: the same in a replay
  return Math.round((run.progress.applied * 60_000) / elapsedMs);
}
