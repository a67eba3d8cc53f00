import type { Budget } from '../budget';
import { clockSkewOf } from '../clock-skew';
import { createHttp, type Http } from '../http';
import { createTokenSource, type IssuedToken, type TokenSource } from '../token-source';
import { paths, readSignInProblem, signInBody, signInSchema } from './contract';
import { weavyRules } from './rules';

interface SignInOptions {
  baseUrl: string;
  projectCode: string;
  userName: string;
  password: string;
  timeoutMs: number;
  budget: Budget;
  random?: (() => number) | undefined;
}

export interface WeavyToken extends IssuedToken {
  /** ISO 8601 UTC; null when the password does not end. */
  passwordExpiresAt: string | null;
  /** How far weavy's clock was ahead of ours at the sign-in, in ms. */
  skewMs: number | null;
}

/** Tokens of one API account, replaced after four fifths of their life. Refused credentials are `AccessLost`. */
export function createWeavyTokens(options: SignInOptions): TokenSource<WeavyToken> {
  const http = createHttp({
    platform: 'weavy',
    baseUrl: options.baseUrl,
    timeoutMs: options.timeoutMs,
    budget: options.budget,
    authorize: { header: async () => null },
    readProblem: readSignInProblem,
    random: options.random,
  });
  return createTokenSource({
    platform: 'weavy',
    operation: 'POST /Authenticate',
    request: () => signIn(http, options),
  });
}

async function signIn(http: Http, { projectCode, userName, password }: SignInOptions): Promise<WeavyToken> {
  const startedMs = performance.now();
  let skewMs: number | null = null;
  const reply = await http.request({
    method: 'POST',
    path: paths.authenticate,
    route: '/Authenticate',
    body: { json: signInBody({ projectCode, userName, password }) },
    repeatable: 'safe',
    schema: signInSchema,
    onReply: (seen) => {
      skewMs = clockSkewOf(seen);
    },
  });
  return {
    header: `Bearer ${reply.authToken}`,
    renewAtMs: startedMs + reply.expiresIn * 1000 * weavyRules.renewAfterShareOfLife,
    passwordExpiresAt: reply.passwordExpiresAt,
    skewMs,
  };
}
