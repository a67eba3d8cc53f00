import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAdaptorServer } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { Client } from 'pg';
import { createPool, type Pool } from '../../db/pool';
import { createMetrics, type MetricsParts } from '../../service/metrics/create-metrics';
import type { ServiceEnv } from '../../service/parts';
import { ROOT } from '../setup/run-script';
import { freshDatabase, type TestDatabase } from '../setup/test-database';
import { type Sample, samplesOf } from './metrics-text';

let database: TestDatabase;
let pool: Pool;
const stops: Array<() => Promise<unknown>> = [];

beforeEach(async () => {
  database = await freshDatabase();
  pool = createPool(database.url, 2);
});

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  await pool.end();
  await database.drop().catch(() => {});
});

test('a scrape tells where every sync stands, as the tables say', async () => {
  await fill(database.url);
  const scrape = await serve({ pool });

  const { samples } = await scrape();

  expect(valuesOf(samples, 'passerelle_database_up')).toEqual({ '': 1 });
  expect(valuesOf(samples, 'passerelle_records')).toEqual({
    'outcome=created sync=salon-2027': 2,
    'outcome=held sync=salon-2027': 1,
    'outcome=none sync=salon-2027': 1,
    'outcome=unchanged sync=crm-acme': 1,
  });
  expect(valuesOf(samples, 'passerelle_records_due')).toEqual({ 'sync=salon-2027': 2 });
  expect(valuesOf(samples, 'passerelle_attention_items_open')).toEqual({
    'severity=action sync=salon-2027': 2,
    'severity=info sync=crm-acme': 1,
  });
  expect(valuesOf(samples, 'passerelle_hooks_waiting')).toEqual({ 'sync=salon-2027': 2 });
  const oldest = valuesOf(samples, 'passerelle_hooks_oldest_waiting_seconds')['sync=salon-2027'];
  expect(oldest).toBeGreaterThanOrEqual(90);
  expect(valuesOf(samples, 'passerelle_run_in_progress')).toEqual({
    'sync=crm-acme': 1,
    'sync=salon-2027': 0,
  });
  expect(valuesOf(samples, 'passerelle_runs_total')).toEqual({
    'outcome=completed sync=salon-2027': 1,
    'outcome=completed-with-attention sync=salon-2027': 1,
    'outcome=planned sync=salon-2027': 1,
    'outcome=cancelled sync=salon-2027': 1,
  });
});

test('the last run is the one that worked: not a plan, and not an attempt that found the place taken', async () => {
  await fill(database.url);
  const scrape = await serve({ pool });

  const { samples } = await scrape();

  expect(valuesOf(samples, 'passerelle_last_run_outcome')).toEqual({
    'outcome=completed-with-attention sync=salon-2027': 1,
  });
  expect(valuesOf(samples, 'passerelle_last_run_writes')).toEqual({ 'sync=salon-2027': 7 });
  expect(valuesOf(samples, 'passerelle_last_run_duration_seconds')).toEqual({ 'sync=salon-2027': 90 });
  expect(valuesOf(samples, 'passerelle_last_run_end_timestamp_seconds')).toEqual({
    'sync=salon-2027': Date.parse('2027-03-01T10:01:30Z') / 1_000,
  });
});

test('an account that was never paused waits 0 s, one that was says how long it still waits', async () => {
  await fill(database.url);
  const scrape = await serve({ pool });

  const { samples } = await scrape();

  const paused = valuesOf(samples, 'passerelle_platform_paused_seconds');
  expect(paused['account=planexpo']).toBe(0);
  expect(paused['account=inwink']).toBeGreaterThan(60);
  expect(paused['account=inwink']).toBeLessThanOrEqual(120);
  expect(valuesOf(samples, 'passerelle_platform_access_lost')).toEqual({
    'account=inwink': 0,
    'account=planexpo': 1,
  });
});

test('every metric of ours is in the documents, and no other', async () => {
  await fill(database.url);
  const scrape = await serve({ pool });
  await scrape('/breaks');

  const { text } = await scrape();

  const ours = [...text.matchAll(/^# TYPE (passerelle_\w+)/gm)].map(([, name]) => name);
  const documents = readFileSync(join(ROOT, 'docs', 'metrics.md'), 'utf8');
  const told = [...documents.matchAll(/^\| `(passerelle_\w+)`/gm)].map(([, name]) => name);
  expect(ours.sort()).toEqual(told.sort());
});

test('requests are counted by the pattern of their route, so that no id and no secret becomes a label', async () => {
  const scrape = await serve({ pool });
  await scrape('/records/dossier-4711/s3cret');
  await scrape('/records/dossier-4712/s3cret');
  await scrape('/breaks');
  await scrape('/streamed');
  await scrape('/nothing/s3cret/here');

  const { text, samples } = await scrape();

  expect(valuesOf(samples, 'passerelle_http_requests_total')).toEqual({
    'method=GET route=/records/:id/:secret status=200': 2,
    'method=GET route=/breaks status=500': 1,
    'method=GET route=/streamed status=503': 1,
    'method=GET route=none status=404': 1,
  });
  expect(valuesOf(samples, 'passerelle_http_request_duration_seconds_count')).toMatchObject({
    'method=GET route=/records/:id/:secret': 2,
  });
  expect(text).not.toMatch(/s3cret|4711/);
});

test('two services of one process count each for itself', async () => {
  const first = await serve({ pool });
  const second = await serve({ pool });
  await first('/records/1/x');

  const { samples } = await second();

  expect(valuesOf(samples, 'passerelle_http_requests_total')).toEqual({});
});

test('a scrape while the database is away is answered, says so, and gives nothing of before', async () => {
  await fill(database.url);
  const scrape = await serve({ pool, keepForMs: 0 });
  expect(valuesOf((await scrape()).samples, 'passerelle_database_up')).toEqual({ '': 1 });

  await database.drop();
  const { status, samples } = await scrape();

  expect(status).toBe(200);
  expect(valuesOf(samples, 'passerelle_database_up')).toEqual({ '': 0 });
  expect(valuesOf(samples, 'passerelle_records')).toEqual({});
  expect(valuesOf(samples, 'passerelle_runs_total')).toEqual({});
  expect(samples.some(({ name }) => name === 'process_cpu_seconds_total')).toBe(true);
});

test('a database that does not answer keeps nobody waiting', async () => {
  const scrape = await serve({ pool, keepForMs: 0 });
  // both connections of the service are held by somebody else
  const holders = [await pool.connect(), await pool.connect()];

  const { status, samples } = await scrape();
  for (const holder of holders) holder.release();

  expect(status).toBe(200);
  expect(valuesOf(samples, 'passerelle_database_up')).toEqual({ '': 0 });
});

test('many scrapes ask the database once', async () => {
  await fill(database.url);
  const scrape = await serve({ pool });
  await scrape();

  await onDatabase(database.url, "update staged_record set due = false, outcome = 'unchanged'");
  const { samples } = await scrape();

  expect(valuesOf(samples, 'passerelle_records_due')).toEqual({ 'sync=salon-2027': 2 });
});

test('whoever the guard turns away reads nothing', async () => {
  const scrape = await serve({ pool, guard: async (c) => c.text('no', 401) });

  const { status, text } = await scrape();

  expect(status).toBe(401);
  expect(text).toBe('no');
});

async function serve(parts: MetricsParts) {
  const app = new Hono<ServiceEnv>();
  const metrics = createMetrics(parts);
  app.use(metrics.middleware);
  app.use('/records/*', (_c, next) => next());
  app.onError((_error, c) => c.text('broken', 500));
  metrics.mount(app);
  app.get('/records/:id/:secret', (c) => c.text(c.req.param('id')));
  app.get('/streamed', (c) => {
    c.env.outgoing.writeHead(503).end();
    return RESPONSE_ALREADY_SENT;
  });
  app.get('/breaks', () => {
    throw new Error('on purpose');
  });
  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return async (path = '/metrics'): Promise<{ status: number; text: string; samples: Sample[] }> => {
    const response = await fetch(`http://127.0.0.1:${address.port}${path}`, {
      headers: { connection: 'close' },
    });
    const text = await response.text();
    return {
      status: response.status,
      text,
      samples: path === '/metrics' && response.ok ? samplesOf(text) : [],
    };
  };
}

/** Values by their labels, written `a=b c=d`. */
function valuesOf(samples: Sample[], name: string): Record<string, number> {
  return Object.fromEntries(
    samples
      .filter((sample) => sample.name === name)
      .map(({ labels, value }) => [
        Object.entries(labels)
          .sort(([a], [b]) => a.localeCompare(b))
          .map(([key, text]) => `${key}=${text}`)
          .join(' '),
        value,
      ]),
  );
}

async function onDatabase(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function fill(url: string): Promise<void> {
  return onDatabase(
    url,
    `insert into sync (slug, pair) values ('salon-2027', 'planexpo-inwink'), ('crm-acme', 'weavy-webmecanik');
     insert into staged_record (sync, record_id, status, body_hash, outcome, due) values
       ('salon-2027', '1', 'validated', 'a', 'created', false), ('salon-2027', '2', 'validated', 'b', 'created', false),
       ('salon-2027', '3', 'validated', 'c', 'held', true), ('salon-2027', '4', 'validated', 'd', null, true),
       ('crm-acme', 'mautic/contact/1', 'live', 'e', 'unchanged', false);
     insert into attention_item (sync, record_id, reason, severity, state) values
       ('salon-2027', '3', 'target-deleted', 'action', 'open'), ('salon-2027', null, 'mask-missing', 'action', 'open'),
       ('salon-2027', '1', 'target-deleted', 'action', 'resolved'), ('crm-acme', null, 'no-email', 'info', 'open');
     insert into received_hook (sync, event_id, type, received_at, delivered_at) values
       ('salon-2027', 'a', 'changed', now() - interval '90 s', null), ('salon-2027', 'b', 'changed', now(), null),
       ('salon-2027', 'c', 'changed', now() - interval '1 day', now());
     insert into run (sync, mode, trigger, workflow_id, workflow_run_id, outcome, counts, writes, started_at, finished_at) values
       ('salon-2027', 'run', 'cli', 'w', 'r1', 'completed', '{}', 3, '2027-03-01T09:00:00Z', '2027-03-01T09:05:00Z'),
       ('salon-2027', 'run', 'cli', 'w', 'r2', 'completed-with-attention', '{}', 7, '2027-03-01T10:00:00Z', '2027-03-01T10:01:30Z'),
       ('salon-2027', 'plan', 'cli', 'w', 'r3', 'planned', '{}', 0, '2027-03-01T11:00:00Z', '2027-03-01T11:01:00Z'),
       ('salon-2027', 'run', 'cli', 'w', 'r4', 'cancelled', null, 0, '2027-03-01T12:00:00Z', '2027-03-01T12:00:01Z'),
       ('crm-acme', 'run', 'cli', 'w', 'r5', null, null, 0, now(), null);
     insert into run_place (sync, run_id, workflow_id, workflow_run_id) select sync, id, workflow_id, workflow_run_id from run where workflow_run_id = 'r5';
     insert into platform_budget (account, paused_until, access_lost_at) values
       ('inwink', now() + interval '2 min', null), ('planexpo', '-infinity', now());`,
  );
}
