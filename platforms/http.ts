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
import { parseJson } from './json';
import type { ReadProblem } from './problem';
import { pauseAsked } from './retry-after';
import { createWire, type Wire, WireFailure, type WireReply } from './wire';

/** Added to each pause that a platform asks for, so that waiting workers do not all come back at once. */
const MAX_JITTER_MS = 500;

/** The largest body sent (assumed for Inwink; the other platforms state no limit). */
const MAX_REQUEST_BYTES = 1024 * 1024;

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

export interface HttpCall<T> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  /** Path below the base address, one entry per segment, not yet encoded. */
  path: string[];
  /** The same path with placeholders, as messages show it: `/exhibitor/{id}`. */
  route: string;
  query?: Record<string, string | undefined>;
  body?: { json: unknown } | { form: Record<string, string> };
  repeatable: Repeatable;
  /** Reads the reply's JSON; an empty body is `undefined`. */
  schema: ZodType<T>;
  signal?: AbortSignal | undefined;
  /** See `CallContext`: the last word before the call goes out; what it throws is thrown as it is. */
  beforeSend?: (() => Promise<void>) | undefined;
}

export interface Http {
  request<T>(call: HttpCall<T>): Promise<T>;
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

async function send<T>(options: HttpOptions, base: URL, wire: Wire, call: HttpCall<T>): Promise<T> {
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

    const headers = { ...body.headers, ...(authorization === null ? {} : { Authorization: authorization }) };
    const request = { method: call.method, url, headers, body: body.text, signal: call.signal };
    const reply = await exchanged(wire(request), name);

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
    return resultOf(reply, call, name, options.readProblem);
  }
}

async function exchanged(reply: Promise<WireReply>, name: CallName): Promise<WireReply> {
  try {
    return await reply;
  } catch (error) {
    if (!(error instanceof WireFailure)) throw error;
    throw error.reason === 'aborted' ? abortError(name, 'sent') : failureOfWire(name, error);
  }
}

function resultOf<T>(reply: WireReply, call: HttpCall<T>, name: CallName, readProblem: ReadProblem): T {
  const parsed = parseJson(reply.text);
  if (reply.status < 200 || reply.status > 299) {
    const body = parsed.kind === 'value' ? parsed.value : undefined;
    throw failureOfStatus(name, reply.status, readProblem(body, reply.status));
  }
  if (parsed.kind === 'not-json') {
    throw failureOfBody(name, reply.status, [`not JSON${mediaType(reply.contentType)}`]);
  }
  const checked = call.schema.safeParse(parsed.value);
  if (checked.success) return checked.data;
  // Paths and codes only: the validator's own messages may quote what it saw.
  const problems = checked.error.issues.map(
    (issue) => `${issue.path.join('.') || 'the body'}: ${issue.code}`,
  );
  throw failureOfBody(name, reply.status, problems);
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

function addressOf<T>(base: URL, call: HttpCall<T>, name: CallName): string {
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
    url.pathname = `${url.pathname.replace(/\/+$/, '')}/${call.path.map(encodeURIComponent).join('/')}`;
  }
  for (const [key, value] of Object.entries(call.query ?? {})) {
    if (value !== undefined) url.searchParams.set(key, value);
  }
  return url.href;
}

function bodyOf<T>(
  call: HttpCall<T>,
  name: CallName,
): { headers: Record<string, string>; text: string | undefined } {
  const headers = { Accept: 'application/json', 'User-Agent': 'Passerelle' };
  if (call.body === undefined) return { headers, text: undefined };
  const isForm = 'form' in call.body;
  const text =
    'form' in call.body ? new URLSearchParams(call.body.form).toString() : JSON.stringify(call.body.json);
  if (Buffer.byteLength(text) > MAX_REQUEST_BYTES) {
    const message = `The record is too large to send with ${name.operation}: more than ${MAX_REQUEST_BYTES} bytes.`;
    throw new PlatformFailure(FailureKind.refusedRecord, message, {
      platform: name.platform,
      operation: name.operation,
    });
  }
  const type = isForm ? 'application/x-www-form-urlencoded' : 'application/json';
  return { headers: { ...headers, 'Content-Type': type }, text };
}
