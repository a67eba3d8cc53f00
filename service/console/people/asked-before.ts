import type { AccessEvent } from '../../../db/access-audit';
import { listAccessAudit } from '../../../db/lists/audit';
import type { Pool } from '../../../db/pool';

/** The newest act that the page knows of: its forms carry the number. */
export async function newestAct(pool: Pool): Promise<number> {
  const { rows } = await listAccessAudit(pool, { limit: 1 });
  return rows[0]?.id ?? 0;
}

interface Asked {
  actor: string;
  operation: AccessEvent['operation'];
  subject: string;
  /** What `newestAct` told when the form was made. */
  seen: number;
}

/**
 * Whether this person did the same since the form was made. What shows a secret answers the form itself, so loading that
 * answer again sends the form again: it must make no second secret.
 */
export async function wasDoneSince(pool: Pool, { seen, ...asked }: Asked): Promise<boolean> {
  const { rows } = await listAccessAudit(pool, { ...asked, limit: 1 });
  return rows[0] !== undefined && rows[0].id > seen;
}
