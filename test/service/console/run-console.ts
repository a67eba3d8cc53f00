import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Client, Connection } from '@temporalio/client';
import { Hono } from 'hono';
import { configurationSchema } from '../../../config/schema';
import type { Role } from '../../../db/accounts';
import { createPool, type Pool } from '../../../db/pool';
import { closeRun, ensureSync, openRun, type RunMode, takePlace } from '../../../db/runs';
import { addPerson } from '../../../operations/people';
import { mountAccess } from '../../../service/access/mount-access';
import { furnish } from '../../../service/app';
import { mountConsole } from '../../../service/console/mount-console';
import type { ServiceEnv, ServiceParts } from '../../../service/parts';
import { freshDatabase } from '../../setup/test-database';
import { createBrowser, type TestBrowser } from '../access/test-browser';

const PASSWORD = 'huit tortues bleues';

export interface RunConsole {
  url: string;
  pool: Pool;
  parts: ServiceParts;
  /** A browser of somebody with this role who signed in. */
  as(role: Role, language?: 'fr' | 'en'): Promise<TestBrowser>;
  /** What the service is told when it is to stop. */
  stopping: AbortController;
  stop(): Promise<void>;
}

export interface RunConsoleSettings {
  /** Slug and pair of each sync. */
  syncs: Record<string, 'planexpo-inwink' | 'pivot-cirkwi' | 'weavy-webmecanik'>;
  /** Address of a Temporal server, or what stands in for its client; away without it. */
  temporal?: string | Client;
  uiUrl?: string;
}

/** The console on a database of its own, over HTTP. */
export async function startRunConsole(settings: RunConsoleSettings): Promise<RunConsole> {
  const database = await freshDatabase();
  const pool = createPool(database.url, 6);
  const { temporal = '127.0.0.1:1' } = settings;
  const connection = Connection.lazy({
    address: typeof temporal === 'string' ? temporal : '127.0.0.1:1',
    interceptors: [],
  });
  const stopping = new AbortController();
  const parts: ServiceParts = {
    configuration: configurationOf(settings),
    pool,
    connection,
    client: typeof temporal === 'string' ? new Client({ connection }) : temporal,
    namespace: 'default',
    logger: null,
    isSecure: false,
    stopping: stopping.signal,
  };
  for (const [slug, pair] of Object.entries(settings.syncs)) await ensureSync(pool, slug, pair);

  const app = new Hono<ServiceEnv>();
  furnish(app, parts);
  mountAccess(app, parts);
  mountConsole(app, parts);
  const server = createAdaptorServer({ fetch: app.fetch }) as Server; // plain HTTP without TLS options
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const url = `http://127.0.0.1:${port}`;
  const context = {
    configuration: parts.configuration,
    pool,
    temporal: async () => parts.client,
    actor: 'test',
  };

  return {
    url,
    pool,
    parts,
    stopping,
    async as(role, language = 'en') {
      const login = `${role}-${language}`;
      const { rows } = await pool.query('select 1 from account where login = $1', [login]);
      if (rows.length === 0) await addPerson(context, { login, role, password: PASSWORD, language });
      const browser = createBrowser(url);
      const { status } = await browser.signIn(login, PASSWORD);
      if (status >= 400) throw new Error(`${login} could not sign in (${status})`);
      return browser;
    },
    async stop() {
      stopping.abort();
      server.close();
      server.closeAllConnections();
      await Promise.all([pool.end(), connection.close()]);
      await database.drop();
    },
  };
}

const ACCOUNTS = {
  planexpo: { platform: 'planexpo', baseUrl: 'http://127.0.0.1:1', apiKey: 'k' },
  inwink: {
    platform: 'inwink',
    baseUrl: 'http://127.0.0.1:1',
    tokenUrl: 'http://127.0.0.1:1/token',
    clientId: 'c',
    clientSecret: 's',
  },
};

function configurationOf({ syncs, uiUrl }: RunConsoleSettings) {
  return configurationSchema.parse({
    platforms: ACCOUNTS,
    syncs: Object.fromEntries(
      Object.entries(syncs).map(([slug, pair]) => [
        slug,
        { pair, source: 'planexpo', target: 'inwink', planexpoEvent: 'expo', inwinkEventId: 'e' },
      ]),
    ),
    ...(uiUrl === undefined ? {} : { temporal: { uiUrl } }),
  });
}

/** A form's token, as the page carries it. */
export function tokenOf(html: string): string {
  return /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
}

/** What a person reads of a page: without tags, blanks in one. */
export function readingOf(html: string): string {
  return html
    .replace(/<(script|style)[^>]*>.*?<\/\1>/gs, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .replace(/ ([,.)])/g, '$1')
    .replace(/\( /g, '(');
}

let executions = 0;

/** A run as its workflow opens it; it holds the place of its sync until it is closed. */
export async function beginRun(pool: Pool, sync: string, mode: RunMode = 'run'): Promise<number> {
  executions += 1;
  const workflowRunId = `execution-${executions}`;
  const workflowId = `run/${sync}`;
  const run = await openRun(pool, {
    sync,
    mode,
    trigger: 'manual',
    fullRead: false,
    onlyRecord: null,
    planRun: null,
    overrides: [],
    workflowId,
    workflowRunId,
  });
  await takePlace(pool, { sync, runId: run.id, workflowId, workflowRunId });
  return run.id;
}

type Ending = Parameters<typeof closeRun>[2];

/** Ends a run as its workflow does. */
export async function endRun(pool: Pool, run: number, end: Partial<Ending> = {}): Promise<void> {
  await closeRun(pool, run, {
    outcome: 'completed',
    reason: null,
    counts: null,
    writes: 0,
    attention: 0,
    planned: null,
    ...end,
  });
  await pool.query('delete from run_place where run_id = $1', [run]);
}

/** A record as it was read, with where it stands and, of a run, what became of it there. */
export async function addRecord(
  pool: Pool,
  sync: string,
  record: { id: string; name: string; outcome: string | null; reason?: string; run?: number; due?: boolean },
): Promise<void> {
  const { id, name, outcome, reason = null, run, due = false } = record;
  await pool.query(
    `insert into staged_record (sync, record_id, status, body, body_hash, outcome, reason, settled_at, due)
     values ($1, $2, 'validated', jsonb_build_object('company', jsonb_build_object('name', $3::text)), 'h', $4, $5, now(), $6)`,
    [sync, id, name, outcome, reason, due],
  );
  if (run !== undefined)
    await pool.query(
      'insert into run_outcome (run_id, record_id, outcome, reason, writes) values ($1, $2, $3, $4, 1)',
      [run, id, outcome, reason],
    );
}
