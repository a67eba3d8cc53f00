import type { Budget } from '../budget';
import { type Authorize, createHttp, type Http } from '../http';
import { createTokenSource, type IssuedToken } from '../token-source';
import { readTokenProblem, TOKEN_PATH, tokenSchema } from './contract';

/** A token is replaced this long before it ends, so that none ends on its way. */
const RESERVE_MS = 60_000;

/** When the instance does not say how long a token lives (documented default: an hour; kept shorter). */
const DEFAULT_LIFETIME_S = 600;

/** As the configuration has it: a Mautic user, or client credentials. */
export type MauticSignIn =
  | { as: 'basic'; username: string; password: string }
  | { as: 'oauth2'; clientId: string; clientSecret: string };

interface SignInOptions {
  /** Address of the instance, without `/api`. */
  baseUrl: string;
  signIn: MauticSignIn;
  timeoutMs: number;
  budget: Budget;
  random?: (() => number) | undefined;
}

/** The `Authorization` header of one account. Refused credentials are `AccessLost`, with either way of signing in. */
export function createMauticSignIn(options: SignInOptions): Authorize {
  const { signIn } = options;
  if (signIn.as === 'basic') {
    const credentials = Buffer.from(`${signIn.username}:${signIn.password}`, 'utf8').toString('base64');
    return { header: async () => `Basic ${credentials}` };
  }
  const http = createHttp({
    platform: 'mautic',
    baseUrl: options.baseUrl,
    timeoutMs: options.timeoutMs,
    budget: options.budget,
    authorize: { header: async () => null },
    readProblem: readTokenProblem,
    random: options.random,
  });
  return createTokenSource({
    platform: 'mautic',
    operation: 'POST token',
    request: () => requestToken(http, signIn),
  });
}

async function requestToken(
  http: Http,
  signIn: Extract<MauticSignIn, { as: 'oauth2' }>,
): Promise<IssuedToken> {
  const startedMs = performance.now();
  const reply = await http.request({
    method: 'POST',
    path: TOKEN_PATH,
    route: 'token',
    body: {
      form: {
        grant_type: 'client_credentials',
        client_id: signIn.clientId,
        client_secret: signIn.clientSecret.trim(),
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
