import { feedProblems } from '../feed-rules';
import { type Scene, startScene } from './scene';

/** 22 of them are published; six are more than a tenth, and more than the five that no share is asked for. */
const OFFERS = 24;
const MANY = 6;
let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

async function published(offers = OFFERS) {
  const { notes } = await scene.begin({ offers });
  await scene.run();
  const itineraries = notes.publishable.filter((code) => /^(ITB|CGT)/.test(code));
  return { notes, itineraries, served: await feeds() };
}

const feeds = async () => [await scene.feed('circuits'), await scene.feed('pois')];
const untickAll = async (codes: string[]) => {
  for (const code of codes) await scene.untick(code);
};

describe('more withdrawals than the share that the sync allows', () => {
  test('stop the run before anything is published, and ask', async () => {
    const { itineraries, served } = await published();
    await untickAll(itineraries.slice(0, MANY));

    const run = await scene.run();
    const again = await scene.run();

    expect(run).toMatchObject({ outcome: 'stopped', code: 'guard', writes: 0, counts: { withdrawn: 0 } });
    expect(run.reason).toContain(`withdrawn ${MANY}`);
    expect(again).toMatchObject({ outcome: 'stopped', code: 'guard' });
    expect(await scene.reasons(null)).toEqual(['guard-stopped']);
    expect(await feeds()).toEqual(served);
  });

  test('allowed once, exactly one run may make them', async () => {
    const { itineraries } = await published();
    await untickAll(itineraries.slice(0, MANY));
    await scene.run();
    await scene.decide('guard-stopped', 'allow-once');

    const allowed = await scene.run();
    const left = await scene.elements();
    await untickAll(itineraries.slice(MANY, 2 * MANY));
    const next = await scene.run();

    expect(allowed).toMatchObject({ outcome: 'completed', writes: MANY, counts: { withdrawn: MANY } });
    expect(itineraries.slice(0, MANY).some((code) => left.has(code))).toBe(false);
    expect(next).toMatchObject({ outcome: 'stopped', code: 'guard', writes: 0 });
    expect((await scene.elements()).size).toBe(left.size);
  });

  test('the permission counts for what was seen, and no more', async () => {
    const { itineraries, served } = await published();
    await untickAll(itineraries.slice(0, MANY));
    await scene.run();
    await scene.decide('guard-stopped', 'allow-once');
    await untickAll(itineraries.slice(MANY, MANY + 1));

    const run = await scene.run();

    expect(run).toMatchObject({ outcome: 'stopped', code: 'guard', writes: 0 });
    expect(await feeds()).toEqual(served);
    const [item] = await scene.items();
    expect(item).toMatchObject({ reason: 'guard-stopped', detail: { withdrawn: MANY + 1 } });
  });

  test('a preview shows them, stops nothing and uses no permission up', async () => {
    const { itineraries, served } = await published();
    await untickAll(itineraries.slice(0, MANY));

    const preview = await scene.run({ mode: 'plan' });
    const itemsOfPreview = await scene.reasons(null);
    await scene.run();
    await scene.decide('guard-stopped', 'allow-once');
    const second = await scene.run({ mode: 'plan' });
    const feedOfPreview = await feeds();
    const run = await scene.run();

    expect([preview, second].map(({ outcome, counts }) => [outcome, counts?.withdrawn])).toEqual([
      ['planned', MANY],
      ['planned', MANY],
    ]);
    expect(itemsOfPreview).toEqual([]);
    expect(feedOfPreview).toEqual(served);
    expect(run).toMatchObject({ outcome: 'completed', counts: { withdrawn: MANY } });
  });
});

test('a run that would clear a field in too many objects stops and asks too', async () => {
  const { itineraries, served } = await published();
  for (const code of itineraries.slice(0, MANY)) await scene.change(code, {}, { unset: ['adresse1'] });

  const stopped = await scene.run();
  const servedMeanwhile = await feeds();
  await scene.decide('guard-stopped', 'allow-once');
  const allowed = await scene.run();

  expect(stopped).toMatchObject({ outcome: 'stopped', code: 'guard', writes: 0 });
  expect(stopped.reason).toContain(`blanked ${MANY}`);
  expect(servedMeanwhile).toEqual(served);
  expect(allowed).toMatchObject({ outcome: 'completed', counts: { updated: MANY }, writes: MANY });
});

test('a feed that would lose its last object is not published unasked, however few they are', async () => {
  const { notes, served } = await published(12); // three points of interest
  const points = notes.publishable.filter((code) => !/^(ITB|CGT)/.test(code));
  await untickAll(points);

  const stopped = await scene.run();
  const servedMeanwhile = await feeds();
  await scene.decide('guard-stopped', 'allow-once');
  const allowed = await scene.run();

  expect(points.length).toBe(3);
  expect(stopped).toMatchObject({ outcome: 'stopped', code: 'guard', writes: 0 });
  expect(servedMeanwhile).toEqual(served);
  expect(allowed).toMatchObject({ outcome: 'completed', counts: { withdrawn: 3 } });
  const empty = await scene.feed('pois');
  expect(feedProblems(empty, 'poi')).toEqual([]);
  expect(empty).not.toContain('<poi ');
});

describe('a full read without many offers that we know', () => {
  /** Somebody narrows the stored query: PIVOT still has the six points of interest, ticked and all. */
  async function narrowed() {
    const world = await published();
    const { configuration, stack } = scene;
    const types = { field: 'urn:fld:typeofr', operator: 'in', target: 'value', value: ['8'] };
    const query = { CriteriaGroup: [{ type: 'and', CriteriaField: [types] }] };
    await stack.pivot.put('queries', { action: 'patch', id: configuration.query, value: { query } });
    return world;
  }

  test('stops the run and asks; allowed, each is asked for and held, and none leaves the feed', async () => {
    const { served } = await narrowed();

    const stopped = await scene.run({ full: true });
    const question = await scene.items();
    await scene.decide('guard-stopped', 'allow-once');
    const allowed = await scene.run({ full: true });

    expect(stopped).toMatchObject({ outcome: 'stopped', code: 'guard', writes: 0 });
    expect(question.map(({ reason, detail }) => [reason, detail])).toEqual([
      ['guard-stopped', { missing: MANY, known: 22 }],
    ]);
    expect(allowed).toMatchObject({ outcome: 'completed-with-attention', writes: 0 });
    expect(allowed.counts).toMatchObject({ held: MANY, withdrawn: 0, read: OFFERS });
    expect((await scene.items()).map(({ reason }) => reason)).toEqual(Array(MANY).fill('left-query'));
    expect(await feeds()).toEqual(served);
  });

  test('the change list alone says the same of each, and none leaves the feed', async () => {
    const { served } = await narrowed();

    const run = await scene.run();

    expect(run).toMatchObject({ outcome: 'completed-with-attention', writes: 0 });
    expect(run.counts).toMatchObject({ held: MANY, withdrawn: 0 });
    expect(await feeds()).toEqual(served);
  });
});

test('what people took back after the guard had stopped is not withdrawn by any later run', async () => {
  const { itineraries } = await published();
  await untickAll(itineraries.slice(0, MANY));
  await scene.run();
  for (const code of itineraries.slice(0, MANY)) await scene.tick(code);

  const run = await scene.run();

  expect(run.counts).toMatchObject({ withdrawn: 0, read: OFFERS });
  expect((await scene.elements()).size).toBe(22);
});
