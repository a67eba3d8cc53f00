import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { writeAccessAudit } from '../../db/access-audit';
import { type Account, noteLogin } from '../../db/accounts';
import { inTransaction } from '../../db/pool';
import { addSession, endSession, forgetOverSignIns, seenSession } from '../../db/sessions';
import { randomSecret, secretHash } from '../../operations/random-secret';
import type { ServiceEnv, ServiceParts } from '../parts';
import { ROLES, type SignedIn } from './principal';

const NOTE_EVERY_MS = 60_000;

/** Over TLS under a name that no other host of the domain, and no plain connection, can set (`__Host-`). */
function cookieName({ isSecure }: ServiceParts): string {
  return isSecure ? '__Host-passerelle_session' : 'passerelle_session';
}

function cookieOptions({ isSecure }: ServiceParts) {
  return { httpOnly: true, sameSite: 'Lax', path: '/', secure: isSecure } as const;
}

/** What the browser holds; null when it holds nothing that could be a session. */
function presented(c: Context<ServiceEnv>, parts: ServiceParts): Buffer | null {
  const token = getCookie(c, cookieName(parts));
  return token !== undefined && /^[\w-]{43}$/.test(token) ? secretHash(token) : null;
}

/** Whose browser asks; null for nobody's, a session that is over, an account that is disabled. */
export async function currentSession(c: Context<ServiceEnv>, parts: ServiceParts): Promise<SignedIn | null> {
  const sessionHash = presented(c, parts);
  if (sessionHash === null) return null;
  const { sessionIdle: idleMs } = parts.configuration.service;
  const noteEveryMs = Math.min(NOTE_EVERY_MS, idleMs / 2);
  const session = await seenSession(parts.pool, sessionHash, { idleMs, noteEveryMs });
  if (session === null) return null;
  const { accountId: id, login, role } = session;
  return { ...session, sessionHash, principal: { kind: 'person', id, scope: ROLES[role], actor: login } };
}

export type SignedInBy = 'password' | 'link' | 'oidc';

/**
 * Signs the browser in, under a new secret: whatever it held before is worth nothing, so nobody can have prepared it.
 * False when the account was disabled in the meantime.
 */
export async function startSession(
  c: Context<ServiceEnv>,
  parts: ServiceParts,
  { id, login }: Pick<Account, 'id' | 'login'>,
  by: SignedInBy,
): Promise<boolean> {
  const { sessionIdle, sessionAtMost } = parts.configuration.service;
  const token = randomSecret();
  const before = presented(c, parts);
  const started = await inTransaction(parts.pool, async (tx) => {
    await forgetOverSignIns(tx, sessionIdle);
    if (before !== null) await endSession(tx, before);
    const session = { tokenHash: secretHash(token), accountId: id, csrfToken: randomSecret() };
    if (!(await addSession(tx, { ...session, lastsMs: sessionAtMost }))) return false;
    await noteLogin(tx, id);
    await writeAccessAudit(tx, { actor: login, operation: 'sign-in', subject: login, detail: { by } });
    return true;
  });
  if (started)
    setCookie(c, cookieName(parts), token, {
      ...cookieOptions(parts),
      maxAge: Math.floor(sessionAtMost / 1_000),
    });
  return started;
}

/** Signs the browser out, here and in the database. */
export async function stopSession(c: Context<ServiceEnv>, parts: ServiceParts): Promise<void> {
  const sessionHash = presented(c, parts);
  if (sessionHash !== null)
    await inTransaction(parts.pool, async (tx) => {
      const ended = await endSession(tx, sessionHash);
      if (ended === null) return;
      const { login } = ended;
      await writeAccessAudit(tx, { actor: login, operation: 'sign-out', subject: login });
    });
  deleteCookie(c, cookieName(parts), cookieOptions(parts));
}
