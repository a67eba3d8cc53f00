import { createHash } from 'node:crypto';
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { pivotCirkwiSyncSchema } from '../../config/pivot-cirkwi';
import { serviceSchema } from '../../config/service';
import type { FeedKind } from '../../db/feeds';
import { createPool, inTransaction, type Pool } from '../../db/pool';
import { ensureSync } from '../../db/runs';
import type { LastLook, LookEnd } from '../../service/feed-look';
import { type RunningService, startService } from '../../service/start-service';
import { until } from '../harness/until';
import { freshDatabase, type TestDatabase } from '../setup/test-database';

export const SYNC = 'balades';
export const SECRET = 'a-secret-nobody-guesses';

export interface FeedSettings {
  policies?: Record<string, unknown>;
  basicAuth?: { username: string; password: string };
  lastLook?: LastLook;
}

export interface FeedStack {
  pool: Pool;
  database: TestDatabase;
  /** Everything that the service logged, as it would be written. */
  log(): string;
  /** Address of a file of the feed. */
  at(file: string): string;
  url: string;
  stop(): Promise<void>;
}

/** The service on a database of its own, without Temporal; the last look finds nothing unless told otherwise. */
export async function startFeeds(settings: FeedSettings = {}): Promise<FeedStack> {
  const database = await freshDatabase();
  const pool = createPool(database.url, 2);
  await ensureSync(pool, SYNC, 'pivot-cirkwi');
  const lines: string[] = [];
  const keep = (...entry: unknown[]) => void lines.push(JSON.stringify(entry));
  const service = await startService({
    databaseUrl: database.url,
    temporal: { address: '127.0.0.1:1', namespace: 'default' },
    host: '127.0.0.1',
    port: 0,
    configuration: {
      platforms: {},
      syncs: { [SYNC]: syncWith(settings) },
      temporal: {},
      service: serviceSchema.parse({}),
    },
    lastLook: settings.lastLook ?? (async () => 'looked'),
    logger: { info: keep, warn: keep, error: keep },
  });
  return {
    pool,
    database,
    url: service.url,
    log: () => lines.join('\n'),
    at: (file) => `${service.url}/feeds/${SYNC}/${SECRET}/${file}`,
    stop: () => stopAll(service, pool, database),
  };
}

async function stopAll(service: RunningService, pool: Pool, database: TestDatabase): Promise<void> {
  await Promise.all([service.stop(), pool.end()]);
  await database.drop();
}

function syncWith({ policies, basicAuth }: FeedSettings) {
  return pivotCirkwiSyncSchema.parse({
    pair: 'pivot-cirkwi',
    source: 'pivot',
    target: 'cirkwi',
    query: 'QRY-1',
    language: 'fr',
    feed: { publicUrl: 'https://feeds.example', secret: SECRET, ...(basicAuth && { basicAuth }) },
    policies: policies ?? {},
  });
}

/** Makes these pieces the current document, as the swap at the end of a run does. Answers its tag. */
export async function publish(
  pool: Pool,
  pieces: Buffer[],
  {
    kind = 'circuits',
    publishedAt = '2027-03-01T10:20:30.400Z',
  }: { kind?: FeedKind; publishedAt?: string } = {},
): Promise<string> {
  const etag = hashOf(Buffer.concat(pieces));
  await inTransaction(pool, async (tx) => {
    await tx.query('update feed_version set current = false where sync = $1 and kind = $2', [SYNC, kind]);
    const { rows } = await tx.query<{ id: number }>(
      `insert into feed_version (sync, kind, etag, bytes, objects, published_at, current)
       values ($1, $2, $3, $4, 1, $5, true) returning id`,
      [SYNC, kind, etag, pieces.reduce((sum, piece) => sum + piece.length, 0), publishedAt],
    );
    for (const [seq, bytes] of pieces.entries())
      await tx.query('insert into feed_chunk (version_id, seq, bytes) values ($1, $2, $3)', [
        rows[0]?.id,
        seq,
        bytes,
      ]);
  });
  return etag;
}

export function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  /** As it came over the wire, compressed or not. */
  body: Buffer;
  /** Whether the answer reached its end as the server meant it. */
  whole: boolean;
}

/** Sends a request and reads the answer without interpreting it. */
export async function ask(
  url: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<Reply> {
  return (await begin(url, { method, headers })).rest();
}

/** The same, but reads nothing of the body before `rest` is called. */
export function begin(
  url: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; rest(): Promise<Reply> }> {
  return new Promise((resolve, reject) => {
    request(url, { method, headers, agent: false }, (incoming) => {
      incoming.on('error', () => {}); // a broken transfer is what `whole` tells
      resolve({ status: incoming.statusCode ?? 0, rest: () => readAll(incoming) });
    })
      .on('error', reject)
      .end();
  });
}

function readAll(incoming: IncomingMessage): Promise<Reply> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    incoming.on('data', (piece: Buffer) => pieces.push(piece));
    incoming.on('close', () =>
      resolve({
        status: incoming.statusCode ?? 0,
        headers: incoming.headers,
        body: Buffer.concat(pieces),
        whole: incoming.complete,
      }),
    );
  });
}

/** Looks that end when the test says so. */
export function looksByHand() {
  const open: Array<(end: LookEnd) => void> = [];
  let begun = 0;
  const lastLook: LastLook = () => {
    begun += 1;
    return new Promise((resolve) => open.push(resolve));
  };
  return {
    lastLook,
    begun: () => begun,
    end: (end: LookEnd) => open.shift()?.(end),
    begins: (number: number) => until(`look ${number}`, async () => begun >= number),
  };
}
