import { canonicalHash } from '../mappings/canonical-hash';
import type { FieldMapping } from '../mappings/weavy-webmecanik/field-mapping';
import { toJsonb } from './jsonb';
import type { Queryable } from './pool';

/** A mapping that is being changed and is not in force. */
export interface MappingDraft {
  mapping: FieldMapping;
  sha256: string;
  /** Hash of the mapping that it began with. */
  basedOn: string;
  by: string;
  at: Date;
}

export async function mappingDraft(db: Queryable, sync: string): Promise<MappingDraft | null> {
  const { rows } = await db.query<MappingDraft>(
    `select mapping, sha256, based_on as "basedOn", drafted_by as by, drafted_at as at from mapping_draft where sync = $1`,
    [sync],
  );
  return rows[0] ?? null;
}

/** Keeps the draft of a sync, which must be known to the database. What it began with stays as it was. */
export async function saveMappingDraft(
  db: Queryable,
  sync: string,
  draft: { mapping: FieldMapping; basedOn: string; by: string },
): Promise<void> {
  await db.query(
    `insert into mapping_draft (sync, mapping, sha256, based_on, drafted_by) values ($1, $2, $3, $4, $5)
     on conflict (sync) do update set mapping = excluded.mapping, sha256 = excluded.sha256, drafted_by = excluded.drafted_by, drafted_at = now()`,
    [sync, toJsonb(draft.mapping), canonicalHash(draft.mapping), draft.basedOn, draft.by],
  );
}

/** Answers whether there was one. */
export async function dropMappingDraft(db: Queryable, sync: string): Promise<boolean> {
  const { rowCount } = await db.query('delete from mapping_draft where sync = $1', [sync]);
  return rowCount === 1;
}
