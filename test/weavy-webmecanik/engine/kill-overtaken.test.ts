import { signalRecord } from '../../../activities/signals';
import type { PasserelleProcess } from '../../../cli/demo/passerelle-process';
import { recordWorkflow } from '../../../workflows/names';
import { until } from '../../harness/until';
import { expectAllDone, expectCountsAddUp, expectInStep } from './kill-oracle';
import {
  allHit,
  isWaiting,
  type KillScene,
  PAIR,
  peopleEdit,
  peopleMake,
  startKillScene,
} from './kill-scene';

let scene: KillScene;
let workers: PasserelleProcess[] = [];
let held: Array<() => Promise<void>> = [];

beforeAll(async () => {
  scene = await startKillScene();
});

afterEach(async () => {
  for (const letGo of held) await letGo();
  held = [];
  for (const worker of workers) {
    worker.signal('SIGCONT');
    await worker.stop();
  }
  workers = [];
});

afterAll(() => scene?.stack.stop());

async function startWorker(): Promise<PasserelleProcess> {
  const worker = await scene.startWorker();
  workers.push(worker);
  return worker;
}

/** A hook tells of this record: its own workflow begins, beside any run. */
async function signal(recordId: string): Promise<() => Promise<unknown>> {
  const { client, sync } = scene.stack;
  await signalRecord(client.workflow, { pair: PAIR, sync, recordId }, 'recordChanged');
  const { id } = recordWorkflow(PAIR, sync, recordId);
  return () => client.workflow.getHandle(id).result();
}

/** Holds a table as somebody else's long transaction does. Answers how to let go; the end of the test does too. */
async function hold(table: string, mode: 'share' | 'access exclusive'): Promise<() => Promise<void>> {
  const holder = await scene.stack.pool.connect();
  await holder.query(`begin; lock table ${table} in ${mode} mode`);
  let isHeld = true;
  const letGo = async () => {
    if (!isHeld) return;
    isHeld = false;
    await holder.query('rollback');
    holder.release();
  };
  held.push(letGo);
  return letGo;
}

test('two workers at once on one sync make and write every record once', async () => {
  await startWorker();
  await startWorker();
  await peopleMake(scene, 'deux');
  for (const side of [scene.stack.weavy, scene.stack.mautic])
    await side.faults({ kind: 'latency', ms: 40, route: '*', rate: 1 });

  const [first, second] = await Promise.all([scene.run(), scene.run()]);

  expectAllDone(first.kind === 'report' ? first : second);
  expect([first.kind, second.kind].sort()).toEqual(['busy', 'report']);
  await expectInStep(scene);
}, 180_000);

test('two of three workers killed in the middle of a run leave the rest to the third', async () => {
  const doomed = [await startWorker(), await startWorker()];
  await startWorker();
  await peopleMake(scene, 'trois');
  const { weavy, mautic } = scene.stack;
  await mautic.faults({ kind: 'latency', ms: 300, when: 'after', route: 'POST *', rate: 1 });
  await weavy.faults({ kind: 'latency', ms: 300, when: 'after', route: 'POST *', rate: 1 });
  const before = (await mautic.stats()).creates + (await weavy.stats()).creates;
  const running = scene.run();
  await until('something is made', async () => {
    return (await mautic.stats()).creates + (await weavy.stats()).creates > before;
  });
  for (const worker of doomed) await worker.kill();

  expectAllDone(await running);
  await expectInStep(scene);
}, 180_000);

test('a hook for a couple that a run is making joins in, and nothing is made twice', async () => {
  await startWorker();
  await peopleMake(scene, 'crochet');
  const { weavy, mautic } = scene.stack;
  await mautic.faults({ kind: 'latency', ms: 2_000, route: 'POST /api/contacts/batch/new' });
  await weavy.faults({ kind: 'latency', ms: 2_000, route: 'POST /v1/Data/{projectCode}/customer' });
  const running = scene.run();
  await until('Mautic is asked for the contacts', async () => (await mautic.faultUses())[0]?.hits === 1);
  const contact = await signal('weavy/customercontact/C-crochet-3');
  await Promise.all([running, contact()]);

  expectCountsAddUp(await running);
  await expectInStep(scene);
}, 180_000);

test('a hook for a couple that a run is updating loses no edit of either side', async () => {
  await startWorker();
  await peopleMake(scene, 'double');
  await scene.run();
  await peopleEdit(scene, 'double', 'Avant');
  const { mautic, weavy } = scene.stack;
  const route = 'PATCH /api/contacts/batch/edit';
  await mautic.faults(
    { kind: 'latency', ms: 1_500, route },
    { kind: 'latency', ms: 1_500, when: 'after', route },
  );
  const running = scene.run();
  await until('Mautic is asked for the updates', async () => (await mautic.faultUses())[0]?.hits === 1);
  await weavy.put('customercontact', {
    action: 'patch',
    id: 'C-double-2',
    value: { fields: { city: 'Pendant' } },
  });
  const passed = await signal('weavy/customercontact/C-double-2');
  await Promise.all([running, passed().catch(() => undefined)]);
  await scene.run();

  const [contact] = await weavy.records('customercontact', 'C-double-2');
  expect(contact).toMatchObject({ fields: { lastName: 'Avant 2', city: 'Pendant' } });
  await expectInStep(scene);
}, 180_000);

test('three hooks for one new contact and a run at the same moment make one record', async () => {
  await startWorker();
  const { weavy, mautic } = scene.stack;
  const made = await mautic.put('contact', {
    action: 'upsert',
    value: { fields: { email: 'trois@crochets.example', lastname: 'Trois' } },
  });
  await weavy.faults({
    kind: 'latency',
    ms: 500,
    route: 'POST /v1/Data/{projectCode}/marketinginbound',
    rate: 1,
  });
  const running = scene.run();
  const passes = await Promise.all([1, 2, 3].map(() => signal(`mautic/contact/${made?.id}`)));
  await Promise.all(passes.map((pass) => pass()));

  expectCountsAddUp(await running);
  await expectInStep(scene);
}, 180_000);

test('a hook whose look at a couple is older than the create of a run makes nothing a second time', async () => {
  await startWorker();
  await peopleMake(scene, 'regard');
  const { mautic } = scene.stack;
  const lookUp = 'GET /api/companies';
  const letPlanGo = await hold('plan_entry', 'share');
  const running = scene.run();
  await until('the run plans', () => isWaiting(scene, 'plan_entry'));
  // the next question about companies is the look-up right before the run makes them
  await mautic.faults({ kind: 'latency', ms: 6_000, route: lookUp });
  await letPlanGo();
  await until('the run looks the companies up', () => allHit(scene));
  // the hook's own pass reads the counterpart, judges, and looks it up once more
  await mautic.faults({ kind: 'latency', ms: 7_000, route: lookUp, after: 1 });
  const passed = await signal('weavy/customer/T-regard-3');
  await until('the hook looks its company up', () => allHit(scene));
  const letCouplesGo = await hold('couple', 'share');
  await until('the run is about to take its turns', () => isWaiting(scene, 'couple'));
  const letItemsGo = await hold('attention_item', 'access exclusive');
  await until('the hook has seen the couple', () => isWaiting(scene, 'attention_item'));
  await mautic.faults({ kind: 'latency', ms: 2_000, route: 'POST /api/companies/batch/new' });
  await letCouplesGo();
  await until('the run makes the companies', () => allHit(scene));
  await letItemsGo();
  await Promise.all([running, passed()]);

  expectCountsAddUp(await running);
  // what the run left to the hook, and what waited for that, is the next run's
  expectAllDone(await scene.run());
  await expectInStep(scene);
}, 180_000);

describe('a worker that sleeps through its own end and wakes up', () => {
  test('with the answer to a create of its own: its successor has found what it made, and nothing is made twice', async () => {
    const sleeper = await startWorker();
    await peopleMake(scene, 'reveil');
    await scene.stack.mautic.faults({
      kind: 'latency',
      ms: 1_000,
      route: 'POST /api/contacts/batch/new',
    });
    const running = scene.run();
    await until('Mautic is asked for the contacts', () => allHit(scene));
    sleeper.signal('SIGSTOP');

    await startWorker();
    expectAllDone(await running);
    sleeper.signal('SIGCONT');
    await scene.run();
    await sleeper.stop();
    await expectInStep(scene);
  }, 180_000);

  test('with a look at its couples from before its successor made their counterparts: it makes nothing', async () => {
    const sleeper = await startWorker();
    await peopleMake(scene, 'ancien');
    const { mautic } = scene.stack;
    await mautic.faults({ kind: 'latency', ms: 1_500, route: 'POST /api/companies/batch/new' });
    const running = scene.run();
    await until('Mautic is asked for the companies', () => allHit(scene));
    // the next question about contacts is the look-up right before they are made
    await mautic.faults({ kind: 'latency', ms: 1_500, route: 'GET /api/contacts' });
    await until('it looks for the contacts', () => allHit(scene));
    const letGo = await hold('couple', 'access exclusive');
    await until('it wants to see the couples', () => isWaiting(scene, 'couple'));
    sleeper.signal('SIGSTOP');
    await letGo();

    await startWorker();
    expectAllDone(await running);
    sleeper.signal('SIGCONT');
    await scene.run();
    await sleeper.stop();
    await expectInStep(scene);
  }, 180_000);
});
