import { PIVOT } from './consumer';
import { type Scene, startScene, TICKS } from './scene';

const OFFERS = 24;
let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

/** Everything published and imported, beside objects that people of the account made by hand. */
async function imported(beginning: Parameters<Scene['begin']>[0] = {}) {
  const { notes } = await scene.begin({ offers: OFFERS, ...beginning });
  const { cirkwi } = scene.stack;
  const byHand = { title: 'Balade dessinée à la main', description: 'Par nous.' };
  const circuit = await cirkwi.put('circuits', { action: 'upsert', id: '501', value: byHand });
  const poi = await cirkwi.put('pois', { action: 'upsert', id: '502', value: byHand });
  const [profile] = await cirkwi.records('profile');
  const { counts } = await scene.run();
  await scene.pull();
  const [one, two, three, four] = notes.publishable.filter((code) => code.startsWith('ITB'));
  if (!one || !two || !three || !four) throw new Error('the sample is too small');
  const untouched = async () => {
    const [circuitNow] = (await cirkwi.records('circuits')).filter(({ id }) => id === '501');
    const [poiNow] = (await cirkwi.records('pois')).filter(({ id }) => id === '502');
    expect([circuitNow, poiNow, (await cirkwi.records('profile'))[0]]).toEqual([circuit, poi, profile]);
  };
  return { one, two, three, four, notes, untouched, read: counts?.read };
}

describe.each([
  ['the change list', {}, 'all'],
  ['the change list of a query of ticked offers', {}, 'ticked'],
  ['a full read', { full: true }, 'all'],
  ['a full read of a query of ticked offers', { full: true }, 'ticked'],
] as const)('what is no longer to be published, found by %s', (_name, input, query) => {
  test('leaves the feed with its reason, and Cirkwi at its next import; everything else stays', async () => {
    const { one, two, three, four, untouched, read } = await imported({ query });
    const { pivot } = scene.stack;
    await scene.untick(one);
    await pivot.put('offers', { action: 'delete', id: two });
    await pivot.put('offers', { action: 'delete', id: three });
    await pivot.put('offers', { action: 'delete', id: three }); // out of the archive, for good
    await scene.change(four, { estActive: 20 });
    const before = await scene.elements();

    const run = await scene.run(input);

    const after = await scene.elements();
    expect(run).toMatchObject({ outcome: 'completed', writes: 4 });
    expect(run.counts).toMatchObject({ withdrawn: 4, created: 0, updated: 0, held: 0, read });
    const reasons = await Promise.all([one, two, three, four].map((code) => scene.standing(code)));
    expect(reasons.map(({ reason }) => reason)).toEqual([
      'unticked',
      'archived',
      'deleted-at-source',
      'no-longer-publishable',
    ]);
    expect([...before.keys()].filter((code) => !after.has(code)).sort()).toEqual(
      [one, two, three, four].sort(),
    );
    for (const [code, element] of after) expect(element).toBe(before.get(code));

    expect(await scene.pull()).toMatchObject({ deleted: 4, created: 0, changed: 0, rejected: [] });
    expect([...(await scene.imported()).keys()].sort()).toEqual([...after.keys()].sort());
    await untouched();
    expect(await scene.run({ full: true })).toMatchObject({ outcome: 'completed', writes: 0 });
    expect(await scene.states()).toEqual({ verified: after.size, gone: 4 });
  });
});

test('under the rule "any" an offer without its tags stays, shown nowhere; without the filter too it is withdrawn', async () => {
  const { one } = await imported();
  await scene.untick(one, TICKS.tag, TICKS.network);
  const half = await scene.run();
  const element = (await scene.elements()).get(one);
  const { outcome, reason } = await scene.standing(one);
  await scene.untick(one, TICKS.filter);
  const none = await scene.run();

  expect(half.counts).toMatchObject({ updated: 1, withdrawn: 0 });
  expect([outcome, reason]).toEqual(['updated', 'filter-without-tag']);
  expect(element).toContain('publie_cirkwi="0"');
  expect(none.counts).toMatchObject({ updated: 0, withdrawn: 1 });
  expect((await scene.elements()).has(one)).toBe(false);
});

test('under the rule "all" an offer that loses its filter, or all its tags, is withdrawn', async () => {
  const { one, two, three } = await imported({ policies: { publicationRule: 'all' } });
  await scene.untick(one, TICKS.filter);
  await scene.untick(two, TICKS.tag, TICKS.network);
  await scene.tick(three, TICKS.network);
  await scene.untick(three, TICKS.tag);

  const run = await scene.run();

  expect(run.counts).toMatchObject({ withdrawn: 2, updated: 1 });
  const after = await scene.elements();
  expect([after.has(one), after.has(two), after.has(three)]).toEqual([false, false, true]);
});

test('an offer that is ticked again between the plan and its withdrawal is not withdrawn', async () => {
  const { one, two } = await imported();
  await scene.untick(one);
  const before = await scene.elements();
  const ticks = Object.fromEntries(Object.values(TICKS).map((urn) => [urn, 'true']));
  await scene.stack.pivot.faults({
    kind: 'person',
    records: 'offers',
    change: { action: 'patch', id: one, value: { setSpec: ticks } },
    route: PIVOT.offer,
    after: 1, // the read of the change list finds it unticked
  });

  const run = await scene.run();
  const kept = await scene.elements();
  const next = await scene.run();

  expect(run.counts).toMatchObject({ withdrawn: 0, waiting: 1, read: OFFERS });
  expect(kept).toEqual(before);
  expect(next.counts).toMatchObject({ withdrawn: 0, waiting: 0 });
  expect((await scene.elements()).has(one)).toBe(true);
  expect(await scene.pull()).toMatchObject({ deleted: 0, created: 0 });
  expect(await scene.reasons(two)).toEqual([]);
});

test('an offer that is ticked again after its withdrawal comes back, and stands in Cirkwi once', async () => {
  const { one, two } = await imported();
  const idOf = async (code: string) => (await scene.inCirkwi(code))?.id;
  const idOfTwo = await idOf(two);
  await scene.untick(one);
  await scene.run();
  await scene.pull();
  const goneFromCirkwi = await scene.inCirkwi(one);
  await scene.untick(two);
  await scene.run();
  await scene.tick(one);
  await scene.tick(two); // before Cirkwi has noticed

  const back = await scene.run();
  const pulled = await scene.pull();

  expect(goneFromCirkwi).toBeNull();
  expect(back.counts).toMatchObject({ created: 2, withdrawn: 0 });
  expect(pulled).toMatchObject({ created: 1, deleted: 0 });
  expect(await idOf(two)).toBe(idOfTwo);
  expect((await scene.imported()).size).toBe((await scene.elements()).size);
  expect((await scene.stack.cirkwi.stats()).duplicates).toBe(0);
  await scene.run({ full: true });
  expect(await scene.states()).toEqual({ verified: (await scene.elements()).size });
});
