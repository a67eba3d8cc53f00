import type { MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Language } from '../../mappings/reason-types';
import type { ServiceEnv } from '../parts';
import { mayDo, type Scope } from './principal';

const WORDS = {
  fr: 'Votre rôle ne permet pas cette action : demandez à une personne du rôle administrateur.',
  en: 'Your role does not allow this: ask somebody who has the role of an administrator.',
} as const satisfies Record<Language, string>;

/** Behind `requireSignedIn`: lets those through who may do this; rejects with a 403 for the others. */
export function requireRole(needed: Scope): MiddlewareHandler<ServiceEnv> {
  return async (c, next) => {
    if (!mayDo(c.get('principal'), needed))
      throw new HTTPException(403, { message: WORDS[c.get('language')] });
    await next();
  };
}
