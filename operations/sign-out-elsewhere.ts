import { writeAccessAudit } from '../db/access-audit';
import { inTransaction } from '../db/pool';
import { endSessionsOf } from '../db/sessions';
import type { OperationContext } from './context';
import { personOf } from './people';

/** Ends all sessions of a person but the one that asks (its cookie's hash). Refused when there is no such account. */
export async function signOutElsewhere(
  { pool, actor }: OperationContext,
  { accountId, sessionHash }: { accountId: number; sessionHash: Buffer },
): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const { login } = await personOf(tx, { id: accountId });
    await endSessionsOf(tx, accountId, sessionHash);
    const detail = { where: 'elsewhere' };
    await writeAccessAudit(tx, { actor, operation: 'sign-out', subject: login, detail });
  });
}
