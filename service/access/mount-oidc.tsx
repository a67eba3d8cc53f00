import type { Context, Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { OidcConfiguration } from '../../config/service';
import { addOidcLogin, type OidcLogin, takeOidcLogin } from '../../db/oidc-logins';
import { sameSecret, secretHash } from '../../operations/random-secret';
import type { ServiceEnv, ServiceParts } from '../parts';
import { createOidcClient, type OidcClient } from './oidc-client';
import { type Claims, personOfProvider } from './oidc-person';
import { ownOrigin } from './own-origin';
import { NoEntryPage } from './pages';
import { returnPath } from './return-path';
import { startSession } from './session';
import { visitorLanguage } from './visitor-language';
import { ACCESS_WORDS } from './words';

/** Long enough for a second factor, short enough for a forgotten window. */
const WITHIN_MS = 10 * 60_000;
const CALLBACK = '/login/oidc/callback';

type C = Context<ServiceEnv>;

/** Signing in at the provider: `/login/oidc` sends the browser there, `/login/oidc/callback` is where it comes back to. */
export function mountOidc(app: Hono<ServiceEnv>, parts: ServiceParts, settings: OidcConfiguration): void {
  const client = createOidcClient(settings);
  app.get('/login/oidc', (c) => begin(c, parts, client));
  app.get(CALLBACK, async (c) => {
    const came = await comeBack(c, parts, client);
    if (came === null) return noEntry(c, ACCESS_WORDS[visitorLanguage(c)].oidcFailed, 400);
    const { claims, to } = came;
    const person = await personOfProvider(parts.pool, claims, settings, visitorLanguage(c));
    const { oidcRefusals } = ACCESS_WORDS[visitorLanguage(c)];
    if (person.kind === 'refused') return noEntry(c, oidcRefusals[person.reason], 403);
    const isIn = await startSession(c, parts, person.account, 'oidc');
    return isIn ? c.redirect(returnPath(to), 303) : noEntry(c, oidcRefusals.disabled, 403);
  });
}

/** The state is bound to the browser by a cookie, so that nobody can end another person's sign-in as theirs. */
async function begin(c: C, parts: ServiceParts, client: OidcClient): Promise<Response> {
  const origin = ownOrigin(c, parts);
  if (origin === null) return noEntry(c, ACCESS_WORDS[visitorLanguage(c)].oidcFailed, 400);
  try {
    const begun = await client.begin(`${origin}${CALLBACK}`);
    const login: OidcLogin = { ...begun, returnTo: returnPath(c.req.query('to')) };
    await addOidcLogin(parts.pool, secretHash(begun.state), login, WITHIN_MS);
    setCookie(c, cookieName(parts), begun.state, { ...cookieOptions(parts), maxAge: WITHIN_MS / 1_000 });
    return c.redirect(begun.address, 302);
  } catch (cause) {
    logFailure(c, parts, cause);
    return noEntry(c, ACCESS_WORDS[visitorLanguage(c)].oidcAway, 503);
  }
}

/** Null when what came back is not what this browser began, or not what the provider answers when all went well. */
async function comeBack(
  c: C,
  parts: ServiceParts,
  client: OidcClient,
): Promise<{ claims: Claims; to: string } | null> {
  const kept = getCookie(c, cookieName(parts));
  deleteCookie(c, cookieName(parts), cookieOptions(parts));
  const state = c.req.query('state');
  const origin = ownOrigin(c, parts);
  if (origin === null || state === undefined || kept === undefined || !sameSecret(kept, state)) return null;
  const login = await takeOidcLogin(parts.pool, secretHash(state));
  if (login === null) return null;
  const address = new URL(`${origin}${CALLBACK}`);
  address.search = new URL(c.req.url).search;
  try {
    return { claims: await client.finish(address, { ...login, state }), to: login.returnTo };
  } catch (cause) {
    logFailure(c, parts, cause);
    return null;
  }
}

function noEntry(c: C, text: string, status: 400 | 403 | 503): Response | Promise<Response> {
  const language = visitorLanguage(c);
  const { oidcTitle } = ACCESS_WORDS[language];
  return c.html(<NoEntryPage language={language} title={oidcTitle} text={text} />, status);
}

function cookieName({ isSecure }: ServiceParts): string {
  return isSecure ? '__Host-passerelle_oidc' : 'passerelle_oidc';
}

/** Lax: it must come along when the provider sends the browser back. */
function cookieOptions({ isSecure }: ServiceParts) {
  return { httpOnly: true, sameSite: 'Lax', path: '/', secure: isSecure } as const;
}

/** Messages of the library may repeat what the provider said: only its kind of error is told. */
function logFailure(c: C, { logger }: ServiceParts, cause: unknown): void {
  const failure = cause instanceof Error ? cause.name : 'unknown';
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  logger?.warn({ requestId: c.get('requestId'), failure, code }, 'sign-in at the provider failed');
}
