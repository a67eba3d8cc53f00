import { z } from '@hono/zod-openapi';
import { createToken, listTokens, revokeToken } from '../../operations/tokens';
import { SCOPES } from '../access/principal';
import { addOperation, type Desk } from './operation';
import { byNumber, moment, momentOrNull, pageByNumber, pageOfAll, rowNumber, text } from './values';

const TAG = 'Tokens';
const scope = z.enum(SCOPES);
const DAY_MS = 86_400_000;

const token = z
  .object({
    id: z.number().int(),
    name: z.string(),
    scope,
    prefix: z.string(),
    state: z.enum(['active', 'expired', 'revoked']),
    createdBy: z.string(),
    createdAt: moment,
    expiresAt: momentOrNull,
    lastUsedAt: momentOrNull,
    revokedBy: z.string().nullable(),
    revokedAt: momentOrNull,
  })
  .openapi('Token', { description: 'A token without its secret.' });

/** Programs that ask. */
export function addTokens(desk: Desk): void {
  addWhoAmI(desk);
  addListTokens(desk);
  addCreateToken(desk);
  addRevokeToken(desk);
}

function addWhoAmI(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'whoAmI',
      tag: TAG,
      summary: { fr: 'Qui je suis', en: 'Who I am' },
      description: 'Under which name audits note what this token does, and what it may do.',
      scope: 'read',
      method: 'get',
      path: '/me',
      answer: z.object({ actor: z.string(), scope }),
    },
    async ({ c }) => c.get('principal'),
  );
}

function addListTokens(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'listTokens',
      tag: TAG,
      summary: { fr: 'Jetons, le plus récent d’abord', en: 'Tokens, the newest first' },
      scope: 'administer',
      method: 'get',
      path: '/tokens',
      query: z.strictObject(byNumber),
      answer: pageByNumber(token),
    },
    async ({ context, query }) => pageOfAll(await listTokens(context), query, ({ id }) => id),
  );
}

function addCreateToken(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'createToken',
      tag: TAG,
      summary: { fr: 'Créer un jeton', en: 'Create a token' },
      description: '`token` is told this once and kept nowhere. Without `days` it lasts until it is revoked.',
      scope: 'administer',
      method: 'post',
      path: '/tokens',
      body: z.strictObject({
        name: text(1, 63),
        scope,
        days: z.number().int().min(1).max(3_650).optional(),
      }),
      status: 201,
      done: 'Created.',
      answer: z.object({ token: z.string(), view: token }),
      errors: [409, 422],
    },
    ({ context, body: { days, ...asked } }) =>
      createToken(context, { ...asked, lastsMs: days === undefined ? null : days * DAY_MS }),
  );
}

function addRevokeToken(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'revokeToken',
      tag: TAG,
      summary: { fr: 'Révoquer un jeton', en: 'Revoke a token' },
      description: 'From the next request on. A program can revoke its own.',
      scope: 'administer',
      method: 'delete',
      path: '/tokens/{token}',
      params: z.strictObject({ token: rowNumber }),
      answer: token,
      errors: [404],
    },
    ({ context, params }) => revokeToken(context, { id: params.token }),
  );
}
