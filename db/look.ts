import { toJsonb } from './jsonb';
import type { Queryable } from './pool';

/** What we hold about the object that an entry of Cirkwi's feed stands for. */
export interface KnownObject {
  cirkwiId: string;
  code: string;
  /** By what it was recognised: 1 the echoed code, 2 a private tag, 3 the id that we saw before, 4 the id that PIVOT knows. */
  rank: number;
  /** The id under which we saw the object last. */
  storedId: string | null;
  fields: Record<string, string | number | boolean | null>;
  /** What Cirkwi is offered now; null for what was withdrawn. */
  publishedHash: string | null;
  trackHash: string | null;
  verified: boolean;
  /** The time of its last change in Cirkwi as we compared it. */
  comparedAt: number | null;
}

/** An entry by all the marks that may tell whose it is. */
export interface EntryMarks {
  id: string;
  codeCgt: string | null;
  privateTags: string[];
}

/**
 * The objects that entries stand for: by the code that Cirkwi echoes, else by a private tag that is a code of ours, else
 * by the id that we saw before or that PIVOT knows (settled question 19). An entry that matches nothing is not ours.
 */
export async function knownObjects(
  db: Queryable,
  sync: string,
  kind: 'circuit' | 'poi',
  entries: EntryMarks[],
): Promise<KnownObject[]> {
  const { rows } = await db.query<KnownObject>(
    `with e as (select * from jsonb_to_recordset($3::jsonb) as e(id text, "codeCgt" text, "privateTags" jsonb)),
     marks as (
       select id, "codeCgt" as code, 1 as rank from e where "codeCgt" is not null
       union all select e.id, tag, 2 from e cross join lateral jsonb_array_elements_text(e."privateTags") as tag
       union all select e.id, f.record_id, 3 from e join feed_object f on f.sync = $1 and f.cirkwi_id = e.id
     ),
     named as (
       select distinct on (m.id) m.id, f.record_id, m.rank from marks m
       join feed_object f on f.sync = $1 and f.record_id = m.code and f.kind = $2 order by m.id, m.rank, f.record_id
     ),
     told as (
       select distinct on (e.id) e.id, f.record_id, 4 as rank from e
       join staged_record s on s.sync = $1 and s.body->>'cirkwiId' = e.id
       join feed_object f on f.sync = $1 and f.record_id = s.record_id and f.kind = $2
       where e.id not in (select id from named) order by e.id, f.record_id
     )
     select n.id as "cirkwiId", f.record_id as code, n.rank, f.cirkwi_id as "storedId", coalesce(f.published_fields, '{}') as fields, f.published_hash as "publishedHash",
       f.published_track_hash as "trackHash", f.verified_at is not null as verified, case when f.cirkwi_id = n.id then f.cirkwi_modified_at end as "comparedAt"
     from (select * from named union all select * from told) as n join feed_object f on f.sync = $1 and f.record_id = n.record_id`,
    [sync, kind, toJsonb(entries)],
  );
  return rows;
}

/** What a look found of objects: Cirkwi's id, and whether it shows what we published. */
export interface Sighting {
  code: string;
  cirkwiId: string;
  shows: 'published' | 'something-else';
  /** The time of its last change in Cirkwi as it was compared; null when it may change again within that very second. */
  comparedAt: number | null;
  /** The content that was compared: a publication in between is another question. Null for what was withdrawn. */
  publishedHash: string | null;
}

/**
 * Notes sightings of a look that began at `lookedSince`. An object that shows what we published is verified; one that was
 * not seen before is imported; one that was withdrawn is still there.
 */
export async function saveSightings(
  db: Queryable,
  sync: string,
  lookedSince: string,
  sightings: Sighting[],
): Promise<void> {
  if (sightings.length === 0) return;
  await db.query(
    `update feed_object f set seen_at = greatest(now(), $3::timestamptz), cirkwi_id = s."cirkwiId", cirkwi_modified_at = s."comparedAt",
       imported_at = coalesce(f.imported_at, now()),
       verified_at = case when s.shows = 'published' then coalesce(f.verified_at, now()) else f.verified_at end,
       state = case when f.state not in ('published', 'imported') then f.state when s.shows = 'published' then 'verified' else 'imported' end
     from jsonb_to_recordset($2::jsonb) as s(code text, "cirkwiId" text, shows text, "comparedAt" bigint, "publishedHash" text)
     where f.sync = $1 and f.record_id = s.code and f.published_hash is not distinct from s."publishedHash"
       and not exists (select 1 from feed_object o where o.sync = $1 and o.kind = f.kind and o.cirkwi_id = s."cirkwiId" and o.record_id <> s.code)`,
    [sync, toJsonb(sightings), lookedSince],
  );
}

/** The latest change of a circuit in Cirkwi that was compared, by Cirkwi's clock; null when none was. */
export async function latestChange(db: Queryable, sync: string): Promise<number | null> {
  const { rows } = await db.query<{ at: number | null }>(
    `select max(cirkwi_modified_at)::float8 as at from feed_object where sync = $1 and kind = 'circuit'`,
    [sync],
  );
  return rows[0]?.at ?? null;
}

/** Closes the items of one reason and place about these records: what they told of is no longer so. */
export async function resolveForRecords(
  db: Queryable,
  sync: string,
  item: { reason: string; place: string },
  recordIds: string[],
): Promise<void> {
  if (recordIds.length === 0) return;
  await db.query(
    `update attention_item set state = 'resolved', resolved_at = now()
     where sync = $1 and reason = $2 and place = $3 and record_id = any($4) and state <> 'resolved'`,
    [sync, item.reason, item.place, recordIds],
  );
}

/** Closes the items of one reason that a complete look did not come upon again. */
export async function resolveNotFoundAgain(
  db: Queryable,
  sync: string,
  reason: string,
  lookedSince: string,
): Promise<void> {
  await db.query(
    `update attention_item set state = 'resolved', resolved_at = now()
     where sync = $1 and reason = $2 and state <> 'resolved' and seen_at < $3::timestamptz`,
    [sync, reason, lookedSince],
  );
}

/** Objects that a complete look did not see: what was withdrawn is gone, and what is offered is not shown. Answers the latter. */
export async function settleUnseen(db: Queryable, sync: string, lookedSince: string): Promise<string[]> {
  await db.query(
    `update feed_object set state = 'gone' where sync = $1 and state = 'withdrawn' and (seen_at is null or seen_at < $2)`,
    [sync, lookedSince],
  );
  const { rows } = await db.query<{ code: string }>(
    `update feed_object set state = 'published', verified_at = null, imported_at = null
     where sync = $1 and state in ('imported', 'verified') and (seen_at is null or seen_at < $2) returning record_id as code`,
    [sync, lookedSince],
  );
  return rows.map((row) => row.code);
}

/** Objects that Cirkwi has not shown as published for longer than they may take; and those that are past that. */
export async function unverifiedObjects(
  db: Queryable,
  sync: string,
  withinMs: number,
): Promise<Array<{ code: string; state: string; publishedAt: string }>> {
  const { rows } = await db.query<{ code: string; state: string; publishedAt: string }>(
    `select record_id as code, state, published_at::text as "publishedAt" from feed_object
     where sync = $1 and (state in ('published', 'imported', 'withdrawn')) and published_at < now() - $2 * interval '1 millisecond'
     order by record_id limit 1000`,
    [sync, withinMs],
  );
  return rows;
}

/** Closes the items about objects that are shown as they should be by now. */
export async function resolveVerified(db: Queryable, sync: string, reasons: string[]): Promise<void> {
  await db.query(
    `update attention_item a set state = 'resolved', resolved_at = now()
     from feed_object f where a.sync = $1 and a.state <> 'resolved' and a.reason = any($2)
       and f.sync = a.sync and f.record_id = a.record_id and f.state in ('verified', 'gone')`,
    [sync, reasons],
  );
}

/** Whether anything published still waits to be seen in Cirkwi. */
export async function awaitsVerification(db: Queryable, sync: string): Promise<boolean> {
  const { rows } = await db.query<{ found: boolean }>(
    `select exists (select 1 from feed_object where sync = $1 and state in ('published', 'imported', 'withdrawn')) as found`,
    [sync],
  );
  return rows[0]?.found ?? false;
}

/** What somebody edited in Cirkwi is to be replaced, although nothing changed at the source (for deliveries that push). */
export async function markDrifted(db: Queryable, sync: string, codes: string[]): Promise<void> {
  await db.query(
    `with drifted as (update feed_object set published_hash = 'drifted' where sync = $1 and record_id = any($2) returning record_id)
     update staged_record s set due = true, due_mark = s.due_mark + 1 from drifted d where s.sync = $1 and s.record_id = d.record_id`,
    [sync, codes],
  );
}

/** Circuits that people drew in Cirkwi, as a look found them. */
export async function saveDrawings(
  db: Queryable,
  sync: string,
  drawings: Array<{ cirkwiId: string; modifiedAt: number | null; lineHash: string | null }>,
): Promise<void> {
  await db.query(
    `insert into foreign_drawing (sync, cirkwi_id, modified_at, line_hash)
     select $1, d."cirkwiId", d."modifiedAt", d."lineHash" from jsonb_to_recordset($2::jsonb) as d("cirkwiId" text, "modifiedAt" bigint, "lineHash" text)
     on conflict (sync, cirkwi_id) do update set modified_at = excluded.modified_at, line_hash = excluded.line_hash`,
    [sync, toJsonb(drawings)],
  );
}

/** Which of these drawings have changed since we looked at them, or were never looked at. */
export async function drawingsToRead(
  db: Queryable,
  sync: string,
  drawings: Array<{ cirkwiId: string; modifiedAt: number | null }>,
): Promise<string[]> {
  const { rows } = await db.query<{ cirkwiId: string }>(
    `select d."cirkwiId" from jsonb_to_recordset($2::jsonb) as d("cirkwiId" text, "modifiedAt" bigint)
     left join foreign_drawing f on f.sync = $1 and f.cirkwi_id = d."cirkwiId"
     where f.cirkwi_id is null or f.modified_at is distinct from d."modifiedAt"`,
    [sync, toJsonb(drawings)],
  );
  return rows.map((row) => row.cirkwiId);
}

/** Drawings whose line is that of an itinerary which Cirkwi shows from our feed: the drawing has served. */
export async function drawingsWithTwin(
  db: Queryable,
  sync: string,
): Promise<Array<{ cirkwiId: string; code: string }>> {
  const { rows } = await db.query<{ cirkwiId: string; code: string }>(
    `select distinct on (d.cirkwi_id) d.cirkwi_id as "cirkwiId", f.record_id as code
     from foreign_drawing d join track_body t on t.line_hash = d.line_hash
     join feed_object f on f.sync = d.sync and f.track_hash = t.hash and f.state in ('published', 'imported', 'verified')
     where d.sync = $1 and not exists (select 1 from feed_object o where o.sync = d.sync and o.cirkwi_id = d.cirkwi_id)
     order by d.cirkwi_id, f.record_id limit 1000`,
    [sync],
  );
  return rows;
}

/** A complete look did not find the other drawings any more: they were deleted, as the reminder asked. */
export async function forgetDrawings(db: Queryable, sync: string, seenIds: string[]): Promise<void> {
  await db.query('delete from foreign_drawing where sync = $1 and cirkwi_id <> all($2)', [sync, seenIds]);
}

/** Closes the sync's own items of one reason, but for those at these places. */
export async function resolveOtherPlaces(
  db: Queryable,
  sync: string,
  reason: string,
  places: string[],
): Promise<void> {
  await db.query(
    `update attention_item set state = 'resolved', resolved_at = now()
     where sync = $1 and record_id is null and reason = $2 and state <> 'resolved' and place <> all($3)`,
    [sync, reason, places],
  );
}
