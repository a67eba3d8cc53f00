import { ALL_OFFERS, codes, gpxMedia, linkedTo, offer, pivot, QUERY, stopPivots } from './pivot-support';
import type { Json } from './support';

afterEach(stopPivots);

describe('a posted query', () => {
  const world = [
    offer('ITB-1', { relOffre: [linkedTo('ANX-1')], spec: [{ urn: 'urn:fld:dist', value: '8,4' }] }),
    offer('ITB-2', { estActive: 20, spec: [{ urn: 'urn:fld:dist', value: '12' }] }),
    offer('POI-1', { typeOffre: { idTypeOffre: 269 } }),
    gpxMedia('ANX-1', { nom: 'ITB-1-abc' }),
    gpxMedia('ANX-2'),
  ];
  const field = (field: string, operator: string, ...value: string[]) => ({ field, operator, value });

  test.each([
    ['type equal', { CriteriaField: field('urn:fld:typeofr', 'equal', '8') }, 'ITB-1 ITB-2'],
    ['type in', { CriteriaField: field('urn:fld:typeofr', 'in', '8', '269') }, 'ITB-1 ITB-2 POI-1'],
    ['state', { CriteriaField: [{ ...field('x', 'equal', '20'), target: 'status' }] }, 'ITB-2'],
    ['state as urn', { CriteriaField: field('urn:fld:etatedit', 'equal', 'urn:val:etatedit:20') }, 'ITB-2'],
    ['a spec exists', { CriteriaField: { field: 'urn:fld:dist', operator: 'exist' } }, 'ITB-1 ITB-2'],
    ['a spec is less', { CriteriaField: field('urn:fld:dist', 'lesser', '9') }, 'ITB-1'],
    ['a name', { CriteriaField: field('urn:fld:nomofr', 'equal', 'ITB-1-abc') }, 'ANX-1'],
    ['a part of a name', { CriteriaField: field('urn:fld:nomofr', 'like', 'boucle itb') }, 'ITB-1 ITB-2'],
    ['changed since', { CriteriaField: { ...field('x', 'greater', '05/05/2026'), target: 'datemod' } }, ''],
    ['a basket', { CriteriaBasket: { offre: ['itb-2', 'ANX-2'] } }, 'ANX-2 ITB-2'],
    ['has a relation', { CriteriaRelOffre: { field: 'urn:lnk:media:autre', operator: 'exist' } }, 'ITB-1'],
    [
      'a stored query and more',
      { CriteriaQuery: { value: QUERY }, CriteriaField: field('urn:fld:typeofr', 'equal', '269') },
      'POI-1',
    ],
    [
      'or',
      {
        CriteriaGroup: {
          type: 'or',
          CriteriaField: [field('urn:fld:typeofr', 'equal', '269'), field('urn:fld:dist', 'equal', '12')],
        },
      },
      'ITB-2 POI-1',
    ],
    [
      'who refers to a media',
      {
        CriteriaBasket: { offre: 'ANX-1' },
        ExportRelOffre: { value: 'urn:lnk:media:autre', reverse: true },
      },
      'ITB-1',
    ],
  ])('selects by %s', async (_what, query, expected) => {
    const { call } = await pivot(world);

    expect(codes(await call('POST', '/query;content=0', query)).join(' ')).toBe(expected);
  });

  test('may be XML, in pages, and says what it does not understand', async () => {
    const { call } = await pivot(world);
    const xml = (inside: string) =>
      `<?xml version="1.0"?><Query xmlns="http://pivot.tourismewallonie.be/files/xsd/pivot/3.1"><CriteriaGroup type="and">${inside}</CriteriaGroup></Query>`;

    const found = await call(
      'POST',
      '/query/paginated;itemsperpage=1;content=0',
      xml(
        `<CriteriaQuery><value>${QUERY}</value></CriteriaQuery><CriteriaField field="urn:fld:typeofr" operator="equal" target="value"><value>8</value></CriteriaField>`,
      ),
    );

    expect(found.body).toMatchObject({ count: 2, pagesCount: 2 });
    expect((await call('POST', '/query', xml('<CriteriaKeyword/>'))).status).toBe(400);
    expect((await call('POST', '/query', xml('<CriteriaField field="a" operator="is"/>'))).status).toBe(400);
    expect((await call('POST', '/query', '<Query><CriteriaGroup>')).status).toBe(400);
    expect((await call('POST', '/query', {})).status).toBe(400);
    expect((await call('POST', '/query', { CriteriaQuery: { value: 'none' } })).status).toBe(404);
  });

  test('sorts when it asks for that', async () => {
    const { call } = await pivot(world);

    const { body } = await call('POST', '/query', {
      sortField: 'urn:fld:codecgt',
      sortMode: 'DESC',
      ...ALL_OFFERS,
    });

    expect(body.offre.map((each: Json) => each.codeCgt)).toEqual(['POI-1', 'ITB-2', 'ITB-1']);
  });
});
