import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, Hono } from 'hono';
import type { Logger } from 'pino';
import type { FeedKind } from '../db/feeds';
import type { Pool } from '../db/pool';
import { moveCursor } from '../db/staging';
import { createFeedAccess, type FeedSync } from './feed-access';
import { type Answer, type FeedRequest, findFeed, findTrack } from './feed-documents';
import { createTrackGuard, type LastLook, shareLooks } from './feed-look';
import { sendReply, type TransferEnd, unauthorisedReply, unavailableReply } from './feed-reply';
import type { ServiceEnv } from './parts';

const RETRY_DATABASE_SECONDS = 60;

export type FeedLogger = Pick<Logger, 'info' | 'warn'>;

export interface FeedParts {
  pool: Pool;
  syncs: readonly FeedSync[];
  lastLook: LastLook;
  /** Hears ids and statuses only: an address holds a secret. */
  logger: FeedLogger | null;
}

/** What a GET of a feed came to, kept for operators under the cursor `feed-visit/<kind>`. */
export interface FeedVisit {
  at: string;
  status: number;
  /** The version that was sent, or that the visitor held already; null without one. */
  version: number | null;
  /** `broken`: the transfer did not reach its end. */
  transfer: TransferEnd['kind'];
}

type DocumentName = FeedKind | 'track';
/** What stands at an address; null for nothing. */
type Find = (request: FeedRequest) => Promise<Answer | null>;

/**
 * Serves what Cirkwi imports: `/feeds/<sync>/<secret>/circuits.xml`, `pois.xml` and `tracks/<hash>.gpx`, for GET and
 * HEAD. Without the secret there is nothing at these addresses. Documents are streamed from the database; an answer that
 * cannot be given whole is a 503, or a destroyed connection once it has begun.
 */
export function mountFeeds(app: Hono<ServiceEnv>, parts: FeedParts): void {
  const { pool, logger } = parts;
  const guard = createTrackGuard(pool, shareLooks(parts.lastLook), (sync, cause) =>
    logger?.warn({ sync, ...failureOf(cause) }, 'end of a last look not noted'),
  );
  // points have no drawing that an import could overwrite
  const unguarded = async () => 'serve' as const;
  const admits = createFeedAccess(parts.syncs);

  const serve = (name: DocumentName, find: Find) => async (c: Context<ServiceEnv>) => {
    const access = admits({
      slug: c.req.param('sync') ?? '',
      secret: c.req.param('secret') ?? '',
      authorization: c.req.header('authorization'),
    });
    if (access.kind === 'unknown') return c.notFound();
    const { slug } = access.feed;
    const answer =
      access.kind === 'unauthorised'
        ? { reply: unauthorisedReply(), version: null }
        : await find(requestOf(c, access.feed)).catch((cause: unknown) => {
            logger?.warn({ sync: slug, document: name, ...failureOf(cause) }, 'feed unavailable');
            return databaseAway();
          });
    if (answer === null) return c.notFound();

    if (c.req.method === 'HEAD') return c.body(null, answer.reply.status, answer.reply.headers);
    const end = await sendReply(c.env.outgoing, answer.reply);
    await noteEnd(parts, { slug, name }, answer, end);
    return RESPONSE_ALREADY_SENT;
  };

  const at = '/feeds/:sync/:secret';
  app.get(
    `${at}/circuits.xml`,
    serve('circuits', (request) => findFeed(pool, 'circuits', request, guard)),
  );
  app.get(
    `${at}/pois.xml`,
    serve('pois', (request) => findFeed(pool, 'pois', request, unguarded)),
  );
  app.get(
    `${at}/tracks/:file{[0-9a-f]{64}\\.gpx}`,
    serve('track', (request) => findTrack(pool, request)),
  );
  // nothing else of the service answers here
  app.all('/feeds/*', (c) => c.notFound());
}

function requestOf(c: Context<ServiceEnv>, feed: FeedSync): FeedRequest {
  return {
    method: c.req.method,
    feed,
    file: c.req.param('file') ?? '',
    conditions: {
      acceptEncoding: c.req.header('accept-encoding'),
      ifNoneMatch: c.req.header('if-none-match'),
      ifModifiedSince: c.req.header('if-modified-since'),
    },
  };
}

function databaseAway(): Answer {
  return { reply: unavailableReply('Not available at the moment.', RETRY_DATABASE_SECONDS), version: null };
}

/** Logs the answer to a GET and notes a visit to a feed. Best effort: the visitor has the answer already. */
async function noteEnd(
  { pool, logger }: FeedParts,
  asked: { slug: string; name: DocumentName },
  { reply: { status }, version }: Answer,
  end: TransferEnd,
): Promise<void> {
  const { slug: sync, name: document } = asked;
  const what = { sync, document, status, version };
  if (end.kind === 'complete') logger?.info(what, 'feed answered');
  else logger?.warn({ ...what, ...failureOf(end.cause) }, 'feed answer broken off');

  if (document === 'track') return;
  const visit: FeedVisit = { at: new Date().toISOString(), status, version, transfer: end.kind };
  try {
    await moveCursor(pool, sync, `feed-visit/${document}`, visit);
  } catch (cause) {
    logger?.warn({ sync, document, ...failureOf(cause) }, 'feed visit not noted');
  }
}

function failureOf(cause: unknown): { failure: string; reason: string } {
  if (!(cause instanceof Error)) return { failure: 'unknown', reason: String(cause) };
  return { failure: cause.name, reason: cause.message };
}
