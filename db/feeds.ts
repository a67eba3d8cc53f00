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
 * as a reader may take after another one became current. Ends only when all its bytes were given; throws a `BrokenFeed`
 * when some are missing.
 */
export async function* feedChunks(db: Queryable, version: number): AsyncGenerator<Buffer, void, undefined> {
  let given = 0;
  let last: number | null = null;
  for (;;) {
    const piece: FeedChunk | undefined = await nextChunk(db, version, last);
    if (piece === undefined) break;
    given += piece.bytes.length;
    last = piece.seq;
    yield piece.bytes;
  }
  const { rows } = await db.query<{ bytes: number }>('select bytes from feed_version where id = $1', [
    version,
  ]);
  const whole = rows[0]?.bytes;
  if (given !== whole)
    throw new BrokenFeed(`feed version ${version} has ${given} of ${whole ?? 'its removed'} bytes`);
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
