import { type Mask, maskSchema } from '../mappings/planexpo-inwink/mask/mask';
import { toJsonb } from './jsonb';
import type { Queryable } from './pool';

export interface MaskVersion {
  version: number;
  mask: Mask;
  fileSha256: string;
  inForce: boolean;
  importedBy: string;
  importedAt: Date;
}

interface MaskRow {
  version: number;
  mask: unknown;
  file_sha256: string;
  in_force: boolean;
  imported_by: string;
  imported_at: Date;
}

const COLUMNS = 'version, mask, file_sha256, in_force, imported_by, imported_at';

/** Stores a checked mask as the next version and puts it in force. Call it in a transaction. */
export async function addMask(
  db: Queryable,
  sync: string,
  added: { file: Buffer; fileSha256: string; mask: Mask; importedBy: string },
): Promise<number> {
  await db.query('select 1 from sync where slug = $1 for update', [sync]); // one import at a time
  await db.query('update mask_version set in_force = false where sync = $1 and in_force', [sync]);
  const { rows } = await db.query<{ version: number }>(
    `insert into mask_version (sync, version, file, file_sha256, mask, in_force, imported_by)
     select $1, coalesce(max(version), 0) + 1, $2, $3, $4, true, $5 from mask_version where sync = $1 returning version`,
    [sync, added.file, added.fileSha256, toJsonb(added.mask), added.importedBy],
  );
  return rows[0]?.version ?? 1;
}

export async function maskInForce(db: Queryable, sync: string): Promise<MaskVersion | null> {
  const { rows } = await db.query<MaskRow>(
    `select ${COLUMNS} from mask_version where sync = $1 and in_force`,
    [sync],
  );
  return rows[0] === undefined ? null : fromRow(rows[0]);
}

export async function getMask(db: Queryable, sync: string, version: number): Promise<MaskVersion | null> {
  const { rows } = await db.query<MaskRow>(
    `select ${COLUMNS} from mask_version where sync = $1 and version = $2`,
    [sync, version],
  );
  return rows[0] === undefined ? null : fromRow(rows[0]);
}

/** The workbook of a version as it was imported. */
export async function maskFile(
  db: Queryable,
  sync: string,
  version: number,
): Promise<{ file: Buffer; fileSha256: string } | null> {
  const { rows } = await db.query<{ file: Buffer; file_sha256: string }>(
    'select file, file_sha256 from mask_version where sync = $1 and version = $2',
    [sync, version],
  );
  return rows[0] === undefined ? null : { file: rows[0].file, fileSha256: rows[0].file_sha256 };
}

/** Puts a stored version in force again. Call it in a transaction. Answers the one that was in force before; null for none. */
export async function putMaskInForce(db: Queryable, sync: string, version: number): Promise<number | null> {
  await db.query('select 1 from sync where slug = $1 for update', [sync]); // one change at a time
  const { rows } = await db.query<{ version: number }>(
    'update mask_version set in_force = false where sync = $1 and in_force returning version',
    [sync],
  );
  await db.query('update mask_version set in_force = true where sync = $1 and version = $2', [sync, version]);
  return rows[0]?.version ?? null;
}

export async function listMasks(db: Queryable, sync: string): Promise<MaskVersion[]> {
  const { rows } = await db.query<MaskRow>(
    `select ${COLUMNS} from mask_version where sync = $1 order by version desc`,
    [sync],
  );
  return rows.map(fromRow);
}

/** One mapping row that stopped because its product changed. */
export interface DriftRow {
  planexpoId: string;
  side: string;
  code: string;
  detail: Record<string, unknown>;
}

/** Replaces what is known about stopped mapping rows. Answers whether anything changed. */
export async function replaceDrift(db: Queryable, sync: string, drift: DriftRow[]): Promise<boolean> {
  const rows = toJsonb(
    drift.map((d) => ({ planexpo_id: d.planexpoId, side: d.side, code: d.code, detail: d.detail })),
  );
  const gone = await db.query(
    `delete from mask_drift where sync = $1 and (planexpo_id, side) not in
       (select planexpo_id, side from jsonb_to_recordset($2::jsonb) as d(planexpo_id text, side text))`,
    [sync, rows],
  );
  const added = await db.query(
    `insert into mask_drift as m (sync, planexpo_id, side, code, detail)
     select $1, d.planexpo_id, d.side, d.code, d.detail from jsonb_to_recordset($2::jsonb) as d(planexpo_id text, side text, code text, detail jsonb)
     on conflict (sync, planexpo_id, side) do update set code = excluded.code, detail = excluded.detail, seen_at = now()
     where m.code <> excluded.code or m.detail <> excluded.detail`,
    [sync, rows],
  );
  return (gone.rowCount ?? 0) + (added.rowCount ?? 0) > 0;
}

/** Planexpo ids of the mapping rows that are stopped. */
export async function stoppedRows(db: Queryable, sync: string): Promise<string[]> {
  const { rows } = await db.query<{ planexpo_id: string }>(
    'select distinct planexpo_id from mask_drift where sync = $1 order by 1',
    [sync],
  );
  return rows.map((row) => row.planexpo_id);
}

function fromRow(row: MaskRow): MaskVersion {
  return {
    version: row.version,
    mask: maskSchema.parse(row.mask),
    fileSha256: row.file_sha256,
    inForce: row.in_force,
    importedBy: row.imported_by,
    importedAt: row.imported_at,
  };
}
