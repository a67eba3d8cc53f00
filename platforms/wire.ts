import http from 'node:http';
import https from 'node:https';
import axios, { type AxiosInstance, type AxiosRequestConfig } from 'axios';

/** Anything larger is not an answer of these platforms: a page of 200 records stays far below. */
const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;
/** Room for what a platform says about a file that it does not send, however small the file may be. */
const MAX_ERROR_BYTES = 64 * 1024;

interface WireRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | undefined;
  signal: AbortSignal | undefined;
  /** The body of a 2xx is taken as bytes, and no more than so many of them. */
  maxBytes?: number | undefined;
}

export interface WireReply {
  status: number;
  retryAfter: string | null;
  date: string | null;
  contentType: string | null;
  /** The first value of a header; null when there is none. */
  header(name: string): string | null;
  /** Empty when bytes were asked for and given. */
  text: string;
  /** The body of a 2xx for which bytes were asked. */
  bytes?: Uint8Array;
}

/** Why there is no reply: `cut` is a connection that broke inside the body. */
type WireReason = 'network' | 'cut' | 'timeout' | 'aborted' | 'too-large';

/**
 * No complete reply came. It holds a reason and a system error code, nothing else: the HTTP library's own errors
 * carry headers and bodies, that is tokens and personal data, so they end here.
 */
export class WireFailure extends Error {
  override readonly name = 'WireFailure';

  constructor(
    readonly reason: WireReason,
    readonly code: string,
  ) {
    super(`${reason} (${code})`);
  }
}

export type Wire = (request: WireRequest) => Promise<WireReply>;

/**
 * One HTTP exchange over kept-alive connections. Answers any status, follows no redirect, reads no proxy from the
 * environment, and ends after `timeoutMs` in total, however slowly the body drips. Throws only `WireFailure`.
 */
export function createWire({ timeoutMs }: { timeoutMs: number }): Wire {
  const client = axios.create({
    httpAgent: new http.Agent({ keepAlive: true }),
    httpsAgent: new https.Agent({ keepAlive: true }),
    maxRedirects: 0,
    maxContentLength: MAX_RESPONSE_BYTES,
    proxy: false,
    responseType: 'text',
    transformRequest: (data) => data,
    transformResponse: (data) => data,
    validateStatus: () => true,
  });
  return (request) => exchange(client, request, timeoutMs);
}

async function exchange(client: AxiosInstance, request: WireRequest, timeoutMs: number): Promise<WireReply> {
  // Not AbortSignal.any: on Node 20 it keeps a long-lived caller's signal holding on to every call made under it.
  const ending = new AbortController();
  const onAbort = () => ending.abort();
  const timer = setTimeout(onAbort, timeoutMs);
  request.signal?.addEventListener('abort', onAbort, { once: true });
  try {
    if (request.signal?.aborted) throw new WireFailure('aborted', 'ABORT_ERR');
    const reply = await client.request<unknown>({
      method: request.method,
      url: request.url,
      headers: request.headers,
      data: request.body,
      signal: ending.signal,
      ...readingOf(request),
    });
    return {
      status: reply.status,
      retryAfter: textOrNull(reply.headers['retry-after']),
      date: textOrNull(reply.headers.date),
      contentType: textOrNull(reply.headers['content-type']),
      header: (name) => textOrNull(reply.headers[name.toLowerCase()]),
      ...bodyOf(reply.status, reply.data, request.maxBytes),
    };
  } catch (error) {
    if (request.signal?.aborted) throw new WireFailure('aborted', 'ABORT_ERR');
    if (ending.signal.aborted) throw new WireFailure('timeout', 'ETIMEDOUT');
    throw sanitised(error);
  } finally {
    clearTimeout(timer);
    request.signal?.removeEventListener('abort', onAbort);
  }
}

/** The limit holds while the body is read, after it was unpacked. */
function readingOf({ maxBytes }: WireRequest): AxiosRequestConfig {
  if (maxBytes === undefined) return {};
  return { responseType: 'arraybuffer', maxContentLength: Math.max(maxBytes, MAX_ERROR_BYTES) };
}

function bodyOf(status: number, data: unknown, maxBytes?: number): Pick<WireReply, 'text' | 'bytes'> {
  if (maxBytes === undefined) return { text: typeof data === 'string' ? data : '' };
  const bytes = data instanceof Uint8Array ? data : new Uint8Array();
  if (status < 200 || status > 299) return { text: Buffer.from(bytes).toString('utf8') };
  if (bytes.byteLength > maxBytes) throw new WireFailure('too-large', 'ERR_BAD_RESPONSE');
  return { text: '', bytes };
}

function sanitised(error: unknown): WireFailure {
  if (error instanceof WireFailure) return error;
  const code = codeOf(error);
  // The library has one code for both: a cut body comes with the response it belongs to, an oversized one without.
  if (axios.isAxiosError(error) && code === 'ERR_BAD_RESPONSE' && error.response === undefined) {
    return new WireFailure('too-large', code);
  }
  if (axios.isAxiosError(error) && error.response !== undefined) return new WireFailure('cut', code);
  return new WireFailure('network', code);
}

function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? code : 'UNKNOWN';
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
