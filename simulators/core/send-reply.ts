import type { ServerResponse } from 'node:http';
import type { SimReply } from './http-message';

const PROXY_PAGE =
  '<!doctype html><html><head><title>Bad gateway</title></head><body><h1>Bad gateway</h1></body></html>';

export function sendReply(response: ServerResponse, reply: SimReply): void {
  const { type, bytes } = contentOf(reply);
  response.writeHead(reply.status, {
    'content-type': type,
    'content-length': bytes.length,
    ...reply.headers,
  });
  response.end(bytes);
}

function contentOf(reply: SimReply): { type: string; bytes: Buffer } {
  if (reply.raw === undefined)
    return {
      type: 'application/json; charset=utf-8',
      bytes: Buffer.from(JSON.stringify(reply.body ?? null)),
    };
  const { type, content } = reply.raw;
  return { type, bytes: typeof content === 'string' ? Buffer.from(content) : content };
}

/** A page such as a proxy answers when the server behind it does not. */
export function sendHtml(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
  response.end(PROXY_PAGE);
}

/** Sends half of the body: as a cut line that had promised the whole, or as if the half were all there is. */
export function sendTruncated(response: ServerResponse, reply: SimReply, length: 'promised' | 'sent'): void {
  const { type, bytes } = contentOf(reply);
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  if (length === 'sent') {
    response.writeHead(reply.status, {
      'content-type': type,
      'content-length': half.length,
      ...reply.headers,
    });
    response.end(half);
    return;
  }
  response.writeHead(reply.status, {
    'content-type': type,
    'content-length': bytes.length,
    ...reply.headers,
  });
  response.write(half, () => response.destroy());
}

/** Resets the connection, so that the caller sees a network failure and not an orderly end. */
export function dropConnection(response: ServerResponse): void {
  const { socket } = response;
  if (socket) socket.resetAndDestroy();
  else response.destroy();
}
