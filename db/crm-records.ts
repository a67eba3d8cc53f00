import { canonicalHash } from '../mappings/canonical-hash';
import { type CrmRecord, type RecordKind, recordIdOf } from '../mappings/weavy-webmecanik/crm-record';
import { toJsonb } from './jsonb';
import type { Queryable } from './pool';

/** One record of either side as a page brought it: readable, or kept out with the reason. */
export interface CrmRow {
  recordId: string;
  kind: RecordKind;
  matchKey: string | null;
  record: CrmRecord | null;
  unreadable: string[] | null;
}

/** A staged record with where it stands. */
export interface StagedCrm {
  recordId: string;
  record: CrmRecord;
  matchKey: string | null;
  gone: boolean;
  due: boolean;
  dueMark: number;
  outcome: string | null;
  reason: string | null;
  stagedAt: Date;
}

/**
 * Stages records of either side; one whose content changed becomes due, one that only came again does not (our own write
 * coming back is the content that its reply brought). Answers how many are new or changed.
 */
export async function stageCrm(
  db: Queryable,
  sync: string,
  runId: number | null,
  rows: CrmRow[],
  /** When the answer was asked for, by the database's clock: what was stored since is newer, and stays. */
  askedAt: string | null = null,
): Promise<{ changed: number }> {
  return { changed: await upsert(db, sync, runId, rows, 'due', askedAt) };
}

/** What the reply of our own write shows: known, and nothing to look at. */
export async function stageReplies(
  db: Queryable,
  sync: string,
  runId: number | null,
  rows: CrmRow[],
): Promise<void> {
  await upsert(db, sync, runId, rows, 'known', null);
}

async function upsert(
  db: Queryable,
  sync: string,
  runId: number | null,
  rows: CrmRow[],
  as: 'due' | 'known',
  askedAt: string | null,
): Promise<number> {
  if (rows.length === 0) return 0;
  const batch = toJsonb([...new Map(rows.map((row) => [row.recordId, toColumns(row)])).values()]);
  const { rows: changed } = await db.query<{ changed: number }>(
    `with r as (
       select * from jsonb_to_recordset($2::jsonb) as r(record_id text, kind text, match_key text, status text, body jsonb,
         body_hash text, unreadable jsonb, source_updated_at timestamptz, deleted boolean)
     ), stored as (
       insert into staged_record as s (sync, record_id, kind, match_key, parent_id, status, body, body_hash, unreadable, source_updated_at,
         deleted_at, seen_run, due)
       select $1, r.record_id, r.kind, r.match_key, r.body->>'tiersId', r.status, r.body, r.body_hash, r.unreadable, r.source_updated_at,
         case when r.deleted then now() end, $3, $4 = 'due' from r
       on conflict (sync, record_id) do update set kind = excluded.kind, match_key = excluded.match_key, parent_id = excluded.parent_id,
         status = excluded.status, body = excluded.body, body_hash = excluded.body_hash, unreadable = excluded.unreadable,
         source_updated_at = excluded.source_updated_at, deleted_at = excluded.deleted_at, staged_at = now(),
         due = s.due or $4 = 'due', due_mark = s.due_mark + case when $4 = 'due' then 1 else 0 end
       where (s.body_hash <> excluded.body_hash or (s.deleted_at is null) <> (excluded.deleted_at is null))
         and ($5::timestamptz is null or s.staged_at <= $5::timestamptz)
       returning 1
     )
     select count(*)::int as changed from stored`,
    [sync, batch, runId, as, askedAt],
  );
  if (runId !== null)
    await db.query(
      `update staged_record set seen_run = $3
       where sync = $1 and record_id in (select record_id from jsonb_to_recordset($2::jsonb) as r(record_id text)) and seen_run is distinct from $3`,
      [sync, batch, runId],
    );
  return changed[0]?.changed ?? 0;
}

function toColumns(row: CrmRow): Record<string, unknown> {
  const { record } = row;
  const { modifiedAt = null, ...content } = record ?? {};
  return {
    record_id: row.recordId,
    kind: row.kind,
    match_key: row.matchKey,
    status: record === null ? 'unreadable' : record.deleted ? 'deleted' : 'live',
    body: record,
    // the time of a change is no change
    body_hash: canonicalHash({ content, matchKey: row.matchKey, unreadable: row.unreadable }),
    unreadable: row.unreadable,
    source_updated_at: modifiedAt === null ? null : new Date(modifiedAt).toISOString(),
    deleted: record?.deleted === true,
  };
}

/** Records that a complete read of these kinds did not contain, and that are not known to be gone yet. */
export async function vanishedCrm(
  db: Queryable,
  sync: string,
  runId: number,
  kinds: readonly RecordKind[],
): Promise<{ ids: string[]; known: number }> {
  const { rows } = await db.query<{ ids: string[]; known: number }>(
    `select coalesce(array_agg(record_id order by record_id) filter (where seen_run is distinct from $2), '{}') as ids, count(*)::int as known
     from staged_record where sync = $1 and deleted_at is null and kind = any($3)`,
    [sync, runId, kinds],
  );
  return rows[0] ?? { ids: [], known: 0 };
}

/** The platform says that it has these no more. They become due. */
export async function markGone(db: Queryable, sync: string, recordIds: readonly string[]): Promise<void> {
  if (recordIds.length === 0) return;
  await db.query(
    `update staged_record set deleted_at = now(), due = true, due_mark = due_mark + 1
     where sync = $1 and record_id = any($2) and deleted_at is null`,
    [sync, recordIds],
  );
}

/** These are looked at by the next pass although nothing about them changed. */
export async function markCrmDue(db: Queryable, sync: string, recordIds: readonly string[]): Promise<void> {
  if (recordIds.length === 0) return;
  await db.query(
    'update staged_record set due = true, due_mark = due_mark + 1 where sync = $1 and record_id = any($2)',
    [sync, recordIds],
  );
}

interface StagedCrmRow {
  record_id: string;
  // stored by `stageCrm` only, which takes the checked type
  body: CrmRecord | null;
  match_key: string | null;
  gone: boolean;
  due: boolean;
  due_mark: number;
  outcome: string | null;
  reason: string | null;
  staged_at: Date;
}

export async function stagedCrm(
  db: Queryable,
  sync: string,
  recordIds: readonly string[],
): Promise<Map<string, StagedCrm>> {
  const { rows } = await db.query<StagedCrmRow>(
    `select record_id, body, match_key, deleted_at is not null as gone, due, due_mark, outcome, reason, staged_at
     from staged_record where sync = $1 and record_id = any($2)`,
    [sync, recordIds],
  );
  return new Map(
    rows.flatMap((row) => {
      if (row.body === null) return [];
      const { record_id: recordId, body: record, match_key: matchKey, gone, due, outcome, reason } = row;
      const staged = {
        recordId,
        record,
        matchKey,
        gone,
        due,
        dueMark: row.due_mark,
        outcome,
        reason,
        stagedAt: row.staged_at,
      };
      return [[recordId, staged] as const];
    }),
  );
}

/** Live records that are known by this key on one side, newest change first, then by code. */
export async function recordsByKey(
  db: Queryable,
  sync: string,
  kinds: readonly RecordKind[],
  keys: readonly string[],
): Promise<Array<{ recordId: string; key: string }>> {
  const { rows } = await db.query<{ recordId: string; key: string }>(
    `select record_id as "recordId", match_key as key from staged_record
     where sync = $1 and kind = any($2) and match_key = any($3) and deleted_at is null
     order by source_updated_at desc nulls last, record_id collate "C"`,
    [sync, kinds, keys],
  );
  return rows;
}

/** What a page brought, as a row to stage. */
export function rowOf(record: CrmRecord, matchKey: string | null): CrmRow {
  return { recordId: recordIdOf(record), kind: record.kind, matchKey, record, unreadable: null };
}

/** Those of these records that could not be read, with what is wrong with them. */
export async function unreadableCrm(
  db: Queryable,
  sync: string,
  recordIds: readonly string[],
): Promise<Array<{ recordId: string; dueMark: number; problems: string[] }>> {
  const { rows } = await db.query<{ recordId: string; dueMark: number; problems: string[] }>(
    `select record_id as "recordId", due_mark as "dueMark", coalesce(unreadable, '[]') as problems from staged_record
     where sync = $1 and record_id = any($2) and body is null`,
    [sync, recordIds],
  );
  return rows;
}

/** Contacts of these Tiers are looked at again: what their Tiers stands for has changed. */
export async function markContactsOfTiersDue(
  db: Queryable,
  sync: string,
  tiersIds: readonly string[],
): Promise<void> {
  if (tiersIds.length === 0) return;
  await db.query(
    `update staged_record set due = true, due_mark = due_mark + 1
     where sync = $1 and parent_id = any($2) and kind = 'weavy/customercontact' and deleted_at is null`,
    [sync, tiersIds],
  );
}
