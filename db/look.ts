import { toJsonb } from './jsonb';
import type { Queryable } from './pool';

/** What we hold about the object that an entry of Cirkwi's feed stands for. */
export interface KnownObject {
  cirkwiId: string;
  code: string;
  state: string;
  fields: Record<string, string | number | boolean | null>;
  contentHash: string;
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
  entries: EntryMarks[],
): Promise<KnownObject[]> {
  const { rows } = await db.query<KnownObject>(
    `with e as (select * from jsonb_to_recordset($2::jsonb) as e(id text, "codeCgt" text, "privateTags" jsonb)),
     named as (
       select distinct on (e.id) e.id, f.record_id,
         case when f.record_id = e."codeCgt" then 1 when e."privateTags" ? f.record_id then 2 when f.cirkwi_id = e.id then 3 else 4 end as rank
       from e join feed_object f on f.sync = $1 and (f.record_id = e."codeCgt" or e."privateTags" ? f.record_id or f.cirkwi_id = e.id
         or exists (select 1 from staged_record s where s.sync = $1 and s.record_id = f.record_id and s.body->>'cirkwiId' = e.id))
       order by e.id, rank
     )
     select n.id as "cirkwiId", f.record_id as code, f.state, f.fields, f.content_hash as "contentHash", f.published_hash as "publishedHash",
       f.track_hash as "trackHash", f.verified_at is not null as verified, case when f.cirkwi_id = n.id then f.cirkwi_modified_at end as "comparedAt"
     from named n join feed_object f on f.sync = $1 and f.record_id = n.record_id`,
    [sync, toJsonb(entries)],
  );
  return rows;
}

/** What a look found of objects: Cirkwi's id, and whether it shows what we published. */
export interface Sighting {
  code: string;
  cirkwiId: string;
  shows: 'published' | 'something-else';
  modifiedAt: number | null;
  /** The content that was compared: a publication in between is another question. */
  publishedHash: string;
}

/** Notes sightings. An object that shows what we published is verified; one that was not seen before is imported. */
export async function saveSightings(db: Queryable, sync: string, sightings: Sighting[]): Promise<void> {
  if (sightings.length === 0) return;
  await db.query(
    `update feed_object f set seen_at = now(), cirkwi_id = s."cirkwiId", cirkwi_modified_at = coalesce(s."modifiedAt", f.cirkwi_modified_at),
       imported_at = coalesce(f.imported_at, now()),
       verified_at = case when s.shows = 'published' then coalesce(f.verified_at, now()) else f.verified_at end,
       state = case when f.state not in ('published', 'imported') then f.state when s.shows = 'published' then 'verified' else 'imported' end
     from jsonb_to_recordset($2::jsonb) as s(code text, "cirkwiId" text, shows text, "modifiedAt" bigint, "publishedHash" text)
     where f.sync = $1 and f.record_id = s.code and f.published_hash = s."publishedHash"
       and not exists (select 1 from feed_object o where o.sync = $1 and o.cirkwi_id = s."cirkwiId" and o.record_id <> s.code)`,
    [sync, toJsonb(sightings)],
  );
}

/** Objects that a complete look did not see: what was withdrawn is gone, and what is offered is not shown. */
export async function settleUnseen(db: Queryable, sync: string, lookedSince: string): Promise<void> {
  await db.query(
    `update feed_object set state = 'gone' where sync = $1 and state = 'withdrawn' and (seen_at is null or seen_at < $2)`,
    [sync, lookedSince],
  );
  await db.query(
    `update feed_object set state = 'published', verified_at = null, imported_at = null
     where sync = $1 and state in ('imported', 'verified') and (seen_at is null or seen_at < $2)`,
    [sync, lookedSince],
  );
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
     where d.sync = $1 order by d.cirkwi_id, f.record_id limit 1000`,
    [sync],
  );
  return rows;
}

/** A complete look did not find these drawings any more: they were deleted, as the reminder asked. */
export async function forgetDrawings(db: Queryable, sync: string, seenIds: string[]): Promise<string[]> {
  const { rows } = await db.query<{ cirkwi_id: string }>(
    'delete from foreign_drawing where sync = $1 and cirkwi_id <> all($2) returning cirkwi_id',
    [sync, seenIds],
  );
  return rows.map((row) => row.cirkwi_id);
}
