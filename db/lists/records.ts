import { type Outcome, standing } from '../outcomes';
import type { Queryable } from '../pool';
import { type Page, pageOf } from './page';
import { searchCondition } from './search';
import { sumOf, toldAgain } from './told-again';

/** A record in a list: where it stands, without its body. */
export interface RecordListRow {
  recordId: string;
  publicId: string | null;
  parentId: string | null;
  /** Name of the company, the offer or the person. */
  name: string | null;
  /** Platform and kind, for records of a CRM pair. */
  kind: string | null;
  status: string;
  outcome: Outcome | null;
  reason: string | null;
  /** Looked at again by the next run. */
  due: boolean;
  settledAt: Date | null;
  deletedAt: Date | null;
  /** Attention items of the record that are open, of any weight. */
  openItems: number;
}

export interface RecordFilter {
  /** `not-yet`: no pass came to an end. */
  outcome?: Outcome | 'not-yet' | undefined;
  /** Part of an id, a public id or a name. */
  text?: string | undefined;
  due?: boolean | undefined;
}

/** Records of a sync in the order of their ids, from behind `after`. */
export async function listRecords(
  db: Queryable,
  sync: string,
  asked: RecordFilter & { after?: string | undefined; limit: number },
): Promise<Page<RecordListRow, string>> {
  const params: unknown[] = [sync, asked.after ?? '', asked.limit + 1];
  const conditions = [searchCondition('s', asked.text, params)];
  // of one outcome each time, and none of them is an outcome too: its index gives them in this order
  const order = asked.outcome === 'not-yet' ? 's.outcome, s.record_id' : 's.record_id';
  if (asked.outcome === 'not-yet') conditions.push('s.outcome is null');
  else if (asked.outcome !== undefined) conditions.push(`s.outcome = $${params.push(asked.outcome)}`);
  if (asked.due !== undefined) conditions.push(asked.due ? 's.due' : 'not s.due');
  const { rows } = await db.query<RecordListRow>(
    `with page as (
       select record_id, public_id, parent_id, name, kind, status, outcome, reason, due, settled_at, deleted_at from staged_record s
       where s.sync = $1 and s.record_id > $2 and ${conditions.join(' and ')} order by ${order} limit $3
     )
     select p.record_id as "recordId", p.public_id as "publicId", p.parent_id as "parentId", p.name, p.kind, p.status, p.outcome, p.reason,
       p.due, p.settled_at as "settledAt", p.deleted_at as "deletedAt", i.n as "openItems"
     from page p cross join lateral (
       select count(*)::int as n from attention_item a where a.sync = $1 and a.record_id = p.record_id and a.state = 'open') i
     order by p.record_id`,
    params,
  );
  return pageOf(rows, asked.limit, (row) => row.recordId);
}

/**
 * Where several syncs stand: how many records by outcome, `not-yet` for those without one. A sync without records is an empty
 * object. Of many records it may be some seconds old.
 */
export async function standingOf(
  db: Queryable,
  syncs: readonly string[],
): Promise<Map<string, Record<string, number>>> {
  const counts = await Promise.all(
    syncs.map((sync) => toldAgain(db, `standing ${sync}`, () => standing(db, sync), sumOf)),
  );
  return new Map(syncs.map((sync, place) => [sync, { ...counts[place] }]));
}
