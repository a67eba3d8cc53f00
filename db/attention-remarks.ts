import { toJsonb } from './jsonb';
import type { Queryable } from './pool';

/** Closes open items of these records, of the given kinds, whose reason their latest pass did not find again. */
export async function resolveRemarks(
  db: Queryable,
  sync: string,
  told: Array<{ recordId: string; reasons: string[] }>,
  kinds: string[],
): Promise<void> {
  if (told.length === 0) return;
  await db.query(
    `update attention_item a set state = 'resolved', resolved_at = now()
     from jsonb_to_recordset($2::jsonb) as t("recordId" text, reasons jsonb)
     where a.sync = $1 and a.record_id = t."recordId" and a.state = 'open' and a.place = '' and a.reason = any($3) and not t.reasons ? a.reason`,
    [sync, toJsonb(told), kinds],
  );
}

/** Closes a sync's own items of these kinds that were not seen since the run began. */
export async function resolveUnseenOfSync(
  db: Queryable,
  sync: string,
  runId: number,
  kinds: string[],
): Promise<void> {
  await db.query(
    `update attention_item set state = 'resolved', resolved_at = now()
     where sync = $1 and record_id is null and state <> 'resolved' and reason = any($3) and seen_at < (select started_at from run where id = $2)`,
    [sync, runId, kinds],
  );
}
