import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Client, Connection } from '@temporalio/client';
import { Hono } from 'hono';
import type { Configuration } from '../../../config/schema';
import { serviceSchema } from '../../../config/service';
import type { Role } from '../../../db/accounts';
import { createPool, type Pool } from '../../../db/pool';
import type { OperationContext } from '../../../operations/context';
import { addPerson } from '../../../operations/people';
import { csrf } from '../../../service/access/csrf';
import { mountAccess } from '../../../service/access/mount-access';
import { requireRole } from '../../../service/access/require-role';
import { requireScope } from '../../../service/access/require-scope';
import { requireSignedIn } from '../../../service/access/require-signed-in';
import { furnish } from '../../../service/app';
import type { ServiceEnv, ServiceParts } from '../../../service/parts';
import { freshDatabase } from '../../setup/test-database';
import { createBrowser, type TestBrowser } from './test-browser';

export const PASSWORD = 'huit tortues bleues';

export interface AccessStack {
  url: string;
  pool: Pool;
  databaseUrl: string;
  /** In whose name the test prepares people and tokens. */
  context: OperationContext;
  /** Everything that the service logged, as it would be written. */
  log(): string;
  /** The visible columns of every table in one text: where a secret must not stand. */
  databaseText(): Promise<string>;
  /** A browser of its own; `headers` go with each of its requests. */
  browser(headers?: Record<string, string>): TestBrowser;
  person(login: string, role?: Role): Promise<number>;
  stop(): Promise<void>;
}

/**
 * The doors before a small house: `/` and `/room` for signed-in people, `POST /room` a change, `POST /office` one for
 * administrators, `/api/<scope>` for programs.
 */
export async function startAccess(service: Record<string, unknown> = {}): Promise<AccessStack> {
  const database = await freshDatabase();
  const pool = createPool(database.url, 4);
  const lines: string[] = [];
  const keep = (...entry: unknown[]) => void lines.push(JSON.stringify(entry));
  const configuration: Configuration = {
    platforms: {},
    syncs: {},
    temporal: {},
    service: serviceSchema.parse(service),
  };
  const connection = Connection.lazy({ address: '127.0.0.1:1', interceptors: [] });
  const client = new Client({ connection });
  const parts: ServiceParts = {
    configuration,
    pool,
    connection,
    client,
    namespace: 'default',
    logger: { info: keep, warn: keep, error: keep },
    isSecure: configuration.service.publicUrl?.startsWith('https:') ?? false,
    stopping: new AbortController().signal,
  };
  const server = createAdaptorServer({ fetch: appWith(parts).fetch }) as Server; // plain HTTP without TLS options
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const url = `http://127.0.0.1:${port}`;
  const context = { configuration, pool, temporal: async () => client, actor: 'test' };

  return {
    url,
    pool,
    databaseUrl: database.url,
    context,
    log: () => lines.join('\n'),
    databaseText: () => databaseText(pool),
    browser: (headers = {}) =>
      createBrowser(url, { origin: configuration.service.publicUrl ?? url, ...headers }),
    person: async (login, role = 'operator') =>
      (await addPerson(context, { login, role, password: PASSWORD, language: 'en' })).id,
    async stop() {
      server.close();
      server.closeAllConnections();
      await Promise.all([pool.end(), connection.close()]);
      await database.drop();
    },
  };
}

function appWith(parts: ServiceParts): Hono<ServiceEnv> {
  const app = new Hono<ServiceEnv>();
  furnish(app, parts);
  mountAccess(app, parts);
  for (const scope of ['read', 'operate', 'administer'] as const)
    app.get(`/api/${scope}`, requireScope(parts, scope), (c) => c.json(c.get('principal')));
  app.use(requireSignedIn(parts), csrf(parts));
  const describe = (c: { get(name: 'signedIn'): ServiceEnv['Variables']['signedIn'] }) => {
    const { sessionHash: _hash, ...signedIn } = c.get('signedIn');
    return signedIn;
  };
  app.get('/', (c) => c.json(describe(c)));
  app.get('/room', (c) => c.json(describe(c)));
  app.post('/room', (c) => c.json({ done: true }));
  app.post('/office', requireRole('administer'), (c) => c.json({ done: true }));
  return app;
}

async function databaseText(pool: Pool): Promise<string> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await pool.query<{ line: string }>(`select t::text as line from ${name} t`);
    texts.push(...rows.map(({ line }) => line));
  }
  return texts.join('\n');
}
