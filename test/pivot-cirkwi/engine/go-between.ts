import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Stands between us and PIVOT, and hands everything on; what it is told to spoil is spoilt. */
export interface GoBetween {
  url: string;
  /** Where PIVOT is; to be set before the first request. */
  target: string;
  /** Answers of paths that match are rewritten, until it is null again. */
  spoil: { path: RegExp; rewrite: (answer: string) => string } | null;
  stop(): Promise<void>;
}

export async function startGoBetween(): Promise<GoBetween> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { host: _host, connection: _connection, ...headers } = request.headers;
    try {
      const reply = await fetch(`${between.target}${request.url}`, {
        method: request.method ?? 'GET',
        headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
        ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
      });
      const body = Buffer.from(await reply.arrayBuffer());
      const { spoil } = between;
      const isSpoilt = spoil?.path.test(request.url ?? '') === true;
      response.writeHead(reply.status, { 'content-type': reply.headers.get('content-type') ?? '' });
      response.end(isSpoilt ? spoil.rewrite(body.toString('utf8')) : body);
    } catch {
      response.destroy(); // as PIVOT did with us
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const between: GoBetween = { url: urlOf(server), target: '', spoil: null, stop: () => close(server) };
  return between;
}

function urlOf(server: Server): string {
  // a server that listens on TCP has an address of this form
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
