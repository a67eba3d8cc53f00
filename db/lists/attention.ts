import type { AttentionItem } from '../attention';
import type { Queryable } from '../pool';
import { type Page, pageOf } from './page';

/** An attention item in the inbox. */
export interface ItemListRow {
  id: number;
  sync: string;
  recordId: string | null;
  publicId: string | null;
  /** Of the record. */
  name: string | null;
  reason: string;
  /** What part of the record; '' for the whole. */
  place: string;
  detail: Record<string, unknown>;
  severity: AttentionItem['severity'];
  state: AttentionItem['state'];
  openedRun: number | null;
  openedAt: Date;
  seenAt: Date;
  decision: string | null;
  argument: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  resolvedAt: Date | null;
}

export interface ItemFilter {
  sync?: string | undefined;
  /** Without it: those that are not over, open or decided. */
  state?: AttentionItem['state'] | undefined;
  severity?: AttentionItem['severity'] | undefined;
  reason?: string | undefined;
  recordId?: string | undefined;
  /** None that came after this one. */
  upTo?: number | undefined;
}

/** Items, those that wait longest first, from behind the item `after`. */
export async function listItems(
  db: Queryable,
  asked: ItemFilter & { after?: number | undefined; limit: number },
): Promise<Page<ItemListRow>> {
  const { rows } = await db.query<ItemListRow>(
    `select a.id, a.sync, a.record_id as "recordId", s.public_id as "publicId", s.name, a.reason, a.place, a.detail, a.severity, a.state,
       a.opened_run as "openedRun", a.opened_at as "openedAt", a.seen_at as "seenAt", a.decision, a.argument, a.decided_by as "decidedBy",
       a.decided_at as "decidedAt", a.resolved_at as "resolvedAt"
     from (
       select * from attention_item
       where id > $1 and ${asked.state === undefined ? `state <> 'resolved' and $3::text is null` : 'state = $3'}
         and ($4::text is null or sync = $4) and ($5::text is null or severity = $5) and ($6::text is null or reason = $6)
         and ($7::text is null or record_id = $7) and ($8::bigint is null or id <= $8)
       order by id limit $2) a
     left join staged_record s on s.sync = a.sync and s.record_id = a.record_id
     order by a.id`,
    [
      asked.after ?? 0,
      asked.limit + 1,
      asked.state ?? null,
      asked.sync ?? null,
      asked.severity ?? null,
      asked.reason ?? null,
      asked.recordId ?? null,
      asked.upTo ?? null,
    ],
  );
  return pageOf(rows, asked.limit, (row) => row.id);
}

/** How many items of one sync, weight and state there are. */
export interface ItemCount {
  sync: string;
  severity: AttentionItem['severity'];
  state: Exclude<AttentionItem['state'], 'resolved'>;
  items: number;
}

/** Items that are not over, counted. */
export async function itemCounts(db: Queryable): Promise<ItemCount[]> {
  const { rows } = await db.query<ItemCount>(
    `select sync, severity, state, count(*)::int as items from attention_item where state in ('open', 'decided')
     group by sync, severity, state order by sync, severity, state`,
  );
  return rows;
}

/** Open items that tell the same. */
export interface OpenReason {
  sync: string;
  reason: string;
  severity: AttentionItem['severity'];
  items: number;
  oldestAt: Date;
  /** The item that came last. */
  newest: number;
}

/** Open items by what they tell, those with the most first: what can be decided for many at once. */
export async function reasonsOpen(db: Queryable, sync?: string): Promise<OpenReason[]> {
  const { rows } = await db.query<OpenReason>(
    `select sync, reason, severity, count(*)::int as items, min(opened_at) as "oldestAt", max(id) as newest from attention_item
     where state = 'open' and ($1::text is null or sync = $1) group by sync, reason, severity order by items desc, sync, reason`,
    [sync ?? null],
  );
  return rows;
}
