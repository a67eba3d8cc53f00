import type { Context } from 'hono';
import { findApiToken } from '../../db/api-tokens';
import { isSessionOpen } from '../../db/sessions';
import type { ServiceEnv, ServiceParts } from '../parts';

/**
 * Whether whoever asked would still be let in: for answers that go on after a sign-out, a disabled account, a revoked
 * token. Looking is no use of the session, which may run out meanwhile. While the database is away nobody can tell, and
 * the next look does.
 */
export async function stillIn(
  c: Context<ServiceEnv>,
  { pool, configuration }: ServiceParts,
): Promise<boolean> {
  const { kind, id } = c.get('principal');
  try {
    if (kind === 'token') return (await findApiToken(pool, { id }))?.state === 'active';
    return await isSessionOpen(pool, c.get('signedIn').sessionHash, configuration.service.sessionIdle);
  } catch {
    return true;
  }
}
