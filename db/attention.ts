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
     do update set seen_at = now(), detail = excluded.detail returning id`,
    [
      sync,
      item.recordId,
      item.reason,
      item.place ?? '',
      JSON.stringify(item.detail ?? {}),
      item.severity,
      runId,
    ],
  );
  const row = rows[0];
  if (row === undefined) throw new Error('the attention item was not stored');
  return row.id;
}

/** What these items told of is no longer so. Without `reasons`, every item of the record. */
export async function resolveItems(
  db: Queryable,
  sync: string,
  recordId: string | null,
  scope: { reasons?: string[]; except?: string[] } = {},
): Promise<void> {
  await db.query(
    `update attention_item set state = 'resolved', resolved_at = now()
     where sync = $1 and record_id is not distinct from $2 and state <> 'resolved'
       and ($3::text[] is null or reason = any($3)) and ($4::text[] is null or reason <> all($4))`,
    [sync, recordId, scope.reasons ?? null, scope.except ?? null],
  );
}

/** Closes a record's items that a pass which began at `startedAt` did not see again. */
export async function resolveUnseen(
  db: Queryable,
  sync: string,
  recordId: string,
  scope: { startedAt: string; keep: string[] },
): Promise<void> {
  await db.query(
    `update attention_item set state = 'resolved', resolved_at = now()
     where sync = $1 and record_id = $2 and state <> 'resolved' and seen_at < $3 and reason <> all($4)
       and not (state = 'decided' and decision = 'leave-alone')`,
    [sync, recordId, scope.startedAt, scope.keep],
  );
}

/** A decision could not be put into effect: the item is open again, with the reason in its detail. */
export async function reopenItem(db: Queryable, id: number, why: Record<string, unknown>): Promise<void> {
  await db.query(
    `update attention_item set state = 'open', decision = null, argument = null, detail = detail || $2::jsonb where id = $1`,
    [id, JSON.stringify(why)],
  );
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

/** Notes a person's decision; only an item that is still open takes one. */
export async function decideItem(
  db: Queryable,
  id: number,
  decision: { decision: string; argument: string | null; actor: string },
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update attention_item set state = 'decided', decision = $2, argument = $3, decided_by = $4, decided_at = now() where id = $1 and state = 'open'`,
    [id, decision.decision, decision.argument, decision.actor],
  );
  return rowCount === 1;
}
