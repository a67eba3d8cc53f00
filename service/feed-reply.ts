import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Conditions, type Encoding, selectForm } from './feed-conditions';

export interface FeedReply {
  status: 200 | 304 | 401 | 503;
  headers: Record<string, string>;
  body: string | null | { chunks: AsyncIterable<Buffer>; encoding: Encoding };
}

/** How the transfer of an answer ended; `broken` with what broke it. */
export type TransferEnd = { kind: 'complete' } | { kind: 'broken'; cause: unknown };

/** A document that can be sent in either form. */
export interface FeedDocument {
  etag: string;
  modifiedAt: Date | null;
  contentType: string;
  cacheControl: string;
  bytes: number;
  chunks: () => AsyncIterable<Buffer>;
}

/** The whole document, or 304 for whoever holds it already. */
export function documentReply(document: FeedDocument, conditions: Conditions): FeedReply {
  const { encoding, etag, unchanged } = selectForm(document, conditions);
  const headers: Record<string, string> = {
    ETag: etag,
    'Cache-Control': document.cacheControl,
    Vary: 'Accept-Encoding',
    ...(document.modifiedAt === null ? {} : { 'Last-Modified': document.modifiedAt.toUTCString() }),
  };
  if (unchanged) return { status: 304, headers, body: null };
  return {
    status: 200,
    headers: {
      ...headers,
      'Content-Type': document.contentType,
      // the length of the compressed form is known when it is made
      ...(encoding === 'gzip'
        ? { 'Content-Encoding': 'gzip' }
        : { 'Content-Length': String(document.bytes) }),
    },
    body: { chunks: document.chunks(), encoding },
  };
}

/** Nothing now: Cirkwi keeps what it has and asks again. */
export function unavailableReply(text: string, retryAfterSeconds: number): FeedReply {
  return textReply(503, text, { 'Retry-After': String(retryAfterSeconds) });
}

export function unauthorisedReply(): FeedReply {
  return textReply(401, 'A user name and a password are needed here.', {
    'WWW-Authenticate': 'Basic realm="Passerelle", charset="UTF-8"',
  });
}

function textReply(status: 401 | 503, text: string, headers: Record<string, string>): FeedReply {
  const body = `${text}\n`;
  return {
    status,
    headers: {
      ...headers,
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Length': String(Buffer.byteLength(body)),
      'Cache-Control': 'no-store',
    },
    body,
  };
}

/**
 * Sends the answer to a GET and resolves at its end; never rejects. When a document breaks in the middle the connection
 * is destroyed, so that no reader takes the first half for a short document.
 */
export async function sendReply(
  outgoing: ServerResponse,
  { status, headers, body }: FeedReply,
): Promise<TransferEnd> {
  try {
    outgoing.writeHead(status, headers);
    if (body === null) outgoing.end();
    else if (typeof body === 'string') outgoing.end(body);
    else if (body.encoding === 'gzip') await pipeline(body.chunks, createGzip(), outgoing);
    else await pipeline(body.chunks, outgoing);
    return { kind: 'complete' };
  } catch (cause) {
    outgoing.destroy();
    return { kind: 'broken', cause };
  }
}
