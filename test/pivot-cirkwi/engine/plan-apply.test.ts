import { type Scene, startScene } from './scene';

const OFFERS = 24;
let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

const plan = () => scene.run({ mode: 'plan' });
const apply = (planRun: number) => scene.run({ mode: 'apply', planRun });
const feedStatus = async () => (await fetch(`${scene.stack.urls.feed}/pois.xml`)).status;

async function codesOf(beginning: Parameters<Scene['begin']>[0] = {}) {
  const { notes } = await scene.begin({ offers: OFFERS, ...beginning });
  const [one, two, three, four] = notes.publishable.filter((code) => code.startsWith('ITB'));
  if (!one || !two || !three || !four) throw new Error('the sample is too small');
  return { one, two, three, four, notes };
}

test('a plan publishes nothing, and applied later does exactly what it said', async () => {
  await codesOf();

  const planned = await plan();
  const before = await feedStatus();
  const applied = await apply(planned.runId);
  const again = await apply(planned.runId);
  const run = await scene.run({ full: true });

  expect(planned).toMatchObject({ outcome: 'planned', writes: 0, counts: { created: 22, read: OFFERS } });
  expect(before).not.toBe(200);
  expect(applied).toMatchObject({ outcome: 'completed', writes: 22, counts: planned.counts });
  expect((await scene.elements()).size).toBe(22);
  expect(again.writes).toBe(0);
  expect(run).toMatchObject({ outcome: 'completed', writes: 0 });
});

test('what changed in PIVOT since the plan is refused, the rest is applied, and the next run brings it', async () => {
  const { one, two, three } = await codesOf();
  await scene.run();
  for (const code of [one, two, three]) await scene.change(code, { nom: `Titre du plan de ${code}` });
  const planned = await plan();
  await scene.change(one, { nom: 'Titre d’après le plan' });
  await scene.untick(two);

  const applied = await apply(planned.runId);
  const elements = await scene.elements();
  const standings = [await scene.standing(one), await scene.standing(two)];
  const next = await scene.run();

  expect(planned).toMatchObject({ outcome: 'planned', counts: { updated: 3 } });
  expect(applied).toMatchObject({ writes: 1, counts: { updated: 1, refused: 2 } });
  for (const standing of standings)
    expect(standing).toMatchObject({ reason: 'changed-since-plan', due: true });
  expect([one, two, three].map((code) => elements.get(code)?.includes('Titre d'))).toEqual([
    false,
    false,
    true,
  ]);
  expect(next).toMatchObject({ writes: 2, counts: { updated: 1, withdrawn: 1, refused: 0, read: OFFERS } });
  expect((await scene.elements()).get(one)).toContain('Titre d’après le plan');
});

test('what was unticked since the plan is not published by it', async () => {
  const { one } = await codesOf();
  const planned = await plan();
  await scene.untick(one);

  const applied = await apply(planned.runId);

  expect(applied.counts).toMatchObject({ created: 21, refused: 1 });
  expect((await scene.elements()).has(one)).toBe(false);
});

test('what a signal brought since the plan is refused by it, and stays as the signal made it', async () => {
  const { one, two } = await codesOf();
  await scene.run();
  for (const code of [one, two]) await scene.change(code, { nom: 'Titre du plan' });
  const planned = await plan();
  await scene.change(one, { nom: 'Titre par signal' });
  await scene.signal(one);
  await scene.settled(one);

  const applied = await apply(planned.runId);

  const elements = await scene.elements();
  expect(applied).toMatchObject({ writes: 1, counts: { updated: 1, refused: 1 } });
  expect(elements.get(one)).toContain('Titre par signal');
  expect(elements.get(two)).toContain('Titre du plan');
  expect(await scene.run()).toMatchObject({ outcome: 'completed', writes: 0 });
});

test('a planned withdrawal looks at PIVOT once more: ticked again, it is left for the next run', async () => {
  const { one, two } = await codesOf();
  await scene.run();
  for (const code of [one, two]) await scene.untick(code);
  const planned = await plan();
  await scene.tick(one);

  const applied = await apply(planned.runId);

  const elements = await scene.elements();
  expect(planned.counts).toMatchObject({ withdrawn: 2 });
  expect(applied.counts).toMatchObject({ withdrawn: 1, waiting: 1 });
  expect([elements.has(one), elements.has(two)]).toEqual([true, false]);
  expect((await scene.run()).counts).toMatchObject({ withdrawn: 0, waiting: 0 });
});

test('the guard looks at a plan when it is applied', async () => {
  const { notes } = await codesOf();
  await scene.run();
  for (const code of notes.publishable.slice(0, 6)) await scene.untick(code);
  const planned = await plan();

  const applied = await apply(planned.runId);

  expect(applied).toMatchObject({ outcome: 'stopped', code: 'guard', writes: 0 });
  expect((await scene.elements()).size).toBe(22);
});

test('a number that is no plan is told', async () => {
  await codesOf();

  expect(await scene.runEnd({ mode: 'apply', planRun: 4711 })).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining('plan 4711 does not exist'),
  });
});
