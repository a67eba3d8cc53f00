import { type Offer, offerSchema } from '../mappings/pivot-cirkwi/offer';
import { toJsonb } from './jsonb';
import type { Queryable } from './pool';

/** One offer as a read brought it: readable with its body, or kept out with the reason. */
export interface OfferRow {
  code: string;
  bodyHash: string;
  offer: Offer | null;
  unreadable: string[] | null;
  /** The stored query no longer answers it, although PIVOT still has it. */
  standing: 'in-query' | 'left-query';
}

/**
 * Stages offers. One whose body or standing changed becomes due; the others are only marked as seen by the run. Answers
 * how many are new or changed.
 */
export async function stageOffers(
  db: Queryable,
  sync: string,
  runId: number | null,
  rows: OfferRow[],
): Promise<{ changed: number }> {
  if (rows.length === 0) return { changed: 0 };
  const latest = [...new Map(rows.map((row) => [row.code, row])).values()];
  const { rows: answered } = await db.query<{ n: number }>(
    `with r as (
       select * from jsonb_to_recordset($2::jsonb) as r(record_id text, status text, body jsonb, body_hash text, unreadable jsonb, source_updated_at timestamptz)
     ), changed as (
       insert into staged_record as s (sync, record_id, status, body, body_hash, unreadable, source_updated_at, seen_run)
       select $1, record_id, status, body, body_hash, unreadable, source_updated_at, $3 from r
       on conflict (sync, record_id) do update set status = excluded.status, body = excluded.body, body_hash = excluded.body_hash,
         unreadable = excluded.unreadable, source_updated_at = excluded.source_updated_at, deleted_at = null, staged_at = now(),
         seen_run = coalesce(excluded.seen_run, s.seen_run), due = true, due_mark = s.due_mark + 1
       where s.body_hash <> excluded.body_hash or s.status <> excluded.status or s.deleted_at is not null
       returning record_id
     ), seen as (
       update staged_record s set seen_run = $3 from r
       where s.sync = $1 and s.record_id = r.record_id and $3::bigint is not null and s.seen_run is distinct from $3
         and not exists (select 1 from changed c where c.record_id = s.record_id)
     )
     select count(*)::int as n from changed`,
    [sync, toJsonb(latest.map(toColumns)), runId],
  );
  return { changed: answered[0]?.n ?? 0 };
}

function toColumns(row: OfferRow): Record<string, unknown> {
  const state = row.offer?.state ?? 'unreadable';
  return {
    record_id: row.code,
    status: row.standing === 'left-query' ? 'left-query' : state,
    body: row.offer,
    body_hash: row.bodyHash,
    unreadable: row.unreadable,
    source_updated_at: row.offer?.modifiedAt ?? null,
  };
}

/** PIVOT has no such offer any more: it becomes due, unless that was known. An offer we never staged is none of ours. */
export async function markOfferDeleted(db: Queryable, sync: string, code: string): Promise<void> {
  await db.query(
    `update staged_record set deleted_at = now(), due = true, due_mark = due_mark + 1
     where sync = $1 and record_id = $2 and deleted_at is null`,
    [sync, code],
  );
}

/** The offers of a change list that need a read: those whose date moved, that left, or that we do not hold as listed. */
export async function offersToRead(
  db: Queryable,
  sync: string,
  query: { answerId: number; after: string; limit: number },
): Promise<Array<{ code: string; left: boolean }>> {
  const { rows } = await db.query<{ code: string; left: boolean }>(
    `select i.code, i.operation = 'left' as left
     from change_answer a cross join lateral jsonb_to_recordset(a.items) as i(code text, operation text, "modifiedAt" timestamptz)
     left join staged_record s on s.sync = $1 and s.record_id = i.code
     where a.id = $2 and i.code > $3
       and case when i.operation = 'left' then s.record_id is not null and s.deleted_at is null
         else s.record_id is null or s.deleted_at is not null or s.status = 'left-query' or s.unreadable is not null
           or i."modifiedAt" is null or s.source_updated_at is distinct from i."modifiedAt" end
     order by i.code limit $4`,
    [sync, query.answerId, query.after, query.limit],
  );
  return rows;
}

/** How many offers of a change list need a read. */
export async function countToRead(db: Queryable, sync: string, answerId: number): Promise<number> {
  return (await offersToRead(db, sync, { answerId, after: '', limit: 1_000_000 })).length;
}

/** Offers that a complete read did not contain, of those that Cirkwi is offered: each is asked for by its code. */
export async function vanishedOffers(
  db: Queryable,
  sync: string,
  runId: number,
): Promise<{ codes: string[]; known: number }> {
  const { rows } = await db.query<{ codes: string[]; known: number }>(
    `select coalesce(array_agg(s.record_id order by s.record_id) filter (where s.seen_run is distinct from $2 and s.status <> 'left-query'), '{}') as codes,
       count(*)::int as known
     from staged_record s join feed_object f on f.sync = s.sync and f.record_id = s.record_id
     where s.sync = $1 and s.deleted_at is null and f.published_hash is not null`,
    [sync, runId],
  );
  return rows[0] ?? { codes: [], known: 0 };
}

/** The others that a complete read did not contain: nothing of them is offered, so nothing depends on a second look. */
export async function markUnseenLeft(db: Queryable, sync: string, runId: number): Promise<void> {
  await db.query(
    `update staged_record s set status = 'left-query', due = true, due_mark = due_mark + 1
     where s.sync = $1 and s.seen_run is distinct from $2 and s.deleted_at is null and s.status <> 'left-query'
       and not exists (select 1 from feed_object f where f.sync = s.sync and f.record_id = s.record_id and f.published_hash is not null)`,
    [sync, runId],
  );
}

/** A staged offer with what decides about it: its track and what is published for it. */
export interface OfferCandidate {
  code: string;
  offer: Offer | null;
  unreadable: string[] | null;
  gone: 'deleted' | 'left-query' | null;
  dueMark: number;
  outcome: string | null;
  track: {
    hash: string | null;
    mediaCode: string;
    mediaModifiedAt: string | null;
    problem: TrackProblem | null;
  } | null;
  published: PublishedObject | null;
  /** Something waits for the next publication. */
  isInLine: boolean;
}

export interface TrackProblem {
  reason: 'track-refused' | 'track-unavailable';
  detail: string;
}

/** What Cirkwi is offered for an offer now. */
export interface PublishedObject {
  /** `staged` and `withdrawing`: something else is in line already. */
  state: string;
  hash: string;
  fields: Record<string, string | number | boolean | null>;
}

interface CandidateRow {
  record_id: string;
  status: string;
  body: unknown;
  unreadable: string[] | null;
  deleted: boolean;
  due_mark: number;
  outcome: string | null;
  media_code: string | null;
  track_hash: string | null;
  media_modified_at: string | null;
  problem: TrackProblem | null;
  state: string | null;
  published_hash: string | null;
  published_fields: PublishedObject['fields'] | null;
}

const CANDIDATE = `select s.record_id, s.status, s.body, s.unreadable, s.deleted_at is not null as deleted, s.due_mark, s.outcome,
    t.media_code, t.track_hash, t.media_modified_at, t.problem, f.state, f.published_hash, f.published_fields
  from staged_record s
  left join offer_track t on t.sync = s.sync and t.record_id = s.record_id
  left join feed_object f on f.sync = s.sync and f.record_id = s.record_id`;

/** The next offers a pass has to look at, by code: those that are due, or all of them. */
export async function nextOffers(
  db: Queryable,
  query: { sync: string; after: string; limit: number; scope: 'due' | 'all' },
): Promise<OfferCandidate[]> {
  const due = query.scope === 'due' ? 'and s.due' : '';
  const { rows } = await db.query<CandidateRow>(
    `${CANDIDATE} where s.sync = $1 and s.record_id > $2 ${due} order by s.record_id limit $3`,
    [query.sync, query.after, query.limit],
  );
  return rows.map(fromRow);
}

export async function offersByCode(db: Queryable, sync: string, codes: string[]): Promise<OfferCandidate[]> {
  const { rows } = await db.query<CandidateRow>(
    `${CANDIDATE} where s.sync = $1 and s.record_id = any($2) order by s.record_id`,
    [sync, codes],
  );
  return rows.map(fromRow);
}

function fromRow(row: CandidateRow): OfferCandidate {
  return {
    code: row.record_id,
    offer: row.body === null ? null : offerSchema.parse(row.body),
    unreadable: row.unreadable,
    gone: goneOf(row),
    dueMark: row.due_mark,
    outcome: row.outcome,
    track:
      row.media_code === null
        ? null
        : {
            hash: row.track_hash,
            mediaCode: row.media_code,
            mediaModifiedAt: row.media_modified_at,
            problem: row.problem,
          },
    published:
      row.state === null || row.published_hash === null
        ? null
        : { state: row.state, hash: row.published_hash, fields: row.published_fields ?? {} },
    isInLine: row.state === 'staged' || row.state === 'withdrawing',
  };
}

function goneOf(row: CandidateRow): OfferCandidate['gone'] {
  if (row.deleted) return 'deleted';
  return row.status === 'left-query' ? 'left-query' : null;
}

/** Codes of the offers that the stored query answered when we last read them. */
export async function knownOffers(db: Queryable, sync: string): Promise<Set<string>> {
  const { rows } = await db.query<{ record_id: string }>(
    `select record_id from staged_record where sync = $1 and deleted_at is null and status <> 'left-query'`,
    [sync],
  );
  return new Set(rows.map((row) => row.record_id));
}

/**
 * Whether the stored query is known to answer this offer. What was never staged is not: lists and full reads bring what is
 * new, and a key may read far more than the query holds. Codes compare without case.
 */
export async function isInQuery(db: Queryable, sync: string, code: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `select 1 from staged_record where sync = $1 and lower(record_id) = lower($2) and status <> 'left-query' and deleted_at is null`,
    [sync, code],
  );
  return (rowCount ?? 0) > 0;
}
