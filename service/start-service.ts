import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Client, type ConnectionOptions } from '@temporalio/client';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import type { Configuration } from '../config/schema';
import { createPool } from '../db/pool';
import { clientAddress } from './access/client-address';
import { mountAccess } from './access/mount-access';
import { requireScope } from './access/require-scope';
import { mountApi } from './api/mount-api';
import { furnish } from './app';
import { assertBindable, isLoopback } from './bindable';
import { mountConsole } from './console/mount-console';
import type { LastLook } from './feed-look';
import { mountFeeds } from './feeds';
import { mountHooks } from './hooks/mount-hooks';
import { type Delivery, startDelivery } from './hooks/start-delivery';
import { createLastLook } from './last-look';
import { createMetrics } from './metrics/create-metrics';
import type { ServiceEnv, ServiceLogger, ServiceParts } from './parts';
import { createReadiness } from './readiness';
import { temporalConnection } from './temporal-connection';

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
  const connection = temporalConnection(connectionOptions);
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
  let delivery: Delivery | undefined;
  const close = async () => {
    stopping.abort();
    await delivery?.stop();
    await Promise.all([pool.end(), connection.close()]);
  };

  const app = new Hono<ServiceEnv>();
  const metrics = createMetrics({ pool, guard: scrapers(parts) });
  app.use(metrics.middleware);
  // before the rest: they are streamed past everything that the other answers go through
  mountFeedsOf(app, parts, settings.lastLook);
  // asked every few seconds by machines: no line in the log for each
  mountHealth(app, parts);
  furnish(app, parts);
  metrics.mount(app);
  mountHooks(app, parts, { wake: () => delivery?.wake() });
  mountAccess(app, parts);
  mountApi(app, parts);
  mountConsole(app, parts);
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  try {
    server.listen(settings.port, settings.host);
    await once(server, 'listening');
  } catch (error) {
    await close();
    throw error;
  }
  // what waits is delivered by a service that is up, and by no other
  delivery = startDelivery(parts);
  // a server that listens on TCP has an address of this form
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${port}`,
    async stop() {
      stopping.abort();
      const closed = once(server, 'close');
      server.close();
      // a connection that was kept alive is idle once its last answer has ended, and nobody else would close it
      const idle = setInterval(() => server.closeIdleConnections(), 100);
      const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS);
      await closed;
      clearInterval(idle);
      clearTimeout(timer);
      await close();
    },
  };
}

function mountHealth(app: Hono<ServiceEnv>, { pool, connection, namespace }: ServiceParts): void {
  app.get('/healthz', (c) => c.json({ status: 'alive' }));
  const readiness = createReadiness({ pool, connection, namespace });
  app.get('/readyz', async (c) => {
    const state = await readiness();
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

/** Whoever asks from this machine, and programs that may read. */
function scrapers(parts: ServiceParts): MiddlewareHandler<ServiceEnv> {
  const withToken = requireScope(parts, 'read');
  // behind a proxy everybody seems to be here
  const isHere = (c: Context<ServiceEnv>) => !parts.isSecure && isLoopback(clientAddress(c, parts));
  return (c, next) => (isHere(c) ? next() : withToken(c, next));
}
