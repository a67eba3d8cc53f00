import type { Fields } from '../mappings/fields';
import type { HandedOver } from '../mappings/pivot-cirkwi/reconcile/reconcile-shown';
import { RECORD_KINDS } from '../mappings/weavy-webmecanik/crm-record';
import { toJsonb } from './jsonb';
import type { Link, LinkKind } from './links';
import { idCondition } from './lists/search';
import type { Queryable } from './pool';

/** Questions of the command line: they read, and nothing else depends on their answers. */

/** Where a record stands, without its body. */
export interface StagedSummary {
  recordId: string;
  publicId: string | null;
  parentId: string | null;
  /** Name of the company or of the offer: for people. */
  name: string | null;
  status: string;
  outcome: string | null;
  reason: string | null;
  due: boolean;
  contactKey: string | null;
  unreadable: string[] | null;
  deletedAt: Date | null;
  sourceUpdatedAt: Date | null;
  stagedAt: Date;
  settledAt: Date | null;
}

/**
 * The record with this private id, else those with this public id (one, unless the source repeats it), else the same
 * whatever the case: people write codes as they like. Records of a CRM also answer to their id without the platform
 * (`contact/81`) and to the id alone.
 */
export async function findRecords(db: Queryable, sync: string, id: string): Promise<StagedSummary[]> {
  const exact = await db.query<StagedSummary>(
    `select ${SUMMARY} from staged_record where sync = $1 and record_id = $2`,
    [sync, id],
  );
  if (exact.rows.length > 0) return exact.rows;
  const params: unknown[] = [sync, id, ...crmIdsOf(id)];
  const { rows } = await db.query<StagedSummary & { rank: number }>(
    `with found as (
       select record_id as id, case when public_id = $2 then 1 when record_id = any($3) then 3
           when lower(record_id) = lower($2) or lower(public_id) = lower($2) then 2 else 4 end as rank
       from staged_record f
       where sync = $1 and (lower(record_id) = lower($2) or lower(public_id) = lower($2) or (kind is not null and lower(record_id) = any($4)))
         and ${idCondition('f', id, params)}
     )
     select ${SUMMARY}, rank
     from found join staged_record s on s.sync = $1 and s.record_id = found.id order by rank, record_id limit 20`,
    params,
  );
  const best = rows[0]?.rank;
  return rows.filter((row) => row.rank === best).map(({ rank: _rank, ...summary }) => summary);
}

const SUMMARY = `record_id as "recordId", public_id as "publicId", parent_id as "parentId", name, status, outcome, reason, due,
  contact_key as "contactKey", unreadable, deleted_at as "deletedAt", source_updated_at as "sourceUpdatedAt", staged_at as "stagedAt",
  settled_at as "settledAt"`;

/** Whole ids of a CRM that a shorter one may stand for: as written, and in small letters. */
function crmIdsOf(id: string): [string[], string[]] {
  const ids = [`weavy/${id}`, `mautic/${id}`, ...RECORD_KINDS.map((kind) => `${kind}/${id}`)];
  return [ids, ids.map((each) => each.toLowerCase())];
}

/** The link of the record's partner, and those of the participants that it owns or shares. */
export async function linksOfRecord(
  db: Queryable,
  sync: string,
  record: { recordId: string; contactKey: string | null },
): Promise<Link[]> {
  const { rows } = await db.query<Link>(
    `select ${LINK_COLUMNS} from link
     where sync = $1 and ((kind = 'partner' and source_key = $2) or (kind = 'participant' and (owner_record = $2 or source_key = $3)))
     order by kind, source_key`,
    [sync, record.recordId, record.contactKey],
  );
  return rows;
}

export async function allLinks(db: Queryable, sync: string, kind: LinkKind): Promise<Link[]> {
  const { rows } = await db.query<Link>(
    `select ${LINK_COLUMNS} from link where sync = $1 and kind = $2 order by source_key`,
    [sync, kind],
  );
  return rows;
}

const LINK_COLUMNS = `kind, source_key as "sourceKey", target_id as "targetId", state, origin, owner_record as "ownerRecord",
  contact_id as "contactId", base, quantities, paused_fields as "pausedFields"`;

/**
 * Records that did not get through at their last pass, in the order of their ids, after `after`. Of two linked records
 * that both did not, the one of Mautic stands for both.
 */
export async function recordsNotInStep(
  db: Queryable,
  sync: string,
  after: string,
  limit: number,
): Promise<string[]> {
  const { rows } = await db.query<{ record_id: string }>(
    `select s.record_id from staged_record s
     where s.sync = $1 and s.outcome in ('held', 'refused', 'waiting') and s.record_id > $2 and not exists (
       select 1 from couple c join staged_record m on m.sync = c.sync and m.record_id = c.mautic_record
       where c.sync = $1 and c.weavy_record = s.record_id and m.outcome in ('held', 'refused', 'waiting'))
     order by s.record_id limit $3`,
    [sync, after, limit],
  );
  return rows.map((row) => row.record_id);
}

/** When a cursor was moved last; null when it never was. */
export async function cursorMovedAt(db: Queryable, sync: string, name: string): Promise<Date | null> {
  const { rows } = await db.query<{ moved_at: Date }>(
    'select moved_at from cursor where sync = $1 and name = $2',
    [sync, name],
  );
  return rows[0]?.moved_at ?? null;
}

/** Edited tracks that are not over, by what they wait for. */
export async function openEditStates(db: Queryable, sync: string): Promise<Record<string, number>> {
  const { rows } = await db.query<{ state: string; n: number }>(
    'select state, count(*)::int as n from track_edit where sync = $1 and ended_at is null group by state order by state',
    [sync],
  );
  return Object.fromEntries(rows.map((row) => [row.state, row.n]));
}

/** Everything that was ever handed over to Cirkwi, or is about to be, without its content. */
export async function handedOverObjects(db: Queryable, sync: string): Promise<HandedOver[]> {
  const { rows } = await db.query<Omit<HandedOver, 'at'> & { at: Date | null }>(
    `select record_id as code, coalesce(published_kind, kind) as kind, published_hash is not null as "isOffered", published_at as at,
       verified_at is not null as "isVerified" from feed_object where sync = $1 order by record_id`,
    [sync],
  );
  return rows.map((row) => ({ ...row, at: row.at?.getTime() ?? null }));
}

/**
 * The offers that entries of Cirkwi's feed stand for, published or not: by the echoed code, else by a private tag, else by
 * the id that we saw before or that PIVOT knows (settled question 19). `fields` are those that are offered now.
 */
export async function offersOfEntries(
  db: Queryable,
  sync: string,
  entries: ReadonlyArray<{ id: string; codeCgt: string | null; privateTags: string[] }>,
): Promise<Array<{ id: string; code: string; fields: Fields | null }>> {
  const { rows } = await db.query<{ id: string; code: string; fields: Fields | null }>(
    `with e as (select * from jsonb_to_recordset($2::jsonb) as e(id text, "codeCgt" text, "privateTags" jsonb)),
     marks as (
       select id, "codeCgt" as code, 1 as rank from e where "codeCgt" is not null
       union all select e.id, tag, 2 from e cross join lateral jsonb_array_elements_text(e."privateTags") as tag
       union all select e.id, f.record_id, 3 from e join feed_object f on f.sync = $1 and f.cirkwi_id = e.id
       union all select e.id, s.record_id, 4 from e join staged_record s on s.sync = $1 and s.body->>'cirkwiId' = e.id
     ),
     named as (
       select distinct on (m.id) m.id, m.code from marks m
       where exists (select 1 from staged_record s where s.sync = $1 and s.record_id = m.code)
         or exists (select 1 from feed_object f where f.sync = $1 and f.record_id = m.code)
       order by m.id, m.rank, m.code
     )
     select n.id, n.code, f.published_fields as fields from named n left join feed_object f on f.sync = $1 and f.record_id = n.code`,
    [sync, toJsonb(entries)],
  );
  return rows;
}
