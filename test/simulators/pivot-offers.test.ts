import type { PivotOffer } from '../../simulators/pivot';
import { codes, gpxMedia, linkedTo, offer, pivot, QUERY, stopPivots } from './pivot-support';
import { type Json, send } from './support';

afterEach(stopPivots);

const GPX = '<?xml version="1.0"?><gpx version="1.1"><trk/></gpx>';
const base64 = (text: string) => Buffer.from(text).toString('base64');

type Pivot = Awaited<ReturnType<typeof pivot>>;

async function upload({ url }: Pivot, body: string, type = 'application/gpx+xml', key = 'key-1') {
  return send(`${url}/PivotWeb-3.1/img/upload`, {
    method: 'POST',
    headers: { 'content-type': type, accept: 'application/json', ws_key: key },
    body,
  });
}

const mediaOf = (name: string, file: string) => ({
  offre: [
    {
      nom: name,
      estActive: 30,
      typeOffre: { idTypeOffre: 268 },
      spec: [
        { urn: 'urn:fld:typmed', value: 'urn:val:typmed:gpx' },
        { urn: 'urn:fld:url', value: file },
      ],
    },
  ],
});

const relinked = (...relOffre: Json[]) => ({ offre: [{ relOffre }] });
const complete: Partial<PivotOffer> = {
  spec: [{ urn: 'urn:fld:descmarket30', value: '<p>Belle</p>' }],
  relOffre: [linkedTo('ANX-P', 'urn:lnk:media:defaut')],
};
const photo = offer('ANX-P', { typeOffre: { idTypeOffre: 268 } });

describe('reading an offer', () => {
  test('does not mind the case of the code, shows archived ones, tells whether there is one', async () => {
    const { get } = await pivot([offer('ITB-1', { estActive: 5 })]);

    expect((await get('/offer/itb-1;content=1')).body.offre[0].estActive).toBe(5);
    expect((await get('/offer/Itb-1/exists')).body).toEqual({ value: true });
    expect((await get('/offer/ITB-2/exists')).body).toEqual({ value: false });
  });
});

describe('writing an offer', () => {
  test('a partial update keeps what it does not name, empties but never removes, and moves the date', async () => {
    const { get, call } = await pivot([
      offer('ITB-1', {
        ...complete,
        adresse1: { cp: '5530', rue: 'Rue' },
        spec: [
          { urn: 'urn:fld:dist', value: '8' },
          { urn: 'urn:fld:reco', value: 'x' },
        ],
      }),
      photo,
    ]);
    const before = (await get('/offer/ITB-1;content=2')).body.offre[0];

    const written = await call('PUT', '/offer/itb-1', {
      offre: [
        {
          adresse1: { cp: '5500' },
          spec: [
            { urn: 'urn:fld:reco', value: '' },
            { urn: 'urn:fld:new', value: '1' },
          ],
        },
      ],
    });

    expect(written.status).toBe(200);
    const { nom, adresse1, spec, relOffre, dateModification } = (await get('/offer/ITB-1;content=2')).body
      .offre[0];
    expect({ nom, adresse1, links: relOffre.length }).toEqual({
      nom: 'Boucle ITB-1',
      adresse1: { cp: '5500', rue: 'Rue' },
      links: 1,
    });
    expect(spec.map((each: Json) => `${each.urn}=${each.value}`)).toEqual([
      'urn:fld:dist=8',
      'urn:fld:reco=',
      'urn:fld:new=1',
    ]);
    expect(Date.parse(dateModification)).toBeGreaterThan(Date.parse(before.dateModification));
  });

  test('a relation is added once, and taken away with operation 2, in XML too', async () => {
    const { get, call } = await pivot([offer('ITB-1'), gpxMedia('ANX-1'), gpxMedia('ANX-2')]);
    const links = async () =>
      ((await get('/offer/ITB-1;content=2')).body.offre[0].relOffre ?? []).map(
        (each: Json) => each.offre.codeCgt,
      );
    const add = relinked(linkedTo('anx-1'));

    await call('PUT', '/offer/ITB-1', add);
    await call('PUT', '/offer/ITB-1', add);
    expect(await links()).toEqual(['ANX-1']);

    const swap = await call(
      'PUT',
      '/offer/ITB-1',
      `<offres xmlns="http://pivot.tourismewallonie.be/files/xsd/pivot/3.1"><offre>
        <relOffre urn="urn:lnk:media:autre"><offre codeCgt="ANX-2"/></relOffre>
        <relOffre urn="urn:lnk:media:autre" operation="2"><offre codeCgt="ANX-1"/></relOffre></offre></offres>`,
    );
    expect(swap.status).toBe(200);
    expect(await links()).toEqual(['ANX-2']);
    expect((await call('PUT', '/offer/ITB-1', relinked(linkedTo('ANX-9')))).status).toBe(400);
  });

  test('a new validation may find errors: 200, and the offer is publishable no more', async () => {
    const lurking = [
      { idStatus: 'ERR0001', message: 'Ce champ ne peut être vide', context: 'urn:fld:catcirc' },
    ];
    const { get, call } = await pivot([offer('ITB-1', { ...complete, lurking }), photo]);
    expect((await get('/offer/ITB-1/audit')).body.offre[0].audit).toMatchObject({ score: 100 });

    const written = await call('PUT', '/offer/ITB-1', {
      offre: [{ spec: [{ urn: 'urn:fld:dist', value: '3' }] }],
    });

    expect(written.status).toBe(200);
    expect(written.body.offre[0]).toMatchObject({
      codeCgt: 'ITB-1',
      estActive: 20,
      audit: {
        status: { idStatus: 'ERR0000' },
        report: [{ idStatus: 'ERR0001', context: 'urn:fld:catcirc' }],
      },
    });
    expect((await get('/offer/ITB-1/audit')).body.offre[0].audit.score).toBe(80);
    expect((await get('/offer/ITB-1;content=1')).body.offre[0].estActive).toBe(20);
  });

  test('a complete offer stays publishable, and only advice does not change that', async () => {
    const { call } = await pivot([offer('ITB-1', complete), offer('ITB-2'), photo]);

    const good = await call('PUT', '/offer/ITB-1', { offre: [{ nom: 'Nouveau' }] });
    const advised = await call('PUT', '/offer/ITB-2', { offre: [{ nom: 'Nouveau' }] });

    expect(good.body.offre[0]).toMatchObject({ estActive: 30, audit: { score: 100 } });
    expect(advised.body.offre[0].estActive).toBe(30);
    expect(advised.body.offre[0].audit.report.map((each: Json) => each.idStatus)).toEqual([
      'WRN0006',
      'WRN0007',
    ]);
  });

  test('the computed marketing text cannot be written', async () => {
    const { get, call } = await pivot([offer('ITB-1', complete), photo]);

    await call('PUT', '/offer/ITB-1', { offre: [{ spec: [{ urn: 'urn:fld:descmarket', value: 'Autre' }] }] });

    expect(JSON.stringify((await get('/offer/ITB-1;content=2')).body)).not.toContain('Autre');
  });

  test('refuses what is not an offer, an unknown one, and another operator’s', async () => {
    const { call } = await pivot([offer('ITB-1'), offer('ITB-7', { operator: 7 })]);

    expect((await call('PUT', '/offer/ITB-1', '<offres><offre>')).status).toBe(400);
    expect((await call('PUT', '/offer/ITB-1', { offre: [] })).status).toBe(400);
    expect((await call('POST', '/offer', { offre: [{ nom: 'Sans type' }] })).status).toBe(400);
    expect((await call('PUT', '/offer/ITB-2', { offre: [{ nom: 'x' }] })).status).toBe(404);
    expect((await call('PUT', '/offer/ITB-7', { offre: [{ nom: 'x' }] })).status).toBe(403);
    expect((await call('POST', '/offer', { offre: [{}] }, 'nonsense')).status).toBe(401);
  });

  test('deleting archives, touches who refers to it, and hides the relation', async () => {
    const { get, call } = await pivot([offer('ITB-1', { relOffre: [linkedTo('ANX-1')] }), gpxMedia('ANX-1')]);
    const dateOf = async () => (await get('/offer/ITB-1;content=2')).body.offre[0].dateModification;
    const before = await dateOf();

    expect((await call('DELETE', '/offer/ANX-1')).body).toEqual({ value: 'archived' });

    expect(await dateOf()).not.toBe(before);
    expect((await get('/offer/ITB-1;content=3')).body.offre[0].relOffre ?? []).toEqual([]);
    expect((await call('DELETE', '/offer/ANX-1/erase')).status).toBe(400);
    await call('DELETE', '/offer/ITB-1');
    expect(codes(await get(`/query/${QUERY}`))).toEqual([]);
  });
});

describe('files', () => {
  test('an upload becomes the file of a media that names it, once', async () => {
    const platform = await pivot([offer('ITB-1')]);
    const { get, call, url } = platform;

    const name = (await upload(platform, base64(GPX))).body.value;
    const made = await call('POST', '/offer', mediaOf('ITB-1-abc', name));
    const code = made.body.offre[0].codeCgt;

    expect(name).toMatch(/\.gpx$/);
    expect(code).toMatch(/^ANX-/);
    expect((await get(`/media/${code}`, null)).body).toBe(GPX);
    expect((await get(`/media/${code}`, null)).headers.get('content-type')).toBe('application/octet-stream');
    const { spec } = (await get(`/offer/${code};content=2`)).body.offre[0];
    const address = spec.find((each: Json) => each.urn === 'urn:fld:url').value;
    expect(address.startsWith(url)).toBe(true);
    expect(address.endsWith('.gpx')).toBe(true);
    expect((await call('POST', '/offer', mediaOf('ITB-1-abc', name))).status).toBe(400);
  });

  test('a new media may be missing from searches for a while, but not under its code', async () => {
    const platform = await pivot();
    const { call, get, control } = platform;
    await control.faults({ kind: 'index-lag', ms: 60_000, route: 'POST /PivotWeb-3.1/offer' });
    const find = async (name: string) =>
      codes(
        await call('POST', '/query;content=0', {
          CriteriaField: { field: 'urn:fld:nomofr', operator: 'equal', value: [name] },
        }),
      );

    const late = (await upload(platform, base64(GPX))).body.value;
    const { body } = await call('POST', '/offer', mediaOf('late', late));
    const prompt = (await upload(platform, base64(GPX))).body.value;
    await call('POST', '/offer', mediaOf('prompt', prompt));

    expect(await find('late')).toEqual([]);
    expect(await find('prompt')).toHaveLength(1);
    expect((await get(`/offer/${body.offre[0].codeCgt}/exists`)).body.value).toBe(true);
  });

  test('an upload that no media named is purged', async () => {
    const platform = await pivot();
    const name = (await upload(platform, base64(GPX))).body.value;

    expect(await platform.control.act('purge-uploads')).toEqual({ purged: 1 });

    expect((await platform.call('POST', '/offer', mediaOf('x', name))).status).toBe(400);
  });

  test('takes base64 text of a known type up to 7.5 MB, with a key', async () => {
    const platform = await pivot();
    const size = 7.5 * 1024 * 1024;

    expect((await upload(platform, Buffer.alloc(size).toString('base64'))).status).toBe(200);
    expect((await upload(platform, Buffer.alloc(size + 1).toString('base64'))).status).toBe(413);
    expect((await upload(platform, Buffer.alloc(2 * size).toString('base64'))).status).toBe(413);
    expect((await upload(platform, GPX)).status).toBe(400);
    expect((await upload(platform, base64(GPX), 'text/plain')).status).toBe(400);
    expect((await upload(platform, base64(GPX), 'application/gpx+xml', 'nonsense')).status).toBe(401);
  });

  test('the code of an itinerary answers its default photo, a track’s picture is a pictogram', async () => {
    const { get } = await pivot([offer('ITB-1', complete), offer('ITB-2'), photo, gpxMedia('ANX-1')]);

    expect((await get('/media/ITB-1', null)).body).toContain('PNG');
    expect((await get('/media/ITB-2', null)).status).toBe(404);
    expect((await get('/img/ANX-1', null)).headers.get('content-type')).toBe('image/png');
    expect((await get('/media/ANX-9', null)).status).toBe(404);
  });

  test('files and XML can be cut, or pass for whole ones', async () => {
    const { get, control, url } = await pivot([offer('ITB-1'), gpxMedia('ANX-1', { file: GPX })]);
    await control.faults({ kind: 'truncate' }, { kind: 'truncate', length: 'sent', after: 1, count: 2 });

    await expect(get('/media/ANX-1', null)).rejects.toThrow();
    expect((await get('/media/ANX-1', null)).body).toBe(GPX.slice(0, Math.floor(GPX.length / 2)));
    const half = await send(`${url}/PivotWeb-3.1/offer/ITB-1`, { headers: { ws_key: 'key-1' } });
    expect(half.status).toBe(200);
    expect(half.body).not.toContain('</offres>');
  });
});

describe('what the simulator counts', () => {
  test('a track that came twice under one name, and an offer that a call gave two tracks', async () => {
    const platform = await pivot([
      offer('ITB-1', { relOffre: [linkedTo('ANX-1')] }),
      offer('ITB-2', { relOffre: [linkedTo('ANX-1'), linkedTo('ANX-2')] }),
      gpxMedia('ANX-1'),
      gpxMedia('ANX-2'),
    ]);
    const { call, control } = platform;
    expect(await control.stats()).toMatchObject({ externalReferences: 2, duplicates: 0 });

    for (const _ of [1, 2]) {
      const name = (await upload(platform, base64(GPX))).body.value;
      const { body } = await call('POST', '/offer', mediaOf('ITB-1-abc', name));
      await call('PUT', '/offer/ITB-1', relinked(linkedTo(body.offre[0].codeCgt)));
    }
    expect(await control.stats()).toMatchObject({ duplicatesByKind: { media: 1, offers: 1 } });
    expect(await control.journal()).toHaveLength(6);

    const [itinerary] = await control.records('offers', 'ITB-1');
    const [keep, ...others] = (itinerary as PivotOffer).relOffre ?? [];
    await call('PUT', '/offer/ITB-1', relinked(...others.map((link) => ({ ...link, operation: 2 }))));
    expect(keep).toBeDefined();
    expect(await control.stats()).toMatchObject({ duplicatesByKind: { media: 1, offers: 0 } });
  });

  test('shows a media with its file, and starts again on reset', async () => {
    const recipe = { points: 50, seed: 3, lat: 50.3, lon: 4.9 };
    const { control, get } = await pivot([gpxMedia('ANX-1', { file: { recipe } })]);

    const [media] = await control.records('media', 'ANX-1');
    expect(media?.file).toBe((await get('/media/ANX-1', null)).body);
    expect(media?.file).toContain('<trkpt lat=');

    await control.put('media', { action: 'delete', id: 'ANX-1' });
    await control.put('media', { action: 'delete', id: 'ANX-1' });
    expect(await control.records('media')).toEqual([]);
    await control.reset();
    expect(await control.records('media')).toHaveLength(1);
  });
});
