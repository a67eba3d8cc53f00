import type { Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import { findAccount } from '../../db/accounts';
import { oneTimeLoginStands, useOneTimeLogin } from '../../db/one-time-logins';
import { secretHash } from '../../operations/random-secret';
import { formOf } from '../form';
import type { ServiceEnv, ServiceParts } from '../parts';
import { clientAddress } from './client-address';
import { csrf } from './csrf';
import { mountOidc } from './mount-oidc';
import { isFromOwnPage } from './own-origin';
import { LoginPage, NoEntryPage, OncePage } from './pages';
import { requireSignedIn } from './require-signed-in';
import { returnPath } from './return-path';
import { currentSession, startSession, stopSession } from './session';
import { signInWithPassword } from './sign-in';
import { visitorLanguage } from './visitor-language';
import { ACCESS_WORDS } from './words';

type C = Context<ServiceEnv>;

/**
 * The doors: signing in with a password, by a one-time link or at the OpenID provider, and signing out. Mount it before
 * everything that `requireSignedIn` guards.
 */
export function mountAccess(app: Hono<ServiceEnv>, parts: ServiceParts): void {
  app.use('/login/*', async (c, next) => {
    await next();
    c.res.headers.set('cache-control', 'no-store');
  });
  app.get('/login', async (c) => {
    const to = returnPath(c.req.query('to'));
    if ((await currentSession(c, parts)) !== null) return c.redirect(to, 303);
    return loginPage(c, parts, { to, login: '', fault: null }, 200);
  });
  app.post('/login', (c) => signIn(c, parts));
  app.post('/logout', requireSignedIn(parts), csrf(parts), async (c) => {
    await stopSession(c, parts);
    return c.redirect('/login', 303);
  });
  mountOnce(app, parts);
  const { oidc } = parts.configuration.service;
  if (oidc !== undefined) mountOidc(app, parts, oidc);
}

const loginSchema = z.object({
  login: z.string().trim().max(200).catch(''),
  password: z.string().max(1_000).catch(''),
  to: z.string().optional().catch(undefined),
});

async function signIn(c: C, parts: ServiceParts): Promise<Response> {
  const words = ACCESS_WORDS[visitorLanguage(c)];
  if (!isFromOwnPage(c, parts)) return loginPage(c, parts, { to: '/', login: '', fault: words.foreign }, 403);
  const { login, password, to: asked } = loginSchema.parse(await formOf(c));
  const to = returnPath(asked);
  const end = await signInWithPassword(parts.pool, { login, password, address: clientAddress(c, parts) });
  if (end.kind === 'throttled') {
    c.header('retry-after', String(end.waitSeconds));
    const fault = words.throttled(Math.ceil(end.waitSeconds / 60));
    return loginPage(c, parts, { to, login, fault }, 429);
  }
  if (end.kind === 'in' && (await startSession(c, parts, end.account, 'password')))
    return c.redirect(to, 303);
  return loginPage(c, parts, { to, login, fault: words.refused }, 401);
}

function loginPage(
  c: C,
  { configuration }: ServiceParts,
  page: { to: string; login: string; fault: string | null },
  status: ContentfulStatusCode,
): Response | Promise<Response> {
  const { oidc } = configuration.service;
  const provider = oidc === undefined ? null : (oidc.label ?? new URL(oidc.issuer).host);
  return c.html(<LoginPage language={visitorLanguage(c)} provider={provider} {...page} />, status);
}

function mountOnce(app: Hono<ServiceEnv>, parts: ServiceParts): void {
  const at = '/login/once/:token{[A-Za-z0-9_-]{43}}';
  const over = (c: C) => {
    const language = visitorLanguage(c);
    const { onceTitle, onceOver } = ACCESS_WORDS[language];
    return c.html(<NoEntryPage language={language} title={onceTitle} text={onceOver} />, 410);
  };
  app.get(at, async (c) => {
    if (!(await oneTimeLoginStands(parts.pool, secretHash(c.req.param('token'))))) return over(c);
    return c.html(<OncePage language={visitorLanguage(c)} path={c.req.path} />);
  });
  app.post(at, async (c) => {
    const language = visitorLanguage(c);
    const { onceTitle, foreign } = ACCESS_WORDS[language];
    if (!isFromOwnPage(c, parts))
      return c.html(<NoEntryPage language={language} title={onceTitle} text={foreign} />, 403);
    const id = await useOneTimeLogin(parts.pool, secretHash(c.req.param('token')));
    const account = id === null ? null : await findAccount(parts.pool, { id });
    if (account === null || !(await startSession(c, parts, account, 'link'))) return over(c);
    // who has no other way in chooses a password first
    const isLasting = account.passwordHash !== null || account.oidcSubject !== null;
    return c.redirect(isLasting ? '/' : '/account', 303);
  });
}
