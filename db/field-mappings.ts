import { canonicalHash } from '../mappings/canonical-hash';
import type { FieldMapping } from '../mappings/weavy-webmecanik/field-mapping';
import { toJsonb } from './jsonb';
import type { Queryable } from './pool';

/** Who says what the mapping is: the document in the configuration, or somebody in the console. */
export type MappingOrigin = 'file' | 'console';

export interface MappingVersion {
  version: number;
  mapping: FieldMapping;
  sha256: string;
  origin: MappingOrigin;
  /** Null for one that a run found in the configuration. */
  by: string | null;
  at: Date;
  /** When a run first worked with it; null before. */
  takenUpAt: Date | null;
  /** Hash of the configuration's document that people left aside for this version. */
  fileLeftAside: string | null;
}

interface MappingRow {
  version: number;
  // stored by `putMapping` only, which takes the checked type
  mapping: FieldMapping;
  sha256: string;
  origin: MappingOrigin;
  put_by: string | null;
  put_at: Date;
  taken_up_at: Date | null;
  file_left_aside: string | null;
}

const COLUMNS = 'version, mapping, sha256, origin, put_by, put_at, taken_up_at, file_left_aside';

/** The newest version, which is the one in force; null before the first. */
export async function mappingInForce(db: Queryable, sync: string): Promise<MappingVersion | null> {
  const { rows } = await db.query<MappingRow>(
    `select ${COLUMNS} from mapping_version where sync = $1 order by version desc limit 1`,
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
    `select ${COLUMNS} from mapping_version where sync = $1 and version = $2`,
    [sync, version],
  );
  return rows[0] === undefined ? null : fromRow(rows[0]);
}

/** Versions from the newest on, below `before`. */
export async function listMappings(
  db: Queryable,
  sync: string,
  { before = null, limit }: { before?: number | null | undefined; limit: number },
): Promise<MappingVersion[]> {
  const { rows } = await db.query<MappingRow>(
    `select ${COLUMNS} from mapping_version where sync = $1 and ($2::int is null or version < $2) order by version desc limit $3`,
    [sync, before, limit],
  );
  return rows.map(fromRow);
}

interface Put {
  origin: MappingOrigin;
  by: string | null;
  fileLeftAside: string | null;
}
const FOUND_IN_FILE: Put = { origin: 'file', by: null, fileLeftAside: null };

/** Stores the document as the next version when it, or who says so, differs from the one in force. Call it in a transaction. Answers whether it is new. */
export async function putMapping(
  db: Queryable,
  sync: string,
  mapping: FieldMapping,
  { origin, by, fileLeftAside }: Put = FOUND_IN_FILE,
): Promise<boolean> {
  await lockMapping(db, sync);
  const { rowCount } = await db.query(
    `insert into mapping_version (sync, version, mapping, sha256, origin, put_by, file_left_aside)
     select $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5, $6 from mapping_version where sync = $1
     having (array_agg(sha256 || origin order by version desc))[1] is distinct from $3::text || $4::text`,
    [sync, toJsonb(mapping), canonicalHash(mapping), origin, by, fileLeftAside],
  );
  return rowCount === 1;
}

/** Whoever changes what is in force does so alone, until the end of the transaction. */
export async function lockMapping(db: Queryable, sync: string): Promise<void> {
  await db.query('select 1 from sync where slug = $1 for update', [sync]);
}

/**
 * What the next run is to work with. The document in the configuration leads until somebody puts a version in force
 * from the console; from then on the document is only compared with it.
 */
export async function nextMapping(
  db: Queryable,
  sync: string,
  file: FieldMapping,
): Promise<{ mapping: FieldMapping; sha256: string; inForce: MappingVersion | null }> {
  const inForce = await mappingInForce(db, sync);
  if (inForce?.origin === 'console') return { mapping: inForce.mapping, sha256: inForce.sha256, inForce };
  return { mapping: file, sha256: canonicalHash(file), inForce };
}

/**
 * A run begins to work with what is in force: from here on `mappingAtWork` names it. Call it in a transaction. `new`: no
 * run has worked with it before, so records are to be read and looked at again. `another`: what is in force by now is not
 * what the run looked at, and nothing is taken up.
 */
export async function takeUpMapping(
  db: Queryable,
  sync: string,
  { file, sha256 }: { file: FieldMapping; sha256: string },
): Promise<'new' | 'known' | 'another'> {
  await lockMapping(db, sync);
  const next = await nextMapping(db, sync, file);
  if (next.sha256 !== sha256) return 'another';
  if (next.inForce?.origin !== 'console') await putMapping(db, sync, next.mapping);
  const { rowCount } = await db.query(
    `update mapping_version set taken_up_at = now() where sync = $1 and taken_up_at is null
       and version = (select max(version) from mapping_version where sync = $1)`,
    [sync],
  );
  return rowCount === 1 ? 'new' : 'known';
}

/** Hash of what the last run took up; null before the first. */
export async function mappingAtWork(
  db: Queryable,
  sync: string,
): Promise<{ version: number; sha256: string } | null> {
  const { rows } = await db.query<{ version: number; sha256: string }>(
    `select version, sha256 from mapping_version where sync = $1 and taken_up_at is not null order by version desc limit 1`,
    [sync],
  );
  return rows[0] ?? null;
}

/**
 * People have seen how the configuration's document differs from what is in force, and keep the latter. Answers which
 * version that is; null when this was known already, or when the document leads.
 */
export async function leaveFileAside(
  db: Queryable,
  sync: string,
  file: FieldMapping,
): Promise<number | null> {
  const { rows } = await db.query<{ version: number }>(
    `update mapping_version set file_left_aside = $2
     where sync = $1 and origin = 'console' and version = (select max(version) from mapping_version where sync = $1)
       and file_left_aside is distinct from $2
     returning version`,
    [sync, canonicalHash(file)],
  );
  return rows[0]?.version ?? null;
}

function fromRow(row: MappingRow): MappingVersion {
  return {
    version: row.version,
    mapping: row.mapping,
    sha256: row.sha256,
    origin: row.origin,
    by: row.put_by,
    at: row.put_at,
    takenUpAt: row.taken_up_at,
    fileLeftAside: row.file_left_aside,
  };
}
