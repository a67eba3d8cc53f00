import type { MiddlewareHandler } from 'hono';
import { usedApiToken } from '../../db/api-tokens';
import { secretHash } from '../../operations/random-secret';
import type { ServiceEnv, ServiceParts } from '../parts';
import { problem } from '../problem';
import { mayDo, type Principal, type Scope } from './principal';

const REALM = 'Bearer realm="passerelle"';

/**
 * Lets programs through whose token may do this, and tells the handlers whose it is (`principal`). Others get a
 * problem+json with the challenge of RFC 6750: 401 without a token or with one that is unknown, expired or revoked, 403
 * with one that may do less.
 */
export function requireScope(parts: ServiceParts, needed: Scope): MiddlewareHandler<ServiceEnv> {
  return async (c, next) => {
    const header = c.req.header('authorization');
    if (header === undefined) {
      c.header('www-authenticate', REALM);
      return problem(c, 401, 'Send a token: "Authorization: Bearer psl_...".');
    }
    const token = /^Bearer +(psl_[\w-]{43}) *$/i.exec(header)?.[1];
    const use = token === undefined ? null : await usedApiToken(parts.pool, secretHash(token));
    if (use === null) {
      c.header('www-authenticate', `${REALM}, error="invalid_token"`);
      return problem(c, 401, 'The token is unknown, expired or revoked: make another one.');
    }
    const { id, name, scope } = use;
    const principal: Principal = { kind: 'token', id, scope, actor: `token:${name}` };
    if (!mayDo(principal, needed)) {
      c.header('www-authenticate', `${REALM}, error="insufficient_scope", scope="${needed}"`);
      return problem(c, 403, `This takes a token with the scope "${needed}"; this one has "${scope}".`);
    }
    c.set('principal', principal);
    await next();
    return undefined;
  };
}
