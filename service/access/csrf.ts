import type { Context, MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Language } from '../../mappings/reason-types';
import { sameSecret } from '../../operations/random-secret';
import { formOf } from '../form';
import type { ServiceEnv, ServiceParts } from '../parts';
import { isFromOwnPage } from './own-origin';

const WORDS = {
  fr: 'Cette demande ne vient pas d’une page ouverte ici : rechargez la page et recommencez.',
  en: 'This request does not come from a page that was opened here: load the page again, then repeat it.',
} as const satisfies Record<Language, string>;

/**
 * Behind `requireSignedIn`: a change is made only when a page of ours asks for it, in this very session. It carries the
 * session's token (field `_csrf`, or header `X-CSRF-Token`), and the browser says that it comes from here. Rejects with a
 * 403 otherwise.
 */
export function csrf(parts: ServiceParts): MiddlewareHandler<ServiceEnv> {
  return async (c, next) => {
    if (!['GET', 'HEAD', 'OPTIONS'].includes(c.req.method) && !(await isMeant(c, parts)))
      throw new HTTPException(403, { message: WORDS[c.get('language')] });
    await next();
  };
}

async function isMeant(c: Context<ServiceEnv>, parts: ServiceParts): Promise<boolean> {
  if (!isFromOwnPage(c, parts)) return false;
  // always read: whoever sends a form that cannot be read is told here, and not by each page
  const field = await fieldOf(c);
  const told = c.req.header('x-csrf-token') ?? field;
  return told !== undefined && sameSecret(told, c.get('signedIn').csrfToken);
}

async function fieldOf(c: Context<ServiceEnv>): Promise<string | undefined> {
  const type = c.req.header('content-type') ?? '';
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) return undefined;
  const { _csrf: field } = await formOf(c);
  return typeof field === 'string' ? field : undefined;
}
