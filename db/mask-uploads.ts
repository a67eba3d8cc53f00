import type { Queryable } from './pool';

/** A workbook without problems that nobody has put in force yet. */
export interface MaskUploaded {
  id: number;
  file: Buffer;
  fileSha256: string;
  by: string;
  at: Date;
}

/** How long a workbook waits for the decision to put it in force. */
const KEPT = "interval '1 day'";

/** Keeps a workbook in place of the one that the same person uploaded before; those of yesterday are forgotten. */
export async function keepMaskUpload(
  db: Queryable,
  sync: string,
  upload: Pick<MaskUploaded, 'file' | 'fileSha256' | 'by'>,
): Promise<number> {
  await db.query(
    `delete from mask_upload where uploaded_at < now() - ${KEPT} or (sync = $1 and uploaded_by = $2)`,
    [sync, upload.by],
  );
  const { rows } = await db.query<{ id: number }>(
    `insert into mask_upload (sync, file, file_sha256, uploaded_by) values ($1, $2, $3, $4)
     on conflict (sync, uploaded_by) do update set file = excluded.file, file_sha256 = excluded.file_sha256, uploaded_at = now()
     returning id`,
    [sync, upload.file, upload.fileSha256, upload.by],
  );
  return rows[0]?.id ?? 0;
}

export async function maskUpload(db: Queryable, sync: string, id: number): Promise<MaskUploaded | null> {
  const { rows } = await db.query<MaskUploaded>(
    `select id, file, file_sha256 as "fileSha256", uploaded_by as by, uploaded_at as at from mask_upload
     where sync = $1 and id = $2 and uploaded_at >= now() - ${KEPT}`,
    [sync, id],
  );
  return rows[0] ?? null;
}

/** Answers whether there was one. */
export async function dropMaskUpload(db: Queryable, sync: string, id: number): Promise<boolean> {
  const { rowCount } = await db.query('delete from mask_upload where sync = $1 and id = $2', [sync, id]);
  return rowCount === 1;
}
