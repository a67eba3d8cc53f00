import { inspect } from 'node:util';
import { unlimited } from '../../platforms/budget';
import type { CirkwiReadBack } from '../../platforms/cirkwi/client';
import { createCirkwiClient } from '../../platforms/cirkwi/http-client';
import { FailureKind } from '../../platforms/failure';
import { FileRefusal } from '../../platforms/file-failures';
import { errorOf, failureOf } from './failures';
import { type Answer, cutShort, inTurn, json, type LocalServer, raw, startLocalServer } from './local-server';
import { waitingBudget } from './waiting-budget';

const PASSWORD = 'feed-password';
const BASIC = `Basic ${Buffer.from(`reader:${PASSWORD}`).toString('base64')}`;

let server: LocalServer | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

async function clientOf(answer: Answer, budget = unlimited): Promise<CirkwiReadBack> {
  server = await startLocalServer(answer);
  return createCirkwiClient({
    baseUrl: `${server.url}/ws`,
    siteUrl: `${server.url}/www`,
    user: 'ot-demo',
    code: 'k1',
    widgetId: '77',
    username: 'reader',
    password: `${PASSWORD}\n`,
    timeoutMs: 10_000,
    budget,
  });
}

interface PageParts {
  total: number | string;
  first?: number;
  ids?: Array<string | number>;
  objects?: string;
  root?: string;
}

function feed({ total, first = 0, ids = [], objects = '', root = 'circuits' }: PageParts): Answer {
  const listed = ids.map((id) => `<id>${id}</id>`).join('');
  const listing = `<listing_ids nb_objects="${total}" first="${first}" rows="100">${listed}</listing_ids>`;
  return raw(200, 'text/xml', `<?xml version="1.0"?><${root} version="2">${listing}${objects}</${root}>`);
}

const circuit = (id: number | string) => `<circuit id_circuit="${id}"/>`;
const circuits = (first: number, count: number) =>
  Array.from({ length: count }, (_, at) => circuit(first + at)).join('');

describe('a page of the outgoing feed', () => {
  test('is asked for with widget, offset, size, time and Basic authentication', async () => {
    const client = await clientOf(feed({ total: 0, first: 40 }));

    await client.list({ kind: 'circuit', first: 40, rows: 20, changedSince: 1_777_904_411.9 });

    expect(server?.received).toMatchObject([
      {
        method: 'GET',
        path: '/ws/flux/ot-demo/k1/circuits.php?widget-id=77&first=40&rows=20&end-time=1777904411',
        headers: { authorization: BASIC },
      },
    ]);
  });

  test('tells what each circuit is, where its track is and when it changed', async () => {
    const client = await clientOf(
      feed({
        total: 1,
        objects: `
          <circuit date_modification="1777904411" id_circuit="10925" code_cgt="ITB-ZZ-0001-0007">
            <informations>
              <information langue="fr"><titre>Boucle du moulin</titre><description><![CDATA[<p>Facile &amp; belle</p>]]></description></information>
              <information langue="en_GB"><titre>Mill &amp; water</titre></information>
              <information langue="it"><titre>Il mulino</titre></information>
            </informations>
            <fichier_trace url="https://www.example/trace/10925.gpx?a=1&amp;b=2" info_parcours="false"/>
            <tags_prives><tag_prive id="9" nom="ITB-ZZ-0001-0007"/></tags_prives>
          </circuit>`,
      }),
    );

    expect(await client.list({ kind: 'circuit', first: 0, rows: 100 })).toEqual({
      total: 1,
      first: 0,
      entries: [
        {
          id: '10925',
          kind: 'circuit',
          codeCgt: 'ITB-ZZ-0001-0007',
          privateTags: ['ITB-ZZ-0001-0007'],
          modifiedAt: 1_777_904_411,
          trackUrl: 'https://www.example/trace/10925.gpx?a=1&b=2',
          texts: {
            fr: { title: 'Boucle du moulin', description: '<p>Facile &amp; belle</p>' },
            en: { title: 'Mill & water', description: '' },
          },
        },
      ],
    });
  });

  test('is understood in any order, with directions, steps, points and elements nobody told us about', async () => {
    const client = await clientOf(
      feed({
        total: 3,
        objects: `
          <circuit id_circuit="1" date_modification="2026-05-04T14:20:11+00:00">
            <ddrs><ddr id_ddr="45"/></ddrs><nouveau><id>999</id></nouveau>
            <infos_parcours><info_parcours numero="1">
              <categories><categorie nom="Autres">6</categorie></categories>
              <informations><information langue="fr"><titre>Étape 1</titre></information></informations>
            </info_parcours></infos_parcours>
            <sens_circuit id="1" label="aller_simple">
              <tags_prives><tag_prive id="31" nom="balades"/><tag_prive>ITB-ZZ-0001-0002</tag_prive></tags_prives>
              <pois><poi id_poi="35237"><informations><information langue="fr"><titre>Moulin</titre></information></informations></poi></pois>
              <fichier_trace url="https://www.example/1.gpx"/>
            </sens_circuit>
            <informations><information langue="nl"><titre>Molenlus</titre></information></informations>
          </circuit>
          <circuit id_circuit="2" code_cgt="" date_modification="0"><tags_prives/><fichier_trace/><informations/></circuit>
          <circuit id_circuit="3" date_modification="hier"/>`,
      }),
    );

    const { entries } = await client.list({ kind: 'circuit', first: 0, rows: 100 });

    const blank = {
      kind: 'circuit',
      codeCgt: null,
      privateTags: [],
      modifiedAt: null,
      trackUrl: null,
      texts: {},
    };
    expect(entries).toEqual([
      {
        ...blank,
        id: '1',
        privateTags: ['balades', 'ITB-ZZ-0001-0002'],
        modifiedAt: 1_777_904_411,
        trackUrl: 'https://www.example/1.gpx',
        texts: { nl: { title: 'Molenlus', description: '' } },
      },
      { ...blank, id: '2' },
      { ...blank, id: '3' },
    ]);
  });

  test('of points comes from their own feed, and points have no track', async () => {
    const objects =
      '<poi id_poi="5" code_cgt="POI-1"><categories><categorie id_categorie="14"/></categories></poi>';
    const client = await clientOf(feed({ total: 1, root: 'pois', objects }));

    const { entries } = await client.list({ kind: 'poi', first: 0, rows: 10 });

    expect(entries).toMatchObject([{ id: '5', kind: 'poi', codeCgt: 'POI-1', trackUrl: null }]);
    expect(server?.received[0]?.path).toMatch(/^\/ws\/flux\/ot-demo\/k1\/pois\.php\?/);
  });

  test('beyond the end has no objects, and an empty account says so', async () => {
    const client = await clientOf(inTurn(feed({ total: 3, first: 100 }), feed({ total: 0 })));

    expect(await client.list({ kind: 'circuit', first: 100, rows: 100 })).toMatchObject({
      total: 3,
      entries: [],
    });
    expect(await client.list({ kind: 'circuit', first: 0, rows: 100 })).toMatchObject({
      total: 0,
      entries: [],
    });
  });

  const whole =
    '<circuits version="2"><listing_ids nb_objects="1" first="0" rows="100"/><circuit id_circuit="1"/>';

  test.each<[string, Answer]>([
    ['cut off inside an element', raw(200, 'text/xml', `${whole}<circuit id_cir`)],
    ['cut off between two elements', raw(200, 'text/xml', whole)],
    ['empty', raw(200, 'text/xml', '')],
    ['a web page', raw(200, 'text/html', '<!DOCTYPE html><html><body>Maintenance</body></html>')],
    ['well-formed but of another kind', raw(200, 'text/xml', '<html><body>Maintenance</body></html>')],
    ['JSON', json(200, { circuits: [] })],
    ['without a count', raw(200, 'text/xml', '<circuits version="2"/>')],
    ['with a count that is no number', feed({ total: 'many', objects: circuit(1) })],
    ['the feed of points', feed({ total: 0, root: 'pois' })],
    ['shorter than its count says', feed({ total: 12, objects: circuits(1, 7) })],
    ['without any of the objects it counts', feed({ total: 12 })],
    ['another page than the one asked for', feed({ total: 12, first: 10, objects: circuits(1, 2) })],
    ['with an object without id', feed({ total: 1, objects: '<circuit code_cgt="ITB-1"/>' })],
    [
      'with entities of its own',
      raw(200, 'text/xml', `<!DOCTYPE circuits [<!ENTITY a "b">]>${whole}</circuits>`),
    ],
  ])('that is %s is a failure, never a list', async (_name, answer) => {
    const client = await clientOf(answer);

    const failure = await failureOf(client.list({ kind: 'circuit', first: 0, rows: 100 }));

    expect(failure.kind).toBe(FailureKind.defect);
  });

  test('whose connection breaks can be asked for again', async () => {
    const client = await clientOf(cutShort);

    const failure = await failureOf(client.list({ kind: 'circuit', first: 0, rows: 100 }));

    expect(failure.kind).toBe(FailureKind.transient);
  });

  test('is never asked for larger than Cirkwi gives it, which would skip objects', async () => {
    const client = await clientOf(feed({ total: 0 }));

    const error = await errorOf(client.list({ kind: 'circuit', first: 0, rows: 101 }));

    expect(error).toBeInstanceOf(RangeError);
    expect(server?.received).toEqual([]);
  });

  test('is asked for again after the pause that Cirkwi wishes', async () => {
    const busy: Answer = (reply) => reply.writeHead(429, { 'Retry-After': '0' }).end();
    const budget = waitingBudget();
    const client = await clientOf(inTurn(busy, feed({ total: 1, objects: circuit(1) })), budget);

    expect(await client.list({ kind: 'circuit', first: 0, rows: 100 })).toMatchObject({ total: 1 });
    expect(budget.pauses).toHaveLength(1);
  });
});

describe('the ids of an account', () => {
  test('are one listing without objects', async () => {
    const client = await clientOf(feed({ total: 2, ids: [10925, 10926] }));

    expect(await client.listIds('circuit')).toEqual(['10925', '10926']);
    expect(server?.received.map(({ path }) => path)).toEqual([
      '/ws/flux/ot-demo/k1/circuits.php?widget-id=77&first=0&rows=0',
    ]);
  });

  test('are collected page by page where the listing does not name them all', async () => {
    const client = await clientOf(
      inTurn(
        feed({ total: 101, ids: [1, 2] }),
        feed({ total: 101, objects: circuits(1, 100) }),
        feed({ total: 101, first: 100, objects: circuit(101) }),
      ),
    );

    const ids = await client.listIds('circuit');

    expect(ids).toHaveLength(101);
    expect(ids.at(-1)).toBe('101');
  });

  test.each<[string, Answer, FailureKind]>([
    [
      'an object comes twice, so that another one is missing',
      feed({ total: 2, ids: [1, 1], objects: circuit(1) + circuit(1) }),
      FailureKind.defect,
    ],
    [
      'the account changes while it is read',
      inTurn(feed({ total: 2 }), feed({ total: 1, objects: circuit(1) })),
      FailureKind.transient,
    ],
    ['the pages name nothing', feed({ total: 2 }), FailureKind.defect],
  ])('are a failure when %s', async (_name, answer, kind) => {
    const client = await clientOf(answer);

    expect((await failureOf(client.listIds('circuit'))).kind).toBe(kind);
  });
});

describe('a track', () => {
  const gpx = '<?xml version="1.0"?>\n<gpx version="1.1"><trk><name>Boucle d’été</name></trk></gpx>\n';

  test('comes from the site byte for byte, and the site gets no credentials', async () => {
    const client = await clientOf(raw(200, 'application/gpx+xml', `\uFEFF${gpx}`));

    const bytes = await client.fetchTrack('10925', { maxBytes: 10_000 });

    expect(Buffer.from(bytes ?? []).equals(Buffer.from(`\uFEFF${gpx}`))).toBe(true);
    expect(server?.received[0]?.path).toBe('/www/fr/exporter-gpx/10925_0');
    expect(server?.received[0]?.headers).not.toHaveProperty('authorization');
  });

  test('in another encoding is passed on as it is', async () => {
    const utf16 = Buffer.from(`\uFEFF${gpx}`, 'utf16le');
    const client = await clientOf((reply) => reply.writeHead(200).end(utf16));

    const bytes = await client.fetchTrack('1', { maxBytes: 10_000 });

    expect(Buffer.from(bytes ?? []).equals(utf16)).toBe(true);
  });

  test.each([404, 410])('of a circuit that Cirkwi does not have (%i) is none', async (status) => {
    const client = await clientOf(raw(status, 'text/html', '<html>Perdu</html>'));

    expect(await client.fetchTrack('1', { maxBytes: 10_000 })).toBeNull();
  });

  test.each([401, 403])('that the public site denies (%i) concerns that track alone', async (status) => {
    const client = await clientOf(raw(status, 'text/html', '<html>Non</html>'));

    expect((await failureOf(client.fetchTrack('1', { maxBytes: 10_000 }))).kind).toBe(
      FailureKind.refusedRecord,
    );
  });

  test('over the limit is refused', async () => {
    const client = await clientOf(raw(200, 'application/gpx+xml', gpx));

    expect(await failureOf(client.fetchTrack('1', { maxBytes: 50 }))).toMatchObject({
      kind: FailureKind.refusedRecord,
      detail: { code: FileRefusal.size },
    });
  });

  test.each([
    ['a page in its place', '<!DOCTYPE html><html><body>Connexion</body></html>'],
    ['half a track', gpx.slice(0, 60)],
    ['nothing', ''],
  ])('that is %s is a failure', async (_name, body) => {
    const client = await clientOf(raw(200, 'application/gpx+xml', body));

    expect((await failureOf(client.fetchTrack('1', { maxBytes: 10_000 }))).kind).toBe(FailureKind.defect);
  });
});

test.each([401, 403])(
  'refused access (%i) says so, and the password is in no part of the error',
  async (status) => {
    const client = await clientOf(raw(status, 'text/html', ''));

    const failure = await failureOf(client.listIds('poi'));

    expect(failure.kind).toBe(FailureKind.accessLost);
    expect(inspect(failure, { depth: 10, showHidden: true })).not.toMatch(
      new RegExp(`${PASSWORD}|${BASIC.slice(6)}|ot-demo`),
    );
  },
);

test('a feed at a wrong address is a mistake of the configuration, not an empty account', async () => {
  const client = await clientOf(raw(404, 'text/html', ''));

  expect((await failureOf(client.list({ kind: 'circuit', first: 0, rows: 10 }))).kind).toBe(
    FailureKind.defect,
  );
});
