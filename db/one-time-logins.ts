import type { Queryable } from './pool';

export async function addOneTimeLogin(
  db: Queryable,
  login: { tokenHash: Buffer; accountId: number; lastsMs: number },
): Promise<void> {
  await db.query(
    `insert into one_time_login (token_hash, account_id, expires_at) values ($1, $2, now() + $3 * interval '1 millisecond')`,
    [login.tokenHash, login.accountId, login.lastsMs],
  );
}

/** Whether the link would still sign somebody in. */
export async function oneTimeLoginStands(db: Queryable, tokenHash: Buffer): Promise<boolean> {
  const { rowCount } = await db.query(
    `select 1 from one_time_login o join account a on a.id = o.account_id
     where o.token_hash = $1 and o.used_at is null and o.expires_at > now() and a.disabled_at is null`,
    [tokenHash],
  );
  return rowCount === 1;
}

/** The account that it signs in, the first time and within its time only. */
export async function useOneTimeLogin(db: Queryable, tokenHash: Buffer): Promise<number | null> {
  const { rows } = await db.query<{ accountId: number }>(
    `update one_time_login o set used_at = now() from account a
     where o.token_hash = $1 and o.used_at is null and o.expires_at > now() and a.id = o.account_id and a.disabled_at is null
     returning o.account_id as "accountId"`,
    [tokenHash],
  );
  return rows[0]?.accountId ?? null;
}

/** Links that were given out and not used let nobody in any more. */
export async function endOneTimeLoginsOf(db: Queryable, accountId: number): Promise<void> {
  await db.query('delete from one_time_login where account_id = $1 and used_at is null', [accountId]);
}
