import { writeAccessAudit } from '../db/access-audit';
import type { Role } from '../db/accounts';
import {
  type ApiToken,
  addApiToken,
  findApiToken,
  listApiTokens,
  lockTokenNames,
  revokeApiToken,
  revokeTokensOf,
  type Scope,
} from '../db/api-tokens';
import { inTransaction, type Queryable } from '../db/pool';
import type { OperationContext } from './context';
import { randomSecret, secretHash } from './random-secret';
import { Refusal } from './refusal';
import { scopesOf } from './role-scopes';

/** By which leaked tokens are recognised in files and logs. */
const TOKEN_START = 'psl_';
const PREFIX_LENGTH = 12;
const LONGEST_LIFE_MS = 10 * 365 * 86_400_000;

/** A token without its secret: what `token list --json` prints. */
export interface TokenView {
  id: number;
  name: string;
  scope: Scope;
  prefix: string;
  state: ApiToken['state'];
  createdBy: string;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedBy: string | null;
  revokedAt: string | null;
}

/** Newest first, those that are over too. */
export async function listTokens({ pool }: OperationContext): Promise<TokenView[]> {
  return (await listApiTokens(pool)).map(tokenView);
}

export interface NewToken {
  /** Audits name what it does `token:<name>`. */
  name: string;
  scope: Scope;
  /** @default until it is revoked */
  lastsMs?: number | null | undefined;
}

/** Lets a program in. `token` is told this once and kept nowhere. Refuses a name that a token in use has. */
export async function createToken(
  { pool, actor }: OperationContext,
  asked: NewToken,
): Promise<{ token: string; view: TokenView }> {
  const name = asked.name.trim();
  const lastsMs = asked.lastsMs ?? null;
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,62}$/u.test(name) || /^\d+$/.test(name))
    throw new Refusal(
      'invalid',
      'the name of a token has 1 to 63 letters, digits, spaces and . _ -, not digits alone',
    );
  if (lastsMs !== null && !(lastsMs > 0 && lastsMs <= LONGEST_LIFE_MS))
    throw new Refusal('invalid', 'a token lasts at least a moment and at most ten years');
  const token = `${TOKEN_START}${randomSecret()}`;
  return inTransaction(pool, async (tx) => {
    await lockTokenNames(tx);
    if ((await findApiToken(tx, { name })) !== null)
      throw new Refusal(
        'conflict',
        `there is a token "${name}" already: revoke it first, or take another name`,
      );
    const made = await addApiToken(tx, {
      name,
      scope: asked.scope,
      tokenHash: secretHash(token),
      prefix: token.slice(0, PREFIX_LENGTH),
      createdBy: actor,
      lastsMs,
    });
    const detail = { scope: made.scope, expiresAt: made.expiresAt?.toISOString() ?? null };
    await writeAccessAudit(tx, { actor, operation: 'token-created', subject: `token:${name}`, detail });
    return { token, view: tokenView(made) };
  });
}

/** From the next request on, nothing is answered to it. Refused when there is no such token in use. */
export async function revokeToken(
  { pool, actor }: OperationContext,
  key: { id: number } | { name: string },
): Promise<TokenView> {
  return inTransaction(pool, async (tx) => {
    const token = await findApiToken(tx, key);
    if (token === null || !(await revokeApiToken(tx, token.id, actor)))
      throw new Refusal('not-found', 'there is no such token in use: "passerelle token list" names them');
    await writeAccessAudit(tx, { actor, operation: 'token-revoked', subject: `token:${token.name}` });
    const revokedAt = new Date();
    return tokenView({ ...token, state: 'revoked', revokedBy: actor, revokedAt });
  });
}

/**
 * What somebody made outlives none of their rights: tokens that may do more than the person's `role` are revoked, all of
 * them when the role is null. Call it in the transaction that takes the rights.
 */
export async function revokeTokensBeyond(
  tx: Queryable,
  { login, role, actor }: { login: string; role: Role | null; actor: string },
): Promise<void> {
  const keep = role === null ? [] : scopesOf(role);
  for (const name of await revokeTokensOf(tx, login, { by: actor, keep }))
    await writeAccessAudit(tx, { actor, operation: 'token-revoked', subject: `token:${name}` });
}

function tokenView(token: ApiToken): TokenView {
  const { id, name, scope, prefix, state, createdBy, revokedBy } = token;
  return {
    id,
    name,
    scope,
    prefix,
    state,
    createdBy,
    createdAt: token.createdAt.toISOString(),
    expiresAt: token.expiresAt?.toISOString() ?? null,
    lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
    revokedBy,
    revokedAt: token.revokedAt?.toISOString() ?? null,
  };
}
