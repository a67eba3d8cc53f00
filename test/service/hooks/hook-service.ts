import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { type Configuration, configurationSchema } from '../../../config/schema';
import { createPool, type Pool } from '../../../db/pool';
import { type HookParts, mountHooks } from '../../../service/hooks/mount-hooks';
import type { ServiceEnv } from '../../../service/parts';
import { freshDatabase } from '../../setup/test-database';
import { SECRETS } from './hook-sender';

/** One sync of each pair that hears, and one that does not. */
export function hookConfiguration(hooks: Record<string, unknown> = {}): Configuration {
  const { planexpo, mautic, generic } = SECRETS;
  const dossiers = {
    pair: 'planexpo-inwink',
    source: 'p',
    target: 'i',
    planexpoEvent: 'expo-2027',
    inwinkEventId: 'e',
  };
  return configurationSchema.parse({
    platforms: {
      p: { platform: 'planexpo', baseUrl: 'http://p.example', apiKey: 'k' },
      i: {
        platform: 'inwink',
        baseUrl: 'http://i.example',
        tokenUrl: 'http://i.example/token',
        clientId: 'c',
        clientSecret: 's',
      },
      v: { platform: 'pivot', wsKey: 'k' },
      c: { platform: 'cirkwi', user: 'u', code: 'c', widgetId: '1', username: 'u', password: 'p' },
      w: { platform: 'weavy', projectCode: 'p', userName: 'u', password: 'p' },
      m: {
        platform: 'mautic',
        baseUrl: 'http://m.example',
        signIn: { as: 'basic', username: 'u', password: 'p' },
      },
    },
    syncs: {
      salon: {
        ...dossiers,
        hooks: { planexpo: { secret: planexpo }, generic: { secret: generic }, ...hooks },
      },
      'other-salon': { ...dossiers, planexpoEvent: 'other-2027', hooks: { planexpo: { secret: planexpo } } },
      deaf: dossiers,
      offers: {
        pair: 'pivot-cirkwi',
        source: 'v',
        target: 'c',
        query: 'q',
        feed: { publicUrl: 'http://f.example', secret: '0123456789abcdef' },
        hooks: { generic: { secret: generic } },
      },
      crm: {
        pair: 'weavy-webmecanik',
        source: 'w',
        target: 'm',
        mapping: { contacts: { fields: [{ weavy: 'email', mautic: 'email' }] } },
        hooks: { mautic: { secret: mautic }, generic: { secret: generic } },
      },
    },
  });
}

export interface StoredHook {
  sync: string;
  event_id: string;
  type: string;
  record_id: string;
  signal: string;
  version: number | null;
}

export interface HookService {
  url: string;
  pool: Pool;
  /** How often delivery was woken. */
  woken(): number;
  /** In the order in which they came. */
  stored(): Promise<StoredHook[]>;
  forget(): Promise<void>;
  stop(): Promise<void>;
}

/** The hooks alone, on a database of their own; nothing is delivered. */
export async function startHookService(configuration = hookConfiguration()): Promise<HookService> {
  const database = await freshDatabase();
  const pool = createPool(database.url, 5);
  let wakes = 0;
  const wake = () => {
    wakes += 1;
  };
  const server = await serveHooks({ configuration, pool, logger: null }, wake);
  return {
    url: server.url,
    pool,
    woken: () => wakes,
    async stored() {
      const { rows } = await pool.query<StoredHook>(
        'select sync, event_id, type, record_id, signal, version from received_hook order by id',
      );
      return rows;
    },
    async forget() {
      await pool.query('truncate received_hook');
      wakes = 0;
    },
    async stop() {
      await server.stop();
      await pool.end();
      await database.drop();
    },
  };
}

/** `POST /hooks/<sync>` on a server of its own. */
export async function serveHooks(
  parts: HookParts,
  wake: () => void,
): Promise<{ url: string; stop(): Promise<void> }> {
  const app = new Hono<ServiceEnv>();
  mountHooks(app, parts, { wake });
  const server = createAdaptorServer({ fetch: app.fetch }) as Server; // without TLS options it is a plain HTTP server
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // TCP has an address of this form
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
