import { local } from './activity-options';
import type { CarriedRun, SyncRunInput } from './messages';
import { mayGoOn, RunEnds } from './run-frame';

type Phase = (input: SyncRunInput, run: CarriedRun) => Promise<void>;

/** What a pair does in each phase of a run; the frame around them is the same for all. */
export interface Phases {
  preflight: Phase;
  read: Phase;
  plan: Phase;
  /** What the guard of every pair does not look at. */
  guard?: Phase;
  /** `paused-for-history`: there is more, and the history is long enough; `run` says where to go on. */
  apply(input: SyncRunInput, run: CarriedRun): Promise<'done' | 'paused-for-history'>;
}

interface Vanished {
  tooMany: boolean;
  missing: number;
  known: number;
  /** There are more to ask for: call again. */
  more: boolean;
}

/**
 * Records that a full read did not contain are asked for one by one (`confirm`); too many of them, and a person is asked
 * first. `missingFrom` names the source and its records, for the message.
 */
export async function confirmVanished(
  input: SyncRunInput,
  run: CarriedRun,
  missingFrom: string,
  confirm: (allowed: { allowed?: number }) => Promise<Vanished>,
): Promise<void> {
  let allowed: number | undefined;
  for (;;) {
    await mayGoOn(run);
    const vanished = await confirm(allowed === undefined ? {} : { allowed });
    if (!vanished.tooMany && !vanished.more) return;
    if (!vanished.tooMany) continue;
    const { missing, known } = vanished;
    const verdict = await local.askAboutVanished({ sync: input.sync, runId: run.runId, missing, known });
    if (!verdict.passed) throw new RunEnds('stopped', 'guard', verdict.message ?? `too many ${missingFrom}`);
    allowed = missing;
  }
}

/** A plan made earlier becomes the plan of this run. */
export async function takeOverPlan(input: SyncRunInput, run: CarriedRun): Promise<void> {
  const { found } = await local.adoptPlan({
    sync: input.sync,
    runId: run.runId,
    planRun: input.planRun ?? 0,
    ...(input.choice === undefined ? {} : { choice: input.choice }),
  });
  if (found) return;
  throw new RunEnds(
    'failed',
    'no-such-plan',
    `plan ${input.planRun ?? '(none)'} does not exist for this sync, or is no finished plan`,
  );
}
