import { toJsonb } from '../jsonb';
import type { Queryable } from '../pool';

/** Notes that somebody was forgotten, by whom and how much of them there was: counts and a hash. */
export async function noteForgotten(
  tx: Queryable,
  entry: { actor: string; subject: string; detail: Record<string, unknown> },
): Promise<void> {
  await tx.query(
    "insert into access_audit (actor, operation, subject, detail) values ($1, 'forget', $2, $3)",
    [entry.actor, entry.subject, toJsonb(entry.detail)],
  );
}
