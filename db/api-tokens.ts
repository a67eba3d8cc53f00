import type { Queryable } from './pool';

/** What a program may do: see; run, decide, change what is in force; manage people and tokens. Each holds the one before. */
export const SCOPES = ['read', 'operate', 'administer'] as const;
export type Scope = (typeof SCOPES)[number];

export interface ApiToken {
  id: number;
  name: string;
  scope: Scope;
  /** Its first characters, by which people know it. */
  prefix: string;
  createdBy: string;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedBy: string | null;
  revokedAt: Date | null;
  state: 'active' | 'expired' | 'revoked';
}

const COLUMNS = `id, name, scope, prefix, created_by as "createdBy", created_at as "createdAt", expires_at as "expiresAt",
  last_used_at as "lastUsedAt", revoked_by as "revokedBy", revoked_at as "revokedAt",
  case when revoked_at is not null then 'revoked' when expires_at <= now() then 'expired' else 'active' end as state`;

export interface NewApiToken {
  name: string;
  scope: Scope;
  tokenHash: Buffer;
  prefix: string;
  createdBy: string;
  /** Null: until it is revoked. */
  lastsMs: number | null;
}

export async function addApiToken(db: Queryable, token: NewApiToken): Promise<ApiToken> {
  const { name, scope, tokenHash, prefix, createdBy, lastsMs } = token;
  const { rows } = await db.query<ApiToken>(
    `insert into api_token (name, scope, token_hash, prefix, created_by, expires_at)
     values ($1, $2, $3, $4, $5, now() + $6::float8 * interval '1 millisecond') returning ${COLUMNS}`,
    [name, scope, tokenHash, prefix, createdBy, lastsMs],
  );
  const row = rows[0];
  if (row === undefined) throw new Error('the token was not stored');
  return row;
}

/** Newest first. */
export async function listApiTokens(db: Queryable): Promise<ApiToken[]> {
  const { rows } = await db.query<ApiToken>(`select ${COLUMNS} from api_token order by id desc`);
  return rows;
}

/** A token that is not revoked; audits name tokens, so no two of these have the same name. */
export async function findApiToken(
  db: Queryable,
  key: { id: number } | { name: string },
): Promise<ApiToken | null> {
  const [column, value] = 'id' in key ? ['id', key.id] : ['name', key.name];
  const { rows } = await db.query<ApiToken>(
    `select ${COLUMNS} from api_token where ${column} = $1 and revoked_at is null`,
    [value],
  );
  return rows[0] ?? null;
}

/** Keeps two tokens of one name from being made at the same time. */
export async function lockTokenNames(tx: Queryable): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('api_token', 0))`);
}

/** False when it was revoked already. */
export async function revokeApiToken(db: Queryable, id: number, by: string): Promise<boolean> {
  const { rowCount } = await db.query(
    'update api_token set revoked_at = now(), revoked_by = $2 where id = $1 and revoked_at is null',
    [id, by],
  );
  return rowCount === 1;
}

/**
 * Revokes what a person made, and what was made with it: tokens make tokens. Those whose scope is among `keep` stay.
 * Answers the names of those that were in use, the oldest first.
 */
export async function revokeTokensOf(
  db: Queryable,
  login: string,
  { by, keep }: { by: string; keep: readonly Scope[] },
): Promise<string[]> {
  // a name is free again when its token is revoked: only what was made in its time was made with it
  const { rows } = await db.query<{ id: number; name: string }>(
    `with recursive made as (
       select id, name, created_at, revoked_at from api_token where created_by = $1
       union
       select t.id, t.name, t.created_at, t.revoked_at from made m join api_token t on t.created_by = 'token:' || m.name
         and t.created_at >= m.created_at and (m.revoked_at is null or t.created_at <= m.revoked_at))
     update api_token set revoked_at = now(), revoked_by = $2
     where id in (select id from made) and revoked_at is null and scope <> all ($3)
     returning id, name`,
    [login, by, keep],
  );
  return rows.sort((one, other) => one.id - other.id).map(({ name }) => name);
}

export interface TokenUse {
  id: number;
  name: string;
  scope: Scope;
}

/** The token, unless it is revoked or expired. That it was used is noted at most once a minute. */
export async function usedApiToken(db: Queryable, tokenHash: Buffer): Promise<TokenUse | null> {
  const { rows } = await db.query<TokenUse & { due: boolean }>(
    `select id, name, scope, last_used_at is null or last_used_at < now() - interval '1 minute' as due from api_token
     where token_hash = $1 and revoked_at is null and (expires_at is null or expires_at > now())`,
    [tokenHash],
  );
  const row = rows[0];
  if (row === undefined) return null;
  const { due, ...use } = row;
  if (due) await db.query('update api_token set last_used_at = now() where id = $1', [use.id]);
  return use;
}
