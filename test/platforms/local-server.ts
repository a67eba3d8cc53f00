import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Received {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export type Answer = (reply: ServerResponse, request: Received) => void;

export interface LocalServer {
  url: string;
  received: Received[];
  stop(): Promise<void>;
}

/** An HTTP server on 127.0.0.1 that answers each request with `answer`, which may change between calls. */
export async function startLocalServer(answer: Answer): Promise<LocalServer> {
  const received: Received[] = [];
  const server = createServer((request, reply) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const seen = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      };
      received.push(seen);
      answer(reply, seen);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on TCP has an address of this form.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return (reply) => {
    reply.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    reply.end(JSON.stringify(body));
  };
}

export function raw(status: number, type: string, body: string): Answer {
  return (reply) => {
    reply.writeHead(status, { 'Content-Type': type });
    reply.end(body);
  };
}

/** The request was received, perhaps carried out, and its answer never comes. */
export const dropped: Answer = (reply) => {
  reply.socket?.destroy();
};

/** The answer breaks off inside its body. */
export const cutShort: Answer = (reply) => {
  reply.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '100' });
  reply.write('{"id":"x', () => reply.socket?.destroy());
};

/** Answers one after the other; the last one stays. */
export function inTurn(...answers: Answer[]): Answer {
  let turn = 0;
  return (reply, request) => {
    const answer = answers[Math.min(turn, answers.length - 1)];
    turn += 1;
    answer?.(reply, request);
  };
}
