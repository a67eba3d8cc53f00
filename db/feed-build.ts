import { createHash, type Hash } from 'node:crypto';
import { IN_LINE } from './feed-objects';
import { inTransaction, type Pool, type Queryable } from './pool';

export type FeedKind = 'circuits' | 'pois';
const KINDS: ReadonlyArray<{ feed: FeedKind; object: 'circuit' | 'poi' }> = [
  { feed: 'circuits', object: 'circuit' },
  { feed: 'pois', object: 'poi' },
];

/** Objects read at a time: the document is never in memory as a whole. */
const ROWS = 500;
const CHUNK_BYTES = 256 * 1024;
/** Superseded versions kept for readers who began with them: so many, and all that are younger than this. */
const KEPT = 3;
const KEPT_FOR = "interval '15 minutes'";

/** How documents are put together: the envelope, and what takes the place of the mark of a track's address. */
export interface FeedForm {
  start(kind: 'circuit' | 'poi'): string;
  end(kind: 'circuit' | 'poi'): string;
  /** An object's element as it is served. */
  served(document: string): string;
}

export interface Publication {
  /** Documents whose bytes are others than before. */
  changed: FeedKind[];
  objects: number;
}

/**
 * Takes in what is in line, builds both documents and swaps them in one transaction: readers see the old ones or the new
 * ones, whole. What is put in line while this works is the next publication's. A document whose bytes are the same keeps
 * its version. `settle` runs in the same transaction, for what was taken in. The caller holds the sync's feed lock.
 */
export async function publishFeeds(
  pool: Pool,
  sync: string,
  publish: {
    runId: number | null;
    form: FeedForm;
    settle: (tx: Queryable) => Promise<void>;
    onProgress: () => void;
  },
): Promise<Publication> {
  return inTransaction(pool, async (tx) => {
    await takeIn(tx, sync);
    const changed: FeedKind[] = [];
    let objects = 0;
    for (const kind of KINDS) {
      const built = await build(tx, sync, kind, publish);
      objects += built.objects;
      if (built.changed) changed.push(kind.feed);
    }
    await publish.settle(tx);
    await tx.query(
      `update feed_object set settling = false, staged_run = null, staged_outcome = null, staged_reason = null, staged_changes = '[]'
       where sync = $1 and settling`,
      [sync],
    );
    await dropOld(tx, sync);
    return { changed, objects };
  });
}

/** From here to the end of the transaction these rows are ours; only here does what is offered change. */
async function takeIn(tx: Queryable, sync: string): Promise<void> {
  await tx.query(
    `with named as (
       insert into published_track (sync, record_id, track_hash)
       select sync, record_id, track_hash from feed_object where sync = $1 and ${IN_LINE} and state = 'staged' and track_hash is not null
       on conflict (sync, record_id, track_hash) do update set published_at = now()
     )
     update feed_object set settling = true, published_at = now(), verified_at = null, imported_at = null,
       published_kind = case when state = 'staged' then kind end, published_fields = case when state = 'staged' then fields end,
       published_document = case when state = 'staged' then document end, published_hash = case when state = 'staged' then content_hash end,
       published_track_hash = case when state = 'staged' then track_hash end,
       state = case when state = 'staged' then 'published' else 'withdrawn' end
     where sync = $1 and ${IN_LINE}`,
    [sync],
  );
}

/** Whether a publication would change anything. */
export async function hasUnpublished(db: Queryable, sync: string): Promise<boolean> {
  const { rows } = await db.query<{ found: boolean }>(
    `select exists (select 1 from feed_object where sync = $1 and ${IN_LINE}) as found`,
    [sync],
  );
  return rows[0]?.found ?? false;
}

/** Whether both documents stand. */
export async function feedStands(db: Queryable, sync: string): Promise<boolean> {
  const { rows } = await db.query<{ n: number }>(
    'select count(*)::int as n from feed_version where sync = $1 and current',
    [sync],
  );
  return rows[0]?.n === KINDS.length;
}

interface Writer {
  version: number;
  hash: Hash;
  pending: Buffer[];
  pendingBytes: number;
  bytes: number;
  seq: number;
}

async function build(
  tx: Queryable,
  sync: string,
  kind: { feed: FeedKind; object: 'circuit' | 'poi' },
  publish: { runId: number | null; form: FeedForm; onProgress: () => void },
): Promise<{ changed: boolean; objects: number }> {
  const version = await newVersion(tx, sync, kind.feed, publish.runId);
  const writer: Writer = {
    version,
    hash: createHash('sha256'),
    pending: [],
    pendingBytes: 0,
    bytes: 0,
    seq: 0,
  };
  await write(tx, writer, publish.form.start(kind.object));
  let objects = 0;
  for (let after = ''; ; ) {
    const rows = await nextDocuments(tx, sync, kind.object, after);
    for (const row of rows) await write(tx, writer, publish.form.served(row.document));
    objects += rows.length;
    publish.onProgress();
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.record_id;
  }
  await write(tx, writer, publish.form.end(kind.object));
  await flush(tx, writer);
  const changed = await swap(tx, sync, kind.feed, writer, objects);
  return { changed, objects };
}

async function newVersion(
  tx: Queryable,
  sync: string,
  kind: FeedKind,
  runId: number | null,
): Promise<number> {
  const { rows } = await tx.query<{ id: number }>(
    `insert into feed_version (sync, kind, etag, bytes, objects, run_id) values ($1, $2, '', 0, 0, $3) returning id`,
    [sync, kind, runId],
  );
  const row = rows[0];
  if (row === undefined) throw new Error('the version of the feed was not stored');
  return row.id;
}

async function nextDocuments(
  tx: Queryable,
  sync: string,
  kind: 'circuit' | 'poi',
  after: string,
): Promise<Array<{ record_id: string; document: string }>> {
  const { rows } = await tx.query<{ record_id: string; document: string }>(
    `select record_id, published_document as document from feed_object
     where sync = $1 and published_kind = $2 and record_id > $3 and published_document is not null order by record_id limit $4`,
    [sync, kind, after, ROWS],
  );
  return rows;
}

async function write(tx: Queryable, writer: Writer, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  writer.hash.update(bytes);
  writer.pending.push(bytes);
  writer.pendingBytes += bytes.length;
  writer.bytes += bytes.length;
  if (writer.pendingBytes >= CHUNK_BYTES) await flush(tx, writer);
}

async function flush(tx: Queryable, writer: Writer): Promise<void> {
  if (writer.pendingBytes === 0) return;
  await tx.query('insert into feed_chunk (version_id, seq, bytes) values ($1, $2, $3)', [
    writer.version,
    writer.seq,
    Buffer.concat(writer.pending),
  ]);
  writer.seq += 1;
  writer.pending = [];
  writer.pendingBytes = 0;
}

/** The new version becomes the current one, unless it is the same to the byte. */
async function swap(
  tx: Queryable,
  sync: string,
  kind: FeedKind,
  writer: Writer,
  objects: number,
): Promise<boolean> {
  const etag = writer.hash.digest('hex');
  const { rows } = await tx.query<{ etag: string }>(
    'select etag from feed_version where sync = $1 and kind = $2 and current',
    [sync, kind],
  );
  if (rows[0]?.etag === etag) {
    await tx.query('delete from feed_version where id = $1', [writer.version]);
    return false;
  }
  await tx.query('update feed_version set current = false where sync = $1 and kind = $2 and current', [
    sync,
    kind,
  ]);
  await tx.query(
    'update feed_version set etag = $2, bytes = $3, objects = $4, current = true where id = $1',
    [writer.version, etag, writer.bytes, objects],
  );
  return true;
}

async function dropOld(tx: Queryable, sync: string): Promise<void> {
  await tx.query(
    `delete from feed_version where sync = $1 and not current and published_at < now() - ${KEPT_FOR} and id not in (
       select id from (select id, row_number() over (partition by kind order by id desc) as place from feed_version where sync = $1 and not current) as old
       where place <= $2)`,
    [sync, KEPT],
  );
}
