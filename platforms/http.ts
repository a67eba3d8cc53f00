import type { ZodType } from 'zod';
import type { Budget } from './budget';
import {
  abortError,
  type CallName,
  failureOfBody,
  failureOfStatus,
  failureOfWire,
  type Repeatable,
} from './classify';
import { FailureKind, PlatformFailure } from './failure';
import { FileRefusal, refusedFile } from './file-failures';
import { parseJson } from './json';
import type { ReadProblem } from './problem';
import { pauseAsked } from './retry-after';
import { createWire, type Wire, WireFailure, type WireReply } from './wire';

/** Added to each pause that a platform asks for, so that waiting workers do not all come back at once. */
const MAX_JITTER_MS = 500;

/** The largest JSON or form body sent (assumed for Inwink; the other platforms state no limit). */
const MAX_REQUEST_BYTES = 1024 * 1024;
/** The largest raw body: PIVOT takes files of 7.5 MB as base64 text. */
const MAX_RAW_REQUEST_BYTES = 12 * 1024 * 1024;

/** Where the `Authorization` header comes from. */
export interface Authorize {
  /** The header's value; null sends none. */
  header(signal?: AbortSignal): Promise<string | null>;
  /** The platform refused this header: the next one must be new. Absent when there is nothing to renew. */
  forget?(header: string): void;
}

interface HttpOptions {
  platform: string;
  /** Absolute http(s) address without credentials in it. */
  baseUrl: string;
  timeoutMs: number;
  budget: Budget;
  authorize: Authorize;
  readProblem: ReadProblem;
  /** A number from 0 up to 1, for the jitter. @default Math.random */
  random?: (() => number) | undefined;
}

/** The envelope of a reply. Times in ms since 1970 by our clock. */
export interface SeenReply {
  status: number;
  header(name: string): string | null;
  sentAt: number;
  receivedAt: number;
}

export interface HttpCall<T> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  /** Path below the base address, one entry per segment, not yet encoded. */
  path: string[];
  /** Matrix parameters (`;name=value`) of the last segment, not yet encoded. */
  matrix?: ReadonlyArray<readonly [string, string]>;
  /** The same path with placeholders, as messages show it: `/exhibitor/{id}`. */
  route: string;
  query?: Record<string, string | undefined>;
  body?: { json: unknown } | { form: Record<string, string> } | { raw: string; type: string };
  repeatable: Repeatable;
  /**
   * What the reply is read as. JSON: an empty body is `undefined`. Text: what `read` throws makes it unreadable. Bytes: a
   * `Uint8Array`; a larger file is a `RefusedRecord` with code `FileTooLarge`.
   */
  reply?:
    | { as: 'json' }
    | { as: 'text'; accept: string; read: (text: string) => unknown }
    | { as: 'bytes'; accept: string; maxBytes: number };
  /** Headers of the platform's own, such as a key. */
  headers?: Record<string, string>;
  /** Checks what was read. */
  schema: ZodType<T>;
  /** Told of each 2xx reply before its body is read; for what platforms say in headers only. */
  onReply?: ((seen: SeenReply) => void) | undefined;
  signal?: AbortSignal | undefined;
  /** See `CallContext`: the last word before the call goes out; what it throws is thrown as it is. */
  beforeSend?: (() => Promise<void>) | undefined;
}

export interface Http {
  request<T>(call: HttpCall<T>): Promise<T>;
}

/** A call that takes something away at the platform: a type of its own, so that no other client can write one. */
export type HttpRemoval<T> = Omit<HttpCall<T>, 'method' | 'body'> & { method: 'DELETE' };

export interface HttpWithRemovals {
  request<T>(call: HttpCall<T> | HttpRemoval<T>): Promise<T>;
}

/**
 * The calls to one platform account. Each waits for the shared budget; a request to slow down is passed on to the
 * budget and the call repeated in place, so it costs no attempt and ends only when the budget finds the wait too long;
 * a 401 renews the token once. Everything else that goes wrong is a `PlatformFailure`, or an `AbortError` when the
 * caller's signal ended the call. Nothing thrown holds a header, a body, an id or a query.
 */
export function createHttp(options: HttpOptions): Http {
  const base = checkedBase(options.baseUrl);
  const wire = createWire({ timeoutMs: options.timeoutMs });
  return { request: (call) => send(options, base, wire, call) };
}

/** As `createHttp`, for the few platforms where a removal is part of what was agreed: PIVOT's cursor, Cirkwi's push. */
export function createHttpWithRemovals(options: HttpOptions): HttpWithRemovals {
  const base = checkedBase(options.baseUrl);
  const wire = createWire({ timeoutMs: options.timeoutMs });
  return { request: (call) => send(options, base, wire, call) };
}

type AnyCall<T> = (HttpCall<T> | HttpRemoval<T>) & { body?: HttpCall<T>['body'] };

async function send<T>(options: HttpOptions, base: URL, wire: Wire, call: AnyCall<T>): Promise<T> {
  const name = {
    platform: options.platform,
    operation: `${call.method} ${call.route}`,
    repeatable: call.repeatable,
  };
  const url = addressOf(base, call, name);
  const body = bodyOf(call, name);
  let renewed = false;
  for (;;) {
    if (call.signal?.aborted) throw abortError(name, 'not-sent');
    const authorization = await options.authorize.header(call.signal);
    await options.budget.acquire(call.signal);
    await call.beforeSend?.();
    if (call.signal?.aborted) throw abortError(name, 'not-sent');

    const headers = {
      ...body.headers,
      ...call.headers,
      ...(call.reply === undefined || call.reply.as === 'json' ? {} : { Accept: call.reply.accept }),
      ...(authorization === null ? {} : { Authorization: authorization }),
    };
    const maxBytes = call.reply?.as === 'bytes' ? call.reply.maxBytes : undefined;
    const request = { method: call.method, url, headers, body: body.text, signal: call.signal, maxBytes };
    const sentAt = Date.now();
    const reply = await exchanged(wire(request), name, maxBytes);
    const receivedAt = Date.now();

    const pauseMs = pauseAsked(reply, Date.now());
    if (pauseMs !== null) {
      const random = options.random ?? Math.random;
      await options.budget.pause(pauseMs + Math.floor(random() * MAX_JITTER_MS));
      // a 503 may come from a gateway after the platform did the work: a create is looked up before it is repeated
      if (reply.status === 503 && call.repeatable === 'create') {
        throw failureOfStatus(name, reply.status, null);
      }
      continue;
    }
    if (reply.status === 401 && !renewed && authorization !== null && options.authorize.forget) {
      options.authorize.forget(authorization);
      renewed = true;
      continue;
    }
    if (reply.status >= 200 && reply.status <= 299)
      call.onReply?.({ status: reply.status, header: reply.header, sentAt, receivedAt });
    return resultOf(reply, call, name, options.readProblem);
  }
}

async function exchanged(
  reply: Promise<WireReply>,
  name: CallName,
  maxBytes: number | undefined,
): Promise<WireReply> {
  try {
    return await reply;
  } catch (error) {
    if (!(error instanceof WireFailure)) throw error;
    if (error.reason === 'too-large' && maxBytes !== undefined) {
      throw refusedFile(name, FileRefusal.size, `it is larger than ${maxBytes} bytes`);
    }
    throw error.reason === 'aborted' ? abortError(name, 'sent') : failureOfWire(name, error);
  }
}

function resultOf<T>(reply: WireReply, call: AnyCall<T>, name: CallName, readProblem: ReadProblem): T {
  if (reply.status < 200 || reply.status > 299) {
    const body = parseJson(reply.text);
    // a platform whose problems are plain text reads them from the text itself
    throw failureOfStatus(
      name,
      reply.status,
      readProblem(body.kind === 'value' ? body.value : reply.text, reply.status),
    );
  }
  const parsed = readReply(reply, call);
  if (parsed.kind === 'unreadable') throw failureOfBody(name, reply.status, [parsed.problem]);
  const checked = call.schema.safeParse(parsed.value);
  if (checked.success) return checked.data;
  // Paths and codes only: the validator's own messages may quote what it saw.
  const problems = checked.error.issues.map(
    (issue) => `${issue.path.join('.') || 'the body'}: ${issue.code}`,
  );
  throw failureOfBody(name, reply.status, problems);
}

/** The reply as the call wants it. The parsers' own errors are dropped: they quote the body. */
function readReply<T>(
  reply: WireReply,
  call: AnyCall<T>,
): { kind: 'value'; value: unknown } | { kind: 'unreadable'; problem: string } {
  if (call.reply?.as === 'bytes') return { kind: 'value', value: reply.bytes };
  if (call.reply?.as !== 'text') {
    const parsed = parseJson(reply.text);
    if (parsed.kind === 'value') return parsed;
    return { kind: 'unreadable', problem: `not JSON${mediaType(reply.contentType)}` };
  }
  try {
    return { kind: 'value', value: call.reply.read(reply.text) };
  } catch (error) {
    const why = error instanceof UnreadableText ? error.message : 'not in the expected form';
    return { kind: 'unreadable', problem: `${why}${mediaType(reply.contentType)}` };
  }
}

/** Thrown by readers of text replies. The message holds no part of the text. */
export class UnreadableText extends Error {
  override readonly name = 'UnreadableText';
}

function mediaType(contentType: string | null): string {
  const type = /^[a-z]+\/[a-z0-9.+-]+/i.exec(contentType ?? '')?.[0];
  return type === undefined ? '' : ` but ${type}`;
}

function checkedBase(baseUrl: string): URL {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new TypeError('The address of a platform must be an absolute http or https URL.');
  }
  if (url.username !== '' || url.password !== '') {
    throw new TypeError(
      'The address of a platform must not hold credentials: they have settings of their own.',
    );
  }
  return url;
}

function addressOf<T>(base: URL, call: AnyCall<T>, name: CallName): string {
  const url = new URL(base);
  // URLs drop `.` and `..`, even encoded: such an id would address another resource.
  if (call.path.some((segment) => /^\.{0,2}$/.test(segment))) {
    const message = `An id for ${name.operation} cannot be part of an address.`;
    throw new PlatformFailure(FailureKind.refusedRecord, message, {
      platform: name.platform,
      operation: name.operation,
    });
  }
  if (call.path.length > 0) {
    const matrix = (call.matrix ?? []).map(([key, value]) => `;${key}=${encodeURIComponent(value)}`);
    url.pathname = `${url.pathname.replace(/\/+$/, '')}/${call.path.map(encodeURIComponent).join('/')}${matrix.join('')}`;
  }
  for (const [key, value] of Object.entries(call.query ?? {})) {
    if (value !== undefined) url.searchParams.set(key, value);
  }
  return url.href;
}

function bodyOf<T>(
  call: AnyCall<T>,
  name: CallName,
): { headers: Record<string, string>; text: string | undefined } {
  const headers = { Accept: 'application/json', 'User-Agent': 'Passerelle' };
  if (call.body === undefined) return { headers, text: undefined };
  if ('raw' in call.body) {
    refuseTooLarge(call.body.raw, MAX_RAW_REQUEST_BYTES, name);
    return { headers: { ...headers, 'Content-Type': call.body.type }, text: call.body.raw };
  }
  const isForm = 'form' in call.body;
  const text =
    'form' in call.body ? new URLSearchParams(call.body.form).toString() : JSON.stringify(call.body.json);
  refuseTooLarge(text, MAX_REQUEST_BYTES, name);
  const type = isForm ? 'application/x-www-form-urlencoded' : 'application/json';
  return { headers: { ...headers, 'Content-Type': type }, text };
}

function refuseTooLarge(text: string, maxBytes: number, name: CallName): void {
  if (Buffer.byteLength(text) <= maxBytes) return;
  const message = `The record is too large to send with ${name.operation}: more than ${maxBytes} bytes.`;
  throw new PlatformFailure(FailureKind.refusedRecord, message, {
    platform: name.platform,
    operation: name.operation,
  });
}
