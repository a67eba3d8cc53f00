import { circuit, cirkwi, gpx, poi, provider, stopCirkwi } from './cirkwi-support';

afterEach(stopCirkwi);

test('a person draws a track as points or as GPX, and Cirkwi measures it', async () => {
  const { control, list } = await cirkwi(null);
  const drawn = await control.put('circuits', {
    action: 'upsert',
    value: {
      title: 'Neuf',
      track: [
        [50, 5, 100],
        [50.01, 5, 130],
      ],
    },
  });
  expect(drawn).toMatchObject({ id: '10000', origin: 'hand', id_circuit: null, trackPoints: 2 });
  expect((await list('circuits')).body).toContain('<distance>1112</distance><denivele_positif>30<');

  const line = [
    [50, 5],
    [50.02, 5],
    [50.03, 5.1],
  ] as const;
  const edited = await control.put('circuits', {
    action: 'patch',
    id: '10000',
    value: { track: gpx(line), description: { fr: 'Oui', en: 'Yes' } },
  });

  expect(edited).toMatchObject({
    trackPoints: 3,
    texts: { fr: { title: 'Neuf' }, en: { description: 'Yes' } },
  });
  expect(edited?.trackHash).not.toBe(drawn?.trackHash);
  expect((await control.records('circuits', '10000'))[0]?.track).toEqual(line);
});

test('an edit is a modification, unless the change says otherwise', async () => {
  const { control, circuit: read } = await cirkwi(null, { initial: { circuits: [{ title: 'À moi' }] } });
  const before = await read('10000');
  const { now } = (await control.act('clock', { advanceSeconds: 60 })) as { now: number };

  await control.put('circuits', {
    action: 'patch',
    id: '10000',
    value: { title: 'Autre' },
    keepUpdatedAt: true,
  });
  expect(await read('10000')).toMatchObject({ title: 'Autre', modifiedAt: before.modifiedAt });
  await control.put('circuits', { action: 'patch', id: '10000', value: { title: 'Encore' } });
  expect((await read('10000')).modifiedAt).toBeGreaterThanOrEqual(now);
});

test('an imported object that a person deletes comes back at the next pull, under another id', async () => {
  const source = await provider();
  source.circuits(circuit('A', 'Moulin'));
  source.pois(poi('P', 'Musée'));
  const { pull, control } = await cirkwi(source);
  await pull();

  await control.put('circuits', { action: 'delete', id: 'A' });
  expect(await control.records('circuits')).toEqual([]);

  expect(await pull()).toMatchObject({ created: 1, updated: 1 });
  expect(await control.records('circuits')).toMatchObject([{ id: '10002', id_circuit: 'A' }]);
});

test('a person edits just when the outgoing feed is asked for', async () => {
  const { control, list } = await cirkwi(null, { initial: { circuits: [{ title: 'À moi' }] } });
  await control.faults({
    kind: 'person',
    records: 'circuits',
    change: { action: 'patch', id: '10000', value: { title: 'Édité à temps' } },
  });

  expect((await list('circuits')).body).toContain('Édité à temps');
});

test('profile card, settings and statistics are edited as they are', async () => {
  const { control } = await cirkwi(null, { initial: { profile: { name: 'A', phone: '1' } } });
  await control.put('profile', { action: 'patch', value: { name: 'B' }, unset: ['phone'] });

  expect(await control.records('profile')).toEqual([{ id: 'profile', name: 'B' }]);
  expect(await control.records('settings')).toHaveLength(1);
  expect(await control.records('statistics')).toHaveLength(1);
});

test.each([
  ['a track that is no GPX', 'circuits', { action: 'upsert', value: { track: '<kml/>' } }],
  ['a field that cannot be edited', 'circuits', { action: 'upsert', value: { titre: 'x' } }],
  ['an object that is not there', 'pois', { action: 'patch', id: '1', value: { title: 'x' } }],
  ['an id that is no number', 'circuits', { action: 'upsert', id: 'A', value: { title: 'x' } }],
  ['a kind that is none', 'photos', { action: 'upsert' }],
  ['the account itself, to be deleted', 'profile', { action: 'delete' }],
] as const)('%s is refused', async (_, kind, change) => {
  const { control } = await cirkwi(null);

  await expect(control.put(kind, change)).rejects.toThrow(/\((400|404)\)/);
});

test('a reset brings back the first account: objects, feeds, rules and ids', async () => {
  const source = await provider();
  source.circuits(circuit('A', 'Moulin'));
  const { pull, control } = await cirkwi(source, { initial: { circuits: [{ id: '5', title: 'À moi' }] } });
  await pull();
  await control.act('account', { feeds: null, imports: { emptyFeed: 'refuse' } });

  await control.reset();

  expect(await control.records('circuits')).toMatchObject([{ id: '5', title: 'À moi' }]);
  expect(await control.act('account', {})).toMatchObject({
    feeds: { circuits: `${source.url}/circuits.xml` },
    imports: { emptyFeed: 'import' },
  });
  expect(await pull()).toMatchObject({ created: 1 });
  expect((await control.records('circuits')).map(({ id }) => id)).toEqual(['5', '10000']);
});
