import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { FailureKind } from '../../platforms/failure';
import { type FetchFileOptions, fetchFile } from '../../platforms/fetch-file';
import { FileRefusal } from '../../platforms/file-failures';
import { isPublicAddress } from '../../platforms/public-address';
import { errorOf, failureOf } from './failures';
import { type Answer, cutShort, dropped, type LocalServer, raw, startLocalServer } from './local-server';

const servers: LocalServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())));

async function serverOf(answer: Answer): Promise<LocalServer> {
  const server = await startLocalServer(answer);
  servers.push(server);
  return server;
}

const GPX = '<gpx version="1.1"></gpx>';
const LOCAL = ['127.0.0.1'];
const loopback = async () => [{ address: '127.0.0.1', family: 4 }];

function fetched(url: string, options: Partial<FetchFileOptions> = {}): Promise<Uint8Array> {
  return fetchFile(url, {
    platform: 'pivot',
    maxBytes: 10_000,
    timeoutMs: 20_000,
    allowPrivateHosts: LOCAL,
    ...options,
  });
}

function redirectTo(location: string, status = 302): Answer {
  return (reply) => reply.writeHead(status, { Location: location }).end();
}

function withHeaders(headers: Record<string, string>, body: string | Buffer): Answer {
  return (reply) => reply.writeHead(200, headers).end(body);
}

describe('a file that a platform names', () => {
  test('is fetched byte for byte, without credentials of ours', async () => {
    const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x80]);
    const server = await serverOf(withHeaders({ 'Content-Type': 'application/gpx+xml' }, bytes));

    expect(Buffer.from(await fetched(`${server.url}/a.gpx?key=1`))).toEqual(bytes);
    expect(server.received).toMatchObject([{ method: 'GET', path: '/a.gpx?key=1' }]);
    expect(server.received[0]?.headers).not.toHaveProperty('authorization');
  });

  test('is unpacked when its host packs it', async () => {
    const server = await serverOf(withHeaders({ 'Content-Encoding': 'gzip' }, gzipSync(GPX)));

    expect(Buffer.from(await fetched(server.url)).toString()).toBe(GPX);
  });

  test.each([
    'file:///etc/passwd',
    'ftp://files.example/a.gpx',
    'data:text/xml,<gpx/>',
    '/only/a/path',
    'http://user:secret@files.example/a.gpx',
  ])('is refused at %s, before anything is asked', async (url) => {
    const resolve = jest.fn(loopback);

    const failure = await failureOf(fetched(url, { resolve }));

    expect(failure).toMatchObject({
      kind: FailureKind.refusedRecord,
      detail: { code: FileRefusal.address },
    });
    expect(resolve).not.toHaveBeenCalled();
    expect(inspect(failure)).not.toContain('secret');
  });
});

describe('a host inside a private network', () => {
  test.each(['127.0.0.1', 'localhost', '0x7f.1', '2130706433', '127.1'])(
    'written as %s is not connected to unless it is listed',
    async (host) => {
      const server = await serverOf(raw(200, 'text/xml', GPX));

      const url = `${server.url.replace('127.0.0.1', host)}/a.gpx`;
      const failure = await failureOf(fetched(url, { allowPrivateHosts: [] }));

      expect(failure).toMatchObject({
        kind: FailureKind.refusedRecord,
        detail: { code: FileRefusal.address },
      });
      expect(server.received).toEqual([]);
    },
  );

  test('is refused when only one of its addresses is private', async () => {
    const server = await serverOf(raw(200, 'text/xml', GPX));
    const resolve = async () => [{ address: '8.8.8.8', family: 4 }, ...(await loopback())];
    const url = server.url.replace('127.0.0.1', 'files.example');

    const failure = await failureOf(fetched(url, { allowPrivateHosts: [], resolve }));

    expect(failure.detail.code).toBe(FileRefusal.address);
    expect(server.received).toEqual([]);
  });

  test('is reached by its listed name, at the address that was checked and not at a later one', async () => {
    const server = await serverOf(raw(200, 'text/xml', GPX));
    const resolve = jest.fn(loopback);
    const url = server.url.replace('127.0.0.1', 'Files.Example');

    const bytes = await fetched(url, { allowPrivateHosts: ['files.example'], resolve });

    // the name does not exist: only a connection to the checked address can bring the file
    expect(Buffer.from(bytes).toString()).toBe(GPX);
    expect(resolve.mock.calls).toEqual([['files.example']]);
    expect(server.received[0]?.headers.host).toMatch(/^files\.example:\d+$/);
  });

  test('can be listed with its port, and then no other port is meant', async () => {
    const [one, other] = [
      await serverOf(raw(200, 'text/xml', GPX)),
      await serverOf(raw(200, 'text/xml', GPX)),
    ];
    const allowPrivateHosts = [new URL(one.url).host];

    await expect(fetched(one.url, { allowPrivateHosts })).resolves.toHaveLength(GPX.length);
    expect((await failureOf(fetched(other.url, { allowPrivateHosts }))).detail.code).toBe(
      FileRefusal.address,
    );
  });
});

describe('a redirect', () => {
  test('is followed three times and no further', async () => {
    const end = await serverOf(raw(200, 'text/xml', GPX));
    const countdown = await serverOf((reply, request) => {
      const left = Number(request.path.slice(1));
      return redirectTo(left > 1 ? `/${left - 1}` : end.url, 307)(reply, request);
    });

    await expect(fetched(`${countdown.url}/3`)).resolves.toHaveLength(GPX.length);
    const failure = await failureOf(fetched(`${countdown.url}/4`));

    expect(failure).toMatchObject({
      kind: FailureKind.refusedRecord,
      detail: { code: FileRefusal.redirects },
    });
    expect(end.received).toHaveLength(1);
  });

  test('into a private network is not followed', async () => {
    const inside = await serverOf(raw(200, 'text/plain', 'metadata'));
    const outside = await serverOf(redirectTo(`${inside.url}/latest/meta-data`));
    const allowPrivateHosts = [new URL(outside.url).host];

    const failure = await failureOf(fetched(outside.url, { allowPrivateHosts }));

    expect(failure.detail.code).toBe(FileRefusal.address);
    expect(inside.received).toEqual([]);
  });

  test.each(['file:///etc/passwd', 'http://user:secret@files.example/'])(
    'to %s is not followed',
    async (to) => {
      const server = await serverOf(redirectTo(to));

      expect((await failureOf(fetched(server.url))).detail.code).toBe(FileRefusal.address);
    },
  );

  test('to nowhere is no answer for a file', async () => {
    const server = await serverOf((reply) => reply.writeHead(302).end());

    expect((await failureOf(fetched(server.url))).kind).toBe(FailureKind.defect);
  });
});

describe('a file that is too large', () => {
  const over = 'x'.repeat(10_001);

  test('is refused by its announced size', async () => {
    const server = await serverOf((reply) => {
      reply.writeHead(200, { 'Content-Length': '200000000' }).write('x'); // the rest never comes
    });

    const failure = await failureOf(fetched(server.url));

    expect(failure).toMatchObject({ kind: FailureKind.refusedRecord, detail: { code: FileRefusal.size } });
  });

  test('is refused while it comes, when nothing was announced and it has no end', async () => {
    const server = await serverOf((reply) => {
      const more = () => {
        if (!reply.destroyed) reply.write(over, more);
      };
      more();
    });

    expect((await failureOf(fetched(server.url))).detail.code).toBe(FileRefusal.size);
  });

  test('is refused while it is unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    const server = await serverOf(withHeaders({ 'Content-Encoding': 'gzip' }, bomb));

    expect((await failureOf(fetched(server.url, { maxBytes: 100_000 }))).detail.code).toBe(FileRefusal.size);
  });

  test('by no byte is fetched', async () => {
    const server = await serverOf(raw(200, 'text/xml', over.slice(1)));

    await expect(fetched(server.url)).resolves.toHaveLength(10_000);
  });
});

describe('a host', () => {
  test.each<[string, Answer, FailureKind]>([
    ['that has no such file', raw(404, 'text/html', ''), FailureKind.missing],
    ['that dropped the file', raw(410, 'text/html', ''), FailureKind.missing],
    ['that denies the file', raw(403, 'text/html', ''), FailureKind.refusedRecord],
    ['with a fault', raw(502, 'text/html', ''), FailureKind.transient],
    ['that answers without a file', raw(204, 'text/html', ''), FailureKind.defect],
    ['that hangs up', dropped, FailureKind.transient],
    ['that breaks off', cutShort, FailureKind.transient],
    [
      'that breaks off while packing',
      withHeaders({ 'Content-Encoding': 'gzip' }, gzipSync(GPX).subarray(0, 20)),
      FailureKind.transient,
    ],
    ['that packs unasked', withHeaders({ 'Content-Encoding': 'br' }, 'x'), FailureKind.defect],
  ])('%s is told apart', async (_name, answer, kind) => {
    const server = await serverOf(answer);

    expect((await failureOf(fetched(server.url))).kind).toBe(kind);
  });

  test('that asks us to wait says for how long', async () => {
    const server = await serverOf((reply) => reply.writeHead(429, { 'Retry-After': '7' }).end());

    expect(await failureOf(fetched(server.url))).toMatchObject({
      kind: FailureKind.rateLimited,
      detail: { retryAfterMs: 7_000 },
    });
  });

  test.each<[string, Answer]>([
    ['never answers', () => {}],
    ['drips its body', (reply) => reply.writeHead(200).write('x')],
    ['redirects to itself, slowly', (reply) => void setTimeout(() => redirectTo('/')(reply, never), 150)],
  ])('that %s ends with the time-out', async (_name, answer) => {
    const server = await serverOf(answer);

    const failure = await failureOf(fetched(server.url, { timeoutMs: 200 }));

    expect(failure).toMatchObject({ kind: FailureKind.transient });
    expect(failure.message).toContain('timeout');
  });

  test('whose name look-up never ends ends with the time-out too', async () => {
    const resolve = () => new Promise<never>(() => {});

    const failure = await failureOf(fetched('http://files.example/', { timeoutMs: 50, resolve }));

    expect(failure.kind).toBe(FailureKind.transient);
  });

  test('without an address can be tried again', async () => {
    const resolve = () => Promise.reject(Object.assign(new Error('files.example'), { code: 'ENOTFOUND' }));

    const failure = await failureOf(fetched('http://files.example/', { resolve }));

    expect(failure).toMatchObject({ kind: FailureKind.transient });
    expect(failure.message).toContain('ENOTFOUND');
  });
});

const never = { method: 'GET', path: '/', headers: {}, body: '' };

test('a cancelled fetch ends as an abort, before and under way', async () => {
  const controller = new AbortController();
  const server = await serverOf(() => controller.abort());

  const underWay = await errorOf(fetched(server.url, { signal: controller.signal }));
  const before = await errorOf(fetched(server.url, { signal: controller.signal }));

  expect([underWay.name, before.name]).toEqual(['AbortError', 'AbortError']);
  expect(server.received).toHaveLength(1);
});

test('no failure holds path or query of the address, which may be secrets', async () => {
  const [gone, cut] = [await serverOf(raw(404, 'text/html', '')), await serverOf(dropped)];

  for (const { url } of [gone, cut]) {
    const failure = await failureOf(fetched(`${url}/private-path/a.gpx?token=hidden`));
    const shown = inspect(failure, { depth: 10, showHidden: true });
    expect(shown).toContain(new URL(url).host);
    expect(shown).not.toMatch(/private-path|hidden/);
  }
});

describe('an address', () => {
  test.each(['8.8.8.8', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2a00:1450:4007::1', '2606:4700::1111'])(
    '%s is public',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  test.each([
    ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '127.255.0.1', '169.254.169.254', '172.16.0.1', '172.31.9.9'],
    ...['192.0.0.1', '192.0.2.1', '192.168.1.1', '198.18.0.1', '198.51.100.1', '203.0.113.9', '224.0.0.1'],
    ...['239.1.1.1', '240.0.0.1', '255.255.255.255'],
    ...['::', '::1', '::ffff:8.8.8.8', '::ffff:127.0.0.1', '::ffff:7f00:1', '::127.0.0.1', '64:ff9b::7f00:1'],
    ...['fc00::1', 'fd12::1', 'fe80::1', 'fe80::1%eth0', '2a00::1%eth0', 'fec0::1', 'ff02::1', '100::1'],
    ...['2001::1', '2001:db8::1', '2002:7f00:1::', '3fff::1', 'localhost', ''],
  ])('%s is not public', (address) => expect(isPublicAddress(address)).toBe(false));
});
