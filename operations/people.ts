import { writeAccessAudit } from '../db/access-audit';
import {
  type Account,
  addAccount,
  findAccount,
  listAccounts,
  lockAdministrators,
  type Role,
  saveDisabled,
  savePassword,
  saveRole,
} from '../db/accounts';
import { addOneTimeLogin, endOneTimeLoginsOf } from '../db/one-time-logins';
import { inTransaction, type Queryable } from '../db/pool';
import { endSessionsOf } from '../db/sessions';
import type { Language } from '../mappings/reason-types';
import type { OperationContext } from './context';
import { isLogin } from './login-name';
import { hashPassword, passwordFault, passwordFaultText } from './passwords';
import { randomSecret, secretHash } from './random-secret';
import { Refusal } from './refusal';
import { revokeTokensBeyond } from './tokens';

/** A person who may sign in, without anything secret: what `user list --json` prints. */
export interface PersonView {
  id: number;
  login: string;
  name: string;
  role: Role;
  language: Language;
  /** How the person signs in; `link`: has neither password nor OpenID Connect yet. */
  signsInBy: 'password' | 'oidc' | 'link';
  disabledAt: string | null;
  createdBy: string;
  createdAt: string;
  lastLoginAt: string | null;
}

/** Pages name people by number, because a login may be an e-mail; people type logins. */
export type PersonKey = { id: number } | { login: string };

export function personView(account: Account): PersonView {
  const { id, login, name, role, language, createdBy } = account;
  const withoutPassword = account.oidcSubject === null ? 'link' : 'oidc';
  return {
    id,
    login,
    name,
    role,
    language,
    signsInBy: account.passwordHash === null ? withoutPassword : 'password',
    disabledAt: account.disabledAt?.toISOString() ?? null,
    createdBy,
    createdAt: account.createdAt.toISOString(),
    lastLoginAt: account.lastLoginAt?.toISOString() ?? null,
  };
}

/** Everybody who has an account, by login. */
export async function listPeople({ pool }: OperationContext): Promise<PersonView[]> {
  return (await listAccounts(pool)).map(personView);
}

export interface NewPerson {
  login: string;
  /** @default the login */
  name?: string | undefined;
  role: Role;
  /** @default none: the person gets a link, or comes through OpenID Connect */
  password?: string | undefined;
  language?: Language | undefined;
}

/** Gives somebody an account. Refuses a login that is taken or no login, and a password that is easy to guess. */
export async function addPerson(context: OperationContext, person: NewPerson): Promise<PersonView> {
  const login = person.login.trim();
  const name = person.name?.trim() || login;
  if (!isLogin(login))
    throw new Refusal(
      'invalid',
      'a login has 1 to 100 letters, digits and . _ + - @, and no spaces; "oidc" and "unknown" are none',
    );
  if (name.length > 200) throw new Refusal('invalid', 'a name has at most 200 characters');
  const passwordHash = person.password === undefined ? null : await acceptedHash(person.password, login);
  return inTransaction(context.pool, async (tx) => {
    const account = await addAccount(tx, {
      login,
      name,
      role: person.role,
      passwordHash,
      oidcSubject: null,
      language: person.language ?? 'fr',
      createdBy: context.actor,
    });
    if (account === null) throw new Refusal('conflict', `there is an account "${login}" already`);
    const { actor } = context;
    const detail = { role: person.role };
    await writeAccessAudit(tx, { actor, operation: 'person-added', subject: login, detail });
    return personView(account);
  });
}

/**
 * What the person may do from the next request on; tokens that the person made and that may do more are revoked. Refused
 * for the last administrator.
 */
export function setRole(context: OperationContext, key: PersonKey, role: Role): Promise<PersonView> {
  return changePerson(context, key, async (tx, account) => {
    if (account.role === role) return;
    if (role !== 'administrator') await refuseLastAdministrator(tx, account);
    await saveRole(tx, account.id, role);
    const detail = { before: account.role, after: role };
    const { actor } = context;
    await writeAccessAudit(tx, { actor, operation: 'role-changed', subject: account.login, detail });
    await revokeTokensBeyond(tx, { login: account.login, role, actor });
  });
}

/**
 * Signs the person out everywhere, lets nobody in under this login and revokes the tokens that the person made. Refused for
 * the last administrator.
 */
export function disablePerson(context: OperationContext, key: PersonKey): Promise<PersonView> {
  return changePerson(context, key, async (tx, account) => {
    if (account.disabledAt !== null) return;
    await refuseLastAdministrator(tx, account);
    await saveDisabled(tx, account.id, 'disabled');
    await endSessionsOf(tx, account.id);
    await endOneTimeLoginsOf(tx, account.id);
    const { actor } = context;
    await writeAccessAudit(tx, { actor, operation: 'person-disabled', subject: account.login });
    await revokeTokensBeyond(tx, { login: account.login, role: null, actor });
  });
}

export function enablePerson(context: OperationContext, key: PersonKey): Promise<PersonView> {
  return changePerson(context, key, async (tx, account) => {
    if (account.disabledAt === null) return;
    await saveDisabled(tx, account.id, 'enabled');
    const { actor } = context;
    await writeAccessAudit(tx, { actor, operation: 'person-enabled', subject: account.login });
  });
}

/** Another password in the person's place: signed out everywhere, and links that were given out stop working. */
export async function setPassword(
  context: OperationContext,
  key: PersonKey,
  password: string,
): Promise<PersonView> {
  const { login } = await personOf(context.pool, key);
  const hash = await acceptedHash(password, login);
  return changePerson(context, key, async (tx, account) => {
    await savePassword(tx, account.id, hash);
    await endSessionsOf(tx, account.id);
    await endOneTimeLoginsOf(tx, account.id);
    const { actor } = context;
    await writeAccessAudit(tx, { actor, operation: 'password-changed', subject: account.login });
  });
}

const INVITATION_MS = 24 * 3_600_000;

export interface Invitation {
  /** To be shown once and kept nowhere: below the address of the service. */
  path: string;
  expiresAt: string;
}

/**
 * A link that signs the person in once, within `lastsMs` (default: a day). With `password: 'forget'` the password that the
 * person lost stops working, and the person may choose another one. Refused for a disabled account.
 */
export async function inviteLink(
  context: OperationContext,
  key: PersonKey,
  { lastsMs = INVITATION_MS, password = 'keep' }: { lastsMs?: number; password?: 'keep' | 'forget' } = {},
): Promise<Invitation> {
  const token = randomSecret();
  await changePerson(context, key, async (tx, account) => {
    if (account.disabledAt !== null)
      throw new Refusal('conflict', `the account "${account.login}" is disabled: enable it first`);
    const { actor } = context;
    if (password === 'forget' && account.passwordHash !== null) {
      await savePassword(tx, account.id, null);
      await endSessionsOf(tx, account.id);
      await writeAccessAudit(tx, { actor, operation: 'password-removed', subject: account.login });
    }
    await addOneTimeLogin(tx, { tokenHash: secretHash(token), accountId: account.id, lastsMs });
    await writeAccessAudit(tx, { actor, operation: 'invited', subject: account.login });
  });
  return { path: `/login/once/${token}`, expiresAt: new Date(Date.now() + lastsMs).toISOString() };
}

/** Reads the account, changes it and reads it again, in one transaction. */
async function changePerson(
  { pool }: OperationContext,
  key: PersonKey,
  change: (tx: Queryable, account: Account) => Promise<void>,
): Promise<PersonView> {
  return inTransaction(pool, async (tx) => {
    // also the lock under which roles are read: what is refused depends on who else is an administrator
    await lockAdministrators(tx);
    const account = await personOf(tx, key);
    await change(tx, account);
    return personView(await personOf(tx, { id: account.id }));
  });
}

/** Refused when there is no such account. */
export async function personOf(db: Queryable, key: PersonKey): Promise<Account> {
  const account = await findAccount(db, key);
  if (account !== null) return account;
  throw new Refusal(
    'not-found',
    'login' in key
      ? `there is no account "${key.login}": "passerelle user list" names them`
      : 'there is no such account',
  );
}

async function refuseLastAdministrator(tx: Queryable, account: Account): Promise<void> {
  const administrators = await lockAdministrators(tx);
  if (!administrators.includes(account.id) || administrators.length > 1) return;
  throw new Refusal(
    'conflict',
    `"${account.login}" is the last administrator who can sign in: make somebody else one first`,
  );
}

async function acceptedHash(password: string, login: string): Promise<string> {
  const fault = passwordFault(password, login);
  if (fault !== null) throw new Refusal('invalid', passwordFaultText(fault, 'en'));
  return hashPassword(password);
}
