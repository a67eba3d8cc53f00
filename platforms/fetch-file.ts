import { lookup } from 'node:dns/promises';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { pipeline } from 'node:stream';
import { createUnzip } from 'node:zlib';
import { abortError, type CallName, failureOfWire } from './classify';
import { PlatformFailure } from './failure';
import { FileRefusal, failureOfFileStatus, refusedFile, unaskedPacking } from './file-failures';
import { isPublicAddress } from './public-address';
import { WireFailure } from './wire';

const MAX_REDIRECTS = 3;

interface HostAddress {
  address: string;
  family: number;
}

export interface FetchFileOptions {
  /** The platform that names the address, for messages. */
  platform: string;
  /** Of the file itself, after decompression too. */
  maxBytes: number;
  /** For everything together: name look-up, redirects, body. */
  timeoutMs: number;
  /** Hosts (`name` or `name:port`) that may stand in a private network; for demo and tests. */
  allowPrivateHosts: readonly string[];
  signal?: AbortSignal | undefined;
  /** All addresses of a host name. @default the system's own look-up */
  resolve?: ((host: string) => Promise<HostAddress[]>) | undefined;
}

interface Hop {
  url: URL;
  addresses: HostAddress[];
  name: CallName;
}

/**
 * The file behind an address that a platform names (settled question 30). Such an address is an outside value: it
 * must be http or https without credentials, and every address of its host must be public, or the host be listed; the
 * connection goes to the very addresses that were checked. Each of at most 3 redirects is checked in the same way.
 * Sends no credentials. Throws `PlatformFailure`: `RefusedRecord` with a code of `FileRefusal`, or for a host that
 * denies the file; `Missing` for 404 and 410; `RateLimited`; `Transient`; `Defect`. An `AbortError` when the signal
 * ended it. Messages name the host, never path or query.
 */
export async function fetchFile(address: string, options: FetchFileOptions): Promise<Uint8Array> {
  const ending = new AbortController();
  const end = () => ending.abort();
  const timer = setTimeout(end, options.timeoutMs);
  options.signal?.addEventListener('abort', end, { once: true });
  let name: CallName = { platform: options.platform, operation: 'GET a file', repeatable: 'safe' };
  try {
    let target = address;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      if (options.signal?.aborted) throw abortError(name, 'not-sent');
      const url = checkedUrl(target, name);
      name = { ...name, operation: `GET a file of ${url.host}` };
      const hop = { url, name, addresses: await addressesOf(url, name, options, ending.signal) };
      const reply = await answered(hop, ending.signal);
      const next = redirectOf(reply, hop);
      if (next === null) return await bodyOf(reply, name, options.maxBytes);
      reply.destroy();
      target = next;
    }
    throw refusedFile(name, FileRefusal.redirects, `more than ${MAX_REDIRECTS} redirects lead to it`);
  } catch (error) {
    if (error instanceof PlatformFailure) throw error;
    if (options.signal?.aborted) throw abortError(name, 'sent');
    if (ending.signal.aborted) throw failureOfWire(name, new WireFailure('timeout', 'ETIMEDOUT'));
    throw failureOfWire(name, new WireFailure('network', codeOf(error)));
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', end);
  }
}

function checkedUrl(address: string, name: CallName): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw refusedFile(name, FileRefusal.address, 'its address is not an http or https URL');
  }
  if (url.username !== '' || url.password !== '') {
    throw refusedFile(name, FileRefusal.address, 'its address holds credentials');
  }
  return url;
}

/** One private address among public ones refuses the host: which of them a connection takes is chance. */
async function addressesOf(
  url: URL,
  name: CallName,
  options: FetchFileOptions,
  signal: AbortSignal,
): Promise<HostAddress[]> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  const resolve = options.resolve ?? ((known: string) => lookup(known, { all: true }));
  const addresses = family === 0 ? await unlessAborted(resolve(host), signal) : [{ address: host, family }];
  if (addresses.length === 0) throw Object.assign(new Error('no address'), { code: 'ENOTFOUND' });
  const listed = options.allowPrivateHosts.some((allowed) =>
    [host, url.hostname, url.host].includes(allowed.toLowerCase()),
  );
  if (!listed && !addresses.every(({ address }) => isPublicAddress(address))) {
    throw refusedFile(
      name,
      FileRefusal.address,
      'its host is not on the public internet (allowPrivateHosts can list it)',
    );
  }
  return addresses;
}

/** A name look-up cannot be cancelled: it is left behind. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(new Error('aborted'));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** A connection of its own: a kept one could lead to an address that was never checked. */
function answered({ url, addresses }: Hop, signal: AbortSignal): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? https.request : http.request;
  return new Promise((resolve, reject) => {
    request(
      url,
      {
        agent: false,
        lookup: fixed(addresses),
        headers: { Accept: '*/*', 'Accept-Encoding': 'gzip', 'User-Agent': 'Passerelle' },
        signal,
      },
      resolve,
    )
      .on('error', reject)
      .end();
  });
}

/** Answers with what was checked, whatever the name stands for by now. */
function fixed(addresses: HostAddress[]): LookupFunction {
  return (_host, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, addresses);
    else callback(null, first?.address ?? '', first?.family ?? 0);
  };
}

/** The next address of a redirect, null for any other good answer. */
function redirectOf(reply: IncomingMessage, { url, name }: Hop): string | null {
  const status = reply.statusCode ?? 0;
  const { location } = reply.headers;
  if (
    [301, 302, 303, 307, 308].includes(status) &&
    location !== undefined &&
    URL.canParse(location, url.href)
  ) {
    return new URL(location, url).href;
  }
  if (status === 200) return null;
  reply.destroy();
  throw failureOfFileStatus(reply, name);
}

async function bodyOf(reply: IncomingMessage, name: CallName, maxBytes: number): Promise<Uint8Array> {
  const encoding = reply.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  const packed = ['gzip', 'x-gzip', 'deflate'].includes(encoding);
  try {
    if (!packed && encoding !== 'identity') {
      throw unaskedPacking(name);
    }
    if (Number(reply.headers['content-length'] ?? 0) > maxBytes)
      throw refusedFile(name, FileRefusal.size, `it is larger than ${maxBytes} bytes`);

    // What breaks in one of the two ends both, so the loop below sees it.
    const source = packed ? pipeline(reply, createUnzip(), () => {}) : reply;
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of source) {
      size += chunk.byteLength;
      // while reading, so that neither an endless body nor a small packed one that unpacks to gigabytes is ever held
      if (size > maxBytes) throw refusedFile(name, FileRefusal.size, `it is larger than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } finally {
    reply.destroy();
  }
}

/** The system's code alone: the error's message quotes addresses. */
function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? code : 'UNKNOWN';
}
