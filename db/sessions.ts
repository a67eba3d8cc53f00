import type { Language } from '../mappings/reason-types';
import type { Role } from './accounts';
import type { Queryable } from './pool';

export interface NewSession {
  tokenHash: Buffer;
  accountId: number;
  csrfToken: string;
  /** From now until the end, whatever the browser does. */
  lastsMs: number;
}

/** A browser that is signed in, and as whom. */
export interface Session {
  accountId: number;
  login: string;
  name: string;
  role: Role;
  language: Language;
  csrfToken: string;
}

/** Signs in, for the accounts that may; false for one that was disabled meanwhile. */
export async function addSession(db: Queryable, session: NewSession): Promise<boolean> {
  const { tokenHash, accountId, csrfToken, lastsMs } = session;
  const { rowCount } = await db.query(
    `insert into session (token_hash, account_id, csrf_token, expires_at)
     select $1, id, $3, now() + $4 * interval '1 millisecond' from account where id = $2 and disabled_at is null`,
    [tokenHash, accountId, csrfToken, lastsMs],
  );
  return rowCount === 1;
}

/** Whose rows let somebody in: neither at their end, nor idle for longer than $2 milliseconds, nor of a disabled account. */
const OPEN = `from session s join account a on a.id = s.account_id
     where s.token_hash = $1 and s.expires_at > now() and s.seen_at > now() - $2 * interval '1 millisecond'
       and a.disabled_at is null`;

/** Whether the session still lets its browser in. It is not noted that somebody looked. */
export async function isSessionOpen(db: Queryable, tokenHash: Buffer, idleMs: number): Promise<boolean> {
  const { rowCount } = await db.query(`select 1 ${OPEN}`, [tokenHash, idleMs]);
  return rowCount === 1;
}

export interface Patience {
  /** A browser that asked for nothing for this long is signed out. */
  idleMs: number;
  /** It is noted at most this often that a browser asked for something. */
  noteEveryMs: number;
}

/** The session, unless it is over or its account disabled. Notes that it was seen. */
export async function seenSession(
  db: Queryable,
  tokenHash: Buffer,
  { idleMs, noteEveryMs }: Patience,
): Promise<Session | null> {
  const { rows } = await db.query<Session & { due: boolean }>(
    `select s.account_id as "accountId", a.login, a.name, a.role, a.language, s.csrf_token as "csrfToken",
       s.seen_at < now() - $3 * interval '1 millisecond' as due
     ${OPEN}`,
    [tokenHash, idleMs, noteEveryMs],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const { due, ...session } = row;
  if (due) await db.query('update session set seen_at = now() where token_hash = $1', [tokenHash]);
  return session;
}

/** Who was signed in; null when nobody was. */
export async function endSession(db: Queryable, tokenHash: Buffer): Promise<{ login: string } | null> {
  const { rows } = await db.query<{ login: string }>(
    'delete from session s using account a where s.token_hash = $1 and a.id = s.account_id returning a.login',
    [tokenHash],
  );
  return rows[0] ?? null;
}

/** Signs a person out everywhere; `keep` is the browser that asked for it. */
export async function endSessionsOf(
  db: Queryable,
  accountId: number,
  keep: Buffer | null = null,
): Promise<void> {
  await db.query('delete from session where account_id = $1 and ($2::bytea is null or token_hash <> $2)', [
    accountId,
    keep,
  ]);
}

/** Rows that let nobody in any more. */
export async function forgetOverSignIns(db: Queryable, idleMs: number): Promise<void> {
  await db.query(
    `delete from session where expires_at <= now() or seen_at <= now() - $1 * interval '1 millisecond'`,
    [idleMs],
  );
  await db.query(`delete from one_time_login where expires_at <= now() - interval '7 days'`);
  await db.query('delete from oidc_login where expires_at <= now()');
}
