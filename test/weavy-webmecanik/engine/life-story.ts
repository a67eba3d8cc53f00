import { setTimeout as pause } from 'node:timers/promises';
import { signalRecord } from '../../../activities/signals';
import type { RunEnd } from '../../../operations/start-run';
import type { FaultInput } from '../../../simulators/control';
import { type SeededRandom, seededRandom } from '../../../simulators/core/seeded-random';
import { recordWorkflow } from '../../../workflows/names';
import type { Done, Life } from '../life';
import { drawFaults } from './life-faults';
import type { LifeStage } from './life-stage';

const PAIR = 'weavy-webmecanik';

/** One cycle as it was lived, for messages and for the tests that look whether anything happened. */
export interface LivedCycle {
  between: Done[];
  during: Done[];
  faults: string[];
  /** How many writes both CRMs had been asked for when the worker was killed; null when it was not. */
  killedAtWrites: number | null;
  signalled: string[];
  full: boolean;
  end: RunEnd;
}

/** What this cycle brings, all drawn before it begins: what happens in it does not change what is drawn later. */
interface Script {
  between: number;
  duringMs: number[];
  faults: ReturnType<typeof drawFaults>;
  /** The worker dies once both CRMs were asked for so many writes, or when the run ends without. */
  killAtWrites: number | null;
  signals: number;
  full: boolean;
}

function scriptOf(cycle: number, random: SeededRandom): Script {
  return {
    between: 4 + random.below(14),
    duringMs: Array.from({ length: random.below(10) }, () => random.below(250)),
    faults: random.below(2) === 0 ? drawFaults(random) : [],
    killAtWrites: cycle % 6 === 4 ? random.below(7) : null,
    signals: random.below(3) === 0 ? 1 + random.below(3) : 0,
    full: random.below(5) === 0,
  };
}

/** People work between and during the cycles, platforms fail, workers die; then it is quiet. */
export async function liveThrough(
  stage: LifeStage,
  life: Life,
  options: { seed: number; cycles: number },
): Promise<LivedCycle[]> {
  const random = seededRandom(options.seed);
  const lived: LivedCycle[] = [];
  for (let cycle = 0; cycle < options.cycles; cycle += 1)
    lived.push(await liveCycle(stage, life, scriptOf(cycle, random)));
  return lived;
}

async function liveCycle(stage: LifeStage, life: Life, script: Script): Promise<LivedCycle> {
  const { stack } = stage;
  const between: Done[] = [];
  for (let left = script.between; left > 0; left -= 1) keep(between, await life.act());
  for (const { side, fault } of script.faults) await stack[side].faults(fault);
  const during: Done[] = [];
  const signalled = between
    .filter(({ record }) => !record.startsWith('weavy/marketinginbound'))
    .slice(0, script.signals)
    .map(({ record }) => record);
  let killedAtWrites: number | null = null;
  const end = await life.cycle(async () => {
    const running = stage.run({ full: script.full });
    const killed = killAt(stage, script.killAtWrites, running);
    await Promise.all([
      running,
      actAlong(life, script.duringMs, during),
      ...signalled.map((recordId) => passAlone(stage, recordId)),
    ]);
    killedAtWrites = await killed;
    return running;
  });
  const faults = await hitFaults(stage);
  await stack.weavy.clearFaults();
  await stack.mautic.clearFaults();
  const { full } = script;
  return { between, during, faults, killedAtWrites, signalled, full, end };
}

async function actAlong(life: Life, waits: readonly number[], during: Done[]): Promise<void> {
  for (const ms of waits) {
    await pause(ms);
    keep(during, await life.act());
  }
}

function keep(done: Done[], one: Done | null): void {
  if (one !== null) done.push(one);
}

/** Kills the worker in the middle of a run and starts another; null when the run ended before. */
async function killAt(
  stage: LifeStage,
  writes: number | null,
  running: Promise<RunEnd>,
): Promise<number | null> {
  if (writes === null) return null;
  let isOver = false;
  const over = () => {
    isOver = true;
  };
  running.then(over, over);
  const before = await writesOf(stage);
  // the n-th write, or for none of them somewhere in the reading and planning
  if (writes === 0) await pause(700);
  while (!isOver && (await writesOf(stage)) - before < writes) await pause(2);
  if (isOver) return null;
  const killedAt = (await writesOf(stage)) - before;
  await stage.killWorker();
  await stage.startWorker();
  return killedAt;
}

async function writesOf({ stack }: LifeStage): Promise<number> {
  const [weavy, mautic] = await Promise.all([stack.weavy.stats(), stack.mautic.stats()]);
  return weavy.writes + mautic.writes;
}

/** A hook tells of one record while the run is under way; what its own workflow comes to is in both CRMs. */
async function passAlone({ stack }: LifeStage, recordId: string): Promise<void> {
  const { client, sync } = stack;
  await signalRecord(client.workflow, { pair: PAIR, sync, recordId }, 'recordChanged');
  const { id } = recordWorkflow(PAIR, sync, recordId);
  await client.workflow
    .getHandle(id)
    .result()
    .catch(() => undefined);
}

async function hitFaults({ stack }: LifeStage): Promise<string[]> {
  const uses = await Promise.all(
    (['weavy', 'mautic'] as const).map(async (side) =>
      (await stack[side].faultUses())
        .filter(({ hits }) => hits > 0)
        .map(({ fault, hits }) => `${side} ${named(fault)} x${hits}`),
    ),
  );
  return uses.flat();
}

function named(fault: FaultInput): string {
  const commits = 'commit' in fault && fault.commit === true ? ' after commit' : '';
  return `${fault.kind}${commits} on ${fault.route ?? '*'}`;
}

/** Everything that was done to the records that these differences name, by cycle. */
export function storyOf(lived: readonly LivedCycle[], differences: readonly string[]): string[] {
  const text = differences.join('\n');
  const isNamed = (record: string): boolean => text.includes(`${record} `);
  return lived.flatMap(({ between, during, faults, killedAtWrites, signalled, full, end }, cycle) => {
    const lines = [
      ...between.filter(({ record }) => isNamed(record)).map((done) => `before: ${JSON.stringify(done)}`),
      ...during.filter(({ record }) => isNamed(record)).map((done) => `during: ${JSON.stringify(done)}`),
    ];
    const outcome = end.kind === 'report' ? end.report.outcome : JSON.stringify(end);
    const about = [
      full ? 'full' : 'changed',
      killedAtWrites === null ? '' : `killed at write ${killedAtWrites}`,
      signalled.length === 0 ? '' : `signals ${signalled.join(' ')}`,
      faults.join(', '),
      outcome,
    ];
    return [`cycle ${cycle + 1}: ${about.filter(Boolean).join('; ')}`, ...lines.map((line) => `  ${line}`)];
  });
}
