import { toJsonb } from '../jsonb';
import type { Queryable } from '../pool';
import type { Cleared } from './clear-dossiers';
import { clearItems, HAS_VALUES, MASK_AUDIT, masked, plannedEntries, saveEntries } from './clear-history';
import type { PersonIn } from './find-person';
import { holds, likePatterns, type Matches, withoutEntries } from './personal-values';

/** Acts whose before and after are values of fields; the others hold ids of records. */
const VALUES = "operation in ('create', 'update', 'altered')";
/** What is staged under this hash is stored anew by the next read, whatever it holds. */
const OTHER_HASH = "'forgotten ' || body_hash";

/** Entrants are never read again, so nothing tells what people wrote there since: they are left as they are. */
const ENTRANT = "like 'weavy/marketinginbound/%'";
const WITH_ENTRANT = `(record_id ${ENTRANT} or exists (select 1 from couple c where c.sync = s.sync and c.mautic_record = s.record_id and c.weavy_record ${ENTRANT}))`;

/**
 * Takes a person out of everything that a weavy <-> Webmecanik sync remembers. Both records stay known by their ids, and
 * as one; what they last agreed on is forgotten, so that they meet as if for the first time, when a blank erases nothing.
 * The next run reads everything, so that none of the two is judged by the emptiness that is left here. A contact with an
 * Entrant keeps its hash instead: both sides count as agreed until the contact is edited in Webmecanik.
 */
export async function clearCrmRecords(
  tx: Queryable,
  person: PersonIn,
  emails: readonly string[],
  holdsEmail: Matches,
  matches: Matches,
): Promise<Cleared> {
  const { sync, records } = person;
  const count = async (sql: string, values: unknown[]) => (await tx.query(sql, values)).rowCount ?? 0;
  const { rows: staged } = await tx.query<{ isReadAnew: boolean }>(
    `update staged_record s set match_key = null, body_hash = case when ${WITH_ENTRANT} then body_hash else ${OTHER_HASH} end,
       body = jsonb_build_object('kind', kind, 'id', body->'id', 'fields', '{}'::jsonb, 'modifiedAt', null, 'deleted', body->'deleted',
         'tiersId', body->'tiersId', 'bounced', body->'bounced', 'tags', '[]'::jsonb, 'forgotten', true)
     where sync = $1 and record_id = any($2) and body is not null and not body ? 'forgotten'
     returning deleted_at is null and not ${WITH_ENTRANT} as "isReadAnew"`,
    [sync, records],
  );
  const couple = await count(
    // whoever is writing holds a lower fence from now on, and saves nothing
    `update couple set altered = '{}', pending = '{}', weavy_fence = weavy_fence + 1, mautic_fence = mautic_fence + 1,
       base = case when weavy_record ${ENTRANT}
         then (select coalesce(jsonb_object_agg(field, '{"weavy": null, "mautic": null}'::jsonb), '{}') from jsonb_object_keys(base) as field)
         else '{}' end
     where sync = $1 and (weavy_record = any($2) or mautic_record = any($2)) and (base <> '{}' or altered <> '{}' or pending <> '{}')`,
    [sync, records],
  );
  const audit = await count(
    `update audit set ${MASK_AUDIT} where sync = $1 and record_id = any($2) and ${VALUES} and ${HAS_VALUES}`,
    [sync, records],
  );
  const others = await clearOthers(tx, sync, emails, holdsEmail);
  if (others > 0 || staged.some(({ isReadAnew }) => isReadAnew))
    await tx.query('update sync set last_full_at = null where slug = $1', [sync]);
  return {
    staged_record: staged.length + others,
    couple,
    audit,
    attention_item: await clearItems(tx, sync, records, matches, () => true),
    plan_entry: await clearEntries(tx, sync, records),
  };
}

/** Plans that wait to be applied leave the person out: what they showed is not known any more. */
async function clearEntries(tx: Queryable, sync: string, records: readonly string[]): Promise<number> {
  const entries = await plannedEntries(tx, sync, { recordIds: records, participants: [], patterns: [] });
  const cleared = await saveEntries(tx, entries, ({ changes, notes }) => ({
    changes: changes.map(masked),
    notes: notes.map(masked),
  }));
  await tx.query(
    `update plan_entry p set needs_apply = false, sides = '{}', outcome = 'skipped', reason = null from run r
     where r.id = p.run_id and r.sync = $1 and r.outcome = 'planned' and p.record_id = any($2) and p.needs_apply`,
    [sync, records],
  );
  return cleared;
}

/** Companies and other people's records that hold the e-mail in some field: that field is read again, and never agreed on. */
async function clearOthers(
  tx: Queryable,
  sync: string,
  emails: readonly string[],
  matches: Matches,
): Promise<number> {
  const { rows } = await tx.query<{ id: string; fields: Record<string, unknown> }>(
    `select record_id as id, body->'fields' as fields from staged_record
     where sync = $1 and kind is not null and (body->'fields')::text ilike any($2) for update`,
    [sync, likePatterns(emails)],
  );
  const held = rows.filter(({ fields }) => holds(fields, matches));
  await tx.query(
    `update staged_record s set body = jsonb_set(body, '{fields}', f.fields), body_hash = ${OTHER_HASH}
     from jsonb_to_recordset($2::jsonb) as f(id text, fields jsonb) where s.sync = $1 and s.record_id = f.id`,
    [sync, toJsonb(held.map(({ id, fields }) => ({ id, fields: withoutEntries(fields, matches, 1) })))],
  );
  return held.length;
}
