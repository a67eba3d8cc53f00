import type { Fields } from '../mappings/fields';
import { toJsonb } from './jsonb';
import type { PlannedChange } from './plans';
import type { Queryable } from './pool';

/**
 * In line, and not left over from a run that was ended from outside: what that one had put in line is taken back when
 * another takes its place. `$1` is the sync.
 */
export const IN_LINE = `state in ('staged', 'withdrawing') and (staged_run is null or staged_run in (select run_id from run_place where sync = $1))`;

/** What the next publication is to hold for an offer. */
export interface StagedObject {
  code: string;
  kind: 'circuit' | 'poi';
  fields: Fields;
  /** The element of the feed; the address of its track is a mark that the publication replaces. */
  document: string;
  contentHash: string;
  trackHash: string | null;
  dueMark: number;
  outcome: 'created' | 'updated';
  reason: string | null;
  changes: PlannedChange[];
}

/** Puts objects in line for the next publication; what is served stays as it is until then. */
export async function stageObjects(
  db: Queryable,
  sync: string,
  runId: number | null,
  objects: StagedObject[],
): Promise<void> {
  if (objects.length === 0) return;
  await db.query(
    `insert into feed_object as f (sync, record_id, kind, state, fields, document, content_hash, track_hash, staged_run, staged_mark, staged_outcome,
        staged_reason, staged_changes)
     select $1, o.code, o.kind, 'staged', o.fields, o.document, o."contentHash", o."trackHash", $3, o."dueMark", o.outcome, o.reason, o.changes
     from jsonb_to_recordset($2::jsonb) as o(code text, kind text, fields jsonb, document text, "contentHash" text, "trackHash" text, "dueMark" int,
       outcome text, reason text, changes jsonb)
     on conflict (sync, record_id) do update set kind = excluded.kind, state = 'staged', fields = excluded.fields, document = excluded.document,
       content_hash = excluded.content_hash, track_hash = excluded.track_hash, staged_run = excluded.staged_run, staged_mark = excluded.staged_mark,
       staged_outcome = case when f.staged_outcome = 'created' and f.published_hash is null then 'created' else excluded.staged_outcome end,
       staged_reason = excluded.staged_reason, staged_changes = excluded.staged_changes, changed_at = now()`,
    [sync, toJsonb(objects), runId],
  );
}

/** Takes objects out of the next publication. Only what this sync published can be withdrawn. */
export async function stageWithdrawals(
  db: Queryable,
  sync: string,
  runId: number | null,
  withdrawals: Array<{ code: string; reason: string; dueMark: number; changes: PlannedChange[] }>,
): Promise<void> {
  if (withdrawals.length === 0) return;
  await db.query(
    `update feed_object f set state = 'withdrawing', staged_run = $3, staged_mark = w."dueMark", staged_outcome = 'withdrawn',
       staged_reason = w.reason, staged_changes = w.changes, changed_at = now()
     from jsonb_to_recordset($2::jsonb) as w(code text, reason text, "dueMark" int, changes jsonb)
     where f.sync = $1 and f.record_id = w.code and f.published_hash is not null`,
    [sync, toJsonb(withdrawals), runId],
  );
}

/**
 * Takes objects out of line again: what is offered stays as it is, what never was is forgotten. By code, or all that one
 * run put in line.
 */
export async function unline(
  db: Queryable,
  sync: string,
  which: { codes: string[] } | { runId: number },
): Promise<void> {
  const scope = 'codes' in which ? 'record_id = any($2)' : 'staged_run = $2';
  const value = 'codes' in which ? which.codes : which.runId;
  const inLine = `sync = $1 and ${scope} and state in ('staged', 'withdrawing')`;
  await db.query(`delete from feed_object where ${inLine} and published_hash is null`, [sync, value]);
  await db.query(
    `update feed_object set kind = published_kind, fields = published_fields, document = published_document, content_hash = published_hash,
       track_hash = published_track_hash, staged_run = null, staged_outcome = null, staged_changes = '[]',
       state = case when verified_at is not null then 'verified' when imported_at is not null then 'imported' else 'published' end
     where ${inLine} and published_hash is not null`,
    [sync, value],
  );
}

/** Objects that Cirkwi is offered now. */
export async function countOffered(
  db: Queryable,
  sync: string,
  kind: 'circuit' | 'poi' | null = null,
): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*)::int as n from feed_object where sync = $1 and published_hash is not null and ($2::text is null or published_kind = $2)`,
    [sync, kind],
  );
  return rows[0]?.n ?? 0;
}

/** What each feed holds now, and what it would lose and gain by the plan of a run; an offer that changes its type does both. */
export async function feedSizes(
  db: Queryable,
  sync: string,
  runId: number,
): Promise<Array<{ kind: 'circuit' | 'poi'; now: number; withdrawn: number; added: number }>> {
  const { rows } = await db.query<{ kind: 'circuit' | 'poi'; now: number; withdrawn: number; added: number }>(
    `with p as (
       select p.withdraws, f.published_kind as was, case when (s.body->>'type')::int = 8 then 'circuit' else 'poi' end as becomes
       from plan_entry p join staged_record s on s.sync = $1 and s.record_id = p.record_id
       left join feed_object f on f.sync = $1 and f.record_id = p.record_id and f.published_hash is not null
       where p.run_id = $2 and p.needs_apply
     )
     select k.kind, (select count(*)::int from feed_object where sync = $1 and published_hash is not null and published_kind = k.kind) as now,
       (select count(*)::int from p where was = k.kind and (withdraws or becomes <> k.kind)) as withdrawn,
       (select count(*)::int from p where not withdraws and becomes = k.kind and was is distinct from k.kind) as added
     from (values ('circuit'), ('poi')) as k(kind)`,
    [sync, runId],
  );
  return rows;
}

/** The link of one offer: what is offered for it, and how far it came. */
export interface OfferedObject {
  code: string;
  kind: 'circuit' | 'poi';
  state: string;
  trackHash: string | null;
  publishedHash: string | null;
  publishedAt: Date | null;
  cirkwiId: string | null;
  verifiedAt: Date | null;
}

export async function offeredObject(
  db: Queryable,
  sync: string,
  code: string,
): Promise<OfferedObject | null> {
  const { rows } = await db.query<OfferedObject>(
    `select record_id as code, kind, state, track_hash as "trackHash", published_hash as "publishedHash", published_at as "publishedAt",
       cirkwi_id as "cirkwiId", verified_at as "verifiedAt" from feed_object where sync = $1 and record_id = $2`,
    [sync, code],
  );
  return rows[0] ?? null;
}

/** How many objects stand where: for `status`. */
export async function objectStates(db: Queryable, sync: string): Promise<Record<string, number>> {
  const { rows } = await db.query<{ state: string; n: number }>(
    'select state, count(*)::int as n from feed_object where sync = $1 group by state',
    [sync],
  );
  return Object.fromEntries(rows.map((row) => [row.state, row.n]));
}

/** What the next publication settles, for the one object or withdrawal. */
export interface LinedUp {
  code: string;
  kind: 'circuit' | 'poi';
  document: string;
  contentHash: string;
  trackHash: string | null;
  runId: number | null;
  dueMark: number;
  outcome: 'created' | 'updated' | 'withdrawn';
  reason: string | null;
  changes: PlannedChange[];
}

/** Objects and withdrawals by code: those in line, or those that a publication under way has taken in. */
export async function linedUp(
  db: Queryable,
  sync: string,
  query: { which: 'in-line' | 'taken-in'; after: string; limit: number; only?: string },
): Promise<LinedUp[]> {
  const which = query.which === 'taken-in' ? 'settling' : IN_LINE;
  const { rows } = await db.query<LinedUp>(
    `select record_id as code, kind, document, content_hash as "contentHash", track_hash as "trackHash", staged_run as "runId",
       staged_mark as "dueMark", staged_outcome as outcome, staged_reason as reason, staged_changes as changes
     from feed_object where sync = $1 and ${which} and record_id > $2 and ($4::text is null or record_id = $4) order by record_id limit $3`,
    [sync, query.after, query.limit, query.only ?? null],
  );
  return rows;
}

/**
 * An object that was handed over by itself: Cirkwi has it, or no longer has it. What was put in line for it meanwhile is
 * still to be handed over.
 */
export async function markPushed(
  db: Queryable,
  sync: string,
  pushed: Pick<LinedUp, 'code' | 'contentHash' | 'outcome'> & { cirkwiId: string | null },
): Promise<void> {
  const isGone = pushed.outcome === 'withdrawn';
  await db.query(
    `update feed_object set state = case when $4 then 'gone' else 'imported' end, published_at = now(), imported_at = now(), verified_at = null,
       published_hash = case when $4 then null else content_hash end, published_kind = case when $4 then null else kind end,
       published_fields = case when $4 then null else fields end, published_document = case when $4 then null else document end,
       published_track_hash = case when $4 then null else track_hash end,
       cirkwi_id = coalesce($3, cirkwi_id), staged_run = null, staged_outcome = null, staged_changes = '[]'
     where sync = $1 and record_id = $2 and state = case when $4 then 'withdrawing' else 'staged' end and ($4 or content_hash = $5)`,
    [sync, pushed.code, pushed.cirkwiId, isGone, pushed.contentHash],
  );
}
