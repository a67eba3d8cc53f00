import { gunzipSync } from 'node:zlib';
import { getCursor } from '../../db/staging';
import { until } from '../harness/until';
import { ask, type FeedStack, hashOf, publish, SECRET, SYNC, startFeeds } from './feeds-support';

const PIECES = ['<circuits version="2">', '<circuit/>'.repeat(2_000), '</circuits>'].map((text) =>
  Buffer.from(text),
);
const DOCUMENT = Buffer.concat(PIECES);

let stack: FeedStack;

beforeEach(async () => {
  stack = await startFeeds();
});
afterEach(() => stack.stop());

async function storeTrack(gpx: Buffer): Promise<string> {
  const hash = hashOf(gpx);
  await stack.pool.query(
    `insert into track_body (hash, gpx, line_hash, segments, points, length_m) values ($1, $2, $1, 1, 2, 10)`,
    [hash, gpx],
  );
  return hash;
}

describe('a feed', () => {
  it('is given whole, with its type, its tag and its date, and is asked for anew each time', async () => {
    const etag = await publish(stack.pool, PIECES);

    const { status, headers, body, whole } = await ask(stack.at('circuits.xml'));

    expect({ status, whole, body: body.toString() }).toEqual({
      status: 200,
      whole: true,
      body: DOCUMENT.toString(),
    });
    expect(headers).toMatchObject({
      'content-type': 'application/xml; charset=utf-8',
      'content-length': String(DOCUMENT.length),
      etag: `"${etag}"`,
      'last-modified': 'Mon, 01 Mar 2027 10:20:30 GMT',
      'cache-control': 'private, no-cache',
      vary: 'Accept-Encoding',
    });
  });

  it('is one document for circuits and another for points', async () => {
    await publish(stack.pool, PIECES);
    await publish(stack.pool, [Buffer.from('<pois version="2"/>')], { kind: 'pois' });

    expect((await ask(stack.at('pois.xml'))).body.toString()).toBe('<pois version="2"/>');
    expect((await ask(stack.at('circuits.xml'))).body).toEqual(DOCUMENT);
  });

  it('is compressed for whoever takes that, under a tag of its own', async () => {
    const etag = await publish(stack.pool, PIECES);

    const { headers, body, whole } = await ask(stack.at('circuits.xml'), {
      headers: { 'accept-encoding': 'deflate, gzip;q=0.8' },
    });

    expect(whole).toBe(true);
    expect(headers).toMatchObject({
      'content-encoding': 'gzip',
      etag: `"${etag}-gzip"`,
      vary: 'Accept-Encoding',
    });
    expect(headers['content-length']).toBeUndefined();
    expect(body.length).toBeLessThan(DOCUMENT.length / 10);
    expect(gunzipSync(body)).toEqual(DOCUMENT);
  });

  it('is not sent again to whoever holds it, in either form', async () => {
    await publish(stack.pool, PIECES);
    for (const acceptEncoding of ['gzip', 'identity']) {
      const headers = { 'accept-encoding': acceptEncoding };
      const first = await ask(stack.at('circuits.xml'), { headers });

      const again = await ask(stack.at('circuits.xml'), {
        headers: { ...headers, 'if-none-match': `"other", W/${first.headers.etag}` },
      });

      expect({ status: again.status, size: again.body.length, etag: again.headers.etag }).toEqual({
        status: 304,
        size: 0,
        etag: first.headers.etag,
      });
    }
  });

  it('is sent again once another one took its place', async () => {
    await publish(stack.pool, PIECES);
    const { headers } = await ask(stack.at('circuits.xml'));
    const held = { 'if-none-match': headers.etag ?? '', 'if-modified-since': headers['last-modified'] ?? '' };

    await publish(stack.pool, [Buffer.from('<circuits version="2"/>')]);

    const { status, body } = await ask(stack.at('circuits.xml'), { headers: held });
    expect({ status, body: body.toString() }).toEqual({ status: 200, body: '<circuits version="2"/>' });
  });

  it('goes by the date for whoever knows no tag', async () => {
    await publish(stack.pool, PIECES);
    const since = async (date: string) =>
      (await ask(stack.at('circuits.xml'), { headers: { 'if-modified-since': date } })).status;

    expect(await since('Mon, 01 Mar 2027 10:20:30 GMT')).toBe(304);
    expect(await since('Mon, 01 Mar 2027 10:20:29 GMT')).toBe(200);
    expect(await since('yesterday')).toBe(200);
  });

  it('answers HEAD with the headers alone', async () => {
    const etag = await publish(stack.pool, PIECES);

    const { status, headers, body } = await ask(stack.at('circuits.xml'), { method: 'HEAD' });

    expect({ status, size: body.length, length: headers['content-length'], etag: headers.etag }).toEqual({
      status: 200,
      size: 0,
      length: String(DOCUMENT.length),
      etag: `"${etag}"`,
    });
  });

  it('is 503 with a time to ask again before the first one is published', async () => {
    const { status, headers, body } = await ask(stack.at('circuits.xml'));

    expect({ status, type: headers['content-type'], body: body.toString() }).toEqual({
      status: 503,
      type: 'text/plain; charset=utf-8',
      body: 'No feed has been published yet.\n',
    });
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  });

  it('is 503 with a time to ask again while Postgres is away', async () => {
    await publish(stack.pool, PIECES);
    await stack.pool.query('select 1');
    await stack.database.drop();

    for (const file of ['circuits.xml', 'pois.xml', `tracks/${hashOf(DOCUMENT)}.gpx`]) {
      const { status, headers } = await ask(stack.at(file));
      expect({ status, again: Number(headers['retry-after']) > 0 }).toEqual({ status: 503, again: true });
    }
  });

  it('leaves a note of the visit for operators', async () => {
    await publish(stack.pool, PIECES);

    await ask(stack.at('circuits.xml'), { method: 'HEAD' });
    await ask(stack.at('pois.xml'));
    await ask(stack.at('circuits.xml'));

    const visitTo = (kind: string) =>
      until(`a visit to ${kind}`, () => getCursor(stack.pool, SYNC, `feed-visit/${kind}`));
    expect(await visitTo('circuits')).toMatchObject({
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      status: 200,
      version: expect.any(Number),
      transfer: 'complete',
    });
    expect(await visitTo('pois')).toMatchObject({ status: 503, version: null });
  });
});

describe('the track of an offer', () => {
  const GPX = Buffer.from(`<gpx version="1.1">${'<trkpt lat="50.1" lon="4.9"/>'.repeat(500)}</gpx>`);

  it('is given under the hash of its content, to be kept for good', async () => {
    const hash = await storeTrack(GPX);
    await stack.pool.query(
      `insert into published_track (sync, record_id, track_hash) values ($1, 'ITB-1', $2)`,
      [SYNC, hash],
    );

    const plain = await ask(stack.at(`tracks/${hash}.gpx`));
    const compressed = await ask(stack.at(`tracks/${hash}.gpx`), { headers: { 'accept-encoding': 'gzip' } });
    const held = await ask(stack.at(`tracks/${hash}.gpx`), { headers: { 'if-none-match': `"${hash}"` } });

    expect(plain).toMatchObject({
      status: 200,
      body: GPX,
      whole: true,
      headers: { 'content-type': 'application/gpx+xml', etag: `"${hash}"` },
    });
    expect(plain.headers['cache-control']).toContain('immutable');
    expect(gunzipSync(compressed.body)).toEqual(GPX);
    expect(held.status).toBe(304);
  });

  it('is given when it is the edited one that was kept', async () => {
    const hash = await storeTrack(GPX);
    await stack.pool.query(
      `insert into track_edit (sync, record_id, cirkwi_id, edited_hash) values ($1, 'ITB-1', '10925', $2)`,
      [SYNC, hash],
    );

    expect((await ask(stack.at(`tracks/${hash}.gpx`))).status).toBe(200);
  });

  it('is not there when only another sync has it', async () => {
    const hash = await storeTrack(GPX);
    await stack.pool.query(`insert into sync (slug, pair) values ('other', 'pivot-cirkwi')`);
    await stack.pool.query(
      `insert into published_track (sync, record_id, track_hash) values ('other', 'ITB-1', $1)`,
      [hash],
    );

    expect((await ask(stack.at(`tracks/${hash}.gpx`))).status).toBe(404);
  });
});

describe('the way to a feed', () => {
  it('does not exist with a wrong secret, another sync or another method, and gives no hint which it was', async () => {
    await publish(stack.pool, PIECES);
    const nowhere = await ask(`${stack.url}/feeds/nowhere`);

    const wrong = [
      await ask(`${stack.url}/feeds/${SYNC}/${SECRET}x/circuits.xml`),
      await ask(`${stack.url}/feeds/${SYNC}/${SECRET.slice(1)}/circuits.xml`),
      await ask(`${stack.url}/feeds/unknown/${SECRET}/circuits.xml`),
      await ask(`${stack.url}/feeds/${SYNC}/x/tracks/${hashOf(DOCUMENT)}.gpx`),
      await ask(stack.at(`tracks/${hashOf(DOCUMENT)}.gpx`)),
      await ask(stack.at('tracks/..%2fcircuits.xml')),
      await ask(stack.at('circuits.xml'), { method: 'POST' }),
    ];

    for (const { status, body } of wrong)
      expect({ status, ...said(body) }).toEqual({ ...said(nowhere.body), status: 404 });
  });

  it('asks for the user and the password that are configured', async () => {
    await stack.stop();
    stack = await startFeeds({ basicAuth: { username: 'cirkwi', password: 'très secret' } });
    await publish(stack.pool, PIECES);
    const as = (credentials: string) => ({
      headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
    });

    const without = await ask(stack.at('circuits.xml'));

    expect({ status: without.status, challenge: without.headers['www-authenticate'] }).toEqual({
      status: 401,
      challenge: expect.stringMatching(/^Basic realm=/),
    });
    expect((await ask(stack.at('circuits.xml'), as('cirkwi:wrong'))).status).toBe(401);
    expect((await ask(stack.at('circuits.xml'), as(''))).status).toBe(401);
    expect((await ask(`${stack.url}/feeds/${SYNC}/x/circuits.xml`, as('cirkwi:wrong'))).status).toBe(404);
    expect((await ask(stack.at('circuits.xml'), as('cirkwi:très secret'))).body).toEqual(DOCUMENT);
  });

  it('leaves the secret out of the log', async () => {
    await publish(stack.pool, PIECES);
    await ask(stack.at('circuits.xml'));
    await ask(`${stack.url}/feeds/${SYNC}/${SECRET}x/circuits.xml`);
    await stack.database.drop();
    await ask(stack.at('circuits.xml'));

    await until('both answers in the log', async () => stack.log().includes('feed unavailable'));
    expect(stack.log()).toContain('feed answered');
    expect(stack.log()).not.toContain(SECRET);
  });
});

/** What an answer says, but for the id of its request. */
function said(body: Buffer): Record<string, unknown> {
  return { ...JSON.parse(body.toString()), requestId: '' };
}
