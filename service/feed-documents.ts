import { currentFeed, type FeedKind, feedChunks, trackFile, trackIsOffered } from '../db/feeds';
import type { Pool } from '../db/pool';
import type { FeedSync } from './feed-access';
import type { Conditions } from './feed-conditions';
import { documentReply, type FeedReply, unavailableReply } from './feed-reply';

const RETRY_FIRST_FEED_SECONDS = 600;
/** A look that failed is worth another one once the platform or the workers had time to come back. */
const RETRY_LOOK_SECONDS = 600;

export interface FeedRequest {
  method: string;
  feed: FeedSync;
  conditions: Conditions;
  /** The last part of the address. */
  file: string;
}

/** `version` of the document that is sent, or held already; null without one. */
export interface Answer {
  reply: FeedReply;
  version: number | null;
}

/**
 * The document that is current once `guard` lets it out; a 503 when it does not, or when nothing was published yet. HEAD
 * passes without the guard: whoever asks for the headers only imports nothing.
 */
export async function findFeed(
  pool: Pool,
  kind: FeedKind,
  request: FeedRequest,
  guard: (feed: FeedSync) => Promise<'serve' | 'refuse'>,
): Promise<Answer> {
  const { slug } = request.feed;
  if ((await currentFeed(pool, slug, kind)) === null) return noFeedYet();
  if (request.method !== 'HEAD' && (await guard(request.feed)) === 'refuse') return looksFirst();
  // asked again, as the guard takes its time: a newer document may be there by now
  const feed = await currentFeed(pool, slug, kind);
  if (feed === null) return noFeedYet();
  const document = {
    etag: feed.etag,
    modifiedAt: feed.publishedAt,
    contentType: 'application/xml; charset=utf-8',
    cacheControl: 'private, no-cache',
    bytes: feed.bytes,
    chunks: () => feedChunks(pool, feed.version),
  };
  return { reply: documentReply(document, request.conditions), version: feed.version };
}

/** A track of this sync by the hash of its content; null for any other, as those are behind other secrets. */
export async function findTrack(pool: Pool, request: FeedRequest): Promise<Answer | null> {
  const hash = request.file.replace(/\.gpx$/, '');
  if (!(await trackIsOffered(pool, request.feed.slug, hash))) return null;
  const track = await trackFile(pool, hash);
  if (track === null) return null;
  const document = {
    etag: hash,
    modifiedAt: null,
    contentType: 'application/gpx+xml',
    // what stands under a hash never changes
    cacheControl: 'private, max-age=31536000, immutable',
    bytes: track.gpx.length,
    chunks: () => only(track.gpx),
  };
  return { reply: documentReply(document, request.conditions), version: null };
}

async function* only(bytes: Buffer): AsyncGenerator<Buffer, void, undefined> {
  yield bytes;
}

function noFeedYet(): Answer {
  return {
    reply: unavailableReply('No feed has been published yet.', RETRY_FIRST_FEED_SECONDS),
    version: null,
  };
}

function looksFirst(): Answer {
  const text = 'Edited tracks could not be looked for; the feed waits until they can.';
  return { reply: unavailableReply(text, RETRY_LOOK_SECONDS), version: null };
}
