import type { Queryable } from '../pool';
import type { PersonIn } from './find-person';

/** A create whose answer was lost shows in searches long before this: by then whatever it made is found by its e-mail. */
const SURFACES_WITHIN = "interval '1 hour'";

/** Every sync that was ever run, also one that left the configuration. */
export async function knownSyncs(db: Queryable): Promise<Array<{ slug: string; pair: string }>> {
  const { rows } = await db.query<{ slug: string; pair: string }>(
    'select slug, pair from sync order by slug',
  );
  return rows;
}

/** Whether a record of the person may be there that we do not know of yet. What is forgotten now would be made again (promise 1). */
export async function hasUnsettledCreate(tx: Queryable, person: PersonIn): Promise<boolean> {
  const { rowCount } = await tx.query(
    `select 1 from intent where sync = $1 and kind = 'participant' and source_key = any($2) and state = 'creating'
       and coalesce(ended_at, sent_at) > now() - ${SURFACES_WITHIN}
     union all
     select 1 from couple where sync = $1 and (weavy_record = any($3) or mautic_record = any($3))
       and coalesce(create_ended_at, creating_at) > now() - ${SURFACES_WITHIN}`,
    [person.sync, person.keys, person.records],
  );
  return (rowCount ?? 0) > 0;
}
