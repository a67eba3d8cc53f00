import type { Context, Hono } from 'hono';
import { storeAnnouncements } from '../../db/hooks';
import type { ServiceEnv, ServiceParts } from '../parts';
import { problem } from '../problem';
import { announcedBy } from './announced';
import { createHookAccess } from './hook-access';
import { readBody } from './read-body';

/** A full batch of the generic form, or ten wide contacts of Mautic, are far below. */
const MOST_BYTES = 256 * 1024;
const RETRY_DATABASE_SECONDS = 30;
/** One text for everything that is not admitted: it must not tell a guess what was wrong. */
const NOT_ADMITTED = 'The signature is missing, wrong or late, or this sync hears no such announcements.';

export type HookParts = Pick<ServiceParts, 'configuration' | 'pool' | 'logger'>;

/**
 * Hears announcements at `POST /hooks/<sync>`. Answers 202 once they are stored, 200 when there was nothing new among
 * them; each way with how many were accepted. Delivering them is somebody else's work, which is woken.
 */
export function mountHooks(app: Hono<ServiceEnv>, parts: HookParts, delivery: { wake(): void }): void {
  const { configuration, pool, logger } = parts;
  const admits = createHookAccess(configuration.syncs);

  app.post('/hooks/:sync', async (c) => {
    const header = (name: string) => c.req.header(name);
    if (!isPlainJson(header))
      return problem(c, 415, 'Send JSON (content-type: application/json), uncompressed.');
    const isTooLong = Number(header('content-length') ?? 0) > MOST_BYTES;
    const body = isTooLong ? null : await readBody(c.req.raw.body, MOST_BYTES);
    if (body === null) return tooLarge(c);

    const from = admits({ slug: c.req.param('sync'), header, body });
    if (from === null) {
      c.header('www-authenticate', 'Signature'); // no scheme of this name is registered: the documentation says how to sign
      return problem(c, 401, NOT_ADMITTED);
    }
    const { slug, sync, form } = from;
    const announced = announcedBy(body, from, Date.now());
    if (announced.kind === 'unreadable')
      return problem(c, 400, 'The announcement cannot be read.', announced.problems);
    const { announcements, ignored } = announced;
    if (ignored > 0) logger?.info({ sync: slug, form, ignored }, 'announcements ignored');
    if (announcements.length === 0) return c.json({ accepted: 0 }, 200);

    const stored = await storeAnnouncements(pool, { sync: slug, pair: sync.pair }, announcements).then(
      (accepted) => ({ accepted }),
      (error: unknown) => ({ error }),
    );
    if ('error' in stored) {
      logger?.error({ sync: slug, form, code: codeOf(stored.error) }, 'announcements not stored');
      c.header('retry-after', String(RETRY_DATABASE_SECONDS));
      return problem(c, 503, 'The announcement could not be stored. Send it again later.');
    }
    if (stored.accepted > 0) delivery.wake();
    return c.json(stored, stored.accepted > 0 ? 202 : 200);
  });
}

/** The sender is told to close: what it still sends is not read. */
function tooLarge(c: Context<ServiceEnv>): Response {
  c.header('connection', 'close');
  return problem(c, 413, `The body is larger than ${MOST_BYTES / 1024} KiB.`);
}

function isPlainJson(header: (name: string) => string | undefined): boolean {
  const isJson = /^application\/json *(;|$)/i.test(header('content-type') ?? '');
  return isJson && /^(identity)?$/i.test(header('content-encoding') ?? '');
}

/** Messages of the database repeat values: only its code is told. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
