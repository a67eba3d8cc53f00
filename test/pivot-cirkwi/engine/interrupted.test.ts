import { until } from '../../harness/until';
import { PIVOT } from './consumer';
import { type Scene, startScene, TICKS } from './scene';

const OFFERS = 24;
const LIST = 'GET /flux/{user}/{code}/circuits.php';

let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

async function published() {
  const { notes } = await scene.begin({ offers: OFFERS });
  await scene.run();
  const [one, two, three] = notes.publishable.filter((code) => code.startsWith('ITB'));
  if (!one || !two || !three) throw new Error('the sample is too small');
  return { one, two, three, notes };
}

test('a run that an operator ends by hand right before the swap: nothing of it is served, the next run brings it', async () => {
  const { one, two } = await published();
  const served = await scene.feed('circuits');
  await scene.change(one, { nom: 'Titre de la course' });
  await scene.untick(two);
  const holder = await scene.stack.pool.connect();
  await holder.query('begin; lock table feed_version in share mode');
  const running = scene.runEnd();
  await until('the publication waits', async () => {
    const { rows } = await scene.stack.pool.query(
      "select 1 from pg_locks where not granted and relation = 'feed_version'::regclass",
    );
    return rows.length > 0;
  });
  // what hangs is cut off like a worker that lost its database
  await scene.stack.pool.query(
    "select pg_terminate_backend(pid) from pg_locks where not granted and relation = 'feed_version'::regclass",
  );
  await scene.workflow(`run/${scene.stack.sync}`).terminate('by hand');
  await holder.query('rollback');
  holder.release();
  await running.catch(() => undefined);
  const servedMeanwhile = await scene.feed('circuits');
  await scene.tick(two); // taken back before the next run

  const next = await scene.run();

  const elements = await scene.elements();
  expect(servedMeanwhile).toBe(served);
  expect(next).toMatchObject({ outcome: 'completed', counts: { withdrawn: 0, read: OFFERS } });
  expect(elements.get(one)).toContain('Titre de la course');
  expect(elements.has(two)).toBe(true);
  expect(await scene.run({ full: true })).toMatchObject({ outcome: 'completed', writes: 0 });
});

test('a look at Cirkwi that fails takes nothing back from what was published, is told, and is made up for', async () => {
  const { one } = await published();
  await scene.change(one, { nom: 'Titre publié malgré tout' });
  // the probe before the run gets its answer
  await scene.stack.cirkwi.faults({ kind: 'html', status: 200, route: LIST, after: 1 });

  const run = await scene.run({ full: true });
  const reasons = await scene.reasons(null);
  await scene.pull();
  const next = await scene.run({ full: true });

  expect(run).toMatchObject({ outcome: 'completed-with-attention', writes: 1, counts: { updated: 1 } });
  expect(reasons).toEqual(['track-look-failed']);
  expect((await scene.elements()).get(one)).toContain('Titre publié malgré tout');
  expect(next).toMatchObject({ outcome: 'completed', writes: 0 });
  expect(await scene.reasons(null)).toEqual([]);
  expect(await scene.states()).toEqual({ verified: 22 });
});

test('a password that Cirkwi refuses stops the run before anything is read, and says so until it works', async () => {
  const { one } = await published();
  await scene.change(one, { nom: 'Titre qui attend' });
  await scene.stack.cirkwi.act('account', { password: 'another-one' });

  const stopped = await scene.run();
  const reasons = await scene.reasons(null);
  await scene.stack.cirkwi.act('account', { password: 'demo-cirkwi-password' });
  const next = await scene.run();

  expect(stopped).toMatchObject({ outcome: 'stopped', code: 'prerequisites', writes: 0 });
  expect(stopped.reason).toContain('Cirkwi');
  expect(reasons).toEqual(['access-lost']);
  expect(next).toMatchObject({ outcome: 'completed', writes: 1 });
  expect(await scene.reasons(null)).toEqual([]);
});

test('an offer that becomes something else moves from one feed to the other, and stands in Cirkwi once', async () => {
  const { one } = await published();
  await scene.pull();
  await scene.change(one, { typeOffre: { idTypeOffre: 269 } });

  const run = await scene.run();

  const [circuits, pois] = [await scene.feed('circuits'), await scene.feed('pois')];
  expect(run).toMatchObject({ outcome: 'completed', writes: 1, counts: { updated: 1, read: OFFERS } });
  expect([circuits.includes(`"${one}"`), pois.includes(`"${one}"`)]).toEqual([false, true]);
  expect(await scene.pull()).toMatchObject({ created: 1, deleted: 1, rejected: [] });
  expect((await scene.imported()).size).toBe(22);
  await scene.run({ full: true });
  expect(await scene.states()).toEqual({ verified: 22 });
});

test('an offer that a full read shows without its code is held as it stands, not taken for gone', async () => {
  const { one } = await published();
  const before = await scene.elements();
  await scene.change(one, { broken: 'no-code', nom: 'Illisible' });

  const run = await scene.run({ full: true });

  expect(run).toMatchObject({ outcome: 'completed-with-attention', writes: 0 });
  expect(run.counts).toMatchObject({ refused: 1, withdrawn: 0, read: OFFERS });
  expect(await scene.elements()).toEqual(before);
  expect([await scene.reasons(one), await scene.reasons(null)]).toEqual([
    ['unreadable-record'],
    ['unreadable-record'],
  ]);
  await scene.change(one, { nom: 'Lisible' }, { unset: ['broken'] });
  expect(await scene.run({ full: true })).toMatchObject({ outcome: 'completed', writes: 1 });
  expect([await scene.reasons(one), await scene.reasons(null)]).toEqual([[], []]);
});

test('an offer that changes while its run reads is not lost', async () => {
  const { one } = await published();
  await scene.change(one, { nom: 'Titre lu' });
  await scene.stack.pivot.faults({
    kind: 'person',
    records: 'offers',
    change: { action: 'patch', id: one, value: { nom: 'Titre écrit pendant la lecture' } },
    route: PIVOT.ack,
  });

  await scene.run();
  const next = await scene.run();

  expect(next).toMatchObject({ outcome: 'completed', counts: { updated: 1 }, writes: 1 });
  expect((await scene.elements()).get(one)).toContain('Titre écrit pendant la lecture');
});

test('an offer that is unticked and ticked again between two runs is no change in Cirkwi but its date', async () => {
  const { one } = await published();
  await scene.pull();
  const { id } = (await scene.inCirkwi(one)) ?? {};
  await scene.untick(one, TICKS.filter);
  await scene.tick(one, TICKS.filter);

  await scene.run();

  expect(await scene.pull()).toMatchObject({ created: 0, deleted: 0 });
  expect((await scene.inCirkwi(one))?.id).toBe(id);
});
