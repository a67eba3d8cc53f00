import { gunzipSync, gzipSync } from 'node:zlib';
import { type FeedObject, feedReader, type ObjectKind, readFeed } from './feed-reader';
import { feedHeaders, reasonOf, textOf } from './fetching';
import type { CirkwiFeeds } from './options';
import type { CirkwiWorld, StoredFeed } from './world';

/** A whole feed, or the reason why there is none: never a part of one. */
export type FeedAnswer =
  | { kind: 'read'; objects: FeedObject[]; change: 'new' | 'not modified' }
  | { kind: 'failed'; reason: string };

/**
 * Asks the provider for one feed, with gzip, and with the ETag and date of the last good one. "Not modified" answers
 * that one again: an import overwrites also what did not change at its source.
 */
export async function fetchFeed(
  world: CirkwiWorld,
  feeds: CirkwiFeeds,
  kind: ObjectKind,
): Promise<FeedAnswer> {
  const url = kind === 'circuit' ? feeds.circuits : feeds.pois;
  const known = world.storedFeeds.get(kind);
  const stored = known?.url === url ? known : null;
  try {
    const reply = await fetch(url, {
      headers: {
        accept: 'application/xml, text/xml',
        'accept-encoding': 'gzip',
        ...feedHeaders(feeds, url),
        ...conditions(stored),
      },
      signal: AbortSignal.any([world.stopping, AbortSignal.timeout(world.imports.feedTimeoutMs)]),
    });
    if (reply.status === 200) return await readReply(world, kind, url, reply);
    await reply.body?.cancel();
    if (reply.status !== 304 || !stored) return { kind: 'failed', reason: `status ${reply.status}` };
    const objects = readFeed(kind, gunzipSync(stored.body).toString('utf8'));
    return { kind: 'read', objects, change: 'not modified' };
  } catch (error) {
    return { kind: 'failed', reason: reasonOf(error) };
  }
}

function conditions(stored: StoredFeed | null): Record<string, string> {
  return {
    ...(stored?.etag ? { 'if-none-match': stored.etag } : {}),
    ...(stored?.lastModified ? { 'if-modified-since': stored.lastModified } : {}),
  };
}

async function readReply(
  world: CirkwiWorld,
  kind: ObjectKind,
  url: string,
  reply: Response,
): Promise<FeedAnswer> {
  const reader = feedReader(kind);
  const pieces: Uint8Array[] = [];
  for await (const text of textOf(reply, (bytes) => pieces.push(bytes))) reader.write(text);
  const objects = reader.close();
  world.storedFeeds.set(kind, {
    url,
    etag: reply.headers.get('etag'),
    lastModified: reply.headers.get('last-modified'),
    body: gzipSync(Buffer.concat(pieces), { level: 1 }),
  });
  return { kind: 'read', objects, change: 'new' };
}
