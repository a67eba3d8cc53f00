import { z } from 'zod';
import type { OidcConfiguration } from '../../config/service';
import { writeAccessAudit } from '../../db/access-audit';
import {
  type Account,
  addAccount,
  findAccount,
  lockAdministrators,
  saveRole,
  saveSubject,
} from '../../db/accounts';
import { inTransaction, type Pool, type Queryable } from '../../db/pool';
import { endSessionsOf } from '../../db/sessions';
import type { Language } from '../../mappings/reason-types';
import { isLogin } from '../../operations/login-name';
import { secretHash } from '../../operations/random-secret';
import { revokeTokensBeyond } from '../../operations/tokens';
import { ROLES, type Role, SCOPES } from './principal';

/** As `createdBy` of accounts that a sign-in at the provider made. */
const PROVIDER = 'oidc';

/** Of the logins that are made for people of whom nothing else can be one. */
const MADE = 'oidc-';

/** Control characters, and those that turn the direction of what is shown after them. */
const UNSHOWN = /[\p{Cc}\p{Bidi_Control}]+/gu;

/**
 * What is read of a person's claims. Only `iss` and `sub` are always there, `sub` of at most 255 characters (OpenID Connect
 * Core, 2 and 5.1). What cannot be shown or cannot be a login is left out.
 */
const claimsSchema = z.looseObject({
  iss: z.string().min(1),
  sub: z.string().regex(/^\P{Cc}{1,255}$/u),
  name: z
    .string()
    .transform((name) => name.replaceAll(UNSHOWN, ' ').trim())
    .pipe(z.string().min(1).max(200))
    .optional()
    .catch(undefined),
  preferred_username: z.string().refine(isLogin).optional().catch(undefined),
  email: z.string().refine(isLogin).optional().catch(undefined),
  email_verified: z.boolean().optional().catch(undefined),
});
export type Claims = z.infer<typeof claimsSchema>;

/** Rejects with a ZodError for claims that name nobody. */
export function readClaims(claims: unknown): Claims {
  return claimsSchema.parse(claims);
}

/** The highest role that the claim's values stand for; null when they stand for none. */
export function roleOfClaims(claims: Claims, { roleClaim, roles }: OidcConfiguration): Role | null {
  const value = claims[roleClaim];
  const values = (Array.isArray(value) ? value : [value]).filter((entry) => typeof entry === 'string');
  const named = values.flatMap((entry) => (Object.hasOwn(roles, entry) ? (roles[entry] ?? []) : []));
  const rank = (role: Role) => SCOPES.indexOf(ROLES[role]);
  return named.sort((one, other) => rank(other) - rank(one))[0] ?? null;
}

/** `no-role`: nothing says what this person may do. `taken`: the login belongs to an account with a way in of its own. */
export type OidcRefusal = 'no-role' | 'taken' | 'disabled';

export type PersonOfProvider =
  | { kind: 'account'; account: Account }
  | { kind: 'refused'; reason: OidcRefusal };

/**
 * The account of somebody whom the provider vouches for: the one tied to this person; else one that was made for the
 * person's confirmed e-mail address and has no password; else a new one, when a role is known. The claim decides the role
 * at each sign-in, except that the last administrator stays one. People whom the claim names no more lose the account that
 * the claim gave them, and keep one that a person gave them.
 */
export function personOfProvider(
  pool: Pool,
  claims: Claims,
  settings: OidcConfiguration,
  language: Language,
): Promise<PersonOfProvider> {
  const oidcSubject = `${claims.iss} ${claims.sub}`;
  const named = roleOfClaims(claims, settings);
  return inTransaction(pool, async (tx) => {
    const administrators = await lockAdministrators(tx);
    const known = (await findAccount(tx, { oidcSubject })) ?? (await tie(tx, claims, oidcSubject));
    if (known === null) {
      const role = named ?? settings.defaultRole;
      if (role === undefined) return refuse(tx, null, 'no-role');
      return add(tx, claims, { oidcSubject, role, language });
    }
    if (known.disabledAt !== null) return refuse(tx, known, 'disabled');
    const role = named ?? (known.createdBy === PROVIDER ? settings.defaultRole : known.role);
    const isLast = administrators.length === 1 && administrators[0] === known.id;
    if (isLast) return { kind: 'account', account: known };
    if (role === undefined) return refuse(tx, known, 'no-role');
    return { kind: 'account', account: await withRole(tx, known, role) };
  });
}

/** An account that waits for this person: an administrator made it for an address that the provider has confirmed. */
async function tie(tx: Queryable, claims: Claims, oidcSubject: string): Promise<Account | null> {
  const login = confirmedAddress(claims);
  if (login === null) return null;
  const account = await findAccount(tx, { login });
  if (account === null || !(await saveSubject(tx, account.id, oidcSubject))) return null;
  await writeAccessAudit(tx, { actor: PROVIDER, operation: 'person-linked', subject: account.login });
  return account;
}

/**
 * What the provider takes away is taken away at once: browsers that are still signed in are signed out, and tokens that the
 * person made are revoked.
 */
async function refuse(tx: Queryable, known: Account | null, reason: OidcRefusal): Promise<PersonOfProvider> {
  if (known !== null) {
    await endSessionsOf(tx, known.id);
    await revokeTokensBeyond(tx, { login: known.login, role: null, actor: PROVIDER });
  }
  const detail = { by: PROVIDER, reason };
  const subject = known?.login ?? null;
  await writeAccessAudit(tx, { actor: 'unknown', operation: 'sign-in-failed', subject, detail });
  return { kind: 'refused', reason };
}

async function add(
  tx: Queryable,
  claims: Claims,
  { oidcSubject, role, language }: { oidcSubject: string; role: Role; language: Language },
): Promise<PersonOfProvider> {
  for (const login of loginsOf(claims, oidcSubject)) {
    const name = claims.name ?? login;
    const made = { login, name, role, passwordHash: null, oidcSubject, language, createdBy: PROVIDER };
    const account = await addAccount(tx, made);
    if (account === null) continue;
    const operation = 'person-added';
    await writeAccessAudit(tx, { actor: PROVIDER, operation, subject: login, detail: { role } });
    return { kind: 'account', account };
  }
  return refuse(tx, null, 'taken');
}

/**
 * Under what an account may be made, the best first. Audits name people by it, so an address counts only when the
 * provider has confirmed it, and neither does it under the name of a user name, which people may choose (OpenID Connect
 * Core, 5.7). A user name that is taken is somebody else's here.
 */
function loginsOf(claims: Claims, oidcSubject: string): string[] {
  const { preferred_username: username } = claims;
  const address = confirmedAddress(claims);
  if (address !== null) return [address];
  const isFree = username !== undefined && !username.includes('@') && !username.startsWith(MADE);
  return [...(isFree ? [username] : []), `${MADE}${secretHash(oidcSubject).toString('hex').slice(0, 16)}`];
}

function confirmedAddress({ email, email_verified: isVerified }: Claims): string | null {
  return isVerified === true ? (email ?? null) : null;
}

async function withRole(tx: Queryable, account: Account, role: Role): Promise<Account> {
  if (account.role === role) return account;
  await saveRole(tx, account.id, role);
  const detail = { before: account.role, after: role };
  await writeAccessAudit(tx, { actor: PROVIDER, operation: 'role-changed', subject: account.login, detail });
  await revokeTokensBeyond(tx, { login: account.login, role, actor: PROVIDER });
  return { ...account, role };
}
