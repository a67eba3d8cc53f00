import { openItem } from './attention';
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

/** Closes items of one kind about these records, answered or not: what they told of is over. */
export async function resolveDecided(
  db: Queryable,
  sync: string,
  recordIds: string[],
  reason: string,
): Promise<void> {
  if (recordIds.length === 0) return;
  await db.query(
    `update attention_item set state = 'resolved', resolved_at = now()
     where sync = $1 and record_id = any($2) and reason = $3 and state <> 'resolved'`,
    [sync, recordIds, reason],
  );
}

/** Opens an item that only informs, unless somebody has seen the same of the record as it is now. */
export async function openRemark(
  db: Queryable,
  sync: string,
  runId: number | null,
  item: { recordId: string; reason: string; detail: Record<string, unknown> },
): Promise<void> {
  const { rowCount } = await db.query(
    `select 1 from attention_item a join staged_record s on s.sync = a.sync and s.record_id = a.record_id
     where a.sync = $1 and a.record_id = $2 and a.reason = $3 and a.state = 'resolved' and a.decision = 'acknowledge' and a.decided_at >= s.staged_at`,
    [sync, item.recordId, item.reason],
  );
  if ((rowCount ?? 0) === 0) await openItem(db, sync, runId, { ...item, severity: 'info' });
}

/** Closes items of these records, of the given kinds, whose reason and place their latest pass did not find again; answered ones too. */
export async function resolveParts(
  db: Queryable,
  sync: string,
  told: ReadonlyArray<{ recordId: string; parts: ReadonlyArray<{ reason: string; place: string }> }>,
  kinds: readonly string[],
): Promise<void> {
  if (told.length === 0) return;
  await db.query(
    `update attention_item a set state = 'resolved', resolved_at = now()
     from jsonb_to_recordset($2::jsonb) as t("recordId" text, parts jsonb)
     where a.sync = $1 and a.record_id = t."recordId" and a.state <> 'resolved' and a.reason = any($3)
       and a.decision is distinct from 'stop' -- goes on counting
       and not t.parts @> jsonb_build_array(jsonb_build_object('reason', a.reason, 'place', a.place))`,
    [sync, toJsonb(told), kinds],
  );
}
