import { toJsonb } from './jsonb';
import type { Queryable } from './pool';

export type TrackEditState =
  | 'kept'
  | 'offered'
  | 'returning'
  | 'returned'
  | 'held'
  | 'declined'
  | 'superseded';

/** A track that somebody edited in Cirkwi. */
export interface TrackEdit {
  id: number;
  recordId: string;
  cirkwiId: string;
  editedHash: string;
  baseHash: string | null;
  state: TrackEditState;
  comparison: Record<string, unknown>;
  mediaCode: string | null;
  replaced: string[];
  foundAt: Date;
  endedAt: Date | null;
}

const COLUMNS = `id, record_id as "recordId", cirkwi_id as "cirkwiId", edited_hash as "editedHash", base_hash as "baseHash", state, comparison,
  media_code as "mediaCode", replaced, found_at as "foundAt", ended_at as "endedAt"`;

/** Keeps an edit, once per drawing. A newer drawing of the same object takes the place of one nobody has answered. */
export async function keepEdit(
  db: Queryable,
  sync: string,
  edit: {
    recordId: string;
    cirkwiId: string;
    editedHash: string;
    baseHash: string | null;
    comparison: Record<string, unknown>;
  },
): Promise<{ isNew: boolean }> {
  const { rows } = await db.query<{ id: number }>(
    `insert into track_edit (sync, record_id, cirkwi_id, edited_hash, base_hash, comparison) values ($1, $2, $3, $4, $5, $6)
     on conflict (sync, record_id, edited_hash) do nothing returning id`,
    [sync, edit.recordId, edit.cirkwiId, edit.editedHash, edit.baseHash, toJsonb(edit.comparison)],
  );
  const id = rows[0]?.id;
  if (id === undefined) return { isNew: false };
  await db.query(
    `update track_edit set state = 'superseded', ended_at = now()
     where sync = $1 and record_id = $2 and id < $3 and state in ('kept', 'offered', 'held')`,
    [sync, edit.recordId, id],
  );
  return { isNew: true };
}

/** Records with an edit that no workflow has looked at yet. */
export async function keptEdits(db: Queryable, sync: string): Promise<string[]> {
  const { rows } = await db.query<{ record_id: string }>(
    `select distinct record_id from track_edit where sync = $1 and state in ('kept', 'returning') and ended_at is null order by record_id limit 500`,
    [sync],
  );
  return rows.map((row) => row.record_id);
}

/** The latest edit of a record that is not over. */
export async function openEdit(db: Queryable, sync: string, recordId: string): Promise<TrackEdit | null> {
  const { rows } = await db.query<TrackEdit>(
    `select ${COLUMNS} from track_edit where sync = $1 and record_id = $2 and ended_at is null order by id desc limit 1`,
    [sync, recordId],
  );
  return rows[0] ?? null;
}

export async function getEdit(db: Queryable, id: number): Promise<TrackEdit | null> {
  const { rows } = await db.query<TrackEdit>(`select ${COLUMNS} from track_edit where id = $1`, [id]);
  return rows[0] ?? null;
}

/** All edits of a record, the newest first: for people. */
export async function editsOfRecord(db: Queryable, sync: string, recordId: string): Promise<TrackEdit[]> {
  const { rows } = await db.query<TrackEdit>(
    `select ${COLUMNS} from track_edit where sync = $1 and record_id = $2 order by id desc limit 50`,
    [sync, recordId],
  );
  return rows;
}

export async function setEditState(db: Queryable, id: number, state: TrackEditState): Promise<void> {
  const ends = ['returned', 'declined', 'superseded'].includes(state);
  await db.query(
    'update track_edit set state = $2, ended_at = case when $3 then now() else null end where id = $1',
    [id, state, ends],
  );
}

/** What the way back has done so far: the media it made, and the relations that the new one takes the place of. */
export async function noteReturn(
  db: Queryable,
  id: number,
  done: { mediaCode?: string; replaced?: string[] },
): Promise<void> {
  await db.query(
    'update track_edit set media_code = coalesce($2, media_code), replaced = coalesce($3, replaced) where id = $1',
    [id, done.mediaCode ?? null, done.replaced ?? null],
  );
}
