import { Client, Connection } from '@temporalio/client';
import type { Configuration } from '../../../config/schema';
import { waitingAnnouncements } from '../../../db/hooks';
import type { Pool } from '../../../db/pool';
import { startDelivery } from '../../../service/hooks/start-delivery';
import { until } from '../../harness/until';
import { dossierOrder, type Scene, startScene } from '../../planexpo-inwink/engine/scene';
import { emailOf, known, mauticContact } from '../../weavy-webmecanik/engine/people';
import { type Scene as CrmScene, startScene as startCrmScene } from '../../weavy-webmecanik/engine/scene';
import { SECRETS } from './hook-sender';
import { serveHooks } from './hook-service';

const READ_ONE = 'GET /{event}/api/orders/{order_id}';

const closers: Array<() => Promise<unknown>> = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

test('ten hooks of one change make one read and one set of writes', async () => {
  const scene: Scene = await startScene();
  closers.push(() => scene.close());
  const { stack } = scene;
  await scene.begin([dossierOrder('1', { status: 'submitted' })]);
  const url = await startHooks(stack, stack.temporalAddress, { planexpo: { secret: SECRETS.planexpo } });
  await stack.planexpo.act('webhook', { url, secret: SECRETS.planexpo });
  const told = Array.from({ length: 10 }, () => scene.edit('1', { status: 'validated', version: 2 }));

  await Promise.all(told);
  await stack.planexpo.act('webhooks');
  await nothingWaits(stack.pool);
  await scene.settled('1');

  expect((await stack.planexpo.stats()).requests.byRoute[READ_ONE]).toBe(1);
  expect(await scene.writes()).toHaveLength(2);
  expect(await scene.standing('1')).toMatchObject({ outcome: 'created', due: false });
});

test('an edit in Mautic reaches weavy by hook, and our own write comes back as a hook that writes nothing', async () => {
  const scene: CrmScene = await startCrmScene();
  closers.push(() => scene.close());
  const { stack } = scene;
  await scene.begin({ records: known(2) });
  await scene.run();
  const url = await startHooks(stack, stack.temporalAddress, { mautic: { secret: SECRETS.mautic } });
  await stack.mautic.act('webhook', { url, secret: SECRETS.mautic });
  const quiet = async () => {
    await stack.mautic.act('webhooks');
    await nothingWaits(stack.pool);
    for (const n of [1, 2]) await scene.settled(mauticContact(n));
  };

  await scene.edit(mauticContact(1), { city: 'Mons' });
  await quiet();
  const [inWeavy] = await scene.holding('weavy/customercontact', 'email', emailOf(1));
  const reached = await scene.fields(inWeavy ?? '');
  await scene.edit('weavy/customercontact/C-2', { city: 'Liège' });
  await scene.run(); // writes to Mautic, which announces it
  await quiet();

  expect(reached).toMatchObject({ city: 'Mons' });
  expect(await scene.fields(mauticContact(2))).toMatchObject({ city: 'Liège' });
  const { rows } = await stack.pool.query('select distinct record_id from received_hook order by 1');
  expect(rows.map(({ record_id }) => record_id)).toEqual([mauticContact(1), mauticContact(2)]);
  expect(await scene.run({ full: true })).toMatchObject({ outcome: 'completed', writes: 0 });
});

async function nothingWaits(pool: Pool): Promise<void> {
  await until('nothing waits', async () => (await waitingAnnouncements(pool)).waiting === 0);
}

/** Hears and delivers as the service does. Answers the address of the sync's hook. */
async function startHooks(
  { configuration, pool, sync }: { configuration: Configuration; pool: Pool; sync: string },
  address: string,
  secrets: Record<string, { secret: string }>,
): Promise<string> {
  const settings = configuration.syncs[sync];
  if (settings === undefined) throw new Error('the stack has no sync');
  Object.assign(settings.hooks, secrets);
  const connection = Connection.lazy({ address, interceptors: [] });
  closers.push(() => connection.close());
  const client = new Client({ connection });
  const delivery = startDelivery({ configuration, pool, connection, client, logger: null });
  closers.push(() => delivery.stop());
  const server = await serveHooks({ configuration, pool, logger: null }, () => delivery.wake());
  closers.push(() => server.stop());
  return `${server.url}/hooks/${sync}`;
}
