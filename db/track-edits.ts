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
  /** Numbers for people. */
  comparison: Record<string, unknown>;
  /** Earlier edits that this one was drawn over: each of them at the source is nobody else's change. */
  drawnOver: string[];
  mediaCode: string | null;
  replaced: string[];
  foundAt: Date;
  endedAt: Date | null;
}

// `over` and `undone` stand beside the numbers: what a look remembers of the drawing, and not for people
const COLUMNS = `id, record_id as "recordId", cirkwi_id as "cirkwiId", edited_hash as "editedHash", base_hash as "baseHash", state,
  comparison - 'over' - 'undone' as comparison, coalesce(comparison->'over', '[]') as "drawnOver",
  media_code as "mediaCode", replaced, found_at as "foundAt", ended_at as "endedAt"`;

/** Edits that nothing has been done about yet: a newer drawing takes their place. */
const UNANSWERED = ['kept', 'offered', 'held'];

interface EarlierEdit {
  id: number;
  state: TrackEditState;
  isOver: boolean;
  isUndone: boolean;
  editedHash: string;
  over: string[];
  lineHash: string;
  segments: number;
}

export interface SeenEdit {
  recordId: string;
  cirkwiId: string;
  editedHash: string;
  lineHash: string;
  segments: number;
  baseHash: string | null;
  comparison: Record<string, unknown>;
}

/**
 * Keeps an edit, once per drawing: the same line in another file (Cirkwi writes the title into it) is the same drawing. A
 * newer drawing takes the place of one that nobody has answered. A drawing that was superseded, or was over and undone by
 * an import, and is shown again is a new edit. Its file must be stored before, in the same transaction.
 */
export async function keepEdit(db: Queryable, sync: string, edit: SeenEdit): Promise<{ isNew: boolean }> {
  await db.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`edit/${sync}/${edit.recordId}`]);
  const earlier = await earlierEdits(db, sync, edit.recordId);
  const same = earlier.find((one) => one.lineHash === edit.lineHash && one.segments === edit.segments);
  if (same !== undefined && !isDrawnAnew(same)) {
    if (!same.isOver) await supersedeOthers(db, sync, edit.recordId, same.id);
    return { isNew: false };
  }
  const last = earlier.find((one) => one !== same);
  const over = last === undefined || last.isUndone ? [] : [last.editedHash, ...last.over];
  const comparison = toJsonb({ ...edit.comparison, over });
  const { rows } = await db.query<{ id: number }>(
    `insert into track_edit (sync, record_id, cirkwi_id, edited_hash, base_hash, comparison) values ($1, $2, $3, $4, $5, $6)
     on conflict (sync, record_id, edited_hash) do update set state = 'kept', cirkwi_id = excluded.cirkwi_id, base_hash = excluded.base_hash,
       comparison = excluded.comparison, media_code = null, replaced = '{}', found_at = now(), ended_at = null
     returning id`,
    [sync, edit.recordId, edit.cirkwiId, same?.editedHash ?? edit.editedHash, edit.baseHash, comparison],
  );
  await supersedeOthers(db, sync, edit.recordId, rows[0]?.id ?? 0);
  return { isNew: true };
}

async function supersedeOthers(db: Queryable, sync: string, recordId: string, id: number): Promise<void> {
  await db.query(
    `update track_edit set state = 'superseded', ended_at = now()
     where sync = $1 and record_id = $2 and id <> $3 and state = any($4)`,
    [sync, recordId, id, UNANSWERED],
  );
}

function isDrawnAnew({ state, isOver, isUndone }: EarlierEdit): boolean {
  return state === 'superseded' || (isOver && isUndone);
}

/** The one that was found last comes first. */
async function earlierEdits(db: Queryable, sync: string, recordId: string): Promise<EarlierEdit[]> {
  const { rows } = await db.query<EarlierEdit>(
    `select e.id, e.state, e.ended_at is not null as "isOver", e.comparison ? 'undone' as "isUndone", e.edited_hash as "editedHash",
       coalesce(e.comparison->'over', '[]') as over, b.line_hash as "lineHash", b.segments
     from track_edit e join track_body b on b.hash = e.edited_hash where e.sync = $1 and e.record_id = $2 order by e.found_at desc, e.id desc`,
    [sync, recordId],
  );
  return rows;
}

/** Cirkwi shows these records' published tracks: what was drawn there before is gone from there. */
export async function markUndone(db: Queryable, sync: string, recordIds: string[]): Promise<void> {
  if (recordIds.length === 0) return;
  await db.query(
    `update track_edit set comparison = comparison || '{"undone": true}' where sync = $1 and record_id = any($2) and not comparison ? 'undone'`,
    [sync, recordIds],
  );
}

/**
 * Records with an edit that a workflow has to look at: new, on its way, or answered by a person whose signal was lost.
 * One that is held and asks nobody any more goes on too, so that none is forgotten.
 */
export async function editsDue(db: Queryable, sync: string, asking: string[]): Promise<string[]> {
  const { rows } = await db.query<{ record_id: string }>(
    `select distinct e.record_id from track_edit e
     left join attention_item a on a.sync = e.sync and a.record_id = e.record_id and a.reason = any($2) and a.state <> 'resolved'
     where e.sync = $1 and e.ended_at is null
       and (e.state in ('kept', 'returning') or a.state = 'decided' or (e.state = 'held' and a.id is null))
     order by e.record_id limit 500`,
    [sync, asking],
  );
  return rows.map((row) => row.record_id);
}

/** The edit of a record that is not over; one that is on its way first, else the one found last. */
export async function openEdit(db: Queryable, sync: string, recordId: string): Promise<TrackEdit | null> {
  const { rows } = await db.query<TrackEdit>(
    `select ${COLUMNS} from track_edit where sync = $1 and record_id = $2 and ended_at is null
     order by (state = 'returning') desc, found_at desc, id desc limit 1`,
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
    `select ${COLUMNS} from track_edit where sync = $1 and record_id = $2 order by found_at desc, id desc limit 50`,
    [sync, recordId],
  );
  return rows;
}

/** An edit that is over stays over: only a new sighting opens it again. */
export async function setEditState(db: Queryable, id: number, state: TrackEditState): Promise<void> {
  const ends = ['returned', 'declined', 'superseded'].includes(state);
  await db.query(
    'update track_edit set state = $2, ended_at = case when $3 then now() else null end where id = $1 and ended_at is null',
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
