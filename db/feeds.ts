import type { Queryable } from './pool';

export type FeedKind = 'circuits' | 'pois';

/** A document as it is served. `etag` is the opaque part alone, without quotes; `bytes` is the length of the whole. */
export interface Feed {
  version: number;
  etag: string;
  bytes: number;
  objects: number;
  publishedAt: Date;
}

/** A document that is not whole: pieces of it are missing, or it was removed while it was read. */
export class BrokenFeed extends Error {
  override readonly name = 'BrokenFeed';
}

/** The document of this kind that is served now; null before the first one. */
export async function currentFeed(db: Queryable, sync: string, kind: FeedKind): Promise<Feed | null> {
  const { rows } = await db.query<Feed>(
    `select id as version, etag, bytes, objects, published_at as "publishedAt"
     from feed_version where sync = $1 and kind = $2 and current`,
    [sync, kind],
  );
  return rows[0] ?? null;
}

/**
 * The document's pieces in their order, one in memory at a time. Nothing is held between two of them, neither a
 * connection nor a transaction, because whoever reads may be slow: so a version has to stay in its tables for as long
 * as a reader may take after another one became current. Ends right after the last byte; throws a `BrokenFeed` when
 * some are missing.
 */
export async function* feedChunks(db: Queryable, version: number): AsyncGenerator<Buffer, void, undefined> {
  const whole = await bytesOf(db, version);
  let given = 0;
  let last: number | null = null;
  while (given !== whole) {
    const piece: FeedChunk | undefined = await nextChunk(db, version, last);
    if (piece === undefined || given + piece.bytes.length > whole)
      throw new BrokenFeed(
        `feed version ${version}: its pieces are not the ${whole} bytes that it should have`,
      );
    given += piece.bytes.length;
    last = piece.seq;
    yield piece.bytes;
  }
}

async function bytesOf(db: Queryable, version: number): Promise<number> {
  const { rows } = await db.query<{ bytes: number }>('select bytes from feed_version where id = $1', [
    version,
  ]);
  const row = rows[0];
  if (row === undefined) throw new BrokenFeed(`feed version ${version} was removed`);
  return row.bytes;
}

interface FeedChunk {
  seq: number;
  bytes: Buffer;
}

async function nextChunk(
  db: Queryable,
  version: number,
  after: number | null,
): Promise<FeedChunk | undefined> {
  const { rows } = await db.query<FeedChunk>(
    `select seq, bytes from feed_chunk where version_id = $1 and ($2::integer is null or seq > $2) order by seq limit 1`,
    [version, after],
  );
  return rows[0];
}

/** A track's file by the hash of its content. */
export async function trackFile(db: Queryable, hash: string): Promise<{ gpx: Buffer } | null> {
  const { rows } = await db.query<{ gpx: Buffer }>('select gpx from track_body where hash = $1', [hash]);
  return rows[0] ?? null;
}

/** Whether a track is one of this sync: published once, about to be, or kept after an edit in Cirkwi. */
export async function trackIsOffered(db: Queryable, sync: string, hash: string): Promise<boolean> {
  const { rows } = await db.query<{ offered: boolean }>(
    `select exists (select 1 from published_track where sync = $1 and track_hash = $2)
         or exists (select 1 from feed_object where sync = $1 and track_hash = $2)
         or exists (select 1 from track_edit where sync = $1 and (edited_hash = $2 or base_hash = $2)) as offered`,
    [sync, hash],
  );
  return rows[0]?.offered ?? false;
}
