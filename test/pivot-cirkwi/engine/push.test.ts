import { type Scene, startScene } from './scene';

/** Nine itineraries and three points of interest; one itinerary is not ticked. */
const OFFERS = 12;
const PUBLISHED = 11;
const PUT = 'PUT *';

let scene: Scene;

beforeAll(async () => {
  scene = await startScene({ policies: { delivery: 'push' } });
});
afterAll(() => scene?.close());

/** Writing calls that Cirkwi was asked for since the last look. */
async function calls(): Promise<string[]> {
  const journal = await scene.stack.cirkwi.journal();
  await scene.stack.cirkwi.clearCounters();
  return journal.map(({ method }) => method);
}

async function pushed() {
  const { notes } = await scene.begin({ offers: OFFERS });
  await calls();
  const run = await scene.run();
  const [one, two, three] = notes.publishable.filter((code) => code.startsWith('ITB'));
  if (!one || !two || !three) throw new Error('the sample is too small');
  return { one, two, three, run };
}

test('each object is put, changed and deleted by a call of its own, and a quiet run makes none', async () => {
  const { one, two, run } = await pushed();
  const first = await calls();
  await scene.change(one, { nom: 'Titre poussé' });
  await scene.untick(two);

  const second = await scene.run();
  const secondCalls = await calls();
  const quiet = await scene.run({ full: true });

  expect(run).toMatchObject({ outcome: 'completed', writes: PUBLISHED, counts: { created: PUBLISHED } });
  expect(first).toEqual(Array(PUBLISHED).fill('PUT'));
  expect(second).toMatchObject({ writes: 2, counts: { updated: 1, withdrawn: 1, read: OFFERS } });
  expect(secondCalls.sort()).toEqual(['DELETE', 'PUT']);
  expect((await scene.inCirkwi(one))?.title).toBe('Titre poussé');
  expect(await scene.inCirkwi(two)).toBeNull();
  expect(quiet).toMatchObject({ outcome: 'completed', writes: 0 });
  expect(await calls()).toEqual([]);
  expect((await scene.imported()).size).toBe(PUBLISHED - 1);
});

test('calls whose answers get lost are made again and leave no second object', async () => {
  await scene.begin({ offers: OFFERS });
  await scene.stack.cirkwi.faults({ kind: 'commit-then-drop', route: PUT, rate: 0.3, seed: 3 });

  const run = await scene.run();

  const [use] = await scene.stack.cirkwi.faultUses();
  expect(use?.hits).toBeGreaterThan(1);
  expect(run).toMatchObject({ outcome: 'completed', counts: { created: PUBLISHED }, writes: PUBLISHED });
  expect((await scene.imported()).size).toBe(PUBLISHED);
  expect((await scene.stack.cirkwi.stats()).duplicates).toBe(0);
});

test('an object that Cirkwi refuses stops no other, is told, and goes through once it is accepted', async () => {
  await scene.begin({ offers: OFFERS });
  await scene.stack.cirkwi.faults({ kind: 'status', status: 400, code: 'Refused', route: PUT });

  const run = await scene.run();
  const items = await scene.items();
  const next = await scene.run();

  expect(run).toMatchObject({ outcome: 'completed-with-attention', writes: PUBLISHED - 1 });
  expect(run.counts).toMatchObject({ created: PUBLISHED - 1, refused: 1, read: OFFERS });
  expect(items.map(({ reason }) => reason)).toEqual(['target-refused']);
  expect(next).toMatchObject({ outcome: 'completed', writes: 1, counts: { created: 1, refused: 0 } });
  expect(await scene.items()).toEqual([]);
  expect((await scene.imported()).size).toBe(PUBLISHED);
});

test('what somebody edited or deleted in Cirkwi is found by a full run, and put back', async () => {
  const { one, two, three } = await pushed();
  await scene.run({ full: true });
  const original = await scene.inCirkwi(one);
  await scene.editInCirkwi(one, { title: 'Titre édité dans Cirkwi' });
  await scene.stack.cirkwi.put('circuits', { action: 'delete', id: two });
  await calls();

  await scene.run({ full: true });
  await scene.run();

  expect((await scene.inCirkwi(one))?.title).toBe(original?.title);
  expect(await scene.inCirkwi(two)).not.toBeNull();
  expect(await scene.inCirkwi(three)).not.toBeNull();
  expect(await calls()).toEqual(['PUT', 'PUT']);
  expect(await scene.run({ full: true })).toMatchObject({ outcome: 'completed', writes: 0 });
});

test('a signal pushes one object alone', async () => {
  const { one, two } = await pushed();
  await calls();
  for (const code of [one, two]) await scene.change(code, { nom: 'Titre par signal' });

  await scene.signal(one);
  await scene.settled(one);

  expect(await calls()).toEqual(['PUT']);
  expect((await scene.inCirkwi(one))?.title).toBe('Titre par signal');
  expect((await scene.inCirkwi(two))?.title).not.toBe('Titre par signal');
});
