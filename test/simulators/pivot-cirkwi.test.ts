import { gpxMedia, linkedTo, offer, pivot, QUERY, stopPivots } from './pivot-support';

afterEach(stopPivots);

const tick = (urn: string, value = 'true') => ({ urn, type: 'Boolean', value });
const FILTER = 'urn:fld:filtcat:01:000001';
const TAG = 'urn:fld:cirkwi:publie';

const world = [
  offer('ITB-1', {
    spec: [tick(FILTER), { urn: 'urn:fld:dist', value: '8,4' }],
    relOffre: [linkedTo('ANX-1')],
  }),
  offer('ITB-2', { spec: [tick(TAG)] }),
  offer('ITB-3', { spec: [tick(FILTER, 'false')] }),
  offer('ITB-4', { spec: [tick(FILTER), tick(TAG)], estActive: 20 }),
  offer('POI-1', { typeOffre: { idTypeOffre: 269 }, spec: [tick(TAG)] }),
  gpxMedia('ANX-1'),
];
const codesIn = (xml: string) => [...xml.matchAll(/ code_cgt="([^"]+)"/g)].map((hit) => hit[1]).sort();

test.each(['/cirkwi/circuits/', `/cirkwi/circuits/${QUERY}`, `/cirkwi/circuits/query/${QUERY}`])(
  '%s holds publishable itineraries with either mark, in XML without a namespace',
  async (path) => {
    const { get } = await pivot(world);

    const { body, headers } = await get(path);

    expect(headers.get('content-type')).toContain('application/xml');
    expect(body).toContain('<circuits version="2">');
    expect(codesIn(body)).toEqual(['ITB-1', 'ITB-2']);
  },
);

test('points of interest have their own feed, and everything asks for the key', async () => {
  const { get } = await pivot(world);

  expect(codesIn((await get('/cirkwi/pois')).body)).toEqual(['POI-1']);
  expect((await get('/cirkwi/pois', 'nonsense')).status).toBe(401);
});

test('a circuit tells its length in metres, its track and its dates in seconds', async () => {
  const { get, url } = await pivot(world);

  const { body } = await get('/cirkwi/circuits/offer/itb-1');

  expect(body).toContain('<distance>8400</distance>');
  expect(body).toContain(`<fichier_trace url="${url}/PivotWeb-3.1/media/ANX-1"/>`);
  expect(body).toContain(`date_modification="${Date.parse('2026-05-04T16:20:11+02:00') / 1000}"`);
  expect((await get('/cirkwi/circuits/offer/POI-1')).status).toBe(404);
});

test('comes in frozen pages too, and leaves the change list alone', async () => {
  const { get } = await pivot(world);
  await get(`/query/${QUERY}/diff`);
  await get(`/query/${QUERY}/ack`);

  const first = (await get(`/cirkwi/circuits/query/${QUERY}/paginated;itemsperpage=1`)).body;
  const token = /token="([^"]+)"/.exec(first)?.[1];
  const second = (await get(`/cirkwi/circuits/query/paginated/${token}/2`)).body;

  expect([...codesIn(first), ...codesIn(second)].sort()).toEqual(['ITB-1', 'ITB-2']);
  expect((await get(`/cirkwi/circuits/query/paginated/${token}/3`)).body).toContain('[CCM006]');
  expect((await get(`/query/${QUERY}/diff`)).body.count).toBe(0);
});
