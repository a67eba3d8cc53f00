import type { PasserelleProcess } from '../../../cli/demo/passerelle-process';
import { expectAllDone, expectInStep } from './kill-oracle';
import {
  allHit,
  diesWhen,
  diesWriting,
  type KillScene,
  peopleEdit,
  peopleMake,
  startKillScene,
} from './kill-scene';

const TAG = 'pas';

let scene: KillScene;

/** Two CRMs in step, with enough records for several pages on either side. */
beforeAll(async () => {
  scene = await startKillScene();
  await peopleMake(scene, TAG);
  const worker = await scene.startWorker();
  expectAllDone(await scene.run());
  expectAllDone(await scene.run());
  await worker.stop();
});

afterAll(() => scene?.stack.stop());

/** A run over everything that people edited, whose worker dies by `die`, and what both CRMs come to. */
async function killed(word: string, die: (worker: PasserelleProcess) => Promise<void>): Promise<void> {
  await peopleEdit(scene, TAG, word);
  const worker = await scene.startWorker();
  const running = scene.run();
  await die(worker);
  for (const side of [scene.stack.weavy, scene.stack.mautic]) await side.clearFaults();
  const next = await scene.startWorker();
  const end = await running;
  expectAllDone(end);
  await expectEdited(word);
  await expectInStep(scene);
  await next.stop();
}

/** What people wrote stands, whichever side they wrote it on. */
async function expectEdited(word: string): Promise<void> {
  const contacts = await scene.stack.weavy.records('customercontact');
  const names = contacts.map(({ fields }) => (fields as Record<string, unknown>).lastName);
  expect(names.filter((name) => !String(name).startsWith(word))).toEqual([]);
}

test('a worker killed between two pages of a reading leaves no edit unread', async () => {
  await killed('Lecture', async (worker) => {
    const { weavy, mautic } = scene.stack;
    await mautic.faults({ kind: 'hang', route: 'GET /api/contacts', after: 2 });
    await weavy.faults({ kind: 'hang', route: 'POST /v1/Data/{projectCode}/Select', after: 3 });
    await diesWhen(scene, worker, 'both sides are being read', () => allHit(scene));
  });
}, 180_000);

test('a worker killed while it stores what a page brought leaves no edit unread', async () => {
  await killed('Rangement', (worker) => diesWriting(scene, worker, 'staged_record'));
}, 180_000);

test('a worker killed while it plans leaves no edit out', async () => {
  await killed('Plan', (worker) => diesWriting(scene, worker, 'plan_entry'));
}, 180_000);

test('a worker killed after Mautic took a batch of updates, before its answer, takes none of them for an edit', async () => {
  await killed('Lot', async (worker) => {
    await scene.stack.mautic.faults({ kind: 'hang', commit: true, route: 'PATCH /api/contacts/batch/edit' });
    await diesWhen(scene, worker, 'Mautic has the batch', () => allHit(scene));
  });
}, 180_000);

test('a worker killed after weavy took some updates, before their answers, takes none of them for an edit', async () => {
  await killed('Tiers', async (worker) => {
    const route = 'PUT /v1/Data/{projectCode}/customercontact/{id}';
    await scene.stack.weavy.faults({ kind: 'hang', commit: true, route, after: 2, count: 2 });
    await diesWhen(scene, worker, 'weavy has two of them', () => allHit(scene));
  });
}, 180_000);

test('a worker killed after the answers to its updates, before anything of them is stored, writes none twice over', async () => {
  await killed('Réponse', (worker) => diesWriting(scene, worker, 'audit'));
}, 180_000);

test('a worker killed while contacts get the companies of their Tiers leaves each with one company', async () => {
  await peopleMake(scene, 'liens');
  const worker = await scene.startWorker();
  await scene.stack.mautic.faults({
    kind: 'hang',
    commit: true,
    route: 'POST /api/companies/{company}/contact/{id}/add',
    after: 4,
    count: 2,
  });
  const running = scene.run();
  await diesWhen(scene, worker, 'two links are made', () => allHit(scene));
  await scene.stack.mautic.clearFaults();
  const next = await scene.startWorker();
  expectAllDone(await running);
  await expectInStep(scene);
  await next.stop();
}, 180_000);
