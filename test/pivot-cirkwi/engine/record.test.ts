import { recordWorkflowId } from '../../../workflows/names';
import { type Scene, startScene } from './scene';
import { itineraries } from './track-scene';

const OFFERS = 24;
let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

async function published() {
  const { notes } = await scene.begin({ offers: OFFERS });
  await scene.run();
  const [one, two, three] = notes.publishable.filter((code) => code.startsWith('ITB'));
  const [unticked] = notes.unticked;
  if (!one || !two || !three || !unticked) throw new Error('the sample is too small');
  return { one, two, three, unticked, notes };
}

const handleOf = (code: string) => scene.workflow(recordWorkflowId(scene.stack.sync, 'offer', code));
const feeds = async () => [await scene.feed('circuits'), await scene.feed('pois')];

async function writesTo(code: string): Promise<string[]> {
  const { rows } = await scene.stack.pool.query<{ operation: string }>(
    `select distinct operation, at from audit where sync = $1 and record_id = $2 and operation in ('create', 'update', 'withdraw') order by at`,
    [scene.stack.sync, code],
  );
  return rows.map(({ operation }) => operation);
}

test.each(['recordChanged', 'recordValidated', 'retry'] as const)(
  'the signal %s brings one offer into the feed outside any run',
  async (signal) => {
    const { one, two } = await published();
    for (const code of [one, two]) await scene.change(code, { nom: 'Titre par signal' });

    await scene.signal(one, signal);

    expect(await handleOf(one).result()).toMatchObject({ outcome: 'updated', passes: 1 });
    const elements = await scene.elements();
    expect(elements.get(one)).toContain('Titre par signal');
    expect(elements.get(two)).not.toContain('Titre par signal');
    expect(await scene.run()).toMatchObject({ writes: 1, counts: { updated: 1, read: OFFERS } });
  },
);

test('ten signals at once make two passes at most, and one write', async () => {
  const { one } = await published();
  await scene.change(one, { nom: 'Titre par dix signaux' });

  await Promise.all(Array.from({ length: 10 }, () => scene.signal(one)));

  const { passes } = await handleOf(one).result();
  expect(passes).toBeLessThanOrEqual(2);
  expect(await writesTo(one)).toEqual(['create', 'update']);
  expect((await scene.elements()).get(one)).toContain('Titre par dix signaux');
});

test('ticks and unticks travel by signal; a code that PIVOT does not know changes nothing', async () => {
  const { one, unticked } = await published();
  const size = (await scene.elements()).size;
  await scene.untick(one);
  await scene.tick(unticked);

  for (const code of [one, unticked, 'ITB-0A-404404']) await scene.signal(code);

  expect(await handleOf(one).result()).toMatchObject({ outcome: 'withdrawn' });
  expect(await handleOf(unticked).result()).toMatchObject({ outcome: 'created' });
  expect(await handleOf('ITB-0A-404404').result()).toMatchObject({ outcome: 'skipped' });
  const elements = await scene.elements();
  expect([elements.has(one), elements.has(unticked), elements.size]).toEqual([false, true, size]);
});

test('a code in other letters than PIVOT writes it names the same offer', async () => {
  const { one } = await published();
  await scene.change(one, { nom: 'Titre par un code en minuscules' });

  await scene.signal(one.toLowerCase());

  expect(await handleOf(one.toLowerCase()).result()).toMatchObject({ outcome: 'updated' });
  expect((await scene.elements()).get(one)).toContain('Titre par un code en minuscules');
  expect(await scene.run({ full: true })).toMatchObject({ outcome: 'completed', writes: 0 });
  expect((await scene.elements()).size).toBe(22);
});

test('an offer that cannot be read ends red with its next step, keeps its place in the feed, and heals', async () => {
  const { one } = await published();
  const served = await feeds();
  await scene.change(one, { broken: 'type-text' });

  await scene.signal(one);

  await expect(handleOf(one).result()).rejects.toMatchObject({
    cause: { type: 'NeedsAttention', message: expect.stringContaining(one) },
  });
  expect(await scene.reasons(one)).toEqual(['unreadable-record']);
  expect(await feeds()).toEqual(served);
  await scene.change(one, { nom: 'Titre réparé' }, { unset: ['broken'] });
  await scene.signal(one, 'retry');
  expect(await handleOf(one).result()).toMatchObject({ outcome: 'updated' });
  expect(await scene.reasons(one)).toEqual([]);
  expect((await scene.elements()).get(one)).toContain('Titre réparé');
});

test('of offers that left the query a person decides: one goes, one stays, the others wait', async () => {
  const { notes } = await published();
  const [goes = '', stays = '', waits = ''] = notes.publishable.filter((code) => !/^(ITB|CGT)/.test(code));
  await narrowQuery();
  await scene.run();
  const held = [await scene.standing(goes), await scene.standing(stays), await scene.standing(waits)];

  await scene.decide('left-query', 'withdraw', goes);
  await scene.decide('left-query', 'keep', stays);

  const inFeed = async () => {
    const elements = await scene.elements();
    return [elements.has(goes), elements.has(stays), elements.has(waits)];
  };
  for (const standing of held) expect(standing).toMatchObject({ outcome: 'held', reason: 'left-query' });
  expect(await inFeed()).toEqual([false, true, true]);
  const full = await scene.run({ full: true });
  expect(full).toMatchObject({ outcome: 'completed-with-attention', writes: 0 });
  expect(await inFeed()).toEqual([false, true, true]);
  expect(await scene.standing(stays)).toMatchObject({ outcome: 'skipped', reason: 'kept-by-decision' });
  expect([await scene.reasons(goes), await scene.reasons(stays), await scene.reasons(waits)]).toEqual([
    [],
    [],
    ['left-query'],
  ]);
});

async function narrowQuery() {
  const types = { field: 'urn:fld:typeofr', operator: 'in', target: 'value', value: ['8'] };
  const query = { CriteriaGroup: [{ type: 'and', CriteriaField: [types] }] };
  await scene.stack.pivot.put('queries', {
    action: 'patch',
    id: scene.configuration.query,
    value: { query },
  });
}

test('signals in the middle of a full run: the feed shows the last word, and the counts add up', async () => {
  const { notes } = await published();
  const changed = notes.publishable.slice(0, 8);
  for (const code of changed) await scene.change(code, { nom: `Premier titre de ${code}` });

  const running = scene.run({ full: true });
  for (const code of changed) {
    await scene.change(code, { nom: `Dernier titre de ${code}` });
    await scene.signal(code);
  }
  const run = await running;
  await Promise.all(changed.map((code) => scene.settled(code)));

  expect(run.outcome).toBe('completed');
  expect(run.counts?.read).toBe(OFFERS);
  const elements = await scene.elements();
  for (const code of changed) expect(elements.get(code)).toContain(`Dernier titre de ${code}`);
  expect(await scene.run({ full: true })).toMatchObject({ outcome: 'completed', writes: 0 });
});

test('the last circuit leaves the feed by a run alone, whose guard asks a person', async () => {
  const { sample, codes } = itineraries(1);
  await scene.begin({ offers: sample });
  await scene.run();
  const [last = ''] = codes;
  const before = await feeds();
  await scene.untick(last);

  await scene.signal(last);
  await scene.settled(last);

  expect(await feeds()).toEqual(before);
  expect(await scene.standing(last)).toMatchObject({ outcome: 'waiting', due: true });
  expect(await scene.runEnd()).toMatchObject({ report: { outcome: 'stopped', code: 'guard' } });
  expect(await feeds()).toEqual(before);
});

test('a signal about one offer does not publish what a run left in line that was ended from outside', async () => {
  const { one, two } = await published();
  const { pool, sync } = scene.stack;
  await pool.query(
    `update feed_object set state = 'withdrawing', staged_outcome = 'withdrawn', staged_reason = 'unticked',
       staged_run = (select max(id) from run where sync = $1) where sync = $1 and record_id = $2`,
    [sync, two],
  );
  await scene.change(one, { nom: 'Titre par signal' });

  await scene.signal(one);
  await scene.settled(one);

  const elements = await scene.elements();
  expect(elements.get(one)).toContain('Titre par signal');
  expect(elements.has(two)).toBe(true);
  expect(await scene.run({ full: true })).toMatchObject({ counts: { withdrawn: 0 } });
  expect((await scene.elements()).has(two)).toBe(true);
});
