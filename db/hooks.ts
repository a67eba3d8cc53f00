import { toJsonb } from './jsonb';
import type { Queryable } from './pool';

/** "Look at this record": all that is kept of what a sender said. */
export interface Announcement {
  eventId: string;
  /** The sender's own word for what happened. */
  type: string;
  recordId: string;
  signal: 'recordValidated' | 'recordChanged';
  /** Of the record, when the sender says it. */
  version: number | null;
}

/** Everything that waits about one record, to be told by one signal. */
export interface WaitingRecord {
  sync: string;
  recordId: string;
  /** `recordValidated` when one of the announcements said so. */
  signal: Announcement['signal'];
  /** The newest one announced; null when one of the announcements named none. */
  version: number | null;
  hookIds: number[];
  /** How often these were taken, the one that failed least. */
  attempts: number;
}

/** Keeps announcements, in one statement. Answers how many were new: an event id counts once per sync. */
export async function storeAnnouncements(
  db: Queryable,
  { sync, pair }: { sync: string; pair: string },
  announcements: readonly Announcement[],
): Promise<number> {
  const { rowCount } = await db.query(
    `with known as (insert into sync (slug, pair) values ($1, $2) on conflict (slug) do nothing)
     insert into received_hook (sync, event_id, type, record_id, signal, version)
     select $1, a."eventId", a.type, a."recordId", a.signal, a.version
     from jsonb_to_recordset($3::jsonb) as a("eventId" text, type text, "recordId" text, signal text, version bigint)
     on conflict (sync, event_id) do nothing`,
    [sync, pair, toJsonb(announcements)],
  );
  return rowCount ?? 0;
}

/**
 * Takes announcements of these syncs that are due, oldest first and at most `most`, by record. Nobody else gets them for
 * `leaseMs`; what is neither delivered nor put off by then is due again, because its taker died.
 */
export async function takeAnnouncements(
  db: Queryable,
  { syncs, most, leaseMs }: { syncs: readonly string[]; most: number; leaseMs: number },
): Promise<WaitingRecord[]> {
  const { rows } = await db.query<WaitingRecord>(
    `with due as (
       select id from received_hook
       where delivered_at is null and next_attempt_at <= now() and record_id is not null and sync = any($1)
       order by next_attempt_at, id limit $2 for update skip locked
     ), taken as (
       update received_hook h set attempts = h.attempts + 1, next_attempt_at = now() + $3 * interval '1 millisecond'
       from due where h.id = due.id
       returning h.id, h.sync, h.record_id, h.signal, h.version, h.attempts
     )
     select sync, record_id as "recordId",
       case when bool_or(signal = 'recordValidated') then 'recordValidated' else 'recordChanged' end as signal,
       case when bool_and(version is not null) then max(version) end as version,
       jsonb_agg(id) as "hookIds", min(attempts) as attempts
     from taken group by sync, record_id order by min(id)`,
    [syncs, most, leaseMs],
  );
  return rows;
}

/** Marks announcements as told. */
export async function markDelivered(db: Queryable, hookIds: readonly number[]): Promise<void> {
  if (hookIds.length === 0) return;
  await db.query('update received_hook set delivered_at = now(), problem = null where id = any($1)', [
    hookIds,
  ]);
}

export interface PutOff {
  hookIds: readonly number[];
  waitMs: number;
  /** A code, never a message: messages may repeat values. */
  problem: string;
}

/** Makes announcements due later, and says why they could not be told. */
export async function putOff(db: Queryable, each: readonly PutOff[]): Promise<void> {
  if (each.length === 0) return;
  await db.query(
    `update received_hook h set next_attempt_at = now() + p."waitMs" * interval '1 millisecond', problem = p.problem
     from jsonb_to_recordset($1::jsonb) as p("hookIds" jsonb, "waitMs" bigint, problem text),
       jsonb_array_elements_text(p."hookIds") as hook(id)
     where h.id = hook.id::bigint and h.delivered_at is null`,
    [toJsonb(each)],
  );
}

/** Forgets announcements that were told and came so long ago. Answers how many. */
export async function deleteOldAnnouncements(db: Queryable, days: number): Promise<number> {
  const { rowCount } = await db.query(
    `delete from received_hook where delivered_at is not null and received_at < now() - $1 * interval '1 day'`,
    [days],
  );
  return rowCount ?? 0;
}

/** What waits to be told, for operators: how many announcements, since when, and why the oldest one waits. */
export async function waitingAnnouncements(
  db: Queryable,
): Promise<{ waiting: number; oldest: Date | null; problem: string | null }> {
  const { rows } = await db.query<{ waiting: number; oldest: Date | null; problem: string | null }>(
    `select count(*) as waiting, min(received_at) as oldest, (array_agg(problem order by received_at, id))[1] as problem
     from received_hook where delivered_at is null`,
  );
  return rows[0] ?? { waiting: 0, oldest: null, problem: null };
}
