import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { Connection, type ConnectionOptions } from '@temporalio/client';
import { Hono } from 'hono';
import { createPool } from '../db/pool';
import type { FeedSync } from './feed-access';
import type { LastLook } from './feed-look';
import { type FeedLogger, mountFeeds } from './feeds';
import { createLastLook } from './last-look';
import { readiness } from './readiness';

/** How long requests under way may take to end once a stop was asked. */
const GRACE_MS = 10_000;

export interface ServiceSettings {
  databaseUrl: string;
  temporal: ConnectionOptions & { namespace: string };
  host: string;
  /** 0 takes a free one. */
  port: number;
  feeds?: {
    syncs: readonly FeedSync[];
    /** By the workflow `trackWatch` unless another one is given. */
    lastLook?: LastLook;
  };
  logger?: FeedLogger;
}

export interface RunningService {
  /** Without a slash at its end. */
  url: string;
  /** Takes no new request, lets those under way end, closes the connections. */
  stop(): Promise<void>;
}

/**
 * Serves HTTP: `/healthz` says that this process lives, `/readyz` whether all that it needs is there, `/feeds/...` is what
 * Cirkwi imports. Starts without Postgres and Temporal, and finds them when they come. Rejects when the port is taken.
 */
export async function startService(settings: ServiceSettings): Promise<RunningService> {
  const { namespace, ...connectionOptions } = settings.temporal;
  const pool = createPool(settings.databaseUrl, 4);
  // without the client's own repetitions: whoever asks for readiness asks again, and none is left running at the end
  const connection = Connection.lazy({ ...connectionOptions, interceptors: [] });
  const stopping = new AbortController();
  const close = async () => {
    stopping.abort();
    await Promise.all([pool.end(), connection.close()]);
  };

  const app = new Hono<{ Bindings: HttpBindings }>();
  app.get('/healthz', (c) => c.json({ status: 'alive' }));
  app.get('/readyz', async (c) => {
    const state = await readiness({ pool, connection, namespace });
    return c.json(state, state.ready ? 200 : 503);
  });
  if (settings.feeds !== undefined) {
    const logger = settings.logger ?? null;
    const watchFirst = createLastLook({
      connection,
      namespace,
      stopping: stopping.signal,
      onFailure: (sync, cause) => logger?.warn({ sync, reason: String(cause) }, 'last look failed'),
    });
    const { syncs, lastLook = watchFirst } = settings.feeds;
    mountFeeds(app, { pool, syncs, lastLook, logger });
  }
  app.notFound((c) =>
    c.json({ error: { code: 'not-found', message: 'There is nothing at this address.' } }, 404),
  );

  // without TLS options the adaptor makes a plain HTTP server
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  try {
    server.listen(settings.port, settings.host);
    await once(server, 'listening');
  } catch (error) {
    await close();
    throw error;
  }
  // a server that listens on TCP has an address of this form
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS);
      await closed;
      clearTimeout(timer);
      await close();
    },
  };
}
