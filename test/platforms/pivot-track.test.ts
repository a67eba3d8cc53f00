import { type Budget, unlimited } from '../../platforms/budget';
import { FailureKind } from '../../platforms/failure';
import { createPivotClient } from '../../platforms/pivot/http-client';
import { readXml } from '../../platforms/xml';
import { errorOf, failureOf } from './failures';
import { type Answer, dropped, inTurn, json, type LocalServer, raw, startLocalServer } from './local-server';
import { itineraryJson, offresXml, resultXml } from './pivot-documents';

let server: LocalServer | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

async function clientOf(answer: Answer, format?: 'json' | 'xml', budget: Budget = unlimited) {
  server = await startLocalServer(answer);
  return createPivotClient({ baseUrl: server.url, wsKey: 'key', format, budget });
}

const sent = (at = 0) => {
  const { method, path, body = '' } = server?.received[at] ?? {};
  return { method, path, body };
};
const sentDocument = (at = 0) =>
  readXml(sent(at).body, { lists: ['spec', 'relOffre', 'CriteriaField'] }).value;
const created = { count: 1, offre: [{ codeCgt: 'ANX-9', estActive: 30, audit: { score: 100 } }] };

describe('a track that is uploaded', () => {
  test.each<['json' | 'xml', Answer]>([
    ['json', json(200, { value: 'pivotwebmedia-TX0.gpx' })],
    ['xml', raw(200, 'application/xml', resultXml('pivotwebmedia-TX0.gpx'))],
  ])('gets a temporary name in %s; its bytes travel as base64', async (format, answer) => {
    const client = await clientOf(answer, format);

    expect(await client.uploadTrack({ bytes: Buffer.from('<gpx/>') })).toBe('pivotwebmedia-TX0.gpx');
    expect(sent()).toMatchObject({ method: 'POST', path: '/img/upload' });
    expect(server?.received[0]?.headers['content-type']).toBe('application/gpx+xml');
    expect(Buffer.from(sent().body, 'base64').toString()).toBe('<gpx/>');
  });

  test('larger than PIVOT takes is refused before it is sent', async () => {
    const client = await clientOf(json(200, { value: 'x' }));

    const failure = await failureOf(client.uploadTrack({ bytes: new Uint8Array(5_625_001) }));

    expect(failure.kind).toBe(FailureKind.refusedRecord);
    expect(server?.received).toHaveLength(0);
  });

  test('as large as PIVOT takes is sent', async () => {
    const client = await clientOf(json(200, { value: 'x' }));

    expect(await client.uploadTrack({ bytes: new Uint8Array(5_625_000) })).toBe('x');
  });

  test('without a name in the answer is not uploaded', async () => {
    const client = await clientOf(json(200, { value: ' ' }));

    expect((await failureOf(client.uploadTrack({ bytes: new Uint8Array(1) }))).kind).toBe(FailureKind.defect);
  });
});

describe('a new media for a track', () => {
  test.each<['json' | 'xml', Answer]>([
    ['json', json(200, created)],
    ['xml', raw(200, 'application/xml', offresXml('count="1"', '<offre codeCgt="ANX-9"/>'))],
  ])('is a publishable gpx media with the uploaded file, in %s', async (format, answer) => {
    const client = await clientOf(answer, format);

    const code = await client.createTrackMedia({ name: 'ITB-1 & "co" 4f2a', file: 'temp.gpx' });

    expect(code).toBe('ANX-9');
    expect(sent()).toMatchObject({ method: 'POST', path: '/offer' });
    expect(sentDocument()).toMatchObject({
      offre: {
        nom: 'ITB-1 & "co" 4f2a',
        estActive: '30',
        typeOffre: { '@idTypeOffre': '268' },
        spec: [
          { '@urn': 'urn:fld:typmed', value: 'urn:val:typmed:gpx' },
          { '@urn': 'urn:fld:url', value: 'temp.gpx' },
        ],
      },
    });
  });

  test('stands where the offer stands that it is for', async () => {
    const client = await clientOf(
      inTurn(json(200, { count: 1, offre: [itineraryJson] }), json(200, created)),
    );

    await client.createTrackMedia({ name: 'n', file: 'f', locatedLike: 'ITB-ZZ-0001-0007' });

    expect(sentDocument(1)).toMatchObject({ offre: { adresse1: { idIns: '278' } } });
  });

  test.each<[string, Answer]>([
    ['is lost', dropped],
    ['is a 500', raw(500, 'text/plain', '[CCM001] x')],
    ['is HTML', raw(200, 'text/html', '<html></html>')],
    ['names no code', json(200, { count: 1, offre: [{}] })],
  ])('whose answer %s may exist: it is to be looked up', async (_name, answer) => {
    const client = await clientOf(answer);

    const failure = await failureOf(client.createTrackMedia({ name: 'n', file: 'f' }));

    expect(failure.kind).toBe(FailureKind.unknownOutcome);
    expect(server?.received).toHaveLength(1);
  });
});

describe('looking for the media of a track', () => {
  const media = (codeCgt: string, nom: string, type = 268) => ({
    codeCgt,
    nom,
    typeOffre: { idTypeOffre: type },
  });

  test('finds the one with exactly this name, and always the same of several', async () => {
    const offre = [
      media('ANX-3', 'ITB-1 4f2a'),
      media('ANX-2', 'ITB-1 4f2a'),
      media('ANX-1', 'ITB-1 4f2a (copy)'),
      media('ANX-0', 'ITB-1 4f2a', 8),
    ];
    const client = await clientOf(json(200, { count: 4, offre }));

    expect(await client.findTrackMedia('ITB-1 4f2a')).toBe('ANX-2');
    expect(sent()).toMatchObject({ method: 'POST', path: '/query;content=2' });
    expect(sentDocument()).toMatchObject({
      CriteriaGroup: {
        CriteriaField: [
          { '@field': 'urn:fld:typeofr', '@operator': 'equal', value: '268' },
          { '@field': 'urn:fld:nomofr', '@operator': 'equal', value: 'ITB-1 4f2a' },
        ],
      },
    });
  });

  test('finds none where PIVOT counts none, and fails where its answer is short', async () => {
    const client = await clientOf(inTurn(json(200, { count: 0 }), json(200, { count: 1, offre: [] })));

    expect(await client.findTrackMedia('n')).toBeNull();
    expect((await failureOf(client.findTrackMedia('n'))).kind).toBe(FailureKind.defect);
  });
});

describe('linking another track', () => {
  const linked = (...codes: [string, string][]) => ({
    count: 1,
    offre: [{ codeCgt: 'ITB-1', relOffre: codes.map(([urn, codeCgt]) => ({ urn, offre: { codeCgt } })) }],
  });
  const other = 'urn:lnk:media:autre';

  test('adds one link and takes the others away under their own urns, in one update', async () => {
    const offer = linked([other, 'ANX-1'], ['urn:lnk:media:defaut', 'ANX-2'], [other, 'ANX-3']);
    const client = await clientOf(inTurn(json(200, offer), json(200, created)));

    await client.relinkTrack({ offer: 'ITB-1', link: 'ANX-9', unlink: ['ANX-1', 'ANX-2', 'ANX-7'] });

    expect(sent(0)).toMatchObject({ method: 'GET', path: '/offer/ITB-1;content=2' });
    expect(sent(1)).toMatchObject({ method: 'PUT', path: '/offer/ITB-1' });
    expect(sentDocument(1)).toMatchObject({
      offre: {
        relOffre: [
          { '@urn': other, offre: { '@codeCgt': 'ANX-9' } },
          { '@urn': other, '@operation': '2', offre: { '@codeCgt': 'ANX-1' } },
          { '@urn': 'urn:lnk:media:defaut', '@operation': '2', offre: { '@codeCgt': 'ANX-2' } },
        ],
      },
    });
  });

  test('sends nothing when it is done already', async () => {
    const client = await clientOf(json(200, linked([other, 'ANX-9'])));

    await client.relinkTrack({ offer: 'ITB-1', link: 'anx-9', unlink: ['ANX-1'] });

    expect(server?.received.map(({ method }) => method)).toEqual(['GET']);
  });

  test('asks before the update, and only then, whether it may still be sent', async () => {
    const client = await clientOf(inTurn(json(200, linked([other, 'ANX-1'])), json(200, created)));
    const change = { offer: 'ITB-1', link: 'ANX-9', unlink: [] };
    const beforeSend = async () => {
      throw new Error(`a later attempt took over after ${server?.received.length} calls`);
    };

    const error = await errorOf(client.relinkTrack(change, { beforeSend }));

    expect(error.message).toBe('a later attempt took over after 1 calls');
    expect(server?.received).toHaveLength(1);
  });

  test('whose answer is lost can be sent again', async () => {
    const client = await clientOf(inTurn(json(200, linked()), dropped));

    const failure = await failureOf(client.relinkTrack({ offer: 'ITB-1', link: 'ANX-9', unlink: [] }));

    expect(failure.kind).toBe(FailureKind.transient);
  });
});

describe('the offers of a media', () => {
  test('are those that link to it as a media, each once', async () => {
    const target = (urn: string, codeCgt: string) => ({ urn, offre: { codeCgt } });
    const relOffreTgt = [
      target('urn:lnk:media:autre', 'ITB-2'),
      target('urn:lnk:media:autre', 'ITB-1'),
      target('urn:lnk:media:defaut', 'ITB-2'),
      target('urn:lnk:offre:enfant', 'ITB-3'),
    ];
    const client = await clientOf(json(200, { count: 1, offre: [{ codeCgt: 'ANX-1', relOffreTgt }] }));

    expect(await client.offersOfMedia('ANX-1')).toEqual(['ITB-1', 'ITB-2']);
    expect(sent().path).toBe('/offer/ANX-1;content=2');
  });

  test('of a media that is gone are not none', async () => {
    const client = await clientOf(raw(404, 'text/plain', '[CCM004] Offer not found'));

    expect((await failureOf(client.offersOfMedia('ANX-1'))).kind).toBe(FailureKind.missing);
  });
});
