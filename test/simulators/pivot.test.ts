import { gpxMedia, linkedTo, offer, pivot, QUERY, stopPivots } from './pivot-support';
import { type Json, send } from './support';

afterEach(stopPivots);

describe('access to PIVOT', () => {
  test('takes the key from the header in any case, or from the path on any segment', async () => {
    const { url } = await pivot([offer('ITB-1')]);
    const at = (path: string, headers: Record<string, string> = {}) =>
      send(`${url}/PivotWeb-3.1${path}`, { headers });

    expect((await at('/offer/ITB-1', { WS_KEY: 'key-1' })).status).toBe(200);
    expect((await at('/offer/ITB-1;WS_KEY=key-1')).status).toBe(200);
    expect((await at('/offer;WS_KEY=key-1/ITB-1')).status).toBe(200);
    expect((await at('/offer/ITB-1?ws_key=key-1')).status).toBe(401);
  });

  test('refuses in plain text with a number, each case with its own status', async () => {
    const { get, control } = await pivot([offer('ITB-1'), offer('ITB-2', { operator: 7 })], {
      queries: [{ codeCgt: 'QRY-7', operator: 7, query: { CriteriaBasket: { offre: 'ITB-2' } } }],
    });

    const refused = await get('/offer/ITB-1', 'nonsense');
    expect(refused.headers.get('content-type')).toContain('text/plain');
    expect(refused).toMatchObject({ status: 401, body: expect.stringMatching(/^\[CCM\d{3}\] /) });
    expect((await get('/offer/ITB-2')).status).toBe(403);
    expect((await get('/query/QRY-7')).status).toBe(403);
    expect((await get('/offer/ITB-3')).status).toBe(404);
    expect((await get('/query/QRY-8')).status).toBe(404);
    expect((await get('/offer/ITB-1;content=9')).status).toBe(400);

    await control.faults({ kind: 'status', status: 503 });
    expect(await get('/offer/ITB-1')).toMatchObject({ status: 503, body: expect.stringMatching(/^\[CCM/) });
  });

  test('stops answering a key that is disabled in the middle', async () => {
    const { get, control } = await pivot([offer('ITB-1')]);
    await control.faults({
      kind: 'person',
      records: 'keys',
      after: 1,
      change: { action: 'patch', id: 'key-1', value: { enabled: false } },
    });

    expect((await get('/offer/ITB-1')).status).toBe(200);
    expect((await get('/offer/ITB-1')).status).toBe(401);
  });

  test('serves nothing outside its own path, and options of a query string do not count', async () => {
    const { url, get } = await pivot([offer('ITB-1')]);

    expect((await send(`${url}/offer/ITB-1`, { headers: { ws_key: 'key-1' } })).status).toBe(404);
    expect((await get('/offer/ITB-1;content=0?content=2')).body.offre[0]).not.toHaveProperty('nom');
  });
});

describe('the form of an offer', () => {
  const walk = offer('ITB-1', {
    nom: 'Le "Moulin" & <Cie>',
    adresse1: { cp: '0680', latitude: 50.31, longitude: 4.94, localite: [{ lang: 'fr', value: 'Yvoir' }] },
    spec: [
      { urn: 'urn:fld:dist', type: 'UFloat', value: '8.40' },
      { urn: 'urn:fld:descmarket30', type: 'TextML', value: '<p>&#201;t&#233; ]]> fini</p>' },
      { urn: 'urn:fld:descmarket10', type: 'TextML', value: '<p>Chez nous</p>' },
      { urn: 'nl:urn:fld:descmarket10', type: 'TextML', value: '<p>Bij ons</p>' },
    ],
    relOffre: [linkedTo('ANX-1')],
  });

  test('is XML with attributes by default, and the same members as JSON when asked', async () => {
    const { url, get } = await pivot([walk, gpxMedia('ANX-1')]);

    const xml = await send(`${url}/PivotWeb-3.1/offer/itb-1;content=2`, { headers: { ws_key: 'key-1' } });
    const json = await get('/offer/ITB-1;content=2');
    const asked = await send(`${url}/PivotWeb-3.1/offer/ITB-1;content=2;fmt=json;ws_key=key-1`);

    expect(xml.headers.get('content-type')).toContain('application/xml');
    expect(xml.body).toContain(
      '<offres xmlns="http://pivot.tourismewallonie.be/files/xsd/pivot/3.1" count="1">',
    );
    expect(xml.body).toContain('<offre codeCgt="ITB-1" dateCreation="2024-03-02T09:00:00+01:00"');
    expect(xml.body).toContain('<nom><![CDATA[Le "Moulin" & <Cie>]]></nom>');
    expect(xml.body).toContain('<cp>0680</cp>');
    expect(xml.body).toContain('<localite lang="fr"><value>Yvoir</value></localite>');
    expect(xml.body).toContain('<p>&#201;t&#233; ]]]]><![CDATA[> fini</p>');
    expect(json.body).toEqual(asked.body);
    expect(json.body).toMatchObject({ count: 1, offre: [{ codeCgt: 'ITB-1', nom: 'Le "Moulin" & <Cie>' }] });
    expect(json.body.offre[0].adresse1.localite).toEqual([{ lang: 'fr', value: 'Yvoir' }]);
    expect(json.body.offre[0].relOffre).toHaveLength(1);
  });

  test('grows with the content level, and shows what a media is only at level 3', async () => {
    const { get } = await pivot([walk, gpxMedia('ANX-1')]);
    const at = async (level: number) => (await get(`/offer/ITB-1;content=${level}`)).body.offre[0];

    expect(Object.keys(await at(0)).sort()).toEqual([
      'codeCgt',
      'dateCreation',
      'dateModification',
      'typeOffre',
    ]);
    expect(await at(1)).toMatchObject({ nom: walk.nom, estActive: 30, adresse1: { cp: '0680' } });
    expect(await at(1)).not.toHaveProperty('spec');
    expect((await at(2)).relOffre[0].offre).not.toHaveProperty('spec');
    expect((await at(3)).relOffre[0]).toMatchObject({
      urn: 'urn:lnk:media:autre',
      offre: {
        codeCgt: 'ANX-1',
        spec: expect.arrayContaining([expect.objectContaining({ urn: 'urn:fld:typmed' })]),
      },
    });
  });

  test('shows on a media who refers to it, and the address of its file on this server', async () => {
    const { get, url } = await pivot([walk, gpxMedia('ANX-1')]);

    const { body } = await get('/offer/ANX-1;content=2');

    expect(body.offre[0].relOffreTgt).toEqual([
      { urn: 'urn:lnk:media:autre', offre: expect.objectContaining({ codeCgt: 'ITB-1' }) },
    ]);
    const address = body.offre[0].spec.find((spec: Json) => spec.urn === 'urn:fld:url').value;
    expect(address).toBe(`${url}/PivotWeb-3.1/medias/ANX-1/ANX-1.gpx`);
    expect((await send(address)).body).toBe('<gpx version="1.1"/>');
  });

  test('has a marketing text that depends on the key', async () => {
    const { get, control } = await pivot([walk]);
    await control.put('keys', { action: 'upsert', id: 'local', value: { scope: 10 } });
    const text = async (key: string, urn: string) =>
      (await get('/offer/ITB-1;content=2', key)).body.offre[0].spec.find((spec: Json) => spec.urn === urn)
        ?.value;

    expect(await text('key-1', 'urn:fld:descmarket')).toContain('fini');
    expect(await text('local', 'urn:fld:descmarket')).toBe('<p>Chez nous</p>');
    expect(await text('key-1', 'nl:urn:fld:descmarket')).toBe('<p>Bij ons</p>');
    const plain = await get('/offer/ITB-1;content=2;nofmt=true', 'local');
    expect(plain.body.offre[0].spec).toContainEqual(
      expect.objectContaining({ urn: 'urn:fld:descmarket', value: 'Chez nous' }),
    );
  });

  test.each([
    ['iso', '2026-01-15T08:30:00+01:00'],
    ['day-first', '15-01-2026 08:30:00'],
  ] as const)('has dates in the form %s when the platform is set so', async (dates, shown) => {
    const { get } = await pivot(
      [
        offer('ITB-1', { dateModification: '15-01-2026 08:30:00' }),
        offer('ITB-2', { dateModification: '2026-01-15T07:30:00Z' }),
      ],
      { dates },
    );

    const { body } = await get(`/query/${QUERY};content=0`);

    expect(body.offre.map((each: Json) => each.dateModification)).toEqual([shown, shown]);
  });

  test.each([
    ['null', null],
    ['empty', []],
    ['absent', undefined],
  ] as const)('shows lists without entries as %s', async (emptyLists, shown) => {
    const { get } = await pivot([offer('ITB-1')], { emptyLists });

    const { body } = await get('/offer/ITB-1;content=2');

    expect(body.offre[0].spec).toEqual(shown);
    expect(body.offre[0].relOffre).toEqual(shown);
  });

  test('can be past understanding, for one record only', async () => {
    const { get } = await pivot([offer('ITB-1', { broken: 'spec-text' }), offer('ITB-2')]);

    const { body } = await get(`/query/${QUERY};content=3`);

    expect(body.offre.find((each: Json) => each.codeCgt === 'ITB-1').spec).toBe('voir annexe');
    expect(body.count).toBe(2);
  });
});

describe('the thesaurus', () => {
  test('names the filter and the two public tags, without a key', async () => {
    const { get } = await pivot();

    const filters = await get('/thesaurus/typeofr/8/urn:cat:filtre', null);
    const tags = await get('/thesaurus/typeofr/269/urn:cat:cirkwi', null);

    expect(fieldsOf(filters.body.spec)).toContain('urn:fld:filtcat:01:000001 Cirkwi');
    expect(fieldsOf(tags.body.spec)).toEqual(
      expect.arrayContaining(['urn:fld:cirkwi:publie Cirkwi', 'urn:fld:cirkwi:reseau Réseau cdf']),
    );
  });

  test('shows hidden fields only when asked, and a filter in each category it stands in', async () => {
    const { get } = await pivot();

    const plain = fieldsOf((await get('/thesaurus/typeofr/8')).body.spec);
    const hidden = fieldsOf((await get('/thesaurus/typeofr/8;hidden=true')).body.spec);

    expect(plain.some((field) => field.startsWith('urn:fld:idcirkwi'))).toBe(false);
    expect(hidden.some((field) => field.startsWith('urn:fld:idcirkwi'))).toBe(true);
    expect(plain.filter((field) => field === 'urn:fld:filtcat:01:000001 Cirkwi')).toHaveLength(2);
  });

  test('holds a second filter of that name when another operator has one', async () => {
    const { get } = await pivot([], { filters: 'homonyms' });

    const fields = fieldsOf((await get('/thesaurus/typeofr/8/urn:cat:filtre')).body.spec);
    const own = fieldsOf((await get('/thesaurus/typeofr/8/urn:cat:filtre/1')).body.spec);

    expect(fields.filter((field) => /cirkwi$/i.test(field))).toHaveLength(2);
    expect(own.filter((field) => /cirkwi$/i.test(field))).toHaveLength(1);
  });

  test('is a web page unless a format is asked for; unknown types and urns are not found', async () => {
    const { url, get } = await pivot();

    const page = await send(`${url}/PivotWeb-3.1/thesaurus/typeofr/8`);
    const xml = await send(`${url}/PivotWeb-3.1/thesaurus/urn/urn:fld:cirkwi:reseau;fmt=xml`);

    expect(page.headers.get('content-type')).toContain('text/html');
    expect(xml.body).toContain('<spec urn="urn:fld:cirkwi:reseau"><type>Boolean</type><label lang="fr">');
    expect((await get('/thesaurus/typeofr/999')).status).toBe(404);
    expect((await get('/thesaurus/urn/urn:fld:none')).status).toBe(404);
  });
});

/** `urn label` of every field below. */
function fieldsOf(nodes: Json[]): string[] {
  return nodes.flatMap((node) => [`${node.urn} ${node.label[0].value}`, ...fieldsOf(node.spec ?? [])]);
}
