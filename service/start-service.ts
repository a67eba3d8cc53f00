import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Client, Connection, type ConnectionOptions } from '@temporalio/client';
import { Hono } from 'hono';
import type { Configuration } from '../config/schema';
import { createPool } from '../db/pool';
import { furnish } from './app';
import { assertBindable } from './bindable';
import type { LastLook } from './feed-look';
import { mountFeeds } from './feeds';
import { createLastLook } from './last-look';
import type { ServiceEnv, ServiceLogger, ServiceParts } from './parts';
import { readiness } from './readiness';

/** How long requests under way may take to end once a stop was asked. */
const GRACE_MS = 10_000;

export interface ServiceSettings {
  configuration: Configuration;
  databaseUrl: string;
  temporal: ConnectionOptions & { namespace: string };
  host: string;
  /** 0 takes a free one. */
  port: number;
  /** By the workflow `trackWatch` unless another one is given. */
  lastLook?: LastLook;
  logger?: ServiceLogger;
}

export interface RunningService {
  /** Without a slash at its end. */
  url: string;
  /** Takes no new request, lets those under way end, closes the connections. */
  stop(): Promise<void>;
}

/**
 * Serves HTTP: `/healthz` says that this process lives, `/readyz` whether all that it needs is there, `/feeds/...` is what
 * Cirkwi imports, `/hooks/...` hears announcements, `/api/v1` is for programs and everything else is the console. Starts
 * without Postgres and Temporal, and finds them when they come. Rejects when the port is taken, or when the address is
 * one that others reach without TLS in front (`NotBindable`).
 */
export async function startService(settings: ServiceSettings): Promise<RunningService> {
  const { configuration, host } = settings;
  assertBindable(host, configuration.service.publicUrl);
  const { namespace, ...connectionOptions } = settings.temporal;
  const pool = createPool(settings.databaseUrl, 8);
  // without the client's own repetitions: whoever asks for readiness asks again, and none is left running at the end
  const connection = Connection.lazy({ ...connectionOptions, interceptors: [] });
  const stopping = new AbortController();
  const parts: ServiceParts = {
    configuration,
    pool,
    connection,
    client: new Client({ connection, namespace }),
    namespace,
    logger: settings.logger ?? null,
    isSecure: configuration.service.publicUrl?.startsWith('https:') ?? false,
    stopping: stopping.signal,
  };
  const close = async () => {
    stopping.abort();
    await Promise.all([pool.end(), connection.close()]);
  };

  const app = new Hono<ServiceEnv>();
  // first: they are streamed past everything that the other answers go through
  mountFeedsOf(app, parts, settings.lastLook);
  furnish(app, parts);
  mountHealth(app, parts);
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
      stopping.abort();
      const closed = once(server, 'close');
      server.close();
      const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS);
      await closed;
      clearTimeout(timer);
      await close();
    },
  };
}

function mountHealth(app: Hono<ServiceEnv>, { pool, connection, namespace }: ServiceParts): void {
  app.get('/healthz', (c) => c.json({ status: 'alive' }));
  app.get('/readyz', async (c) => {
    const state = await readiness({ pool, connection, namespace });
    return c.json(state, state.ready ? 200 : 503);
  });
}

function mountFeedsOf(
  app: Hono<ServiceEnv>,
  { configuration, pool, connection, namespace, logger, stopping }: ServiceParts,
  lastLook: LastLook | undefined,
): void {
  const onFailure = (sync: string, cause: unknown) =>
    logger?.warn({ sync, reason: String(cause) }, 'last look failed');
  mountFeeds(app, {
    pool,
    syncs: Object.entries(configuration.syncs).flatMap(([slug, sync]) =>
      sync.pair === 'pivot-cirkwi' ? [{ slug, sync }] : [],
    ),
    lastLook: lastLook ?? createLastLook({ connection, namespace, stopping, onFailure }),
    logger,
  });
}
