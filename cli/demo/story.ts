import type { Counts } from '../../db/runs';
import { runAndWait } from '../../operations/start-run';
import type { RunProgress, SyncRunInput } from '../../workflows/messages';
import type { PasserelleProcess } from './passerelle-process';
import type { SharedStack, StackBase } from './stack-base';

export interface DemoRun {
  outcome: string;
  counts: Counts;
  writes: number;
  seconds: number;
}

export interface DemoSync<Run extends DemoRun = DemoRun> {
  sync: string;
  pair: string;
  runs: Run[];
  duplicates: number;
  /** Open items that need a person. */
  attention: number;
  /** What was promised and did not hold, in the story's own words. */
  broken: string[];
}

export interface DemoResult {
  ok: boolean;
  syncs: DemoSync[];
}

export interface StoryOptions {
  worker: 'kill-in-first-run' | 'leave-alone';
  /** Tells the story, line by line. */
  say: (line: string) => void;
  onProgress: (progress: RunProgress) => void;
}

/** Share of the records after which the worker dies. */
export const KILL_AT = 1 / 3;
export const RETRY_AFTER_SECONDS = 2;

/** The worker that the stories share: starting one takes longer than some of their runs. */
export interface DemoWorker {
  pid(): number;
  /** SIGKILL, and another worker. */
  replace(): Promise<void>;
  /** Starts one where a replacement did not start. */
  ensure(): Promise<void>;
  stop(): Promise<void>;
}

export async function startDemoWorker(stack: SharedStack): Promise<DemoWorker> {
  let worker: PasserelleProcess | null = await stack.startWorker();
  const ensure = async () => {
    worker ??= await stack.startWorker();
  };
  return {
    pid: () => worker?.pid ?? 0,
    async replace() {
      const before = worker;
      worker = null;
      await before?.kill();
      await ensure();
    },
    ensure,
    stop: async () => worker?.stop(),
  };
}

/** The death of a worker in a story. */
export interface WorkerDeath {
  /** The first time only, and only if the story is to be told with it. `where` says when. */
  strikeOnce(where: string): Promise<void>;
  hasStruck(): boolean;
}

export function deathOf(worker: DemoWorker, options: StoryOptions): WorkerDeath {
  let struck = false;
  return {
    async strikeOnce(where) {
      if (struck || options.worker === 'leave-alone') return;
      struck = true;
      options.say(`   SIGKILL to the worker (pid ${worker.pid()}) after ${where}; starting another.`);
      await worker.replace();
    },
    hasStruck: () => struck,
  };
}

/** What a story promises its listeners, line by line. */
export interface Promised {
  /** Tells a line that was found to be true, or that it is not. */
  tell(line: string, holds: boolean): void;
  /** The same for what goes without saying: only told when it does not hold. */
  expect(line: string, holds: boolean): void;
  broken: string[];
}

export function startPromises(say: (line: string) => void): Promised {
  const broken: string[] = [];
  const expect = (line: string, holds: boolean) => {
    if (holds) return;
    broken.push(line);
    say(`   DID NOT HOLD: ${line}`);
  };
  return {
    tell(line, holds) {
      if (holds) say(`   - ${line}`);
      else expect(line, holds);
    },
    expect,
    broken,
  };
}

/** One run from its start to its report. Rejects when the run fails or another one is under way. */
export async function runOnce(
  stack: StackBase,
  pair: string,
  input: Partial<SyncRunInput>,
  onProgress: (progress: RunProgress) => void | Promise<void>,
): Promise<DemoRun> {
  const startedAt = Date.now();
  const reactions = inOrder(onProgress);
  const running = runAndWait(
    stack.client,
    pair,
    { sync: stack.sync, mode: 'run', trigger: 'manual', ...input },
    reactions.next,
  );
  // a reaction that fails may leave nobody to work on the run
  const end = await Promise.race([running, reactions.failed]);
  await reactions.done();
  const seconds = Math.round((Date.now() - startedAt) / 100) / 10;
  if (end.kind !== 'report' || end.report.counts === null)
    throw new Error(
      end.kind === 'failed' ? `the run failed: ${end.reason}` : 'the run did not end with a report',
    );
  return {
    outcome: end.report.outcome,
    // the report's counts are those of the database, whose type this is
    counts: end.report.counts as unknown as Counts,
    writes: end.report.writes,
    seconds,
  };
}

/** Reacts to one thing after the other. `failed` only ever rejects. */
function inOrder<T>(react: (what: T) => void | Promise<void>) {
  let last: Promise<void> = Promise.resolve();
  let fail: (error: unknown) => void = () => {};
  const failed = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  failed.catch(() => undefined); // whoever waits for it hears of it
  return {
    next(what: T): void {
      last = last.then(() => react(what)).catch(fail);
    },
    failed,
    done: () => last,
  };
}

/** It went through, and every record read came to exactly one outcome (promise 3). */
export function isSound({ outcome, counts }: DemoRun): boolean {
  const { read, ...buckets } = counts;
  const sum = Object.values(buckets).reduce((total, n) => total + n, 0);
  return outcome.startsWith('completed') && sum === read;
}

export function tellRun({ outcome, counts, writes, seconds }: DemoRun): string {
  const { read, ...buckets } = counts;
  const parts = Object.entries(buckets).filter(([, n]) => n > 0);
  return `${outcome}: read ${read} = ${parts.map(([name, n]) => `${n} ${name}`).join(' + ')}; ${writes} writes in ${seconds} s.`;
}
