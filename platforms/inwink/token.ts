import type { Budget } from '../budget';
import { abortError } from '../classify';
import { type Authorize, createHttp, type Http } from '../http';
import { readTokenProblem, tokenSchema } from './contract';

/** A token is replaced this long before it ends, so that none ends on its way. */
const RESERVE_MS = 60_000;

/** When the server does not say how long a token lives (assumed). */
const DEFAULT_LIFETIME_S = 300;

interface TokenOptions {
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  scope?: string | undefined;
  audience?: string | undefined;
  timeoutMs: number;
  budget: Budget;
  random?: (() => number) | undefined;
}

interface Token {
  header: string;
  /** On the monotonic clock, so that a corrected wall clock changes nothing. */
  renewAtMs: number;
}

/**
 * Client-credentials tokens for one Inwink account: kept until a minute before they end, one request at a time however
 * many calls wait for it. A caller whose signal aborts stops waiting; the request goes on for the others. Refused
 * credentials are `AccessLost`.
 */
export function createTokenSource(options: TokenOptions): Authorize {
  const http = createHttp({
    platform: 'inwink',
    baseUrl: options.tokenUrl,
    timeoutMs: options.timeoutMs,
    budget: options.budget,
    authorize: { header: async () => null },
    readProblem: readTokenProblem,
    random: options.random,
  });
  let current: Token | null = null;
  let pending: Promise<Token> | null = null;

  async function renew(): Promise<Token> {
    try {
      current = await requestToken(http, options);
      return current;
    } finally {
      pending = null;
    }
  }

  return {
    async header(signal) {
      if (current !== null && performance.now() < current.renewAtMs) return current.header;
      pending ??= renew();
      return (await unlessAborted(pending, signal)).header;
    },
    forget(header) {
      // A late 401 must not throw away the token that already took the place of the refused one.
      if (current?.header === header) current = null;
    },
  };
}

async function requestToken(http: Http, options: TokenOptions): Promise<Token> {
  const startedMs = performance.now();
  const reply = await http.request({
    method: 'POST',
    path: [],
    route: 'token',
    body: {
      form: {
        grant_type: 'client_credentials',
        client_id: options.clientId,
        client_secret: options.clientSecret.trim(),
        ...(options.scope === undefined ? {} : { scope: options.scope }),
        ...(options.audience === undefined ? {} : { audience: options.audience }),
      },
    },
    repeatable: 'safe',
    schema: tokenSchema,
  });
  const lifetimeMs = (reply.expires_in ?? DEFAULT_LIFETIME_S) * 1000;
  // A token that lives shorter than two minutes is still used for half its life.
  const reserveMs = Math.min(RESERVE_MS, lifetimeMs / 2);
  return { header: `Bearer ${reply.access_token}`, renewAtMs: startedMs + lifetimeMs - reserveMs };
}

function unlessAborted<T>(shared: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return shared;
  return new Promise<T>((resolve, reject) => {
    const onAbort = () =>
      reject(abortError({ platform: 'inwink', operation: 'POST token', repeatable: 'safe' }, 'not-sent'));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    shared.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
