import type { Queryable } from './pool';

/**
 * Which records of both sides are one, by what they are known by, as far as nothing is linked yet. In sets, in this order:
 * an Entrant whose person became a Contact is followed (J28); a record joins one that waits for its counterpart; the rest
 * pair off, the latest changed of several first, then the lowest code (settled question 43); what is left alone waits for
 * a counterpart to be created. Records of one side that share a key with one that is linked stay out: they are duplicates.
 * Nothing here touches a platform.
 */
export async function matchRecords(
  db: Queryable,
  sync: string,
  keys: readonly string[] | null,
): Promise<{
  relinked: Array<{ coupleId: number; from: string; to: string; lead: string }>;
  proposed: number;
}> {
  await dropStale(db, sync, keys);
  const relinked = await followContacts(db, sync, keys);
  const merged = await mergeHalves(db, sync, keys);
  const joined = (await joinHalves(db, sync, keys, 'weavy')) + (await joinHalves(db, sync, keys, 'mautic'));
  const paired = await pairOff(db, sync, keys);
  const alone = await waitForCounterpart(db, sync, keys);
  for (const { coupleId, to } of relinked) await forgetBlanks(db, coupleId, to);
  return { relinked, proposed: merged + joined + paired + alone };
}

/** Live records with a key that belong to no couple: `$1` sync, `$2` keys or null. Ranked within kind and key. */
const FREE = `free as (
  select s.record_id, s.kind, s.match_key, case when s.kind in ('weavy/customer', 'mautic/company') then 'company' else 'person' end as couple_kind,
    split_part(s.kind, '/', 1) as side,
    row_number() over (partition by split_part(s.kind, '/', 1), s.kind in ('weavy/customer', 'mautic/company'), s.match_key
      order by s.kind = 'weavy/marketinginbound', s.source_updated_at desc nulls last, s.record_id collate "C") as rank
  from staged_record s
  where s.sync = $1 and s.match_key is not null and s.deleted_at is null and s.body is not null and ($2::text[] is null or s.match_key = any($2))
    and not exists (select 1 from couple c where c.sync = $1 and c.weavy_record = s.record_id)
    and not exists (select 1 from couple c where c.sync = $1 and c.mautic_record = s.record_id)
)`;

/** Proposals whose records are gone, or are not known by the same any more. */
async function dropStale(db: Queryable, sync: string, keys: readonly string[] | null): Promise<void> {
  await db.query(
    `delete from couple c using couple p
       left join staged_record w on w.sync = p.sync and w.record_id = p.weavy_record
       left join staged_record m on m.sync = p.sync and m.record_id = p.mautic_record
     where c.id = p.id and p.sync = $1 and p.state = 'proposed' and p.creating_at is null
       and ($2::text[] is null or w.match_key = any($2) or m.match_key = any($2)) and (
       (p.weavy_record is not null and (w.match_key is null or w.deleted_at is not null))
       or (p.mautic_record is not null and (m.match_key is null or m.deleted_at is not null))
       or (w.match_key is not null and m.match_key is not null and w.match_key <> m.match_key))`,
    [sync, keys],
  );
}

async function followContacts(db: Queryable, sync: string, keys: readonly string[] | null) {
  const { rows } = await db.query<{ coupleId: number; from: string; to: string; lead: string }>(
    `with ${FREE}, found as (
       select distinct on (c.id) c.id, c.weavy_record as was, f.record_id as becomes, c.mautic_record as lead
       from free f
       join staged_record m on m.sync = $1 and m.match_key = f.match_key and m.kind = 'mautic/contact' and m.deleted_at is null
       join couple c on c.sync = $1 and c.mautic_record = m.record_id
       where f.kind = 'weavy/customercontact' and f.rank = 1 and c.weavy_record like 'weavy/marketinginbound/%' and c.state <> 'stopped'
       order by c.id, f.record_id
     ), moved as (
       update couple c set weavy_record = found.becomes, origin = 'relinked', updated_at = now(),
           state = case when c.state = 'orphaned' then 'active' else c.state end from found where c.id = found.id
       returning c.id, found.was, found.becomes, found.lead
     ), due as (
       update staged_record s set due = true, due_mark = s.due_mark + 1 from moved where s.sync = $1 and s.record_id in (moved.becomes, moved.lead)
     )
     select id as "coupleId", was as "from", becomes as "to", lead from moved`,
    [sync, keys],
  );
  return rows;
}

/** Two that wait for each other, because a key was corrected after both began to wait, are one. */
async function mergeHalves(db: Queryable, sync: string, keys: readonly string[] | null): Promise<number> {
  const { rows } = await db.query<{ keep: number; drop: number; record: string }>(
    `select distinct on (w.id) w.id as keep, m.id as drop, m.mautic_record as record
     from couple w
     join staged_record ws on ws.sync = $1 and ws.record_id = w.weavy_record and ws.deleted_at is null
     join staged_record ms on ms.sync = $1 and ms.match_key = ws.match_key and ms.kind like 'mautic/%' and ms.deleted_at is null
     join couple m on m.sync = $1 and m.mautic_record = ms.record_id and m.kind = w.kind
     where w.sync = $1 and w.mautic_record is null and m.weavy_record is null and w.state = 'proposed' and m.state = 'proposed'
       and w.creating_at is null and m.creating_at is null and ($2::text[] is null or ws.match_key = any($2))
     order by w.id, m.id`,
    [sync, keys],
  );
  const once = [...new Map(rows.map((row) => [row.drop, row])).values()];
  if (once.length === 0) return 0;
  await db.query('delete from couple where id = any($1)', [once.map((row) => row.drop)]);
  await db.query(
    `with joined as (
       update couple c set mautic_record = j.record, origin = 'adopted', updated_at = now()
       from unnest($2::bigint[], $3::text[]) as j(keep, record) where c.id = j.keep returning c.weavy_record, c.mautic_record
     )
     update staged_record s set due = true, due_mark = s.due_mark + 1
     from (select weavy_record as id from joined union all select mautic_record from joined) j where s.sync = $1 and s.record_id = j.id`,
    [sync, once.map((row) => row.keep), once.map((row) => row.record)],
  );
  return once.length;
}

async function joinHalves(
  db: Queryable,
  sync: string,
  keys: readonly string[] | null,
  side: 'weavy' | 'mautic',
): Promise<number> {
  const other = side === 'weavy' ? 'mautic' : 'weavy';
  const { rows } = await db.query<{ n: number }>(
    `with ${FREE}, found as (
       select distinct on (h.id) h.id, f.record_id, o.record_id as waiting
       from couple h
       join staged_record o on o.sync = $1 and o.record_id = h.${other}_record and o.deleted_at is null
       join free f on f.match_key = o.match_key and f.couple_kind = h.kind and f.side = '${side}' and f.rank = 1
       where h.sync = $1 and h.${side}_record is null and h.state = 'proposed'
       order by h.id
     ), once as (select distinct on (record_id) * from found order by record_id, id),
     joined as (
       update couple c set ${side}_record = once.record_id, updated_at = now() from once where c.id = once.id returning once.record_id, once.waiting
     ), due as (
       update staged_record s set due = true, due_mark = s.due_mark + 1 from joined where s.sync = $1 and s.record_id in (joined.record_id, joined.waiting)
     )
     select count(*)::int as n from joined`,
    [sync, keys],
  );
  return rows[0]?.n ?? 0;
}

async function pairOff(db: Queryable, sync: string, keys: readonly string[] | null): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `with ${FREE}, paired as (
       insert into couple (sync, kind, weavy_record, mautic_record)
       select $1, couple_kind, max(record_id) filter (where side = 'weavy'), max(record_id) filter (where side = 'mautic')
       from free where rank = 1 group by couple_kind, match_key having count(*) = 2
       on conflict do nothing returning weavy_record, mautic_record
     ), due as (
       update staged_record s set due = true, due_mark = s.due_mark + 1
       from (select weavy_record as id from paired union all select mautic_record from paired) p where s.sync = $1 and s.record_id = p.id
     )
     select count(*)::int as n from paired`,
    [sync, keys],
  );
  return rows[0]?.n ?? 0;
}

/** Entrants never wait: one that nobody linked is nobody's business. */
async function waitForCounterpart(
  db: Queryable,
  sync: string,
  keys: readonly string[] | null,
): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `with ${FREE}, used as (
       select s.match_key, c.kind from couple c join staged_record s on s.sync = $1 and s.record_id = c.weavy_record
       where c.sync = $1 and s.deleted_at is null and ($2::text[] is null or s.match_key = any($2))
       union select s.match_key, c.kind from couple c join staged_record s on s.sync = $1 and s.record_id = c.mautic_record
       where c.sync = $1 and s.deleted_at is null and ($2::text[] is null or s.match_key = any($2))
     ), alone as (
       insert into couple (sync, kind, weavy_record, mautic_record, origin)
       select $1, f.couple_kind, case when f.side = 'weavy' then f.record_id end, case when f.side = 'mautic' then f.record_id end, 'created'
       from free f
       where f.rank = 1 and f.kind <> 'weavy/marketinginbound'
         and not exists (select 1 from used u where u.match_key = f.match_key and u.kind = f.couple_kind)
       on conflict do nothing returning weavy_record, mautic_record
     ), due as (
       update staged_record s set due = true, due_mark = s.due_mark + 1 from alone where s.sync = $1 and s.record_id = coalesce(alone.weavy_record, alone.mautic_record)
     )
     select count(*)::int as n from alone`,
    [sync, keys],
  );
  return rows[0]?.n ?? 0;
}

/**
 * A Contact that was made of an Entrant may lack what the Entrant held: where it is blank nothing counts as agreed, so that
 * what was lost on the way is filled again instead of being blanked on the other side (promise 4).
 */
async function forgetBlanks(db: Queryable, coupleId: number, weavyRecord: string): Promise<void> {
  await db.query(
    `update couple c set base = coalesce((
       select jsonb_object_agg(b.key, b.value) from jsonb_each(c.base) b where coalesce(s.body->'fields'->>b.key, '') <> ''), '{}')
     from staged_record s where c.id = $1 and s.sync = c.sync and s.record_id = $2`,
    [coupleId, weavyRecord],
  );
}

/** Contacts in Mautic that nobody in weavy is known by yet, with their e-mails, by record id, after `after`. */
export async function unknownContacts(
  db: Queryable,
  sync: string,
  after: string,
  limit: number,
): Promise<Array<{ recordId: string; key: string }>> {
  const { rows } = await db.query<{ recordId: string; key: string }>(
    `select s.record_id as "recordId", s.match_key as key from staged_record s
     where s.sync = $1 and s.kind = 'mautic/contact' and s.due and s.deleted_at is null and s.match_key is not null and s.record_id > $2
       and not exists (select 1 from couple c where c.sync = $1 and c.mautic_record = s.record_id and c.weavy_record is not null)
       and not exists (select 1 from staged_record w where w.sync = $1 and w.match_key = s.match_key and w.kind like 'weavy/%' and w.deleted_at is null)
     order by s.record_id limit $3`,
    [sync, after, limit],
  );
  return rows;
}
