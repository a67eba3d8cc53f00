import type { Queryable } from '../pool';
import type { AuditListRow } from './audit';
import { type Page, pageOf } from './page';

/** One act on a record, or one field of it. */
export type HistoryRow = Omit<AuditListRow, 'sync' | 'publicId' | 'name'>;

/** What was written to a record or decided about it, the newest first, from before the row `before`. Of a couple: of both records. */
export async function listHistory(
  db: Queryable,
  asked: { sync: string; recordIds: readonly string[]; before?: number | undefined; limit: number },
): Promise<Page<HistoryRow>> {
  // each record by its own index: one condition over both would read far more than a page
  const { rows } = await db.query<HistoryRow>(
    `select a.id, a.run_id as "runId", a.record_id as "recordId", a.kind, a.target_id as "targetId", a.operation, a.field, a.before, a.after,
       a.rule, a.actor, a.at, a.evidence
     from unnest($2::text[]) as r(id) cross join lateral (
       select * from audit where sync = $1 and record_id = r.id and ($3::bigint is null or id < $3) order by id desc limit $4) a
     order by a.id desc limit $4`,
    [asked.sync, asked.recordIds, asked.before ?? null, asked.limit + 1],
  );
  return pageOf(rows, asked.limit, (row) => row.id);
}
