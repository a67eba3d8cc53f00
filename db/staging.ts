import { type Dossier, dossierSchema } from '../mappings/planexpo-inwink/dossier';
import { toJsonb } from './jsonb';
import type { Queryable } from './pool';

/** One record as a page brought it: readable with its body, or kept out with the reason. */
export interface StagedRow {
  recordId: string;
  bodyHash: string;
  dossier: Dossier | null;
  unreadable: string[] | null;
  contactKey: string | null;
}

/**
 * Stages a page. A record whose body changed becomes due, and so do its co-exhibitors; one that is older than what we
 * hold is only marked as seen. Answers how many are new or changed.
 */
export async function stageRecords(
  db: Queryable,
  sync: string,
  runId: number | null,
  rows: StagedRow[],
): Promise<{ changed: number }> {
  if (rows.length === 0) return { changed: 0 };
  const batch = toJsonb(lastOfEach(rows).map(toColumns));
  const { rows: changed } = await db.query<{ record_id: string }>(
    `insert into staged_record as s (sync, record_id, parent_id, public_id, status, contact_key, validated_at, body, body_hash, unreadable,
        source_version, source_updated_at, seen_run)
     select $1, r.record_id, r.parent_id, r.public_id, r.status, r.contact_key, r.validated_at, r.body, r.body_hash, r.unreadable,
        r.source_version, r.source_updated_at, $3
     from jsonb_to_recordset($2::jsonb) as r(record_id text, parent_id text, public_id text, status text, contact_key text, validated_at text,
        body jsonb, body_hash text, unreadable jsonb, source_version bigint, source_updated_at timestamptz)
     on conflict (sync, record_id) do update set
        parent_id = excluded.parent_id, public_id = excluded.public_id, status = excluded.status, contact_key = excluded.contact_key,
        validated_at = excluded.validated_at, body = excluded.body, body_hash = excluded.body_hash, unreadable = excluded.unreadable,
        source_version = excluded.source_version, source_updated_at = excluded.source_updated_at, deleted_at = null, staged_at = now(), due = true, due_mark = s.due_mark + 1
     where (s.body_hash <> excluded.body_hash or s.deleted_at is not null)
       and (excluded.source_version is null or s.source_version is null or excluded.source_version >= s.source_version)
     returning record_id`,
    [sync, batch, runId],
  );
  if (runId !== null) {
    await db.query(
      `update staged_record set seen_run = $3
       where sync = $1 and record_id in (select record_id from jsonb_to_recordset($2::jsonb) as r(record_id text)) and seen_run is distinct from $3`,
      [sync, batch, runId],
    );
  }
  await markChildrenDue(
    db,
    sync,
    changed.map((row) => row.record_id),
  );
  return { changed: changed.length };
}

/** What happened to an exhibitor can decide what its co-exhibitors become. */
export async function markChildrenDue(db: Queryable, sync: string, parents: string[]): Promise<void> {
  if (parents.length === 0) return;
  await db.query(
    'update staged_record set due = true, due_mark = due_mark + 1 where sync = $1 and parent_id = any($2)',
    [sync, parents],
  );
}

/** A page may hold a record twice when it moved while we were paging: the later row is the newer one. */
function lastOfEach(rows: StagedRow[]): StagedRow[] {
  return [...new Map(rows.map((row) => [row.recordId, row])).values()];
}

function toColumns(row: StagedRow): Record<string, unknown> {
  return {
    record_id: row.recordId,
    parent_id: row.dossier?.parentId ?? null,
    public_id: row.dossier?.publicId ?? null,
    status: row.dossier?.status ?? 'unreadable',
    contact_key: row.contactKey,
    validated_at: row.dossier?.validatedAt ?? null,
    body: row.dossier,
    body_hash: row.bodyHash,
    unreadable: row.unreadable,
    source_version: row.dossier?.version ?? null,
    source_updated_at: row.dossier?.updatedAt ?? null,
  };
}

/** A staged record with what decides about it: its parent, its link, its parent's link. */
export interface Candidate {
  recordId: string;
  status: string;
  publicId: string | null;
  dossier: Dossier | null;
  unreadable: string[] | null;
  bodyHash: string;
  deleted: boolean;
  due: boolean;
  /** To be handed back with the outcome: whether the record became due again meanwhile. */
  dueMark: number;
  outcome: string | null;
  reason: string | null;
  settledHash: string | null;
  contactKey: string | null;
  parentId: string | null;
  parent: {
    found: boolean;
    status: string | null;
    dossier: Dossier | null;
    parentId: string | null;
    deleted: boolean;
    outcome: string | null;
    partnerId: string | null;
    linkState: string | null;
  } | null;
}

interface CandidateRow {
  record_id: string;
  status: string;
  public_id: string | null;
  body: unknown;
  unreadable: string[] | null;
  body_hash: string;
  deleted: boolean;
  due: boolean;
  due_mark: number;
  outcome: string | null;
  reason: string | null;
  settled_hash: string | null;
  contact_key: string | null;
  parent_id: string | null;
  parent_found: boolean;
  parent_status: string | null;
  parent_body: unknown;
  parent_parent_id: string | null;
  parent_deleted: boolean;
  parent_outcome: string | null;
  parent_partner_id: string | null;
  parent_link_state: string | null;
}

const CANDIDATE = `select s.record_id, s.status, s.public_id, s.body, s.unreadable, s.body_hash, s.deleted_at is not null as deleted, s.due, s.due_mark, s.outcome, s.reason,
    s.settled_hash, s.contact_key, s.parent_id, p.record_id is not null as parent_found, p.status as parent_status, p.body as parent_body,
    p.parent_id as parent_parent_id, p.deleted_at is not null as parent_deleted, p.outcome as parent_outcome,
    l.target_id as parent_partner_id, l.state as parent_link_state
  from staged_record s
  left join staged_record p on p.sync = s.sync and p.record_id = s.parent_id
  left join link l on l.sync = s.sync and l.kind = 'partner' and l.source_key = s.parent_id`;

/** The next records a run has to look at, by id: those that are due, or all of them in a full run. */
export async function nextCandidates(
  db: Queryable,
  query: { sync: string; after: string; limit: number; scope: 'due' | 'all' },
): Promise<Candidate[]> {
  const due = query.scope === 'due' ? 'and s.due' : '';
  const { rows } = await db.query<CandidateRow>(
    `${CANDIDATE} where s.sync = $1 and s.record_id > $2 ${due} order by s.record_id limit $3`,
    [query.sync, query.after, query.limit],
  );
  return rows.map(fromRow);
}

export async function candidatesById(db: Queryable, sync: string, recordIds: string[]): Promise<Candidate[]> {
  const { rows } = await db.query<CandidateRow>(
    `${CANDIDATE} where s.sync = $1 and s.record_id = any($2) order by s.record_id`,
    [sync, recordIds],
  );
  return rows.map(fromRow);
}

function fromRow(row: CandidateRow): Candidate {
  return {
    recordId: row.record_id,
    status: row.status,
    publicId: row.public_id,
    dossier: row.body === null ? null : dossierSchema.parse(row.body),
    unreadable: row.unreadable,
    bodyHash: row.body_hash,
    deleted: row.deleted,
    due: row.due,
    dueMark: row.due_mark,
    outcome: row.outcome,
    reason: row.reason,
    settledHash: row.settled_hash,
    contactKey: row.contact_key,
    parentId: row.parent_id,
    parent:
      row.parent_id === null
        ? null
        : {
            found: row.parent_found,
            status: row.parent_status,
            dossier:
              row.parent_body === null || row.parent_body === undefined
                ? null
                : dossierSchema.parse(row.parent_body),
            parentId: row.parent_parent_id,
            deleted: row.parent_deleted,
            outcome: row.parent_outcome,
            partnerId: row.parent_partner_id,
            linkState: row.parent_link_state,
          },
  };
}

/** Records that a complete read of the source did not contain, and that are not known to be deleted yet. */
export async function vanishedRecords(
  db: Queryable,
  sync: string,
  runId: number,
): Promise<{ ids: string[]; known: number }> {
  const { rows } = await db.query<{ ids: string[]; known: number }>(
    `select coalesce(array_agg(record_id order by record_id) filter (where seen_run is distinct from $2), '{}') as ids, count(*)::int as known
     from staged_record where sync = $1 and deleted_at is null`,
    [sync, runId],
  );
  return rows[0] ?? { ids: [], known: 0 };
}

/** Marks records that the source says it no longer has. They become due, and so do their co-exhibitors. */
export async function markDeleted(db: Queryable, sync: string, recordIds: string[]): Promise<void> {
  if (recordIds.length === 0) return;
  await db.query(
    'update staged_record set deleted_at = now(), due = true, due_mark = due_mark + 1 where sync = $1 and record_id = any($2) and deleted_at is null',
    [sync, recordIds],
  );
  await markChildrenDue(db, sync, recordIds);
}

/** Everything has to be looked at again: the mapping or a policy changed. */
export async function markAllDue(db: Queryable, sync: string): Promise<void> {
  await db.query('update staged_record set due = true, due_mark = due_mark + 1 where sync = $1', [sync]);
}

export async function getCursor(db: Queryable, sync: string, name: string): Promise<unknown> {
  const { rows } = await db.query<{ value: unknown }>(
    'select value from cursor where sync = $1 and name = $2',
    [sync, name],
  );
  return rows[0]?.value ?? null;
}

/** Call it in the transaction that holds what the cursor covers (promise 2). */
export async function moveCursor(db: Queryable, sync: string, name: string, value: unknown): Promise<void> {
  await db.query(
    `insert into cursor (sync, name, value) values ($1, $2, $3)
     on conflict (sync, name) do update set value = excluded.value, moved_at = now()`,
    [sync, name, toJsonb(value)],
  );
}

/** Forgets a cursor that nothing reads on from any more. */
export async function dropCursor(db: Queryable, sync: string, name: string): Promise<void> {
  await db.query('delete from cursor where sync = $1 and name = $2', [sync, name]);
}

/** Validated co-exhibitors of an exhibitor that are due. */
export async function dueChildren(db: Queryable, sync: string, parentId: string): Promise<string[]> {
  const { rows } = await db.query<{ record_id: string }>(
    `select record_id from staged_record where sync = $1 and parent_id = $2 and due and status = 'validated' order by record_id limit 500`,
    [sync, parentId],
  );
  return rows.map((row) => row.record_id);
}

/** The next pass compares this record with its target again, although its source did not change. */
export async function markDue(db: Queryable, sync: string, recordId: string): Promise<void> {
  await db.query(
    'update staged_record set due = true, due_mark = due_mark + 1, settled_hash = null where sync = $1 and record_id = $2',
    [sync, recordId],
  );
}

/** The database's clock, which all workers share, as PostgreSQL writes it. */
export async function databaseNow(db: Queryable): Promise<string> {
  const { rows } = await db.query<{ now: string }>('select clock_timestamp()::text as now');
  return rows[0]?.now ?? new Date().toISOString();
}
