import type { LinkedCouple } from '../mappings/weavy-webmecanik/reconcile/reconcile-difference';
import { type Couple, couplesOf } from './couples';
import type { Queryable } from './pool';

/** Questions of the command line about weavy <-> Webmecanik: they read, and nothing else depends on their answers. */

/** Couples in one answer: their bases are as much as their records. */
const PAGE = 2_000;

/** Every link of a sync, with what people decided about it. */
export async function allCouples(db: Queryable, sync: string): Promise<LinkedCouple[]> {
  const couples: LinkedCouple[] = [];
  for (let after = 0; ; ) {
    const { rows } = await db.query<LinkedCouple & { id: number }>(
      `select c.id, c.kind, c.weavy_record as "weavyRecord", c.mautic_record as "mauticRecord", c.origin,
         c.state = 'stopped' or exists (
           select 1 from attention_item a where a.sync = c.sync and a.record_id in (c.weavy_record, c.mautic_record)
             and a.state = 'decided' and a.decision = 'stop') as "isStopped",
         c.base, c.altered, c.paused_fields as "pausedFields",
         array(select a.place from attention_item a where a.sync = c.sync and a.record_id in (c.weavy_record, c.mautic_record)
           and a.decision = 'keep-target') as "keptFields",
         c.bounced_at is not null as "hasBounceNoted"
       from couple c where c.sync = $1 and c.id > $2 order by c.id limit ${PAGE}`,
      [sync, after],
    );
    couples.push(...rows.map(({ id: _id, ...couple }) => couple));
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return couples;
    after = last.id;
  }
}

/** The link that this record is part of; null when it has none. */
export async function coupleOf(db: Queryable, sync: string, recordId: string): Promise<Couple | null> {
  const [couple] = await couplesOf(db, sync, [recordId]);
  return couple ?? null;
}

/** How many links are in which state, by kind: `{"company": {"active": 12}}`. */
export async function couplesByState(
  db: Queryable,
  sync: string,
): Promise<Record<string, Record<string, number>>> {
  const { rows } = await db.query<{ kind: string; state: string; n: number }>(
    'select kind, state, count(*)::int as n from couple where sync = $1 group by kind, state order by kind, state',
    [sync],
  );
  const counts: Record<string, Record<string, number>> = {};
  for (const { kind, state, n } of rows) counts[kind] = { ...counts[kind], [state]: n };
  return counts;
}

/** Fields that are paused for some records, by weavy's name, the most often first. */
export async function pausedFields(
  db: Queryable,
  sync: string,
): Promise<Array<{ kind: string; field: string; records: number }>> {
  const { rows } = await db.query<{ kind: string; field: string; records: number }>(
    `select kind, field, count(*)::int as records from couple, unnest(paused_fields) as field
     where sync = $1 group by kind, field order by records desc, kind, field`,
    [sync],
  );
  return rows;
}

/** Which records an entry of a plan is about: `others` are those of either side that share a key with one of the two. */
export interface PlannedLink {
  lead: string;
  weavyRecord: string | null;
  mauticRecord: string | null;
  state: Couple['state'];
  others: string[];
}

/** The links that these leading records are part of. */
export async function plannedLinks(
  db: Queryable,
  sync: string,
  leads: readonly string[],
): Promise<PlannedLink[]> {
  const { rows } = await db.query<PlannedLink>(
    `select l.lead, c.weavy_record as "weavyRecord", c.mautic_record as "mauticRecord", c.state,
       array(select o.record_id from staged_record o
         where o.sync = c.sync and o.match_key in (w.match_key, m.match_key) and o.kind in (w.kind, m.kind) and o.deleted_at is null
           and o.record_id is distinct from c.weavy_record and o.record_id is distinct from c.mautic_record
         order by o.record_id) as others
     from unnest($2::text[]) as l(lead)
     join couple c on c.sync = $1 and l.lead in (c.weavy_record, c.mautic_record)
     left join staged_record w on w.sync = c.sync and w.record_id = c.weavy_record
     left join staged_record m on m.sync = c.sync and m.record_id = c.mautic_record`,
    [sync, leads],
  );
  return rows;
}
