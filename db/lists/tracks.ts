import type { Queryable } from '../pool';
import type { TrackEditState } from '../track-edits';
import { type Page, pageOf } from './page';

/** A track that somebody edited in Cirkwi, in a list. The hashes name the tracks to draw. */
export interface TrackListRow {
  id: number;
  recordId: string;
  /** Of the offer. */
  name: string | null;
  cirkwiId: string;
  editedHash: string;
  baseHash: string | null;
  state: TrackEditState;
  /** Numbers for people: lengths, climb, largest distance. */
  comparison: Record<string, unknown>;
  foundAt: Date;
  endedAt: Date | null;
}

/** Edited tracks of a sync, the newest first, from behind the edit `after`. `open`: all that are not over. */
export async function listTrackEdits(
  db: Queryable,
  sync: string,
  asked: { state?: TrackEditState | 'open' | undefined; after?: number | undefined; limit: number },
): Promise<Page<TrackListRow>> {
  const isOpen = asked.state === 'open';
  const { rows } = await db.query<TrackListRow>(
    `select e.id, e.record_id as "recordId", s.name, e.cirkwi_id as "cirkwiId", e.edited_hash as "editedHash", e.base_hash as "baseHash",
       e.state, e.comparison - 'over' - 'undone' as comparison, e.found_at as "foundAt", e.ended_at as "endedAt"
     from track_edit e left join staged_record s on s.sync = e.sync and s.record_id = e.record_id
     where e.sync = $1 and ($2::bigint is null or e.id < $2) and ($4::text is null or e.state = $4) and ${isOpen ? 'e.ended_at is null' : 'true'}
     order by e.id desc limit $3`,
    [sync, asked.after ?? null, asked.limit + 1, isOpen ? null : (asked.state ?? null)],
  );
  return pageOf(rows, asked.limit, (row) => row.id);
}
