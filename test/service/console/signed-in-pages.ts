import { join } from 'node:path';
import type { Client, Connection } from '@temporalio/client';
import { Hono } from 'hono';
import { parseConfiguration } from '../../../config/load';
import type { Configuration } from '../../../config/schema';
import { createPool, type Pool } from '../../../db/pool';
import { ensureSync } from '../../../db/runs';
import type { Language } from '../../../mappings/reason-types';
import { Refusal } from '../../../operations/refusal';
import { ROLES, type Role } from '../../../service/access/principal';
import type { ServiceEnv, ServiceParts } from '../../../service/parts';
import { problemOf } from '../../../service/problem';
import { freshDatabase } from '../../setup/test-database';

export const SYNCS = { dossiers: 'salon', offers: 'itineraires', crm: 'crm' } as const;

/** Who looks, and in which language. */
export interface Reader {
  role?: Role;
  language?: Language;
}

export interface SignedInPages {
  pool: Pool;
  configuration: Configuration;
  /** What workflows were told: type or signal, and the id. */
  told: Array<{ type: string; workflowId: string; input: unknown }>;
  /** From now on Temporal answers with this error; null: as usual. */
  breakTemporal(error: Error | null): void;
  get(path: string, reader?: Reader): Promise<Page>;
  /** Sends a form; answers where the browser is sent, with what it will read there. */
  post(path: string, fields: Record<string, string | string[]>, reader?: Reader): Promise<Sent>;
  stop(): Promise<void>;
}

export interface Page {
  status: number;
  html: string;
  /** What a person reads: no markup, single blanks. */
  text: string;
}

export interface Sent extends Page {
  location: string | null;
  notice: string | null;
}

type Mount = (pages: Hono<ServiceEnv>, parts: ServiceParts) => void;

/** Some pages of the console for somebody signed in, on a database of their own; workflows are only told, none runs. */
export async function signedInPages(...mounts: Mount[]): Promise<SignedInPages> {
  const database = await freshDatabase();
  const pool = createPool(database.url, 3);
  const configuration = testConfiguration();
  for (const [slug, { pair }] of Object.entries(configuration.syncs)) await ensureSync(pool, slug, pair);
  const temporal = recordingTemporal(pool);
  const parts: ServiceParts = {
    configuration,
    pool,
    connection: {} as Connection, // no page of these asks it
    client: temporal.client,
    namespace: 'default',
    logger: null,
    isSecure: false,
    stopping: new AbortController().signal,
  };
  const ask = async (path: string, init: RequestInit, reader: Reader) =>
    appFor(mounts, parts, reader).request(path, init);
  return {
    pool,
    configuration,
    told: temporal.told,
    breakTemporal: temporal.break,
    get: async (path, reader = {}) => pageOf(await ask(path, {}, reader)),
    post: async (path, fields, reader = {}) => {
      const response = await ask(path, { method: 'POST', body: formOf(fields) }, reader);
      return { ...(await pageOf(response)), ...sentOf(response) };
    },
    async stop() {
      await pool.end();
      await database.drop();
    },
  };
}

function appFor(mounts: readonly Mount[], parts: ServiceParts, reader: Reader): Hono<ServiceEnv> {
  const app = new Hono<ServiceEnv>();
  const { role = 'operator', language = 'en' } = reader;
  const principal = { kind: 'person', id: 1, scope: ROLES[role], actor: 'chloe' } as const;
  app.use(async (c, next) => {
    c.set('requestId', 'request-1');
    c.set('language', language);
    c.set('principal', principal);
    const person = { accountId: 1, login: 'chloe', name: 'Chloé Martin', role, language, csrfToken: 'token' };
    // a page needs no more of a session than what it shows
    c.set('signedIn', { principal, ...person } as ServiceEnv['Variables']['signedIn']);
    await next();
  });
  for (const mount of mounts) mount(app, parts);
  app.onError((error, c) => {
    if (error instanceof Refusal || 'status' in error) return problemOf(c, error);
    throw error;
  });
  return app;
}

function formOf(fields: Record<string, string | string[]>): URLSearchParams {
  const form = new URLSearchParams({ _csrf: 'token' });
  for (const [name, value] of Object.entries(fields))
    for (const each of [value].flat()) form.append(name, each);
  return form;
}

async function pageOf(response: Response): Promise<Page> {
  const html = await response.text();
  const text = html
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
  return { status: response.status, html, text };
}

function sentOf(response: Response): Pick<Sent, 'location' | 'notice'> {
  const kept = /passerelle_notice=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1];
  const notice = kept === undefined ? null : JSON.parse(Buffer.from(kept, 'base64url').toString('utf8'));
  return { location: response.headers.get('location'), notice: notice?.text ?? null };
}

/** Notes what it is told. A run that is started has its row at once, as a worker would make it. */
function recordingTemporal(pool: Pool) {
  const told: SignedInPages['told'] = [];
  let broken: Error | null = null;
  const workflow = {
    async start(type: string, { workflowId, args }: { workflowId: string; args: [{ sync: string }] }) {
      if (broken !== null) throw broken;
      const [input] = args;
      told.push({ type, workflowId, input });
      const execution = `execution-${told.length}`;
      await pool.query(
        `insert into run (sync, mode, trigger, workflow_id, workflow_run_id) values ($1, 'apply', 'manual', $2, $3)`,
        [input.sync, workflowId, execution],
      );
      return { firstExecutionRunId: execution };
    },
    async signalWithStart(_type: string, { workflowId, signal }: { workflowId: string; signal: string }) {
      if (broken !== null) throw broken;
      told.push({ type: signal, workflowId, input: null });
    },
  };
  return {
    told,
    // only these two calls are made by what these pages ask for
    client: { workflow } as unknown as Client,
    break: (error: Error | null) => {
      broken = error;
    },
  };
}

function testConfiguration(): Configuration {
  const address = 'https://platform.example.com';
  const accounts = {
    planexpo: { platform: 'planexpo', baseUrl: address, apiKey: '$' + '{SECRET}' },
    inwink: {
      platform: 'inwink',
      baseUrl: address,
      tokenUrl: address,
      clientId: 'client',
      clientSecret: '$' + '{SECRET}',
      recordUrl: `${address}/events/{eventId}/partners/{id}`,
    },
    pivot: { platform: 'pivot', baseUrl: address, wsKey: '$' + '{SECRET}' },
    cirkwi: {
      platform: 'cirkwi',
      baseUrl: address,
      siteUrl: address,
      user: 'demo',
      code: 'demo',
      widgetId: '1',
      username: 'demo',
      password: '$' + '{SECRET}',
    },
    weavy: {
      platform: 'weavy',
      baseUrl: address,
      projectCode: 'DEMO',
      userName: 'demo',
      password: '$' + '{SECRET}',
    },
    mautic: {
      platform: 'mautic',
      baseUrl: address,
      signIn: { as: 'basic', username: 'demo', password: '$' + '{SECRET}' },
    },
  };
  const syncs = {
    [SYNCS.dossiers]: {
      pair: 'planexpo-inwink',
      source: 'planexpo',
      target: 'inwink',
      planexpoEvent: 'salon-2027',
      inwinkEventId: 'event-1',
    },
    [SYNCS.offers]: {
      pair: 'pivot-cirkwi',
      source: 'pivot',
      target: 'cirkwi',
      query: 'QRY-1',
      feed: { publicUrl: address, secret: '$' + '{SECRET}' },
    },
    [SYNCS.crm]: {
      pair: 'weavy-webmecanik',
      source: 'weavy',
      target: 'mautic',
      mapping: 'crm-mapping.yaml',
    },
  };
  const temporal = { uiUrl: 'http://temporal.example.com' };
  const file = join(__dirname, '../../../deploy/passerelle.yaml');
  const text = JSON.stringify({ platforms: accounts, syncs, temporal });
  return parseConfiguration(file, text, { SECRET: 'a-secret-nobody-guesses' });
}
