import type { RunEnd } from '../../../operations/start-run';
import { createLife } from '../life';
import { type LifeStage, lifeStage } from './life-stage';
import { type LivedCycle, liveThrough, storyOf } from './life-story';

/** A later failure is lived again with the seed that its message shows: LIFE_SEED=12 npx jest life-cycles. */
const SEED = Number(process.env.LIFE_SEED ?? 1);
const CYCLES = 20;
const QUIET = 3;

let stage: LifeStage;
let lived: LivedCycle[];
let differences: string[];
let quiet: RunEnd[];

beforeAll(async () => {
  stage = await lifeStage({ records: 60, seed: SEED });
  await stage.startWorker();
  for (let first = 0; first < 2; first += 1) await stage.run();
  const { weavy, mautic, configuration, sync } = stage.stack;
  const configured = configuration.syncs[sync];
  if (configured?.pair !== 'weavy-webmecanik') throw new Error(`${sync} is no sync of both CRMs`);
  const life = await createLife({ seed: SEED, weavy, mautic, fields: configured.mapping });
  lived = await liveThrough(stage, life, { seed: SEED, cycles: CYCLES });
  quiet = [];
  for (let left = QUIET; left > 0; left -= 1)
    quiet.push(await life.cycle(() => stage.run({ full: left === 1 })));
  differences = await life.check();
}, 300_000);

afterAll(() => stage?.stack.stop());

test('both CRMs end as the model of what people did says, with nothing lost and nothing twice', () => {
  const story = differences.length === 0 ? [] : storyOf(lived, differences);

  expect({ seed: SEED, differences, story }).toEqual({ seed: SEED, differences: [], story: [] });
});

test('neither CRM ever had a record twice', async () => {
  const { weavy, mautic } = stage.stack;

  expect([(await weavy.stats()).duplicates, (await mautic.stats()).duplicates]).toEqual([0, 0]);
});

test('every run came to an end of its own, and its counts add up', () => {
  const ends = [...lived.map(({ end }) => end), ...quiet];

  expect(ends.filter((end) => end.kind !== 'report')).toEqual([]);
  for (const end of ends) {
    if (end.kind !== 'report') continue;
    const { read = -1, ...buckets } = end.report.counts ?? {};
    expect(Object.values(buckets).reduce((sum, n) => sum + n, 0)).toBe(read);
  }
});

test('once people are quiet, a full run has nothing to write', () => {
  expect(quiet.at(-1)).toMatchObject({ kind: 'report', report: { writes: 0 } });
});

test('the life was hard enough: edits on the way, faults of many kinds, workers killed over a run', () => {
  const faults = lived.flatMap((cycle) => cycle.faults);

  expect(lived.flatMap(({ during }) => during).length).toBeGreaterThan(CYCLES);
  expect(new Set(faults.map((fault) => fault.split(' ')[1])).size).toBeGreaterThan(3);
  expect(lived.filter(({ killedAtWrites }) => killedAtWrites !== null).length).toBeGreaterThan(1);
  expect(lived.flatMap(({ signalled }) => signalled).length).toBeGreaterThan(0);
});
