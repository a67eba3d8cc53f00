import { toJsonb } from './jsonb';
import type { TrackProblem } from './offers';
import type { Queryable } from './pool';

/** What is known of a GPX file beside its bytes. */
export interface TrackBody {
  /** SHA-256 of the bytes, hexadecimal. */
  hash: string;
  gpx: Uint8Array;
  lineHash: string;
  segments: number;
  points: number;
  lengthM: number;
  climbM: number | null;
}

/** Keeps a file once per content. */
export async function saveTrackBody(db: Queryable, body: TrackBody): Promise<void> {
  await db.query(
    `insert into track_body (hash, gpx, line_hash, segments, points, length_m, climb_m) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (hash) do nothing`,
    [body.hash, Buffer.from(body.gpx), body.lineHash, body.segments, body.points, body.lengthM, body.climbM],
  );
}

export interface StoredTrack {
  hash: string;
  gpx: Buffer;
  lineHash: string;
  segments: number;
}

export async function trackBody(db: Queryable, hash: string): Promise<StoredTrack | null> {
  const { rows } = await db.query<StoredTrack>(
    `select hash, gpx, line_hash as "lineHash", segments from track_body where hash = $1`,
    [hash],
  );
  return rows[0] ?? null;
}

/** Which of these offers' tracks have to be fetched: new media, another date, or not checked by this run yet. */
export async function tracksToFetch(
  db: Queryable,
  sync: string,
  wanted: Array<{ code: string; mediaCode: string; modifiedAt: string | null }>,
  checkedRun: number | null,
): Promise<string[]> {
  const { rows } = await db.query<{ code: string }>(
    `select w.code from jsonb_to_recordset($2::jsonb) as w(code text, "mediaCode" text, "modifiedAt" text)
     left join offer_track t on t.sync = $1 and t.record_id = w.code
     where t.record_id is null or t.media_code <> w."mediaCode" or t.media_modified_at is distinct from w."modifiedAt"
       or t.problem is not null or ($3::bigint is not null and t.checked_run is distinct from $3)
     order by w.code`,
    [sync, toJsonb(wanted), checkedRun],
  );
  return rows.map((row) => row.code);
}

/**
 * Notes what PIVOT holds as an offer's track. `hash` null with a problem keeps the last usable file. The offer becomes
 * due when its track or the problem is another one.
 */
export async function saveOfferTrack(
  db: Queryable,
  sync: string,
  track: {
    code: string;
    mediaCode: string;
    modifiedAt: string | null;
    hash: string | null;
    problem: TrackProblem | null;
    runId: number | null;
  },
): Promise<void> {
  await db.query(
    `with was as (select track_hash, problem->>'reason' as reason from offer_track where sync = $1 and record_id = $2),
     kept as (
       insert into offer_track as t (sync, record_id, media_code, media_modified_at, track_hash, problem, checked_run) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (sync, record_id) do update set media_code = excluded.media_code, media_modified_at = excluded.media_modified_at,
         track_hash = coalesce(excluded.track_hash, t.track_hash), problem = excluded.problem, checked_run = coalesce(excluded.checked_run, t.checked_run),
         fetched_at = now()
       returning track_hash, problem->>'reason' as reason
     )
     update staged_record s set due = true, due_mark = s.due_mark + 1 from kept
     where s.sync = $1 and s.record_id = $2
       and not exists (select 1 from was where was.track_hash is not distinct from kept.track_hash and was.reason is not distinct from kept.reason)`,
    [
      sync,
      track.code,
      track.mediaCode,
      track.modifiedAt,
      track.hash,
      track.problem === null ? null : toJsonb(track.problem),
      track.runId,
    ],
  );
}

/** Offers whose track could not be had are looked at again, whatever became of them otherwise. */
export async function retryUnavailable(db: Queryable, sync: string): Promise<void> {
  await db.query(
    `update staged_record s set due = true, due_mark = s.due_mark + 1 from offer_track t
     where s.sync = $1 and not s.due and t.sync = s.sync and t.record_id = s.record_id and t.problem->>'reason' = 'track-unavailable'`,
    [sync],
  );
}

/** The offer names no track any more. */
export async function forgetOfferTrack(db: Queryable, sync: string, codes: string[]): Promise<void> {
  await db.query(
    `with gone as (delete from offer_track where sync = $1 and record_id = any($2) returning record_id)
     update staged_record s set due = true, due_mark = s.due_mark + 1 from gone where s.sync = $1 and s.record_id = gone.record_id`,
    [sync, codes],
  );
}

/** Every track that was ever offered for an object, the current one first. */
export async function offeredTracks(db: Queryable, sync: string, code: string): Promise<string[]> {
  const { rows } = await db.query<{ track_hash: string }>(
    'select track_hash from published_track where sync = $1 and record_id = $2 order by published_at desc',
    [sync, code],
  );
  return rows.map((row) => row.track_hash);
}
