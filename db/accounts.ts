import type { Language } from '../mappings/reason-types';
import type { Queryable } from './pool';

/** What a person may do; the column admits these alone. */
export const ROLE_NAMES = ['viewer', 'operator', 'administrator'] as const;
export type Role = (typeof ROLE_NAMES)[number];

/** Somebody who may sign in. */
export interface Account {
  id: number;
  login: string;
  name: string;
  role: Role;
  /** Null: never chosen one, comes through OpenID Connect or a one-time link. */
  passwordHash: string | null;
  /** Who this is at the OpenID provider: its address and its name for the person. */
  oidcSubject: string | null;
  language: Language;
  disabledAt: Date | null;
  createdBy: string;
  createdAt: Date;
  lastLoginAt: Date | null;
}

/** An account by its number, by its login in any case of letters, or by who it is at the OpenID provider. */
export type AccountKey = { id: number } | { login: string } | { oidcSubject: string };

const COLUMNS = `id, login, name, role, password_hash as "passwordHash", oidc_subject as "oidcSubject", language,
  disabled_at as "disabledAt", created_by as "createdBy", created_at as "createdAt", last_login_at as "lastLoginAt"`;

export async function findAccount(db: Queryable, key: AccountKey): Promise<Account | null> {
  const [condition, value] = conditionOf(key);
  const { rows } = await db.query<Account>(`select ${COLUMNS} from account where ${condition}`, [value]);
  return rows[0] ?? null;
}

function conditionOf(key: AccountKey): [string, string | number] {
  if ('id' in key) return ['id = $1', key.id];
  if ('login' in key) return ['lower(login) = lower($1)', key.login];
  return ['oidc_subject = $1', key.oidcSubject];
}

/** Everybody, by login. */
export async function listAccounts(db: Queryable): Promise<Account[]> {
  const { rows } = await db.query<Account>(`select ${COLUMNS} from account order by lower(login)`);
  return rows;
}

export interface NewAccount {
  login: string;
  name: string;
  role: Role;
  passwordHash: string | null;
  oidcSubject: string | null;
  language: Language;
  createdBy: string;
}

/** Null when the login, or the person of the provider, has an account already. */
export async function addAccount(db: Queryable, account: NewAccount): Promise<Account | null> {
  const { login, name, role, passwordHash, oidcSubject, language, createdBy } = account;
  const { rows } = await db.query<Account>(
    `insert into account (login, name, role, password_hash, oidc_subject, language, created_by, password_at)
     values ($1, $2, $3, $4, $5, $6, $7, case when $4::text is not null then now() end)
     on conflict do nothing returning ${COLUMNS}`,
    [login, name, role, passwordHash, oidcSubject, language, createdBy],
  );
  return rows[0] ?? null;
}

/**
 * The numbers of the administrators who can sign in, locked until the transaction ends: of two who take each other's
 * rights at the same time, the second one sees what the first one did.
 */
export async function lockAdministrators(tx: Queryable): Promise<number[]> {
  const { rows } = await tx.query<{ id: number }>(
    `select id from account where role = 'administrator' and disabled_at is null order by id for update`,
  );
  return rows.map(({ id }) => id);
}

export async function saveRole(db: Queryable, id: number, role: Role): Promise<void> {
  await db.query('update account set role = $2 where id = $1', [id, role]);
}

export async function saveDisabled(db: Queryable, id: number, state: 'disabled' | 'enabled'): Promise<void> {
  await db.query(
    `update account set disabled_at = case when $2 = 'disabled' then coalesce(disabled_at, now()) end where id = $1`,
    [id, state],
  );
}

/** Null: the person has no password any more. */
export async function savePassword(db: Queryable, id: number, hash: string | null): Promise<void> {
  await db.query('update account set password_hash = $2, password_at = now() where id = $1', [id, hash]);
}

/** The same password at today's cost. A password that was changed meanwhile stays. */
export async function saveRehash(
  db: Queryable,
  id: number,
  hashes: { from: string; to: string },
): Promise<void> {
  await db.query('update account set password_hash = $3 where id = $1 and password_hash = $2', [
    id,
    hashes.from,
    hashes.to,
  ]);
}

export async function saveLanguage(db: Queryable, id: number, language: Language): Promise<void> {
  await db.query('update account set language = $2 where id = $1', [id, language]);
}

/** Ties an account to a person of the provider, unless it is tied or has a password by now. */
export async function saveSubject(db: Queryable, id: number, oidcSubject: string): Promise<boolean> {
  const { rowCount } = await db.query(
    'update account set oidc_subject = $2 where id = $1 and oidc_subject is null and password_hash is null',
    [id, oidcSubject],
  );
  return rowCount === 1;
}

export async function noteLogin(db: Queryable, id: number): Promise<void> {
  await db.query('update account set last_login_at = now() where id = $1', [id]);
}
