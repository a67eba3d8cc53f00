import { circuit, cirkwi, gpx, poi, provider, stopCirkwi } from './cirkwi-support';

afterEach(stopCirkwi);

const LINE = [
  [50.3100001234567, 4.94, 100.5],
  [50.32, 4.95],
] as const;

/** Three imported circuits (10000 with a track), one of the house's own (10003 follows the POI 10003). */
async function imported(options: Parameters<typeof cirkwi>[1] = {}) {
  const source = await provider();
  source.documents.set('/a.gpx', { body: gpx(LINE) });
  source.circuits(
    circuit('A', 'Moulin &amp; "gué"', `${source.url}/a.gpx`),
    circuit('B', 'Ruines'),
    circuit('C', 'Étang'),
  );
  source.pois(poi('P', 'Musée'));
  const started = await cirkwi(source, options);
  await started.pull();
  return { source, ...started };
}

const idsIn = (xml: string) => [...xml.matchAll(/<id>(\d+)<\/id>/g)].map(([, id]) => id);
const circuitsIn = (xml: string) => [...xml.matchAll(/id_circuit="(\d+)"/g)].map(([, id]) => id);

test('the outgoing feed needs the password, the account and the widget', async () => {
  const { call, list } = await imported();
  const address = '/flux/maison/c0de/circuits.php?widget-id=77';

  expect((await list('circuits')).status).toBe(200);
  const refused = await call(address, { password: 'other' });
  expect(refused.status).toBe(401);
  expect(refused.headers.get('www-authenticate')).toContain('Basic');
  expect(refused.body).toContain('<resultat statut="erreur"');
  expect((await call(address.replace('77', '78'))).status).toBe(403);
  expect((await call(address.replace('c0de', 'autre'))).status).toBe(404);
});

test('a new password takes the place of the old one at once', async () => {
  const { call, list, control } = await imported();
  await control.act('account', { password: 'neuf' });

  expect((await list('circuits')).status).toBe(401);
  expect((await call('/flux/maison/c0de/circuits.php?widget-id=77', { password: 'neuf' })).status).toBe(200);
});

test('an object is shown under its id in Cirkwi, with what depends on the direction grouped', async () => {
  const { url, list } = await imported();
  const { body, headers } = await list('circuits', '&rows=1');

  expect(headers.get('content-type')).toContain('application/xml');
  expect(body).toContain(
    '<circuits version="2"><listing_ids nb_objects="3" first="0" rows="1"><id>10000</id>',
  );
  expect(body).toContain('id_circuit="10000"');
  expect(body).toContain('code_cgt="A"');
  expect(body).toContain('<titre>Moulin &amp; &quot;gué&quot;</titre>');
  expect(body).toContain('&lt;p&gt;De Moulin');
  expect(body).toContain(`<fichier_trace url="${url}/fr/exporter-gpx/10000_0" info_parcours="false"/>`);
  const [, direction = ''] = /<sens_circuit [^>]*>(.*)<\/sens_circuit>/s.exec(body) ?? [];
  expect(direction).toContain('<distance>8400</distance>');
  expect(direction).toContain('<denivele_negatif>-120</denivele_negatif>');
  expect(direction).toContain('<tag_prive nom="A"/>');
  expect(direction).toMatch(/<diffusion [^>]*partage=/);
  expect(body.replace(direction, '')).not.toContain('<distance>');
});

test('a POI is shown in a feed of its own', async () => {
  const { list } = await imported();
  const { body } = await list('pois');

  expect(body).toContain('<pois version="2"><listing_ids nb_objects="1"');
  expect(body).toMatch(/<poi [^>]*id_poi="10003"[^>]*code_cgt="P"/);
  expect(body).toContain('<tag_prive nom="P"/>');
});

test('the code of the provider is not shown when the account is set so, its private tag still is', async () => {
  const { list } = await imported({ imports: { echoCodeCgt: false } });
  const { body } = await list('circuits');

  expect(body).not.toContain('code_cgt');
  expect(body).toContain('<tag_prive nom="A"/>');
});

test('pages follow each other by first and rows, and rows=0 lists the ids alone', async () => {
  const { list } = await imported({ initial: { circuits: [{ title: 'À moi' }] } });
  const first = (await list('circuits', '&first=0&rows=3')).body;
  const second = (await list('circuits', '&first=3&rows=3')).body;
  const listing = (await list('circuits', '&rows=0')).body;

  expect([circuitsIn(first), circuitsIn(second)]).toEqual([['10000', '10001', '10002'], ['10003']]);
  expect(second).toContain('nb_objects="4" first="3" rows="3"');
  expect([idsIn(listing), circuitsIn(listing)]).toEqual([['10000', '10001', '10002', '10003'], []]);
  expect((await list('circuits', '&first=-1')).status).toBe(400);
});

test('end-time leaves only what was modified since', async () => {
  const { list, control, pull } = await imported();
  const { now } = (await control.act('clock', { advanceSeconds: 3600 })) as { now: number };
  await control.put('circuits', { action: 'patch', id: 'B', value: { title: 'Ruines !' } });
  await pull({ stopAfter: 1 }); // brings nothing new to the first circuit

  const { body } = await list('circuits', `&end-time=${now}`);

  expect(body).toContain('nb_objects="1"');
  expect(circuitsIn(body)).toEqual(['10001']);
  await pull(); // overwrites the edit, which is a modification as well
  expect(circuitsIn((await list('circuits', `&end-time=${now}`)).body)).toEqual(['10001']);
});

test('every import counts as a modification when the account is set so', async () => {
  const { list, control, pull } = await imported({ imports: { modifiedByImport: 'always' } });
  const { now } = (await control.act('clock', { advanceSeconds: 3600 })) as { now: number };
  await pull();

  expect((await list('circuits', `&end-time=${now}`)).body).toContain('nb_objects="3"');
});

test('the track is exported as GPX to everyone, digit for digit', async () => {
  const { url } = await imported();
  const reply = await fetch(`${url}/fr/exporter-gpx/10000_0`);
  const text = await reply.text();

  expect(reply.headers.get('content-type')).toContain('application/gpx+xml');
  expect(text).toContain('<gpx version="1.1" creator="Cirkwi" xmlns="http://www.topografix.com/GPX/1/1">');
  expect(text).toContain(
    '<trkpt lat="50.3100001234567" lon="4.94"><ele>100.5</ele></trkpt><trkpt lat="50.32" lon="4.95"/>',
  );
  expect(await (await fetch(`${url}/fr/exporter-gpx/10000`)).text()).toBe(text);
});

test.each(['99999_0', '10000_1', '10001_0', '10003_0', 'x'])('there is no GPX at %s', async (path) => {
  const { url } = await imported(); // 10001 has no track, 10003 is a POI

  expect((await fetch(`${url}/fr/exporter-gpx/${path}`)).status).toBe(404);
});

test('the public page carries the object as a script that no text can end', async () => {
  const { url, control } = await imported();
  await control.put('circuits', {
    action: 'patch',
    id: '10000',
    value: { description: '</script><b>x</b>' },
  });
  const page = await (await fetch(`${url}/fr/circuit/10000-moulin-et-gue`)).text();

  const [, json = ''] = /var objetJSON = (.*);<\/script>/.exec(page) ?? [];
  expect(JSON.parse(json)).toMatchObject({
    id_objet: '10000_0',
    traduction: { fr_FR: { information: { titre: 'Moulin & "gué"', description: '</script><b>x</b>' } } },
    trace: {
      distance: expect.closeTo(1.32, 1),
      altimetries: [{ altitude: 100.5, position: { lng: 4.94 } }, { altitude: null }],
    },
  });
  expect((await fetch(`${url}/fr/circuit/1-rien`)).status).toBe(404);
});

describe('faults reach', () => {
  test('the outgoing feed: a status, a cut body, half a body that passes for a whole one', async () => {
    const { url, list, control } = await imported();
    const route = 'GET /flux/{user}/{code}/circuits.php';
    await control.faults(
      { kind: 'status', status: 503, retryAfterSeconds: 2, route },
      { kind: 'truncate', route, after: 1 },
      { kind: 'truncate', length: 'sent', route, after: 2 },
    );

    const refused = await list('circuits');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2']);
    await expect(list('circuits')).rejects.toThrow();
    const half = await list('circuits');
    expect(half.status).toBe(200);
    expect(half.body).not.toContain('</circuits>');
    expect((await fetch(`${url}/_sim/stats`)).status).toBe(200);
  });

  test('the GPX export', async () => {
    const { url, control } = await imported();
    await control.faults({ kind: 'truncate', length: 'sent', route: 'GET /fr/exporter-gpx/{circuit}' });

    const text = await (await fetch(`${url}/fr/exporter-gpx/10000_0`)).text();
    expect(text).toContain('<gpx');
    expect(text).not.toContain('</gpx>');
  });

  test('a listing that finds nothing although all is there', async () => {
    const { list, control } = await imported();
    await control.faults({ kind: 'empty-list' });

    expect((await list('circuits')).body).toContain('nb_objects="0"');
    expect((await list('circuits')).body).toContain('nb_objects="3"');
  });
});
