import { toJsonb } from './jsonb';
import type { Queryable } from './pool';

/** Something a person should know or decide. `place` names the part of the record; '' is the whole record. */
export interface NewItem {
  recordId: string | null;
  reason: string;
  place?: string;
  /** What the text needs: field names, ids, numbers. Shown to signed-in people only. */
  detail?: Record<string, unknown>;
  severity: 'action' | 'info';
}

export interface AttentionItem {
  id: number;
  sync: string;
  record_id: string | null;
  reason: string;
  place: string;
  detail: Record<string, unknown>;
  severity: 'action' | 'info';
  state: 'open' | 'decided' | 'resolved';
  opened_run: number | null;
  opened_at: Date;
  seen_at: Date;
  decision: string | null;
  argument: string | null;
  decided_by: string | null;
  decided_at: Date | null;
}

const COLUMNS = `id, sync, record_id, reason, place, detail, severity, state, opened_run, opened_at, seen_at, decision, argument, decided_by, decided_at`;

/** Opens an item once: while the same one is open or decided, only its last sighting and detail move. */
export async function openItem(
  db: Queryable,
  sync: string,
  runId: number | null,
  item: NewItem,
): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    `insert into attention_item as a (sync, record_id, reason, place, detail, severity, opened_run) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (sync, coalesce(record_id, ''), reason, place) where state <> 'resolved'
     do update set seen_at = now(), detail = case when excluded.detail = '{}' then a.detail else excluded.detail end returning id`,
    [sync, item.recordId, item.reason, item.place ?? '', toJsonb(item.detail ?? {}), item.severity, runId],
  );
  const row = rows[0];
  if (row === undefined) throw new Error('the attention item was not stored');
  return row.id;
}

/** Opens the item of what a pass over a record came to, unless a step has told the same of a part of the record. */
export async function openOutcomeItem(
  db: Queryable,
  sync: string,
  runId: number | null,
  item: { recordId: string; reason: string; detail: Record<string, unknown> },
): Promise<void> {
  const { rows } = await db.query<{ place: string }>(
    `update attention_item set seen_at = now() where sync = $1 and record_id = $2 and reason = $3 and state <> 'resolved' returning place`,
    [sync, item.recordId, item.reason],
  );
  const toldOfAPart = rows.some((row) => row.place !== '');
  if (!toldOfAPart) await openItem(db, sync, runId, { ...item, severity: 'action' });
}

/** Closes open items that only told what an earlier pass came to: another one came to something else since. */
export async function resolveOvertaken(
  db: Queryable,
  sync: string,
  ends: Array<{ recordId: string; reason: string | null }>,
  reasonsOfEnds: string[],
): Promise<void> {
  await db.query(
    `update attention_item a set state = 'resolved', resolved_at = now()
     from jsonb_to_recordset($2::jsonb) as e(record_id text, reason text)
     where a.sync = $1 and a.record_id = e.record_id and a.state = 'open' and a.place = '' and a.reason = any($3) and a.reason is distinct from e.reason`,
    [sync, toJsonb(ends.map((end) => ({ record_id: end.recordId, reason: end.reason }))), reasonsOfEnds],
  );
}

/** What these items told of is no longer so. Without `reasons`, every item of the record. */
export async function resolveItems(
  db: Queryable,
  sync: string,
  recordId: string | null,
  scope: { reasons?: string[]; place?: string } = {},
): Promise<void> {
  await db.query(
    `update attention_item set state = 'resolved', resolved_at = now()
     where sync = $1 and record_id is not distinct from $2 and state <> 'resolved'
       and ($3::text[] is null or reason = any($3)) and ($4::text is null or place = $4)`,
    [sync, recordId, scope.reasons ?? null, scope.place ?? null],
  );
}

/** Closes a record's items that a pass which began at `startedAt` did not see again, but for answers that still stand. */
export async function resolveUnseen(
  db: Queryable,
  sync: string,
  recordId: string,
  scope: { startedAt: string; keepReasons: string[]; keepDecisions: string[] },
): Promise<void> {
  await db.query(
    `update attention_item set state = 'resolved', resolved_at = now()
     where sync = $1 and record_id = $2 and state <> 'resolved' and seen_at < $3 and reason <> all($4)
       and not (state = 'decided' and decision = any($5))`,
    [sync, recordId, scope.startedAt, scope.keepReasons, scope.keepDecisions],
  );
}

/** Somebody's answer to an item, as it was read. */
export type Answer = Pick<AttentionItem, 'id' | 'decision' | 'decided_by'>;

const STILL_SO = `id = $1 and state = 'decided' and decision = $2 and decided_by is not distinct from $3`;

/**
 * A decision could not be put into effect: the item is open again, with the reason in its detail. Does nothing when the
 * answer is another one by now, was taken back, or was put into effect after all.
 */
export async function reopenItem(
  db: Queryable,
  { id, decision, decided_by }: Answer,
  why: Record<string, unknown>,
): Promise<void> {
  await db.query(
    `update attention_item set state = 'open', decision = null, argument = null, decided_by = null, decided_at = null, seen_at = now(),
       detail = detail || $4::jsonb where ${STILL_SO}`,
    [id, decision, decided_by, toJsonb(why)],
  );
}

/**
 * Takes up a decision, which closes its item. Ask first, in the transaction that carries it out: false means that it was
 * taken back or changed since it was read, or is over, and nothing is to be done.
 */
export async function takeUpDecision(db: Queryable, { id, decision, decided_by }: Answer): Promise<boolean> {
  const { rowCount } = await db.query(
    `update attention_item set state = 'resolved', resolved_at = now() where ${STILL_SO}`,
    [id, decision, decided_by],
  );
  return rowCount === 1;
}

export async function resolveItem(db: Queryable, id: number): Promise<void> {
  await db.query(`update attention_item set state = 'resolved', resolved_at = now() where id = $1`, [id]);
}

/** Open and decided items of some records, oldest first. */
export async function itemsOfRecords(
  db: Queryable,
  sync: string,
  recordIds: string[],
): Promise<AttentionItem[]> {
  const { rows } = await db.query<AttentionItem>(
    `select ${COLUMNS} from attention_item where sync = $1 and record_id = any($2) and state <> 'resolved' order by id`,
    [sync, recordIds],
  );
  return rows;
}

export async function itemsOfSync(db: Queryable, sync: string, reason: string): Promise<AttentionItem[]> {
  const { rows } = await db.query<AttentionItem>(
    `select ${COLUMNS} from attention_item where sync = $1 and record_id is null and reason = $2 and state <> 'resolved' order by id`,
    [sync, reason],
  );
  return rows;
}

/**
 * Uses up a permission that was given once; false when it was taken back. The run's number stays with it, so that asking
 * twice is one use.
 */
export async function usePermission(
  db: Queryable,
  { id, decision, decided_by }: Answer,
  runId: number,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update attention_item set state = 'resolved', resolved_at = now(), detail = detail || jsonb_build_object('usedByRun', $4::bigint)
     where ${STILL_SO}`,
    [id, decision, decided_by, runId],
  );
  return rowCount === 1;
}

/** Whether this run has used a permission of this kind already. */
export async function hasUsedPermission(
  db: Queryable,
  sync: string,
  runId: number,
  item: { reason: string; place: string },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `select 1 from attention_item where sync = $1 and record_id is null and reason = $2 and place = $3 and detail->>'usedByRun' = $4::text`,
    [sync, item.reason, item.place, String(runId)],
  );
  return (rowCount ?? 0) > 0;
}

export async function getItem(db: Queryable, id: number): Promise<AttentionItem | null> {
  const { rows } = await db.query<AttentionItem>(`select ${COLUMNS} from attention_item where id = $1`, [id]);
  return rows[0] ?? null;
}

export async function listOpenItems(
  db: Queryable,
  sync: string | null,
  limit: number,
): Promise<AttentionItem[]> {
  const { rows } = await db.query<AttentionItem>(
    `select ${COLUMNS} from attention_item where state <> 'resolved' and ($1::text is null or sync = $1)
     order by severity, sync, id limit $2`,
    [sync, limit],
  );
  return rows;
}

/** How many open items need a person. */
export async function countOpenItems(db: Queryable, sync: string): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*)::int as n from attention_item where sync = $1 and state = 'open' and severity = 'action'`,
    [sync],
  );
  return rows[0]?.n ?? 0;
}

/** Notes a person's decision; only an item that is still open takes one. Its record is due, whether or not a signal arrives. */
export async function decideItem(
  db: Queryable,
  id: number,
  decision: { decision: string; argument: string | null; actor: string },
): Promise<boolean> {
  const { rows } = await db.query<{ n: number }>(
    `with decided as (
       update attention_item set state = 'decided', decision = $2, argument = $3, decided_by = $4, decided_at = now()
       where id = $1 and state = 'open' returning sync, record_id
     ), awaited as (
       update staged_record s set due = true, due_mark = s.due_mark + 1 from decided d where s.sync = d.sync and s.record_id = d.record_id
     )
     select count(*)::int as n from decided`,
    [id, decision.decision, decision.argument, decision.actor],
  );
  return rows[0]?.n === 1;
}

/**
 * Takes a decision back in one statement: the item is open again, and its record due. Null when no decision stands there
 * (any more): a pass that put it into effect has closed the item.
 */
export async function undoDecision(db: Queryable, id: number): Promise<{ decision: string } | null> {
  const { rows } = await db.query<{ decision: string }>(
    `with was as (
       select id, sync, record_id, decision from attention_item where id = $1 and state = 'decided' for update
     ), undone as (
       update attention_item a set state = 'open', decision = null, argument = null, decided_by = null, decided_at = null
       from was where a.id = was.id
     ), awaited as (
       update staged_record s set due = true, due_mark = s.due_mark + 1 from was where s.sync = was.sync and s.record_id = was.record_id
     )
     select decision from was`,
    [id],
  );
  return rows[0] ?? null;
}
