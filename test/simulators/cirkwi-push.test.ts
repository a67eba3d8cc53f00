import { circuit, cirkwi, feed, gpx, poi, provider, stopCirkwi } from './cirkwi-support';

afterEach(stopCirkwi);

async function ready(options: Parameters<typeof cirkwi>[1] = {}) {
  const source = await provider();
  const line = [
    [50, 5],
    [51, 5],
  ] as const;
  source.documents.set('/a.gpx', { body: gpx(line) });
  return { source, ...(await cirkwi(source, options)) };
}

const oneCircuit = (...of: Parameters<typeof circuit>) => feed('circuits', circuit(...of));

test('a pushed object is created once, however often it is sent, with its track', async () => {
  const { source, push, control } = await ready();
  const document = oneCircuit('A', 'Moulin', `${source.url}/a.gpx`);

  const first = await push('PUT', 'circuits', 'A', document);
  const second = await push('PUT', 'circuits', 'A', document);

  expect([first.status, second.status]).toEqual([201, 200]);
  expect(second.body).toContain('<resultat statut="ok" id="10000"/>');
  expect(first.body).toBe(second.body);
  expect(await control.records('circuits')).toMatchObject([{ id_circuit: 'A', trackPoints: 2 }]);
  expect(await control.stats()).toMatchObject({ writes: 2, creates: 1, updates: 1, duplicates: 0 });
});

test('a pushed object is deleted once, and then it is gone', async () => {
  const { push, control } = await ready({ initial: { pois: [{ id: '7', title: 'À moi' }] } });
  await push('PUT', 'pois', 'P', feed('pois', poi('P', 'Musée')));

  const statuses = [];
  for (const id of ['P', 'P', '7']) statuses.push((await push('DELETE', 'pois', id)).status);

  expect(statuses).toEqual([204, 404, 404]);
  expect(await control.records('pois')).toMatchObject([{ id: '7', origin: 'hand' }]);
});

test('a push is journaled with what was sent, a pull is not', async () => {
  const { source, push, pull, control } = await ready();
  source.circuits(circuit('A', 'Moulin'));
  const document = oneCircuit('A', 'Autre');
  await pull();
  await push('PUT', 'circuits', 'A', document);

  expect(await control.journal()).toMatchObject([
    { method: 'PUT', route: 'PUT /flux/{user}/{code}/circuits.php', status: 200, body: document },
  ]);
});

test.each([
  ['no document', 'A', undefined, 'The body is no XML document.'],
  ['a document that ends early', 'A', oneCircuit('A', 'M').slice(0, -12), 'not well-formed'],
  ['two objects', 'A', feed('circuits', circuit('A', 'M'), circuit('B', 'M')), 'exactly one circuit'],
  ['no object', 'A', feed('circuits'), 'exactly one circuit'],
  ['another object than the address says', 'B', oneCircuit('A', 'M'), 'is A, not B'],
  [
    'an object that breaks the rules',
    'A',
    oneCircuit('A', 'M', undefined, { lien: null }),
    'circuit/lien is missing',
  ],
  ['no id', '', oneCircuit('A', 'M'), '&quot;id&quot; is missing'],
])('%s is refused with the reason', async (_, id, document, reason) => {
  const { push, control } = await ready();

  const refused = await push('PUT', 'circuits', id, document);

  expect(refused.status).toBe(400);
  expect(refused.body).toContain('<resultat statut="erreur" message="');
  expect(refused.body).toContain(reason);
  expect(await control.stats()).toMatchObject({ creates: 0, externalReferences: 0 });
});

test('a track that cannot be had is told, or refuses the object when the account is set so', async () => {
  const { source, push, control } = await ready();
  const document = oneCircuit('A', 'Moulin', `${source.url}/none.gpx`);

  const kept = await push('PUT', 'circuits', 'A', document);
  await control.act('account', { imports: { trackFailure: 'reject' } });
  const refused = await push('PUT', 'circuits', 'A', document);

  expect([kept.status, refused.status]).toEqual([201, 400]);
  expect(kept.body).toContain('message="track: status 404"');
});

test('nothing is fetched for a push without the right password or address', async () => {
  const { source, call, push, control } = await ready();
  const body = oneCircuit('A', 'Moulin', `${source.url}/a.gpx`);
  const address = '/flux/maison/c0de/circuits.php?id=A';

  expect((await call(address, { method: 'PUT', body, password: 'x' })).status).toBe(401);
  expect((await call(address.replace('c0de', 'autre'), { method: 'PUT', body })).status).toBe(404);
  await control.faults({ kind: 'status', status: 503 });
  expect((await push('PUT', 'circuits', 'A', body)).status).toBe(503);
  expect(source.requests).toEqual([]);
});

test('a push over the limit is answered 429 with the time to wait', async () => {
  const { push } = await ready({ limits: { requestsPerSecond: 0.01, burst: 1 } });
  await push('PUT', 'circuits', 'A', oneCircuit('A', 'M'));

  const late = await push('PUT', 'circuits', 'A', oneCircuit('A', 'M'));

  expect(late.status).toBe(429);
  expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(late.body).toContain('statut="erreur"');
});

test('a push whose reply is lost has happened', async () => {
  const { push, control } = await ready();
  await control.faults({ kind: 'commit-then-drop' });

  await expect(push('PUT', 'circuits', 'A', oneCircuit('A', 'M'))).rejects.toThrow();

  expect((await push('PUT', 'circuits', 'A', oneCircuit('A', 'M'))).status).toBe(200);
  expect(await control.stats()).toMatchObject({ creates: 1, updates: 1, duplicates: 0 });
});

test('a pushed object that no feed holds is deleted by the next pull', async () => {
  const { push, pull, control } = await ready();
  await push('PUT', 'circuits', 'A', oneCircuit('A', 'M'));

  expect(await pull()).toMatchObject({ deleted: 1 });
  expect(await control.records('circuits')).toEqual([]);
});
