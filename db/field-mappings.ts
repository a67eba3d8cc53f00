import { canonicalHash } from '../mappings/canonical-hash';
import type { FieldMapping } from '../mappings/weavy-webmecanik/field-mapping';
import { toJsonb } from './jsonb';
import type { Queryable } from './pool';

export interface MappingVersion {
  version: number;
  mapping: FieldMapping;
  at: Date;
}

interface MappingRow {
  version: number;
  // stored by `putMapping` only, which takes the checked type
  mapping: FieldMapping;
  sha256: string;
  put_at: Date;
}

/** The newest version, which is the one in force; null before the first. */
export async function mappingInForce(db: Queryable, sync: string): Promise<MappingVersion | null> {
  const { rows } = await db.query<MappingRow>(
    'select version, mapping, sha256, put_at from mapping_version where sync = $1 order by version desc limit 1',
    [sync],
  );
  return rows[0] === undefined ? null : fromRow(rows[0]);
}

export async function getMapping(
  db: Queryable,
  sync: string,
  version: number,
): Promise<MappingVersion | null> {
  const { rows } = await db.query<MappingRow>(
    'select version, mapping, sha256, put_at from mapping_version where sync = $1 and version = $2',
    [sync, version],
  );
  return rows[0] === undefined ? null : fromRow(rows[0]);
}

/** Stores the document as the next version when it differs from the one in force. Call it in a transaction. Answers whether it is new. */
export async function putMapping(db: Queryable, sync: string, mapping: FieldMapping): Promise<boolean> {
  await db.query('select 1 from sync where slug = $1 for update', [sync]); // one at a time
  const { rowCount } = await db.query(
    `insert into mapping_version (sync, version, mapping, sha256)
     select $1, coalesce(max(version), 0) + 1, $2, $3 from mapping_version where sync = $1
     having coalesce((array_agg(sha256 order by version desc))[1], '') <> $3`,
    [sync, toJsonb(mapping), canonicalHash(mapping)],
  );
  return rowCount === 1;
}

function fromRow(row: MappingRow): MappingVersion {
  return { version: row.version, mapping: row.mapping, at: row.put_at };
}
