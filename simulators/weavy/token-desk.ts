import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { type Problem, Refusal, type SimReply } from '../core/http-message';
import { isObject } from '../core/value-path';
import type { WeavyClock } from './clock';
import type { WeavySimulatorOptions } from './options';
import { badRequest } from './problems';
import type { WeavySettings } from './settings';

/** Bearer tokens; there is no other way to renew one than to sign in again (assumed). */
export interface TokenDesk {
  /** `POST /v1/Authenticate`. */
  issue(body: unknown): SimReply;
  refuse(headers: IncomingHttpHeaders): Problem | null;
  clientOf(headers: IncomingHttpHeaders): string;
  revokeAll(): void;
}

/** Keys in any case (derived: the vendor's own connector writes one of them in another way). */
const signInSchema = z.object({
  scope: z.literal('API'),
  projectcode: z.string(),
  username: z.string(),
  password: z.string(),
});

export function tokenDesk(
  { credentials: { projectCode, userName } }: WeavySimulatorOptions,
  settings: () => WeavySettings,
  clock: WeavyClock,
): TokenDesk {
  const tokens = new Map<string, { until: number }>();
  const isValid = (headers: IncomingHttpHeaders): boolean => {
    const token = tokens.get(/^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '');
    return token !== undefined && token.until > Date.now();
  };

  return {
    issue(body) {
      const given = signInOf(body);
      const { password, tokenTtlSeconds, expiresInSkewSeconds, passwordExpiryUTC } = settings();
      const isRight =
        given.projectcode === projectCode && given.username === userName && given.password === password;
      if (!isRight) throw new Refusal({ status: 401, code: '', message: 'Authentication failed' });
      const authToken = newToken({ prj: projectCode, usr: userName });
      tokens.set(authToken, { until: Date.now() + tokenTtlSeconds * 1000 });
      const generatedTimeUTC = `${new Date(clock.now()).toISOString().slice(0, -1)}0000Z`;
      const expiresIn = tokenTtlSeconds + expiresInSkewSeconds;
      return { status: 200, body: { authToken, expiresIn, generatedTimeUTC, passwordExpiryUTC } };
    },
    refuse: (headers) => (isValid(headers) ? null : { status: 401, code: '', message: 'Token expired' }),
    clientOf: (headers) => (isValid(headers) ? userName : 'anonymous'),
    revokeAll: () => tokens.clear(),
  };
}

function signInOf(body: unknown): z.output<typeof signInSchema> {
  const entries = Object.entries(isObject(body) ? body : {});
  const given = signInSchema.safeParse(
    Object.fromEntries(entries.map(([key, value]) => [key.toLowerCase(), value])),
  );
  if (given.success) return given.data;
  throw badRequest('scope API, projectCode, userName and password are expected');
}

/** Looks like a JWT; nobody but this server is meant to look into it. */
function newToken(claims: Record<string, string>): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.${Buffer.from(randomUUID()).toString('base64url')}`;
}
