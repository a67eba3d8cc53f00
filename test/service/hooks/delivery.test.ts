import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import type { Configuration } from '../../../config/schema';
import {
  type Announcement,
  deleteOldAnnouncements,
  storeAnnouncements,
  waitingAnnouncements,
} from '../../../db/hooks';
import { createPool, type Pool } from '../../../db/pool';
import { type Delivery, startDelivery } from '../../../service/hooks/start-delivery';
import { recordWorkflow } from '../../../workflows/names';
import { until } from '../../harness/until';
import { freshDatabase, type TestDatabase } from '../../setup/test-database';
import { testTemporalAddress } from '../../setup/test-temporal';
import { hookConfiguration } from './hook-service';

let connection: Connection;
let client: Client;
let database: TestDatabase;
let pool: Pool;
let configuration: Configuration;
/** Of its own in each test: the Temporal server is shared, and nobody works on these workflows. */
let salon: string;
const deliveries: Delivery[] = [];

beforeAll(async () => {
  connection = await Connection.connect({ address: testTemporalAddress() });
  client = new Client({ connection });
  database = await freshDatabase();
  pool = createPool(database.url, 8);
});
afterAll(async () => {
  await pool?.end();
  await database?.drop();
  await connection?.close();
});
beforeEach(async () => {
  await pool.query('truncate received_hook');
  salon = `salon-${randomUUID()}`;
  const { salon: sync, crm, offers, ...others } = hookConfiguration().syncs;
  if (sync === undefined || crm === undefined || offers === undefined) throw new Error('a sync is missing');
  configuration = { ...hookConfiguration(), syncs: { ...others, [salon]: sync } };
});
afterEach(async () => {
  await Promise.all(deliveries.splice(0).map((delivery) => delivery.stop()));
  const started = client.workflow.list({ query: `sync = "${salon}" and ExecutionStatus = "Running"` });
  for await (const { workflowId } of started) await client.workflow.getHandle(workflowId).terminate();
});

function deliver(
  parts: { client: Client; connection: Connection; pool: Pool } = { client, connection, pool },
) {
  const delivery = startDelivery({ ...parts, configuration, logger: null });
  deliveries.push(delivery);
  return delivery;
}

const announce = (...all: Array<Partial<Announcement>>) =>
  storeAnnouncements(
    pool,
    { sync: salon, pair: 'planexpo-inwink' },
    all.map((each) => ({
      eventId: randomUUID(),
      type: 'order.updated',
      recordId: '1',
      signal: 'recordChanged',
      version: null,
      ...each,
    })),
  );
const nothingWaits = () =>
  until('nothing waits', async () => (await waitingAnnouncements(pool)).waiting === 0);

/** Signals that a dossier's workflow got: their names, and what they said. */
async function signals(recordId: string): Promise<Array<[name: string, hint: unknown]>> {
  const { events } = await client.workflow
    .getHandle(recordWorkflow('planexpo-inwink', salon, recordId).id)
    .fetchHistory();
  return (events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) => {
    if (signal === null || signal === undefined) return [];
    const data = signal.input?.payloads?.[0]?.data;
    const text = data === null || data === undefined ? '' : Buffer.from(data).toString();
    return [[signal.signalName ?? '', text === '' ? null : JSON.parse(text)]];
  });
}

test('ten announcements of one record that wait are told by one signal, with the newest version', async () => {
  await announce(...Array.from({ length: 10 }, (_, n) => ({ version: (n * 7) % 10 })));

  deliver();
  await nothingWaits();

  expect(await signals('1')).toEqual([['recordChanged', { version: 9 }]]);
});

test('one of them that knows no version, or says validated, counts for all', async () => {
  await announce({ version: 4 }, { version: null, signal: 'recordValidated' }, { version: 5 });

  deliver();
  await nothingWaits();

  const [[name, hint] = []] = await signals('1');
  expect([name, hint ?? null]).toEqual(['recordValidated', null]);
});

test('an announcement that rings is told at once, each record by its own workflow', async () => {
  const delivery = deliver();
  await nothingWaits();

  await announce({ recordId: '1' }, { recordId: '2' });
  delivery.wake();
  await nothingWaits();

  expect([await signals('1'), await signals('2')].map((told) => told.length)).toEqual([1, 1]);
});

test('one that was stored by another service is found without a ring', async () => {
  deliver();
  await nothingWaits();

  await announce({ recordId: '3' });
  await nothingWaits();

  expect(await signals('3')).toHaveLength(1);
});

test('two services share what waits: nothing is told by both', async () => {
  const ids = Array.from({ length: 60 }, (_, n) => `shared-${n}`);
  await announce(...ids.map((recordId) => ({ recordId })));

  deliver();
  deliver();
  await nothingWaits();

  const told = await Promise.all(ids.map((id) => signals(id)));
  expect(told.every((each) => each.length === 1)).toBe(true);
});

test('while Temporal is away announcements wait with the reason, and a service that reaches it tells them', async () => {
  await announce({ recordId: '1' }, { recordId: '2' });
  const nowhere = Connection.lazy({ address: '127.0.0.1:1', interceptors: [] });
  const cutOff = deliver({ pool, connection: nowhere, client: new Client({ connection: nowhere }) });
  const waiting = await until('a reason', async () => {
    const seen = await waitingAnnouncements(pool);
    return seen.problem !== null && seen;
  });
  await cutOff.stop();

  deliver();
  await nothingWaits();
  await nowhere.close();

  expect(waiting).toMatchObject({ waiting: 2, problem: 'temporal-away' });
  const { rows } = await pool.query('select problem, delivered_at is not null as told from received_hook');
  expect(rows).toEqual([
    { problem: null, told: true },
    { problem: null, told: true },
  ]);
});

test('while Postgres is away nothing breaks, and delivery goes on when it is back', async () => {
  const own = await freshDatabase();
  const admin = createPool(own.url.replace(/\/[^/]*$/, '/postgres'), 1);
  const home = createPool(own.url, 4);
  const name = new URL(own.url).pathname.slice(1);
  await storeAnnouncements(home, { sync: salon, pair: 'planexpo-inwink' }, [
    { eventId: 'e1', type: 't', recordId: '1', signal: 'recordChanged', version: null },
  ]);
  await admin.query(`alter database ${name} allow_connections false`);
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  await expect(home.query('select 1')).rejects.toThrow();

  const delivery = deliver({ client, connection, pool: home });
  delivery.wake();
  await admin.query(`alter database ${name} allow_connections true`);
  await until('it is told', async () => {
    const seen = await waitingAnnouncements(home).catch(() => null);
    return seen?.waiting === 0;
  });
  await delivery.stop();
  await Promise.all([home.end(), admin.end()]);
  await own.drop();

  expect(await signals('1')).toHaveLength(1);
});

test('announcements of a sync that this service does not know wait for one that does', async () => {
  await storeAnnouncements(pool, { sync: 'of-somebody-else', pair: 'pivot-cirkwi' }, [
    { eventId: 'e1', type: 't', recordId: 'ITB-1', signal: 'recordChanged', version: null },
  ]);
  await announce({ recordId: '1' });

  deliver();
  await until('ours is told', async () => (await waitingAnnouncements(pool)).waiting === 1);

  const { rows } = await pool.query('select sync, attempts from received_hook where delivered_at is null');
  expect(rows).toEqual([{ sync: 'of-somebody-else', attempts: 0 }]);
});

test('a stop ends with nothing under way: what was not told is due at once for the next service', async () => {
  await announce(...Array.from({ length: 300 }, (_, n) => ({ recordId: `stop-${n}` })));

  await deliver().stop();

  const { rows } = await pool.query(
    'select count(*) as held from received_hook where delivered_at is null and next_attempt_at > now()',
  );
  expect(rows).toEqual([{ held: 0 }]);
  deliver();
  await nothingWaits();
});

test('announcements are forgotten thirty days after they came, unless they still wait', async () => {
  await announce({ recordId: 'old' }, { recordId: 'old-and-waiting' }, { recordId: 'new' });
  await pool.query(`update received_hook set delivered_at = now() where record_id <> 'old-and-waiting'`);
  await pool.query(
    `update received_hook set received_at = now() - interval '31 days' where record_id like 'old%'`,
  );

  const forgotten = await deleteOldAnnouncements(pool, 30);

  const { rows } = await pool.query('select record_id from received_hook order by id');
  expect(forgotten).toBe(1);
  expect(rows.map(({ record_id }) => record_id)).toEqual(['old-and-waiting', 'new']);
});
