import { countOpenItems, listOpenItems } from '../../../db/attention';
import type { Counts } from '../../../db/runs';
import { planexpoInwinkReasons } from '../../../mappings/planexpo-inwink/reasons';
import type { RunProgress, SyncRunInput } from '../../../workflows/messages';
import { runAndWait } from '../../start-run';
import type { PasserelleProcess } from '../passerelle-process';
import { editBothSides } from './edits';
import type { LocalStack } from './stack';

export interface DemoRun {
  outcome: string;
  counts: Counts;
  writes: number;
  seconds: number;
}

export interface DemoResult {
  ok: boolean;
  syncs: Array<{ sync: string; pair: string; runs: DemoRun[]; duplicates: number; attention: number }>;
}

export interface DemoOptions {
  worker: 'kill-in-first-run' | 'leave-alone';
  /** Tells the story, line by line. */
  say: (line: string) => void;
  onProgress: (progress: RunProgress) => void;
}

const PAIR = 'planexpo-inwink';
/** Share of the dossiers after which the worker dies. */
const KILL_AT = 1 / 3;
const RETRY_AFTER_SECONDS = 2;

/** The three acts of the demonstration. The stack must be up; its workers are started (and killed) here. */
export async function runDemo(stack: LocalStack, options: DemoOptions): Promise<DemoResult> {
  const { say } = options;
  let worker = await stack.startWorker();
  const runs: DemoRun[] = [];

  say(`1. First run: ${stack.expo.planexpo.orders.length} dossiers from Planexpo into Inwink.`);
  await stack.inwink.faults({ kind: 'retry-after', seconds: RETRY_AFTER_SECONDS, after: 60, count: 1 });
  say(`   Inwink will ask everyone to wait ${RETRY_AFTER_SECONDS} s in the middle of it.`);
  const first = await run(stack, {}, async (progress) => {
    options.onProgress(progress);
    if (options.worker !== 'kill-in-first-run' || !isTimeToKill(progress)) return;
    options.worker = 'leave-alone';
    say(
      `   SIGKILL to the worker (pid ${worker.pid}) after ${progress.applied} of ${progress.toApply} dossiers; starting another.`,
    );
    worker = await replace(worker, stack);
  });
  runs.push(first);
  say(`   ${tell(first)}`);

  say('2. Second run: nothing changed.');
  const second = await run(stack, {}, options.onProgress);
  runs.push(second);
  say(`   ${tell(second)}`);

  say('3. People work on both sides:');
  for (const line of await editBothSides(stack)) say(`   - ${line}`);
  const third = await run(stack, { full: true }, options.onProgress);
  runs.push(third);
  say(`   ${tell(third)}`);

  const { duplicates } = await stack.inwink.stats();
  const attention = await countOpenItems(stack.pool, stack.sync);
  await worker.stop();
  const ok = runs.every(isSound) && second.writes === 0 && duplicates === 0;
  return { ok, syncs: [{ sync: stack.sync, pair: PAIR, runs, duplicates, attention }] };
}

/** The open items that need a person, the newest first: what each is about, in plain words. */
export async function tellAttention(stack: LocalStack, limit: number): Promise<string[]> {
  const open = await listOpenItems(stack.pool, stack.sync, 1_000);
  const items = open.filter((item) => item.severity === 'action' && item.state === 'open').reverse();
  const lines = items.slice(0, limit).map((item) => {
    const about = item.record_id === null ? item.place : `dossier ${item.record_id}`;
    const { what } = planexpoInwinkReasons.text(item.reason, 'en');
    return `- item ${item.id}, ${about}: ${item.reason}. ${what}`;
  });
  return items.length > limit
    ? [...lines, `- and ${items.length - limit} more, from the sample's own dirt`]
    : lines;
}

function isTimeToKill(progress: RunProgress): boolean {
  return progress.phase === 'apply' && progress.toApply > 0 && progress.applied >= progress.toApply * KILL_AT;
}

async function replace(worker: PasserelleProcess, stack: LocalStack): Promise<PasserelleProcess> {
  await worker.kill();
  return stack.startWorker();
}

async function run(
  stack: LocalStack,
  input: Partial<SyncRunInput>,
  onProgress: (progress: RunProgress) => void | Promise<void>,
): Promise<DemoRun> {
  const startedAt = Date.now();
  let reacting: Promise<void> = Promise.resolve();
  const end = await runAndWait(
    stack.client,
    PAIR,
    { sync: stack.sync, mode: 'run', trigger: 'manual', ...input },
    (progress) => {
      reacting = reacting.then(() => onProgress(progress));
    },
  );
  await reacting;
  const seconds = Math.round((Date.now() - startedAt) / 100) / 10;
  if (end.kind !== 'report' || end.report.counts === null) {
    throw new Error(
      end.kind === 'failed' ? `the run failed: ${end.reason}` : 'the run did not end with a report',
    );
  }
  // the report's counts are those of the database, whose type this is
  return {
    outcome: end.report.outcome,
    counts: end.report.counts as unknown as Counts,
    writes: end.report.writes,
    seconds,
  };
}

function isSound({ outcome, counts }: DemoRun): boolean {
  const { read, ...buckets } = counts;
  const sum = Object.values(buckets).reduce((total, n) => total + n, 0);
  return outcome.startsWith('completed') && sum === read;
}

function tell({ outcome, counts, writes, seconds }: DemoRun): string {
  const { read, ...buckets } = counts;
  const parts = Object.entries(buckets).filter(([, n]) => n > 0);
  return `${outcome}: read ${read} = ${parts.map(([name, n]) => `${n} ${name}`).join(' + ')}; ${writes} writes in ${seconds} s.`;
}
