import type { Queryable } from './pool';

/** A sign-in at the provider that was begun here. */
export interface OidcLogin {
  nonce: string;
  codeVerifier: string;
  returnTo: string;
}

/** Keeps it. Those that are over go: anybody may begin one, and most never come back. */
export async function addOidcLogin(
  db: Queryable,
  stateHash: Buffer,
  login: OidcLogin,
  lastsMs: number,
): Promise<void> {
  await db.query('delete from oidc_login where expires_at <= now()');
  await db.query(
    `insert into oidc_login (state_hash, nonce, code_verifier, return_to, expires_at)
     values ($1, $2, $3, $4, now() + $5 * interval '1 millisecond')`,
    [stateHash, login.nonce, login.codeVerifier, login.returnTo, lastsMs],
  );
}

/** What was begun under this state; given out once. */
export async function takeOidcLogin(db: Queryable, stateHash: Buffer): Promise<OidcLogin | null> {
  const { rows } = await db.query<OidcLogin & { stands: boolean }>(
    `delete from oidc_login where state_hash = $1
     returning nonce, code_verifier as "codeVerifier", return_to as "returnTo", expires_at > now() as stands`,
    [stateHash],
  );
  const row = rows[0];
  if (row === undefined || !row.stands) return null;
  const { stands: _stands, ...login } = row;
  return login;
}
