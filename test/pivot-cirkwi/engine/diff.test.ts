import { until } from '../../harness/until';
import { callPivot, callsOf, PIVOT } from './consumer';
import { type Scene, startScene } from './scene';

const OFFERS = 24;
let scene: Scene;

beforeAll(async () => {
  scene = await startScene({ pivot: { timeout: 3_000 } });
});
afterAll(() => scene?.close());

/** A published world at rest: the first run read it all, and PIVOT knows what we have seen. */
async function published(beginning: Parameters<Scene['begin']>[0] = {}) {
  const { notes, queryId } = await scene.begin({ offers: OFFERS, ...beginning });
  const { counts } = await scene.run();
  await callsOf(scene);
  const [one, two, three] = notes.publishable;
  const [unticked] = notes.unticked;
  if (!one || !two || !three || !unticked || counts === null) throw new Error('the sample is too small');
  return { one, two, three, unticked, queryId, counts };
}

const title = (of: string) => ({ nom: `Titre changé de ${of}` });
const shows = async (code: string) =>
  (await scene.elements()).get(code)?.includes(`Titre changé de ${code}`) ?? false;

describe.each(['diff', 'compare'] as const)('changes found by %s', (changeFeed) => {
  test('what changed, came or was unticked is read, and nothing else', async () => {
    const { one, two, unticked, counts } = await published({ policies: { changeFeed } });
    const before = await scene.elements();
    await scene.change(one, title(one));
    await scene.untick(two);
    await scene.tick(unticked);
    const { nom: _name, codeCgt: _code, ...twin } = await scene.offer(one);
    const value = { ...twin, nom: 'Balade toute neuve' };
    await scene.stack.pivot.put('offers', { action: 'upsert', id: 'ITB-0A-999999', value });

    const run = await scene.run();

    const calls = await callsOf(scene);
    const after = await scene.elements();
    expect(run).toMatchObject({ outcome: 'completed', writes: 4 });
    expect(run.counts).toMatchObject({
      read: OFFERS + 1,
      created: 2,
      updated: 1,
      withdrawn: 1,
      unchanged: (counts.created ?? 0) - 2,
      skipped: (counts.skipped ?? 0) - 1,
    });
    expect(await shows(one)).toBe(true);
    expect(after.has(two)).toBe(false);
    expect([...after.keys()]).toEqual(expect.arrayContaining([unticked, 'ITB-0A-999999']));
    expect(after.size).toBe(before.size + 1);
    // four changes, and one more look before the withdrawal
    expect(calls(PIVOT.offer)).toBe(5);
    expect(calls(PIVOT.diff) + calls(PIVOT.ack)).toBe(changeFeed === 'diff' ? 2 : 0);
  });
});

test('a change list that nobody acknowledged comes again, and changes what it changes once', async () => {
  const { one } = await published();
  await scene.change(one, title(one));
  await scene.stack.pivot.faults({ kind: 'status', status: 500, route: PIVOT.ack, rate: 1 });

  const end = await scene.runEnd();
  await scene.stack.pivot.clearFaults();
  const next = await scene.run();
  const quiet = await scene.run();

  expect(end.kind).toBe('failed');
  expect(next).toMatchObject({ outcome: 'completed', writes: 1, counts: { updated: 1, read: OFFERS } });
  expect(await shows(one)).toBe(true);
  expect(quiet).toMatchObject({ writes: 0, counts: { updated: 0, read: OFFERS } });
});

test('an acknowledgement whose answer is lost is harmless', async () => {
  const { one } = await published();
  await scene.change(one, title(one));
  await scene.stack.pivot.faults({ kind: 'commit-then-drop', route: PIVOT.ack });

  const run = await scene.run();
  await callsOf(scene);
  const quiet = await scene.run();

  expect(run).toMatchObject({ outcome: 'completed', writes: 1, counts: { updated: 1 } });
  expect(await shows(one)).toBe(true);
  expect(quiet.writes).toBe(0);
  expect((await callsOf(scene))(PIVOT.offer)).toBe(0);
});

test('when PIVOT loses what it knew of us, nothing is read or written again', async () => {
  await published();
  const before = [await scene.feed('circuits'), await scene.feed('pois')];
  await scene.stack.pivot.act('lose-reference');
  const list = JSON.parse(await callPivot(scene, `/query/${scene.configuration.query};content=0`));

  const run = await scene.run();

  expect(list.count).toBe(OFFERS); // the list did tell everything as new
  expect(run).toMatchObject({ outcome: 'completed', writes: 0, counts: { created: 0, updated: 0 } });
  expect((await callsOf(scene))(PIVOT.offer)).toBe(0);
  expect([await scene.feed('circuits'), await scene.feed('pois')]).toEqual(before);
});

test('a change list that was stored but not applied is not lost when PIVOT never tells it again', async () => {
  const { one, two, queryId } = await published();
  await scene.change(one, title(one));
  await scene.stack.pivot.faults({ kind: 'status', status: 500, route: PIVOT.offer, rate: 1 });
  const end = await scene.runEnd();
  await scene.stack.pivot.clearFaults();
  await callPivot(scene, `/query/${queryId}/diff;content=0`);
  await callPivot(scene, `/query/${queryId}/ack`);
  await scene.change(two, title(two));

  const next = await scene.run();

  expect(end.kind).toBe('failed');
  expect(next).toMatchObject({ outcome: 'completed', writes: 2, counts: { updated: 2 } });
  expect([await shows(one), await shows(two)]).toEqual([true, true]);
});

describe('another program that shares the key', () => {
  test('takes a change away, and the daily full pass brings it', async () => {
    const { one, queryId } = await published();
    await scene.change(one, title(one));
    await callPivot(scene, `/query/${queryId}/diff;content=0`);
    await callPivot(scene, `/query/${queryId}/ack`);

    const blind = await scene.run();
    const blindShows = await shows(one);
    const full = await scene.run({ full: true });

    expect(blind).toMatchObject({ writes: 0 });
    expect(blindShows).toBe(false);
    expect(full).toMatchObject({ outcome: 'completed', writes: 1, counts: { updated: 1, read: OFFERS } });
    expect(await shows(one)).toBe(true);
  });

  test('asks between our list and our acknowledgement: the full pass finds what that swallowed', async () => {
    const { one, two, queryId } = await published();
    await scene.change(one, title(one));
    await scene.stack.pivot.faults({ kind: 'hang', route: PIVOT.offer });
    const running = scene.run();
    await until('the read hangs', async () => (await callsOf(scene))(PIVOT.offer) > 0);
    await scene.change(two, title(two));
    await callPivot(scene, `/query/${queryId};content=0`);

    const swallowed = await running;
    const next = await scene.run();
    const full = await scene.run({ full: true });

    expect([swallowed.writes, next.writes]).toEqual([1, 0]);
    expect(full).toMatchObject({ writes: 1, counts: { updated: 1 } });
    expect([await shows(one), await shows(two)]).toEqual([true, true]);
  });
});

test('of two runs at once only one works', async () => {
  const { one } = await published();
  await scene.change(one, title(one));

  const ends = await Promise.all([scene.runEnd(), scene.runEnd()]);

  expect(ends.map((end) => end.kind).sort()).toEqual(['busy', 'report']);
  const calls = await callsOf(scene);
  expect([calls(PIVOT.diff), calls(PIVOT.ack), calls(PIVOT.offer)]).toEqual([1, 1, 1]);
  expect(await shows(one)).toBe(true);
});

test.each(['diff', 'compare'] as const)(
  'a query of ticked offers alone, by %s: what leaves it is withdrawn because of its ticks, and comes back with them',
  async (changeFeed) => {
    const { one, two, three } = await published({ query: 'ticked', policies: { changeFeed } });
    await scene.untick(one);
    await scene.change(two, { estActive: 20 });
    await scene.change(three, title(three));

    const gone = await scene.run();
    const without = await scene.elements();
    await scene.tick(one);
    const back = await scene.run();

    expect(gone).toMatchObject({ outcome: 'completed', counts: { withdrawn: 2, updated: 1, held: 0 } });
    expect(await scene.standing(two)).toMatchObject({
      outcome: 'withdrawn',
      reason: 'no-longer-publishable',
    });
    expect([without.has(one), without.has(two), without.has(three)]).toEqual([false, false, true]);
    expect(back).toMatchObject({ outcome: 'completed', counts: { created: 1 } });
    expect((await scene.elements()).has(one)).toBe(true);
  },
);
