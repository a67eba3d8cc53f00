import type { Queryable } from '../pool';

/** Somebody who acts, and the number of one act of theirs: addresses name people by it, because a login may be an e-mail. */
export interface Actor {
  actor: string;
  act: number;
}

const TABLES = { changes: 'audit', access: 'access_audit' } as const;
/** What was changed, or who was let in. */
export type Audit = keyof typeof TABLES;

/** As many as a list to choose from can hold. */
const MOST = 200;

/** Everybody who has an act in this audit, by name. Looks at one row of the index for each, however long the audit is. */
export async function listActors(db: Queryable, audit: Audit): Promise<Actor[]> {
  const table = TABLES[audit];
  const { rows } = await db.query<Actor>(
    `with recursive actors as (
       (select actor, id from ${table} where actor is not null order by actor, id desc limit 1)
       union all
       select following.actor, following.id from actors,
         lateral (select actor, id from ${table} where actor > actors.actor order by actor, id desc limit 1) following)
     select actor, id as act from actors limit $1`,
    [MOST],
  );
  return rows;
}

/** Whose act this is; null for a run's, or when there is no such act. */
export async function actorOf(db: Queryable, audit: Audit, act: number): Promise<string | null> {
  const { rows } = await db.query<{ actor: string | null }>(
    `select actor from ${TABLES[audit]} where id = $1`,
    [act],
  );
  return rows[0]?.actor ?? null;
}
