import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { unlimited } from '../../platforms/budget';
import { FailureKind } from '../../platforms/failure';
import { createHttp } from '../../platforms/http';
import { failureOf } from './failures';
import { type Answer, cutShort, type LocalServer, raw, startLocalServer } from './local-server';

let server: LocalServer | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

async function fileFrom(answer: Answer, maxBytes: number): Promise<Uint8Array> {
  server = await startLocalServer(answer);
  const http = createHttp({
    platform: 'pivot',
    baseUrl: server.url,
    timeoutMs: 10_000,
    budget: unlimited,
    authorize: { header: async () => null },
    readProblem: (body) => (body === 'gone' ? { code: 'GONE' } : null),
  });
  return http.request({
    method: 'GET',
    path: ['file'],
    route: '/file',
    repeatable: 'safe',
    reply: { as: 'bytes', accept: 'application/octet-stream', maxBytes },
    schema: z.instanceof(Uint8Array),
  });
}

function file(bytes: Uint8Array, headers: Record<string, string> = {}): Answer {
  return (reply) => {
    reply.writeHead(200, { 'Content-Type': 'application/octet-stream', ...headers });
    reply.end(bytes);
  };
}

describe('a file read from a platform', () => {
  const anything = Uint8Array.from({ length: 256 }, (_, at) => at);

  test('arrives byte for byte, up to the size agreed', async () => {
    const bytes = await fileFrom(file(anything), 256);

    expect([...bytes]).toEqual([...anything]);
    expect(server?.received[0]?.headers.accept).toBe('application/octet-stream');
  });

  test('that is empty is an empty file', async () => {
    expect(await fileFrom(file(new Uint8Array()), 10)).toHaveLength(0);
  });

  test.each([
    ['a byte larger than agreed', file(anything), 255],
    ['much larger', file(new Uint8Array(300_000)), 100_000],
    [
      'larger once unpacked',
      file(gzipSync(new Uint8Array(5_000_000)), { 'Content-Encoding': 'gzip' }),
      100_000,
    ],
    [
      'without end',
      ((reply) => {
        const more = () => {
          while (!reply.destroyed && reply.write(new Uint8Array(65_536)));
        };
        reply.writeHead(200);
        reply.on('drain', more);
        more();
      }) satisfies Answer,
      1_000_000,
    ],
  ])('that is %s is refused, and the record with it', async (_name, answer, maxBytes) => {
    const failure = await failureOf(fileFrom(answer, maxBytes));

    expect(failure.kind).toBe(FailureKind.refusedRecord);
    expect(failure.detail.code).toBe('FileTooLarge');
  });

  test('that breaks off is no file', async () => {
    expect((await failureOf(fileFrom(cutShort, 1_000))).kind).toBe(FailureKind.transient);
  });

  test('that the platform does not have is told in its own words, however small a file was expected', async () => {
    const failure = await failureOf(fileFrom(raw(404, 'text/plain', 'gone'), 1));

    expect(failure.kind).toBe(FailureKind.missing);
  });
});
