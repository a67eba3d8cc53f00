import type { PasserelleProcess } from '../../../cli/demo/passerelle-process';
import { runAndWait } from '../../../operations/start-run';
import type { PivotStack } from '../../harness/pivot-stack';
import { startPivotTestStack } from '../../harness/pivot-stack';
import { until } from '../../harness/until';
import {
  edits,
  exported,
  itineraries,
  lineInCirkwi,
  mediaNamed,
  movedNorth,
  ROOT,
  returnEnded,
  startWatch,
  storedFile,
  tracksInPivot,
} from './track-scene';

const STEPS = [
  'before the drawing is kept',
  'after it is kept',
  'after the new track is linked, before its answer',
  'before the offer is looked at once more',
  'after the upload, before the media is made',
  'after the media is made, before its answer',
] as const;

let stack: PivotStack;
const { sample, codes } = itineraries(STEPS.length);
const drawings = new Map<string, Buffer>();

beforeAll(async () => {
  stack = await startPivotTestStack({ policies: { trackReturn: 'auto' } });
  const { offers, queries } = sample;
  await stack.pivot.reset({ offers, queries });
  await stack.startService();
  const first = await stack.startWorker();
  await run();
  await stack.cirkwi.act('pull');
  await run();

  await killedInTheLook(first, codes.slice(0, 4));
  await killedOnTheWay(await stack.startWorker(), codes.slice(4));

  await stack.startWorker();
  await until('all drawings are home', async () => {
    const states = await Promise.all(codes.map(async (code) => (await edits({ stack }, code))[0]?.state));
    return states.every((state) => state === 'returned');
  });
  for (const code of codes) await returnEnded({ stack }, code);
}, 180_000);
afterAll(() => stack?.stop());

async function run(): Promise<void> {
  const { client, sync } = stack;
  const end = await runAndWait(client, 'pivot-cirkwi', { sync, mode: 'run', trigger: 'manual' });
  expect(end.kind).toBe('report');
}

async function draw(some: readonly string[]): Promise<void> {
  for (const code of some) {
    const track = movedNorth(await lineInCirkwi({ stack }, code), 50);
    await stack.cirkwi.put('circuits', { action: 'patch', id: code, value: { track } });
    drawings.set(code, await exported({ stack }, code));
  }
}

/** Killed while it waits for one drawing, and has kept the others. */
async function killedInTheLook(worker: PasserelleProcess, some: readonly string[]): Promise<void> {
  const [missing = '', ...others] = some;
  await draw(some);
  const [circuit] = await stack.cirkwi.records('circuits', missing);
  await stack.cirkwi.faults({ kind: 'hang', route: `GET /fr/exporter-gpx/${circuit?.id}_0` });
  await startWatch({ stack });
  await until('all drawings but one are kept', async () => {
    const kept = await Promise.all(others.map((code) => edits({ stack }, code)));
    return kept.every(({ length }) => length === 1) && (await allHit(stack.cirkwi));
  });
  expect(await edits({ stack }, missing)).toEqual([]);
  await worker.kill();
  await stack.cirkwi.clearFaults();
}

/** Killed when each of four drawings has come to another step of its way. */
async function killedOnTheWay(worker: PasserelleProcess, later: readonly string[]): Promise<void> {
  const [first = '', second = '', linked = '', looked = ''] = codes;
  await stack.pivot.faults(
    { kind: 'hang', route: `PUT ${ROOT}/offer/${linked}`, commit: true },
    // read by the check, before the upload, and twice before the link
    { kind: 'hang', route: `GET ${ROOT}/offer/${looked}`, after: 4 },
  );
  await until('two drawings have come to their steps, and two are home', async () => {
    const home = await Promise.all([first, second].map((code) => edits({ stack }, code)));
    return (await allHit(stack.pivot)) && home.every(([edit]) => edit?.state === 'returned');
  });
  await stack.pivot.faults(
    { kind: 'hang', route: `POST ${ROOT}/offer` },
    { kind: 'hang', route: `POST ${ROOT}/offer`, after: 1, commit: true },
  );
  await draw(later);
  await startWatch({ stack });
  await until('two more have come to theirs', () => allHit(stack.pivot));
  await worker.kill();
  await stack.pivot.clearFaults();
}

async function allHit(simulator: PivotStack['pivot']): Promise<boolean> {
  return (await simulator.faultUses()).every(({ hits }) => hits === 1);
}

describe.each(STEPS.map((step, at) => ({ step, at })))('a worker killed $step', ({ at }) => {
  const code = codes[at] ?? '';

  test('brings the drawing home, and leaves no trace of it twice', async () => {
    const [edit, ...more] = await edits({ stack }, code);

    expect(more).toEqual([]);
    expect(edit?.state).toBe('returned');
    expect(edit && (await storedFile({ stack }, edit))).toEqual(drawings.get(code));
    const [track, ...others] = await tracksInPivot({ stack }, code);
    expect(others).toEqual([]);
    expect(track?.bytes).toEqual(drawings.get(code));
    expect(await mediaNamed({ stack }, code)).toEqual([track?.code]);
  });
});

test('PIVOT never had two tracks for one offer, and no media twice', async () => {
  expect((await stack.pivot.stats()).duplicates).toBe(0);
});
