import { gzipSync } from 'node:zlib';
import { circuit, cirkwi, feed, gpx, LINE, poi, provider, ready, stopCirkwi } from './cirkwi-support';

afterEach(stopCirkwi);

test('a pull imports circuits with their tracks, and POIs, under ids of its own', async () => {
  const { pull, control } = await ready();

  const report = await pull();

  expect(report).toMatchObject({ created: 3, updated: 0, deleted: 0, rejected: [], partial: [], failed: [] });
  expect(await control.records('circuits')).toMatchObject([
    { id: '10000', origin: 'feed', id_circuit: 'A', title: 'Moulin', trackPoints: 3 },
    { id: '10001', origin: 'feed', id_circuit: 'B', title: 'Ruines', trackPoints: 0, trackHash: null },
  ]);
  expect(await control.records('pois')).toMatchObject([{ id: '10002', id_poi: 'P', title: 'Musée' }]);
  expect(await control.stats()).toMatchObject({ externalReferences: 3, duplicates: 0 });
});

test('the next pull overwrites texts and track that were edited, although the feed says nothing new', async () => {
  const { pull, control, circuit: read } = await ready();
  await pull();
  const imported = await read('A');
  await control.put('circuits', {
    action: 'patch',
    id: 'A',
    value: {
      title: 'Édité',
      track: [
        [50, 5],
        [51, 5],
      ],
    },
  });
  expect(await read('A')).toMatchObject({ title: 'Édité', trackPoints: 2 });

  const report = await pull();

  expect(report).toMatchObject({ created: 0, updated: 3, changed: 1, deleted: 0 });
  expect(await read('A')).toMatchObject({
    id: '10000',
    title: 'Moulin',
    track: LINE,
    content: imported.content,
  });
});

test('an import overwrites from its own copy when the feed answers that it has not changed', async () => {
  const { source, pull, control, circuit: read } = await ready();
  for (const [path, document] of source.documents)
    source.documents.set(path, { ...document, headers: { etag: '"v1"' } });
  expect(await pull()).toMatchObject({ unchangedFeed: false });
  await control.put('circuits', { action: 'patch', id: 'A', value: { title: 'Édité' } });
  source.documents.set('/circuits.xml', { status: 304 });
  source.documents.set('/pois.xml', { status: 304 });
  source.requests.length = 0;

  const report = await pull();

  expect(source.requests.map(({ headers }) => headers['if-none-match'])).toEqual(['"v1"', '"v1"', undefined]);
  expect(report).toMatchObject({ unchangedFeed: true, updated: 3, changed: 1 });
  expect((await read('A')).title).toBe('Moulin');
});

test('a gzipped feed is asked for and read', async () => {
  const { source, pull } = await ready();
  const body = gzipSync(feed('pois', poi('P', 'Musée'), poi('Q', 'Château')));
  source.documents.set('/pois.xml', { body, headers: { 'content-encoding': 'gzip' } });

  expect(await pull()).toMatchObject({ created: 4 });
  expect(source.requests[0]?.headers['accept-encoding']).toContain('gzip');
});

test('what is no longer in the feed is deleted, and nothing else is', async () => {
  const { source, pull, control } = await ready({ initial: { circuits: [{ title: 'À moi' }] } });
  await control.put('profile', { action: 'patch', value: { name: 'Maison' } });
  const profile = await control.records('profile');
  const [own] = await control.records('circuits');
  await pull();
  source.circuits(circuit('B', 'Ruines'));

  const report = await pull();

  expect(report).toMatchObject({ updated: 2, deleted: 1 });
  expect((await control.records('circuits')).map(({ title }) => title)).toEqual(['À moi', 'Ruines']);
  expect((await control.records('circuits'))[0]).toEqual(own);
  expect(await control.records('profile')).toEqual(profile);
});

test('an empty feed deletes everything that came from it, and only that', async () => {
  const { source, pull, control } = await ready({ initial: { circuits: [{ title: 'À moi' }] } });
  await pull();
  source.circuits();

  expect(await pull()).toMatchObject({ deleted: 2, failed: [] });
  expect((await control.records('circuits')).map(({ title }) => title)).toEqual(['À moi']);
  expect(await control.records('pois')).toHaveLength(1);
});

test('an empty feed changes nothing when the account is set to refuse it', async () => {
  const { source, pull, control } = await ready({ imports: { emptyFeed: 'refuse' } });
  await pull();
  source.pois();

  expect(await pull()).toMatchObject({ deleted: 0, updated: 0, failed: [{ feed: 'pois' }] });
  expect((await control.stats()).externalReferences).toBe(3);
});

describe('nothing at all changes when a feed', () => {
  const whole = feed('circuits', circuit('Z', 'Nouveau'));
  test.each([
    ['answers 503', { status: 503 }],
    ['answers 500', { status: 500, body: whole }],
    ['is cut off', { body: whole, cut: 300 }],
    ['ends early but says it is whole', { body: whole.slice(0, -40) }],
    ['lacks only its last tag', { body: whole.replace('</circuits>', '') }],
    ['is a page of a proxy', { body: '<html><body>Bad gateway</body></html>' }],
    ['is not well-formed', { body: whole.replace('</titre>', '') }],
    ['has no body', { body: '' }],
    ['is not UTF-8', { body: Buffer.from(whole, 'latin1').fill(0xe9, 200, 201) }],
    ['has a document type', { body: whole.replace('<circuits', '<!DOCTYPE circuits><circuits') }],
    ['is of the other kind', { body: feed('pois', poi('P', 'Musée')) }],
    ['has a root without version', { body: whole.replace(' version="2">', '>') }],
    ['never answers', { silent: true as const }],
  ])('%s', async (_, document) => {
    const { source, pull, control } = await ready({ imports: { feedTimeoutMs: 400 } });
    await pull();
    const before = [await control.records('circuits'), await control.records('pois')];
    source.pois(poi('P', 'Autre titre'));
    source.documents.set('/circuits.xml', document);

    const report = await pull();

    expect(report).toMatchObject({
      created: 0,
      updated: 0,
      deleted: 0,
      failed: [{ feed: 'circuits', reason: expect.stringMatching(/./) }],
    });
    expect([await control.records('circuits'), await control.records('pois')]).toEqual(before);
  });
});

test('an object that breaks the rules is refused with a reason, and what Cirkwi has of it stays', async () => {
  const { source, pull, circuit: read } = await ready();
  await pull();
  source.circuits(circuit('A', 'Autre', undefined, { diffusion: null }), circuit('C', 'Neuf'));

  const report = await pull();

  expect(report.rejected).toEqual([{ kind: 'circuit', id: 'A', reason: 'circuit/diffusion is missing' }]);
  expect(report).toMatchObject({ created: 1, deleted: 1 });
  expect((await read('A')).title).toBe('Moulin');
});

test('an id that stands twice in a feed is reported, and makes no second object', async () => {
  const { source, pull, control } = await ready();
  source.pois(poi('P', 'Premier'), poi('P', 'Second'));

  expect((await pull()).rejected).toMatchObject([{ kind: 'poi', id: 'P' }]);
  expect(await control.records('pois')).toMatchObject([{ title: 'Premier' }]);
});

test('an id that stands twice makes a duplicate when the account is set so', async () => {
  const { source, pull, control } = await ready({ imports: { duplicateIds: 'import' } });
  source.pois(poi('P', 'Premier'), poi('P', 'Second'));
  await pull();
  await pull();

  expect((await control.records('pois')).map(({ title }) => title)).toEqual(['Premier', 'Second']);
  expect(await control.stats()).toMatchObject({ duplicates: 1, duplicatesByKind: { circuits: 0, pois: 1 } });

  source.pois(poi('P', 'Premier'));
  expect(await pull()).toMatchObject({ deleted: 1 });
});

test('a category that Cirkwi does not know is reported and left out', async () => {
  const { source, pull, control } = await ready();
  source.pois(poi('P', 'Musée', '<categorie id_categorie="14"/><categorie id_categorie="9999"/>'));

  const report = await pull();

  expect(report.warnings).toEqual([{ kind: 'poi', id: 'P', reason: 'categorie 9999 is not known' }]);
  const [found] = await control.records('pois', 'P');
  expect(JSON.stringify(found?.content)).toContain('"14"');
  expect(JSON.stringify(found?.content)).not.toContain('9999');
});

test('a pull that stops half-way leaves the rest, deletions too, to the next one', async () => {
  const { source, pull, control } = await ready();
  await pull();
  source.circuits(circuit('C', 'Neuf 1'), circuit('D', 'Neuf 2'), circuit('E', 'Neuf 3'));

  expect(await pull({ stopAfter: 2 })).toMatchObject({ created: 2, deleted: 0, halfFinished: true });
  expect(await control.records('circuits')).toHaveLength(4);
  expect(await pull()).toMatchObject({ created: 1, updated: 3, deleted: 2, halfFinished: false });
});

test('feeds and their credentials can be told later, and go to files of the same server only', async () => {
  const source = await provider();
  const elsewhere = await provider();
  elsewhere.documents.set('/b.gpx', { body: gpx(LINE) });
  source.documents.set('/a.gpx', { body: gpx(LINE) });
  source.circuits(circuit('A', 'A', `${source.url}/a.gpx`), circuit('B', 'B', `${elsewhere.url}/b.gpx`));
  const { control, pull } = await cirkwi(null);
  await expect(pull()).rejects.toThrow('409');

  const feeds = { circuits: `${source.url}/circuits.xml`, pois: `${source.url}/pois.xml` };
  await control.act('account', { feeds: { ...feeds, username: 'flux', password: 'p:w' } });

  expect(await pull()).toMatchObject({ created: 2, partial: [] });
  const sent = source.requests.map(({ headers }) => headers.authorization);
  expect(sent).toEqual(Array(3).fill(`Basic ${btoa('flux:p:w')}`));
  expect(elsewhere.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
});

test('two pulls asked for at once run one after the other', async () => {
  const { pull, control } = await ready();

  const reports = await Promise.all([pull(), pull()]);

  expect(reports.map(({ created, updated }) => [created, updated])).toEqual([
    [3, 0],
    [0, 3],
  ]);
  expect((await control.stats()).duplicates).toBe(0);
});

test('a large feed is imported whole, also when it comes in small pieces', async () => {
  const { source, pull, control } = await ready();
  const ids = Array.from({ length: 5000 }, (_, at) => `ITB-${at}`);
  source.circuits(...ids.map((id) => circuit(id, `Boucle ${id} été`)));
  source.pois();

  expect(await pull()).toMatchObject({ created: 5000, failed: [] });
  expect(await pull()).toMatchObject({ updated: 5000, changed: 0 });
  expect((await control.stats()).externalReferences).toBe(5000);
});
