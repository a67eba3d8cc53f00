import type { PivotOffer } from '../../simulators/pivot';
import { codes, gpxMedia, linkedTo, offer, pivot, QUERY, stopPivots } from './pivot-support';
import type { Json } from './support';

afterEach(stopPivots);

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
    const lurking = [{ idStatus: 'ERR0001', message: 'Ce champ est vide', context: 'urn:fld:catcirc' }];
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
