import type { Context, MiddlewareHandler } from 'hono';
import type { ServiceEnv, ServiceParts } from '../parts';
import { problem } from '../problem';
import { loginPath } from './return-path';
import { currentSession } from './session';

/**
 * Lets signed-in people through, and tells the handlers who it is (`signedIn`, `principal`, `language`). Others are sent
 * to the sign-in page when they open a page, and answered 401 when a script or a form asks.
 */
export function requireSignedIn(parts: ServiceParts): MiddlewareHandler<ServiceEnv> {
  return async (c, next) => {
    const signedIn = await currentSession(c, parts);
    if (signedIn === null) return turnAway(c);
    c.set('signedIn', signedIn);
    c.set('principal', signedIn.principal);
    c.set('language', signedIn.language);
    await next();
    // what a signed-in person sees is in no cache, unless the handler knows better
    if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store');
    return undefined;
  };
}

function turnAway(c: Context<ServiceEnv>): Response {
  const isPage = c.req.method === 'GET' || c.req.method === 'HEAD';
  const isScript =
    c.req.header('hx-request') !== undefined ||
    c.req.header('accept')?.includes('text/event-stream') === true;
  if (isPage && !isScript) return c.redirect(loginPath(c.req.path), 302);
  // htmx follows this header, with the page that the person was on
  if (c.req.header('hx-request') !== undefined)
    c.header('hx-redirect', loginPath(pathOf(c.req.header('hx-current-url'))));
  return problem(c, 401, 'Sign in first: the session is over, or there was none.');
}

function pathOf(address: string | undefined): string {
  return address !== undefined && URL.canParse(address) ? new URL(address).pathname : '/';
}
