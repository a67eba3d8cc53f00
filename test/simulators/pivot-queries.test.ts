import { changes, codes, gpxMedia, linkedTo, offer, pivot, QUERY, stopPivots } from './pivot-support';
import type { Json } from './support';

afterEach(stopPivots);

const TICKED_QUERY = {
  codeCgt: 'QRY-TICKED',
  query: `<Query xmlns="http://pivot.tourismewallonie.be/files/xsd/pivot/3.1"><CriteriaGroup type="and">
    <CriteriaField field="urn:fld:etatedit" operator="equal" target="value"><value>30</value></CriteriaField>
    <CriteriaField field="urn:fld:cirkwi:publie" operator="equal" target="value"><value>true</value></CriteriaField>
  </CriteriaGroup></Query>`,
};
const tick = (value: string) => [{ urn: 'urn:fld:cirkwi:publie', type: 'Boolean', value }];
const five = ['ITB-1', 'ITB-2', 'ITB-3', 'ITB-4', 'ITB-5'].map((code) => offer(code));
const [first = offer('none')] = five;

describe('a stored query', () => {
  test('answers all it selects, archived offers never, in an order that changes', async () => {
    const many = Array.from({ length: 30 }, (_, place) => offer(`ITB-${place}`));
    const { get } = await pivot([...many, offer('OLD', { estActive: 5 }), gpxMedia('ANX-1')]);

    const one = await get(`/query/${QUERY.toLowerCase()};content=0`);
    const two = await get(`/query/${QUERY};content=0`);

    expect(one.body.count).toBe(30);
    expect(codes(one)).toEqual(codes(two));
    expect(one.body.offre).not.toEqual(two.body.offre);
  });

  test('keeps the one offer it finds in a list', async () => {
    const { get } = await pivot([first]);

    expect((await get(`/query/${QUERY};content=0`)).body.offre).toHaveLength(1);
  });

  test('drops a criterion whose parameter has no value', async () => {
    const query = {
      CriteriaField: [
        { field: 'urn:fld:typeofr', operator: 'in', params: 'types', value: [`\${types}`] },
        { field: 'urn:fld:etatedit', operator: 'equal', value: ['30'] },
      ],
    };
    const { get } = await pivot([first, offer('POI-1', { typeOffre: { idTypeOffre: 269 } })], {
      queries: [{ codeCgt: 'QRY-P', query }],
    });

    expect(codes(await get('/query/QRY-P'))).toEqual(['ITB-1', 'POI-1']);
    expect(codes(await get('/query/QRY-P;param=types:8'))).toEqual(['ITB-1']);
    expect(codes(await get('/query/QRY-P;param=types:8|269'))).toEqual(['ITB-1', 'POI-1']);
  });
});

describe('the change list', () => {
  const diff = `/query/${QUERY}/diff;content=0`;
  const ack = `/query/${QUERY}/ack`;

  test('lists all as entered at first, nothing once acknowledged, then what changed, entered and left', async () => {
    const { get, control } = await pivot(five);

    expect(changes(await get(diff))).toEqual(five.map(({ codeCgt }) => `0 ${codeCgt}`));
    expect((await get(ack)).body).toEqual({ value: true });
    const quiet = await get(diff);
    expect(quiet.body.count).toBe(0);
    expect(changes(quiet)).toEqual([]);

    await control.put('offers', { action: 'patch', id: 'ITB-1', value: { nom: 'Autre' } });
    await control.put('offers', { action: 'delete', id: 'ITB-2' });
    await control.put('offers', { action: 'upsert', id: 'ITB-6', value: { nom: 'Neuf' } });
    const list = await get(diff);

    expect(changes(list)).toEqual(['0 ITB-6', '1 ITB-1', '2 ITB-2']);
    const left = list.body.offre.find((each: Json) => each.operation === 2);
    expect(Object.keys(left).sort()).toEqual(['codeCgt', 'operation']);
  });

  test('comes again until it is acknowledged', async () => {
    const { get } = await pivot(five);

    expect(changes(await get(diff))).toHaveLength(5);
    expect(changes(await get(diff))).toHaveLength(5);
  });

  test('acknowledges the latest call, so what came between two calls is lost to who worked on the first', async () => {
    const { get, control } = await pivot(five);
    await get(diff);
    await get(ack);

    const worked = await get(diff);
    await control.put('offers', { action: 'patch', id: 'ITB-3', value: { nom: 'Perdu' } });
    await get(diff);
    await get(ack);

    expect(changes(worked)).toEqual([]);
    expect(changes(await get(diff))).toEqual([]);
  });

  test('takes a plain call to the same query for the latest one, a posted query not', async () => {
    const { get, call, control } = await pivot(five);
    await get(diff);
    await get(ack);
    await get(diff);
    await control.put('offers', { action: 'patch', id: 'ITB-3', value: { nom: 'Neuf' } });

    await call('POST', '/query', { CriteriaQuery: { value: QUERY } });
    await get(ack);
    expect(changes(await get(diff))).toEqual(['1 ITB-3']);
    await get(`/query/${QUERY}`);
    await get(ack);

    expect(changes(await get(diff))).toEqual([]);
  });

  test('is one for each key and query', async () => {
    const { get } = await pivot(five, { credentials: { keys: ['key-1', 'key-2'] } });
    await get(diff);
    await get(ack);

    expect(changes(await get(diff))).toHaveLength(0);
    expect(changes(await get(diff, 'key-2'))).toHaveLength(5);
  });

  test.each(['the reference is lost', 'it is cleared'])(
    'lists all as entered again after %s',
    async (how) => {
      const { get, call, control } = await pivot(five);
      await get(diff);
      await get(ack);

      if (how === 'it is cleared')
        expect((await call('DELETE', `/query/${QUERY}/clear`)).body).toEqual({ value: true });
      else expect(await control.act('lose-reference', { query: QUERY })).toEqual({ lost: 1 });

      expect(changes(await get(diff))).toEqual(five.map(({ codeCgt }) => `0 ${codeCgt}`));
    },
  );

  test('has nothing to acknowledge before the first call', async () => {
    const { get } = await pivot(five);

    expect((await get(ack)).body).toEqual({ value: false });
    expect(changes(await get(diff))).toHaveLength(5);
  });

  test('does not see a new file in a linked media, nor a change that left the date alone', async () => {
    const { get, control } = await pivot([{ ...first, relOffre: [linkedTo('ANX-1')] }, gpxMedia('ANX-1')]);
    await get(diff);
    await get(ack);

    await control.put('media', { action: 'patch', id: 'ANX-1', value: { file: '<gpx version="1.0"/>' } });
    await control.put('offers', { action: 'patch', id: 'ITB-1', value: { nom: 'Tu' }, keepUpdatedAt: true });

    expect(changes(await get(diff))).toEqual([]);
    expect((await get('/media/ANX-1', null)).body).toBe('<gpx version="1.0"/>');
    const { body } = await get('/offer/ITB-1;content=3');
    expect(body.offre[0].relOffre[0].offre.dateModification > first.dateModification).toBe(true);
  });

  test('shows unticked and archived alike: both have left', async () => {
    const { get, control } = await pivot(
      [offer('ITB-1', { spec: tick('true') }), offer('ITB-2', { spec: tick('true') }), offer('ITB-3')],
      { queries: [TICKED_QUERY] },
    );
    expect(changes(await get('/query/QRY-TICKED/diff'))).toEqual(['0 ITB-1', '0 ITB-2']);
    await get('/query/QRY-TICKED/ack');

    await control.put('offers', {
      action: 'patch',
      id: 'ITB-1',
      value: { setSpec: { 'urn:fld:cirkwi:publie': 'false' } },
    });
    await control.put('offers', { action: 'delete', id: 'ITB-2' });
    await control.put('offers', {
      action: 'patch',
      id: 'ITB-3',
      value: { setSpec: { 'urn:fld:cirkwi:publie': 'true' } },
    });

    expect(changes(await get('/query/QRY-TICKED/diff'))).toEqual(['0 ITB-3', '2 ITB-1', '2 ITB-2']);
  });

  test('says that all have left while the search finds nothing', async () => {
    const { get, control } = await pivot(five);
    await get(diff);
    await get(ack);
    await control.faults({ kind: 'empty-list', route: 'GET /PivotWeb-3.1/query/{id}/diff' });

    expect(changes(await get(diff))).toEqual(five.map(({ codeCgt }) => `2 ${codeCgt}`));
    expect(changes(await get(diff))).toEqual([]);
  });
});

describe('pages', () => {
  test('are frozen with what they link to, while the platform goes on', async () => {
    const linked = five.map((each) => ({ ...each, relOffre: [linkedTo('ANX-1')] }));
    const { get, control } = await pivot([...linked, gpxMedia('ANX-1')]);

    const one = await get(`/query/${QUERY}/paginated;itemsperpage=2;content=3`);
    for (const { codeCgt } of five)
      await control.put('offers', { action: 'patch', id: codeCgt, value: { nom: 'Plus tard' } });
    await control.put('media', { action: 'patch', id: 'ANX-1', value: { nom: 'Plus tard' } });
    await control.put('offers', { action: 'upsert', id: 'ITB-9', value: { nom: 'Plus tard' } });
    const two = await get(`/query/paginated/${one.body.token}/2;content=3`);
    const three = await get(`/query/paginated/${one.body.token}/3;content=3`);

    expect(one.body).toMatchObject({ count: 5, itemsPerPage: 2, pagesCount: 3 });
    expect([...codes(one), ...codes(two), ...codes(three)].sort()).toEqual(
      five.map(({ codeCgt }) => codeCgt),
    );
    expect(JSON.stringify([two.body, three.body])).not.toContain('Plus tard');
  });

  test('hold 20 offers unless said otherwise, and an empty answer has a page too', async () => {
    const { get } = await pivot(Array.from({ length: 21 }, (_, place) => offer(`ITB-${place}`)));

    expect((await get(`/query/${QUERY}/paginated`)).body).toMatchObject({ itemsPerPage: 20, pagesCount: 2 });
    expect((await get(`/query/${QUERY}/paginated;itemsperpage=0`)).status).toBe(400);
  });

  test('are gone with their token, with CCM006; a page that never was too', async () => {
    const { get, control } = await pivot(five);
    const { body } = await get(`/query/${QUERY}/paginated;itemsperpage=2`);
    const gone = {
      status: 404,
      body: '[CCM006] Results not found (token and/or page number are incorrect)',
    };

    expect(await get(`/query/paginated/${body.token}/4`)).toMatchObject(gone);
    expect(await get('/query/paginated/nonsense/1')).toMatchObject(gone);
    await control.faults({
      kind: 'expire-cursors',
      route: 'GET /PivotWeb-3.1/query/paginated/{token}/{page}',
    });

    expect(await get(`/query/paginated/${body.token}/2`)).toMatchObject(gone);
  });

  test('can lack their offers while the count stays', async () => {
    const { get, control } = await pivot(five);
    const { body } = await get(`/query/${QUERY}/paginated;itemsperpage=2`);
    await control.faults({ kind: 'empty-list' });

    const page = await get(`/query/paginated/${body.token}/2`);

    expect(page).toMatchObject({ status: 200, body: { count: 5, pagesCount: 3 } });
    expect(codes(page)).toEqual([]);
  });
});
