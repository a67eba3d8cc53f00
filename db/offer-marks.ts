import type { Queryable } from './pool';

/** Publishable offers that bear the filter without a tag, or a tag without the filter; the first codes of each. */
export async function countHalfTicked(
  db: Queryable,
  sync: string,
  marks: { filterUrns: string[]; cirkwiTagUrns: string[]; networkTagUrns: string[] },
): Promise<{ filterOnly: number; tagOnly: number; examples: string[] }> {
  const { rows } = await db.query<{ filter_only: number; tag_only: number; examples: string[] | null }>(
    `with t as (
       select record_id, lower(body->>'ticked')::jsonb ?| $2 as filter, lower(body->>'ticked')::jsonb ?| $3 as tag from staged_record
       where sync = $1 and deleted_at is null and status = 'publishable' and body is not null
     )
     select count(*) filter (where filter and not tag)::int as filter_only, count(*) filter (where tag and not filter)::int as tag_only,
       (array_agg(record_id order by record_id) filter (where filter <> tag))[1:10] as examples from t`,
    [sync, folded(marks.filterUrns), folded([...marks.cirkwiTagUrns, ...marks.networkTagUrns])],
  );
  const row = rows[0];
  return { filterOnly: row?.filter_only ?? 0, tagOnly: row?.tag_only ?? 0, examples: row?.examples ?? [] };
}

/** Urns compare without case, as the publication rule compares them. */
function folded(urns: string[]): string[] {
  return urns.map((urn) => urn.trim().toLowerCase());
}
