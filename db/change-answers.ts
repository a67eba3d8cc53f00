import { toJsonb } from './jsonb';
import type { Queryable } from './pool';

/** One line of a change list, as the source gave it. */
export interface StoredChange {
  code: string;
  operation: 'entered' | 'changed' | 'left';
  modifiedAt: string | null;
}

/** Keeps a change list before anything is done with it. */
export async function storeAnswer(db: Queryable, sync: string, items: StoredChange[]): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    'insert into change_answer (sync, items) values ($1, $2) returning id',
    [sync, toJsonb(items)],
  );
  const row = rows[0];
  if (row === undefined) throw new Error('the change list was not stored');
  return row.id;
}

/**
 * Joins the answers that were stored and never applied into the given one, later lines winning: their changes may have
 * been acknowledged by somebody else meanwhile, so that nobody will tell them again.
 */
export async function joinUnapplied(db: Queryable, sync: string, into: number): Promise<void> {
  await db.query(
    `with lines as (
       select distinct on (i.item->>'code') i.item from change_answer a cross join lateral jsonb_array_elements(a.items) as i(item)
       where a.sync = $1 and a.id <= $2 and a.applied_at is null order by i.item->>'code', a.id desc
     ), joined as (
       update change_answer set items = coalesce((select jsonb_agg(item) from lines), '[]') where id = $2 returning id
     )
     update change_answer set applied_at = now(), acknowledged_at = now()
     where sync = $1 and id < $2 and applied_at is null and exists (select 1 from joined)`,
    [sync, into],
  );
}

export async function markApplied(db: Queryable, id: number): Promise<void> {
  await db.query('update change_answer set applied_at = coalesce(applied_at, now()) where id = $1', [id]);
}

/** Applied and acknowledged: the list has served, and only the latest is kept to be looked at. */
export async function markAcknowledged(db: Queryable, sync: string, id: number): Promise<void> {
  await db.query('update change_answer set acknowledged_at = now() where id = $1', [id]);
  await db.query('delete from change_answer where sync = $1 and id < $2 and applied_at is not null', [
    sync,
    id,
  ]);
}
