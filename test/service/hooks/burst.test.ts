import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { type LocalStack, startLocalStack } from '../../../cli/demo/planexpo-inwink/stack';
import { waitingAnnouncements } from '../../../db/hooks';
import { freePort } from '../../../local/free-port';
import { startDevelopmentServer } from '../../../local/temporal';
import { runAndWait } from '../../../operations/start-run';
import { startDelivery } from '../../../service/hooks/start-delivery';
import { dossierOrder, fieldOf, orderIdOf } from '../../planexpo-inwink/engine/scene';
import { freshDatabase } from '../../setup/test-database';
import { SECRETS } from './hook-sender';
import { serveHooks } from './hook-service';

const EVENTS = 1_000;
const DOSSIERS = 200;
const EVERY_MS = 10;

type Closers = Array<() => Promise<unknown>>;

const closers: Closers = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

test('1,000 hooks in 10 s, Temporal away for the middle third: every dossier in step afterwards, none twice', async () => {
  const temporal = await restartableTemporal(closers);
  const stack = await stackOn(temporal.address, closers);
  const { planexpo, inwink, pool, client, sync } = stack;
  const url = await startHooks(stack, temporal.address, closers);
  await planexpo.act('webhook', { url, secret: SECRETS.planexpo, twiceEvery: 10 });

  await editDossiers(stack, {
    [EVENTS / 3]: temporal.stop,
    [(2 * EVENTS) / 3]: temporal.start,
  });
  const sent = await planexpo.act('webhooks');
  await untilInStep(stack);
  const run = await runAndWait(client, 'planexpo-inwink', {
    sync,
    mode: 'run',
    trigger: 'manual',
    full: true,
  });

  expect(sent).toEqual({ events: EVENTS, delivered: EVENTS * 1.1, failed: 0 });
  const { rows } = await pool.query(
    'select count(*) as stored, count(delivered_at) as told from received_hook',
  );
  expect(rows).toEqual([{ stored: EVENTS, told: EVENTS }]);
  expect(await inwink.records('exhibitor')).toHaveLength(DOSSIERS);
  expect((await inwink.stats()).duplicates).toBe(0);
  expect(run).toMatchObject({
    report: { outcome: 'completed', writes: 0, counts: { read: DOSSIERS, unchanged: DOSSIERS } },
  });
}, 600_000);

/** Edits dossiers at a steady pace, however long an edit takes, and does what is to be done before the edit of that number. */
async function editDossiers(
  { planexpo }: LocalStack,
  meanwhile: Record<number, () => Promise<void>>,
): Promise<void> {
  const underWay: Array<Promise<unknown>> = [];
  const steps = Object.entries(meanwhile).map(([at, act]) => ({ at: Math.round(Number(at)), act }));
  const began = performance.now();
  for (let n = 0; n < EVENTS; n += 1) {
    underWay.push(...steps.filter(({ at }) => at === n).map(({ act }) => act()));
    const id = String((n * 37) % DOSSIERS);
    const value = { status: 'validated', company: { name: `Exemplar ${id} edit ${n}` } };
    underWay.push(planexpo.put('orders', { action: 'patch', id, value }));
    await pause(Math.max(0, began + (n + 1) * EVERY_MS - performance.now()));
  }
  await Promise.all(underWay);
}

/** Looks until everything was told and every partner carries its dossier's name; says what is missing otherwise. */
async function untilInStep({ pool, planexpo, inwink }: LocalStack): Promise<void> {
  const deadline = Date.now() + 400_000;
  const orders = await planexpo.records('orders');
  for (;;) {
    const { waiting, problem } = await waitingAnnouncements(pool);
    const partners = await inwink.records('exhibitor');
    const named = new Map(partners.map((partner) => [orderIdOf(partner), partner.name]));
    const late = orders.filter((order) => named.get(order.order_id) !== fieldOf(order, 'company.name'));
    if (waiting === 0 && late.length === 0) return;
    if (Date.now() > deadline)
      throw new Error(
        `${waiting} announcements wait (${problem}); not in step: ${late.map((order) => order.order_id).join(', ')}`,
      );
    await pause(500);
  }
}

/** A server that keeps its workflows in a file, so that it can be stopped and come back at its address. */
async function restartableTemporal(
  after: Closers,
): Promise<{ address: string; stop(): Promise<void>; start(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'passerelle-burst-'));
  after.push(() => rm(folder, { recursive: true, force: true }));
  const options = {
    port: await freePort(),
    databaseFile: join(folder, 'temporal.db'),
    // the machine stays up: what is written need not reach the disk at once
    extraArgs: ['--sqlite-pragma', 'synchronous=off', '--sqlite-pragma', 'journal_mode=wal'],
  };
  let server = await startDevelopmentServer(options);
  after.push(() => server.stop());
  let stopped: Promise<void> = Promise.resolve();
  return {
    address: server.address,
    async stop() {
      stopped = server.stop();
      await stopped;
    },
    async start() {
      await stopped;
      server = await startDevelopmentServer(options);
    },
  };
}

/** A worker of its own process, so many drafts in Planexpo, and nothing in Inwink. */
async function stackOn(address: string, after: Closers): Promise<LocalStack> {
  const database = await freshDatabase();
  after.push(() => database.drop());
  const stack = await startLocalStack({
    dossiers: 30,
    seed: 1,
    requestsPerSecond: 'none',
    databaseUrl: database.url,
    temporal: { address, namespace: 'default' },
  });
  after.push(() => stack.stop());
  const { products } = stack.expo.planexpo;
  const orders = Array.from({ length: DOSSIERS }, (_, n) => dossierOrder(String(n), { status: 'draft' }));
  await stack.planexpo.reset({ orders, products });
  const { fields, products: offered } = stack.expo.inwink;
  await stack.inwink.reset({ exhibitors: [], registered: [], products: offered, fields });
  await stack.startWorker();
  return stack;
}

/** Hears and delivers as the service does. Answers the address of the sync's hook. */
async function startHooks(stack: LocalStack, address: string, after: Closers): Promise<string> {
  const { configuration, pool, sync } = stack;
  const settings = configuration.syncs[sync];
  if (settings?.pair !== 'planexpo-inwink') throw new Error('the stack has no sync');
  settings.hooks = { ...settings.hooks, planexpo: { secret: SECRETS.planexpo } };
  const connection = Connection.lazy({ address, interceptors: [] });
  after.push(() => connection.close());
  const client = new Client({ connection });
  const delivery = startDelivery({ configuration, pool, connection, client, logger: null });
  after.push(() => delivery.stop());
  const server = await serveHooks({ configuration, pool, logger: null }, () => delivery.wake());
  after.push(() => server.stop());
  return `${server.url}/hooks/${sync}`;
}
