import { feedProblems } from '../feed-rules';
import { type Scene, startScene } from './scene';

const OFFERS = 24;
let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

/** What a client that fetches the documents can tell apart. */
async function versions() {
  return Promise.all(
    ['circuits', 'pois'].map(async (kind) => {
      const reply = await fetch(`${scene.stack.urls.feed}/${kind}.xml`);
      return {
        etag: reply.headers.get('etag'),
        modified: reply.headers.get('last-modified'),
        text: await reply.text(),
      };
    }),
  );
}

async function storedVersions() {
  const { rows } = await scene.stack.pool.query(
    'select id, kind, etag, published_at from feed_version order by id',
  );
  return rows;
}

test('nothing changed: neither a second run nor a full one writes anything, or changes a byte of the feed', async () => {
  await scene.begin({ offers: OFFERS });
  const first = await scene.run();
  const [served, stored] = [await versions(), await storedVersions()];

  const second = await scene.run();
  const full = await scene.run({ full: true });

  expect(first.writes).toBeGreaterThan(20);
  for (const run of [second, full]) {
    expect(run).toMatchObject({ outcome: 'completed', writes: 0 });
    expect(run.counts).toMatchObject({ created: 0, updated: 0, withdrawn: 0, unchanged: first.writes });
  }
  expect(await versions()).toEqual(served);
  expect(await storedVersions()).toEqual(stored);
});

test('one text changed: one write, one element of the feed, and the other document keeps its tag', async () => {
  const { notes } = await scene.begin({ offers: OFFERS });
  await scene.run();
  const [circuits, pois] = await versions();
  const before = await scene.elements();
  const [one = ''] = notes.publishable;
  await scene.change(one, { nom: 'Un seul titre' });

  const run = await scene.run();

  const after = await scene.elements();
  const [circuitsAfter, poisAfter] = await versions();
  expect(run).toMatchObject({ writes: 1, counts: { updated: 1, created: 0, withdrawn: 0 } });
  expect([...after].filter(([code, element]) => element !== before.get(code)).map(([code]) => code)).toEqual([
    one,
  ]);
  expect([...after.keys()]).toEqual([...before.keys()]);
  expect(after.get(one)).toContain('Un seul titre');
  expect(circuitsAfter?.etag).not.toBe(circuits?.etag);
  expect(poisAfter).toEqual(pois);
  const asked = await fetch(`${scene.stack.urls.feed}/circuits.xml`, {
    headers: { 'if-none-match': circuitsAfter?.etag ?? '' },
  });
  expect(asked.status).toBe(304);
});

test('a GPX replaced inside its media is found by the daily full pass alone, and is one write', async () => {
  const { notes } = await scene.begin({ offers: OFFERS });
  await scene.run();
  const [code = ''] = notes.silentReplace;
  const offer = await scene.offer(code);
  const before = await scene.elements();
  await replaceTrackOf(offer);

  const plain = await scene.run();
  const full = await scene.run({ full: true });

  const after = await scene.elements();
  expect(plain.writes).toBe(0);
  expect(full).toMatchObject({ writes: 1, counts: { updated: 1 } });
  expect([...after].filter(([key, element]) => element !== before.get(key)).map(([key]) => key)).toEqual([
    code,
  ]);
  await scene.pull();
  expect((await scene.inCirkwi(code))?.trackPoints).toBe(3);
});

async function replaceTrackOf(offer: Record<string, unknown>) {
  const links = Array.isArray(offer.relOffre) ? offer.relOffre : [];
  const media = links.map((link) => String(link.offre.codeCgt)).find((each) => each.includes('-G'));
  const points = ['50.1,5.1', '50.11,5.12', '50.13,5.13'].map((pair) => {
    const [lat, lon] = pair.split(',');
    return `<trkpt lat="${lat}" lon="${lon}"/>`;
  });
  const file = `<gpx version="1.1" creator="t"><trk><trkseg>${points.join('')}</trkseg></trk></gpx>`;
  await scene.changeMedia(media ?? '', { file }, { keepUpdatedAt: true });
}

test('a large world with all its dirt makes two valid feeds, with exactly what the run counted', async () => {
  const { notes } = await scene.begin({ offers: 400 });

  const run = await scene.run();

  const [circuits, pois] = [await scene.feed('circuits'), await scene.feed('pois')];
  expect(feedProblems(circuits, 'circuit')).toEqual([]);
  expect(feedProblems(pois, 'poi')).toEqual([]);
  const elements = await scene.elements();
  const { read, created, skipped, refused, ...others } = run.counts ?? {};
  expect(run).toMatchObject({ outcome: 'completed-with-attention', writes: created });
  expect(elements.size).toBe(created);
  expect(Object.values(others)).toEqual([0, 0, 0, 0, 0]);
  // archived offers are in no answer, and one without a state that PIVOT publishes is in no feed
  expect(read).toBe(400 - notes.archived.length);
  expect(skipped).toBe(notes.unticked.length + notes.editing.length + notes.notPublishable.length);
  expect(refused).toBe(
    notes.unreadable.length + notes.noFrenchName.filter((code) => !elements.has(code)).length,
  );
  const pulled = await scene.pull();
  expect(pulled).toMatchObject({ created, rejected: [], failed: [], partial: [] });
  expect((await scene.imported()).size).toBe(created);
});

test('an object is published, then imported, then seen as published; the look after a run says how far it is', async () => {
  const { notes } = await scene.begin({ offers: OFFERS });
  const { writes: total } = await scene.run();
  const published = await scene.states();
  await scene.stack.cirkwi.act('pull', { stopAfter: 5 });
  await scene.run();
  const halfWay = await scene.states();
  await scene.pull();
  await scene.run();
  const [one = ''] = notes.publishable;
  const verified = await scene.states();
  await scene.change(one, { nom: 'Encore un titre' });
  await scene.run();
  const again = await scene.standing(one);

  expect(published).toEqual({ published: total });
  expect(halfWay).toEqual({ published: total - 5, verified: 5 });
  expect(verified).toEqual({ verified: total });
  expect(again.state).not.toBe('verified'); // until Cirkwi has imported again
  await scene.pull();
  await scene.run();
  expect(await scene.states()).toEqual({ verified: total });
});

test('an object that Cirkwi does not show in time becomes an attention item, and none once it does', async () => {
  const { notes } = await scene.begin({ offers: 12, policies: { verifyWithin: 1 } });
  const [one = ''] = notes.publishable;

  const first = await scene.run();
  const second = await scene.run();
  const items = await scene.items();
  await scene.pull();
  const third = await scene.run();

  expect(first.outcome).toMatch(/^completed/);
  expect(second.outcome).toBe('completed-with-attention');
  expect(items.length).toBe(first.writes);
  expect(new Set(items.map(({ reason }) => reason))).toEqual(new Set(['not-verified']));
  expect(await scene.reasons(one)).toEqual([]);
  expect(third).toMatchObject({ outcome: 'completed', attention: 0 });
});

test('a title edited in Cirkwi is told, never travels, and is overwritten by the next import', async () => {
  const { notes } = await scene.begin({ offers: OFFERS });
  await scene.run();
  await scene.pull();
  await scene.run({ full: true });
  const [one = ''] = notes.publishable;
  const original = (await scene.inCirkwi(one))?.title;
  await scene.editInCirkwi(one, { title: 'Titre édité dans Cirkwi' });
  const served = await versions();

  const look = await scene.run({ full: true });
  const items = await scene.items();
  const titleBefore = (await scene.inCirkwi(one))?.title;
  await scene.pull();
  const titleAfter = (await scene.inCirkwi(one))?.title;
  const after = await scene.run({ full: true });

  expect(look).toMatchObject({ outcome: 'completed', writes: 0 });
  expect(items.map(({ record_id, reason, severity }) => [record_id, reason, severity])).toEqual([
    [one, 'edited-in-cirkwi', 'info'],
  ]);
  expect((await scene.offer(one)).nom).not.toBe('Titre édité dans Cirkwi');
  expect(await versions()).toEqual(served);
  expect([titleBefore, titleAfter]).toEqual(['Titre édité dans Cirkwi', original]);
  expect(after).toMatchObject({ outcome: 'completed', writes: 0 });
  expect(await scene.items()).toEqual([]);
});
