import type { Budget } from '../budget';
import { type Authorize, createHttp, type Http } from '../http';
import { createTokenSource, type IssuedToken } from '../token-source';
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

/**
 * Client-credentials tokens for one Inwink account, kept until a minute before they end. Refused credentials are
 * `AccessLost`.
 */
export function createInwinkTokens(options: TokenOptions): Authorize {
  const http = createHttp({
    platform: 'inwink',
    baseUrl: options.tokenUrl,
    timeoutMs: options.timeoutMs,
    budget: options.budget,
    authorize: { header: async () => null },
    readProblem: readTokenProblem,
    random: options.random,
  });
  return createTokenSource({
    platform: 'inwink',
    operation: 'POST token',
    request: () => requestToken(http, options),
  });
}

async function requestToken(http: Http, options: TokenOptions): Promise<IssuedToken> {
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
