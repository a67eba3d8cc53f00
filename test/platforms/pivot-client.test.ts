import { inspect } from 'node:util';
import { unlimited } from '../../platforms/budget';
import { FailureKind } from '../../platforms/failure';
import { createPivotClient } from '../../platforms/pivot/http-client';
import { failureOf } from './failures';
import { type Answer, cutShort, inTurn, json, type LocalServer, raw, startLocalServer } from './local-server';
import { itineraryJson, itineraryXml, offresXml, resultXml } from './pivot-documents';

const KEY = '9d7ac700-b870-11e6-80f5-76304dec7eb7';

let server: LocalServer | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

async function clientOf(answer: Answer, format?: 'json' | 'xml') {
  server = await startLocalServer(answer);
  return createPivotClient({
    baseUrl: `${server.url}/PivotWeb-3.1`,
    wsKey: `${KEY}\n`,
    format,
    budget: unlimited,
  });
}

const asked = (at = 0) => {
  const { method, path, headers, body } = server?.received[at] ?? {};
  return {
    method,
    path,
    accept: headers?.accept,
    key: headers?.ws_key,
    type: headers?.['content-type'],
    body,
  };
};
const xml = (body: string, status = 200) => raw(status, 'application/xml', body);
const plain = (status: number, body: string) => raw(status, 'text/plain', body);
const html = (status: number) => raw(status, 'text/html', '<html><body>Maintenance</body></html>');

const changedAt = '2026-05-04T16:20:11+02:00';
const changes = [
  { codeCgt: 'ITB-1', dateModification: '04-05-2026 16:20:11', operation: 0 },
  { codeCgt: 'ITB-2', dateModification: changedAt, operation: '1', nom: null },
  { codeCgt: 'ITB-3', operation: 2, typeOffre: 'anything', spec: 7 },
];
const changesXml = offresXml(
  'count="3"',
  `<offre codeCgt="ITB-1" dateModification="04-05-2026 16:20:11" operation="0"/>
   <offre codeCgt="ITB-2" dateModification="${changedAt}" operation="1"><nom/></offre>
   <offre codeCgt="ITB-3" operation="2"><typeOffre>anything</typeOffre></offre>`,
);

describe('the change list', () => {
  test.each<['json' | 'xml', Answer]>([
    ['json', json(200, { count: 3, offre: changes })],
    ['xml', xml(changesXml)],
  ])('tells in %s what entered, changed and left, and nothing else of what left', async (format, answer) => {
    const client = await clientOf(answer, format);

    expect(await client.diff('QRY-1')).toEqual([
      { code: 'ITB-1', operation: 'entered', modifiedAt: changedAt },
      { code: 'ITB-2', operation: 'changed', modifiedAt: changedAt },
      { code: 'ITB-3', operation: 'left', modifiedAt: null },
    ]);
    expect(asked()).toMatchObject({
      method: 'GET',
      path: '/PivotWeb-3.1/query/QRY-1/diff;content=0',
      accept: `application/${format}`,
      key: KEY,
    });
  });

  test.each<['json' | 'xml', Answer]>([
    ['json', json(200, { count: 0 })],
    ['json', json(200, { count: 0, offre: null })],
    ['xml', xml(offresXml('count="0"', ''))],
  ])('is empty in %s when PIVOT counts nothing', async (format, answer) => {
    const client = await clientOf(answer, format);

    expect(await client.diff('QRY-1')).toEqual([]);
  });

  test.each<[string, 'json' | 'xml', Answer]>([
    ['no count', 'json', json(200, { offre: [] })],
    ['fewer lines than it counts', 'json', json(200, { count: 4, offre: changes })],
    ['more lines than it counts', 'json', json(200, { count: 1, offre: changes })],
    ['a line without a code', 'json', json(200, { count: 1, offre: [{ operation: 0 }] })],
    ['a line without an operation', 'json', json(200, { count: 1, offre: [{ codeCgt: 'ITB-1' }] })],
    ['another operation', 'json', json(200, { count: 1, offre: [{ codeCgt: 'ITB-1', operation: 3 }] })],
    ['nothing in it', 'json', raw(200, 'application/json', '')],
    ['half of it', 'json', raw(200, 'application/json', '{"count":1,"offre":[{"codeCgt":"IT')],
    ['a page of HTML', 'json', html(200)],
    ['a page of HTML', 'xml', html(200)],
    ['nothing in it', 'xml', xml('')],
    ['half of it', 'xml', xml(changesXml.slice(0, -20))],
    ['another document', 'xml', xml(resultXml('true'))],
    ['an error text', 'xml', plain(200, '[CCM001] Something')],
  ])('with %s in %s (%#) is a defect, never a shorter list', async (_name, format, answer) => {
    const client = await clientOf(answer, format);

    expect((await failureOf(client.diff('QRY-1'))).kind).toBe(FailureKind.defect);
  });

  test('that breaks off can be asked for again', async () => {
    const client = await clientOf(cutShort);

    expect((await failureOf(client.diff('QRY-1'))).kind).toBe(FailureKind.transient);
  });

  test.each<['json' | 'xml', Answer, Answer]>([
    ['json', json(200, { value: true }), json(200, { value: 'false' })],
    ['xml', xml(resultXml('true')), xml(resultXml('false'))],
  ])('is acknowledged when PIVOT says yes in %s, and not otherwise', async (format, yes, no) => {
    const client = await clientOf(inTurn(yes, no, html(200)), format);

    await client.ack('QRY-1');
    expect(asked()).toMatchObject({ method: 'GET', path: '/PivotWeb-3.1/query/QRY-1/ack' });
    expect((await failureOf(client.ack('QRY-1'))).kind).toBe(FailureKind.defect);
    expect((await failureOf(client.ack('QRY-1'))).kind).toBe(FailureKind.defect);
  });

  test('is started anew', async () => {
    const client = await clientOf(inTurn(json(200, { value: true }), raw(200, 'text/plain', ''), html(200)));

    await client.clear('QRY-1');
    await client.clear('QRY-1');
    expect(asked()).toMatchObject({ method: 'DELETE', path: '/PivotWeb-3.1/query/QRY-1/clear' });
    expect((await failureOf(client.clear('QRY-1'))).kind).toBe(FailureKind.defect);
  });
});

describe('a full read', () => {
  const page = { count: 3, itemsPerPage: 2, pagesCount: 2, token: 'bdc8-21' };

  test('posts a query of its own, so that the change list of the stored query stays as it is', async () => {
    const first = { ...page, offre: [itineraryJson, { codeCgt: 'ITB-2' }] };
    const client = await clientOf(inTurn(json(200, first), json(200, { ...page, offre: itineraryJson })));

    const start = await client.firstPage({ queryId: 'QRY-<1>', content: 3, perPage: 2 });
    const rest = await client.page({ token: start.token, page: 2, content: 3 });

    expect(start).toMatchObject({
      total: 3,
      pages: 2,
      token: 'bdc8-21',
      page: 1,
      offers: [
        { kind: 'offer', offer: { code: 'ITB-ZZ-0001-0007' } },
        { kind: 'unreadable', code: 'ITB-2' },
      ],
    });
    expect(rest).toMatchObject({ page: 2, offers: [{ kind: 'offer' }] });
    expect(asked(0)).toMatchObject({
      method: 'POST',
      path: '/PivotWeb-3.1/query/paginated;content=3;itemsperpage=2',
      type: 'application/xml',
      body: expect.stringContaining(
        '<CriteriaGroup type="and"><CriteriaQuery><value>QRY-&lt;1&gt;</value></CriteriaQuery></CriteriaGroup>',
      ),
    });
    expect(asked(1)).toMatchObject({
      method: 'GET',
      path: '/PivotWeb-3.1/query/paginated/bdc8-21/2;content=3',
    });
  });

  test('reads the same offers in XML as in JSON', async () => {
    const attributes = 'count="1" itemsPerPage="100" pagesCount="1" token="bdc8-21"';
    const one = { ...page, count: 1, pagesCount: 1, offre: [itineraryJson] };
    const client = await clientOf(xml(offresXml(attributes, itineraryXml)), 'xml');
    const fromXml = await client.firstPage({ queryId: 'QRY-1', content: 3, perPage: 100 });
    await server?.stop();

    const other = await clientOf(json(200, one));
    const fromJson = await other.firstPage({ queryId: 'QRY-1', content: 3, perPage: 100 });

    expect(fromXml.offers[0]?.kind).toBe('offer');
    expect(fromXml).toEqual(fromJson);
  });

  test('of nothing has no pages', async () => {
    const client = await clientOf(json(200, { count: 0, pagesCount: 1, offre: [] }));

    expect(await client.firstPage({ queryId: 'QRY-1', content: 0, perPage: 100 })).toMatchObject({
      total: 0,
      pages: 0,
      offers: [],
    });
  });

  test('never asks for pages larger than an answer may be', async () => {
    const client = await clientOf(json(200, { count: 0 }));

    await client.firstPage({ queryId: 'QRY-1', content: 0, perPage: 9999 });

    expect(asked().path).toContain(';itemsperpage=200');
  });

  test.each<[string, object]>([
    ['none of the offers it counts', { ...page, offre: [] }],
    ['more offers than it counts', { ...page, count: 1, offre: [{}, {}] }],
    ['fewer offers than its only page should', { ...page, pagesCount: 1, offre: [{}, {}] }],
    ['no token for the pages to come', { ...page, token: undefined, offre: [{}, {}] }],
    ['no number of offers', { ...page, count: 'many', offre: [{}, {}] }],
    ['half a page count', { ...page, pagesCount: 1.5, offre: [{}, {}] }],
  ])('with %s is a defect', async (_name, body) => {
    const client = await clientOf(json(200, body));

    const failure = await failureOf(client.firstPage({ queryId: 'QRY-1', content: 3, perPage: 2 }));

    expect(failure.kind).toBe(FailureKind.defect);
  });

  test.each([[400], [404], [500]])(
    'whose token has expired (%i) is a conflict that says so',
    async (status) => {
      const text = '[CCM006] Results not found (token and/or page number are incorrect)';
      const client = await clientOf(plain(status, text));

      const failure = await failureOf(client.page({ token: 'old', page: 2, content: 3 }));

      expect(failure.kind).toBe(FailureKind.conflict);
      expect(failure.detail.code).toBe('CCM006');
    },
  );
});

describe('one offer', () => {
  test.each<['json' | 'xml', Answer]>([
    ['json', json(200, { count: 1, offre: [itineraryJson] })],
    ['xml', xml(offresXml('count="1"', itineraryXml))],
  ])('is read in %s with what is linked to it, under any letter case of its code', async (format, answer) => {
    const client = await clientOf(answer, format);

    const offer = await client.getOffer('itb-zz-0001-0007');

    expect(offer).toMatchObject({ kind: 'offer', offer: { code: 'ITB-ZZ-0001-0007' } });
    expect(asked().path).toBe('/PivotWeb-3.1/offer/itb-zz-0001-0007;content=3');
  });

  test('that PIVOT says it does not have is none', async () => {
    const client = await clientOf(plain(404, '[CCM004] Offer not found'));

    expect(await client.getOffer('ITB-1')).toBeNull();
  });

  test.each<[string, Answer]>([
    ['a gateway that says 404', html(404)],
    ['a gateway that says 404 in plain text', plain(404, '404 page not found')],
    ['an empty list', json(200, { count: 0, offre: [] })],
    ['another offer', json(200, { count: 1, offre: [{ ...itineraryJson, codeCgt: 'ITB-2' }] })],
    ['two offers', json(200, { count: 2, offre: [itineraryJson, itineraryJson] })],
  ])('behind %s is not taken for gone', async (_name, answer) => {
    const client = await clientOf(answer);

    expect((await failureOf(client.getOffer('ITB-ZZ-0001-0007'))).kind).toBe(FailureKind.defect);
  });

  test.each([[{ codeCgt: 'ITB-1' }], [{ typeOffre: { idTypeOffre: 8 } }]])(
    'that cannot be read (%j) is told apart from one that is gone',
    async (offre) => {
      const client = await clientOf(json(200, { count: 1, offre: [offre] }));

      expect(await client.getOffer('ITB-1')).toMatchObject({ kind: 'unreadable', code: 'ITB-1' });
    },
  );
});

describe('the quality report', () => {
  const report = {
    score: 60,
    status: { idStatus: 'ERR0000', message: [{ lang: 'fr', value: 'Des erreurs' }], level: 2 },
    report: [
      { idStatus: 'ERR0001', context: 'urn:fld:catdec' },
      { idStatus: 'WRN0006', context: 'Descriptifs marketing' },
      { idStatus: 'ERR0001', context: 'Panneau de Ada' },
    ],
  };
  const reportXml = `<offre codeCgt="ITB-1"><audit><score>60</score>
    <status idStatus="ERR0000"><message>Des erreurs</message></status>
    <report idStatus="ERR0001"><context>urn:fld:catdec</context></report>
    <report idStatus="WRN0006"><context>Descriptifs</context></report>
    <report idStatus="ERR0001"><context>Panneau de Ada</context></report></audit></offre>`;

  test.each<['json' | 'xml', Answer]>([
    ['json', json(200, { count: 1, offre: [{ codeCgt: 'ITB-1', audit: report }] })],
    ['xml', xml(offresXml('count="1"', reportXml))],
  ])('names in %s the errors and the fields they are about, not the warnings', async (format, answer) => {
    const client = await clientOf(answer, format);

    expect(await client.audit('ITB-1')).toEqual({ errors: ['ERR0000', 'ERR0001 urn:fld:catdec', 'ERR0001'] });
    expect(asked().path).toBe('/PivotWeb-3.1/offer/ITB-1/audit');
  });

  test('without errors is empty, and one that is missing is not', async () => {
    const fine = { codeCgt: 'ITB-1', audit: { score: 100, report: null } };
    const client = await clientOf(
      inTurn(json(200, { count: 1, offre: [fine] }), json(200, { count: 1, offre: [{ codeCgt: 'ITB-1' }] })),
    );

    expect(await client.audit('ITB-1')).toEqual({ errors: [] });
    expect((await failureOf(client.audit('ITB-1'))).kind).toBe(FailureKind.defect);
  });
});

describe('the file of a media', () => {
  test('is given as it is', async () => {
    const client = await clientOf(raw(200, 'application/octet-stream', '<gpx/>'));

    expect(Buffer.from(await client.media('ANX-1', { maxBytes: 6 })).toString()).toBe('<gpx/>');
    expect(asked()).toMatchObject({ method: 'GET', path: '/PivotWeb-3.1/media/ANX-1' });
  });

  test.each<[string, Answer, FailureKind]>([
    ['too large', raw(200, 'application/octet-stream', '<gpx></gpx>'), FailureKind.refusedRecord],
    ['gone', plain(404, '[CCM004] Media not found'), FailureKind.missing],
    ['behind a gateway that says 404', html(404), FailureKind.defect],
    ['cut off', cutShort, FailureKind.transient],
    ['a page of a gateway', raw(200, 'text/html', '\n<html>'), FailureKind.defect],
  ])('that is %s is a failure', async (_name, answer, kind) => {
    const client = await clientOf(answer);

    expect((await failureOf(client.media('ANX-1', { maxBytes: 9 }))).kind).toBe(kind);
  });
});

describe('failures', () => {
  test.each([
    [401, FailureKind.accessLost],
    [403, FailureKind.accessLost],
    [400, FailureKind.refusedRecord],
    [500, FailureKind.transient],
    [503, FailureKind.transient],
  ])('%i is %s', async (status, kind) => {
    const client = await clientOf(plain(status, '[CCM001] Ada Lovelace'));

    expect((await failureOf(client.diff('QRY-1'))).kind).toBe(kind);
  });

  test.each<['json' | 'xml', Answer]>([
    ['json', plain(400, '[CCM001] Ada Lovelace of ITB-ZZ-0001-0007')],
    ['json', raw(200, 'application/json', '{"nom":"Ada Lovelace", "codeCgt": ITB-ZZ-0001-0007')],
    ['json', json(200, { count: 'Ada Lovelace', offre: [{ nom: 'ITB-ZZ-0001-0007', operation: 'Ada' }] })],
    ['xml', xml('<offres><nom>Ada Lovelace ITB-ZZ-0001-0007</nom>')],
  ])('in %s (%#) hold no key, no code and no text', async (format, answer) => {
    const client = await clientOf(answer, format);

    const failures = [
      await failureOf(client.diff('ITB-ZZ-0001-0007')),
      await failureOf(client.findTrackMedia('ITB-ZZ-0001-0007')),
      await failureOf(client.createTrackMedia({ name: 'ITB-ZZ-0001-0007', file: 'Ada' })),
    ];

    expect(inspect(failures, { depth: 9 })).not.toMatch(/Ada|Lovelace|ITB-ZZ|9d7ac700/);
  });

  test('a key that no header can carry is refused before any call, without being shown', () => {
    const make = (wsKey: string) => () =>
      createPivotClient({ baseUrl: 'http://127.0.0.1', wsKey, budget: unlimited });

    expect(make('secret\r\nX: y')).toThrow(TypeError);
    expect(make(' ')).toThrow(TypeError);
    expect(make('secrét')).toThrow(/^(?!.*secr)/);
  });
});
