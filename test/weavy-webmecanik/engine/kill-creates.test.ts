import type { FaultInput } from '../../../simulators/control';
import { expectAllDone, expectInStep } from './kill-oracle';
import {
  allHit,
  diesWhen,
  diesWriting,
  exists,
  type KillScene,
  peopleMake,
  startKillScene,
} from './kill-scene';

let scene: KillScene;

beforeAll(async () => {
  scene = await startKillScene();
});

afterAll(() => scene?.stack.stop());

const CONTACTS = 'POST /api/contacts/batch/new';
const COMPANIES = 'POST /api/companies/batch/new';
const ENTRANT = 'POST /v1/Data/{projectCode}/marketinginbound';
const TIERS = 'POST /v1/Data/{projectCode}/customer';
/** Found by searches only later, so that the first look-up after the kill finds nothing. */
const lag = (route: string): FaultInput => ({ kind: 'index-lag', ms: 900, route, count: 1 });

interface Moment {
  when: string;
  tag: string;
  side: 'weavy' | 'mautic';
  faults: FaultInput[];
}

const moments: Moment[] = [
  {
    when: 'after the intents of a batch of contacts, before Mautic has heard of them',
    tag: 'intents',
    side: 'mautic',
    faults: [{ kind: 'hang', route: CONTACTS }],
  },
  {
    when: 'after Mautic has made a batch of contacts, before its answer',
    tag: 'made',
    side: 'mautic',
    faults: [{ kind: 'hang', commit: true, route: CONTACTS }, lag(CONTACTS)],
  },
  {
    when: 'after Mautic has made a batch of companies, before its answer',
    tag: 'companies',
    side: 'mautic',
    faults: [{ kind: 'hang', commit: true, route: COMPANIES }, lag(COMPANIES)],
  },
  {
    when: 'when the answer of a made batch was lost, and hardly noticed',
    tag: 'dropped',
    side: 'mautic',
    faults: [{ kind: 'commit-then-drop', route: CONTACTS }, lag(CONTACTS)],
  },
  {
    when: 'after weavy has made some Entrants, before the answer of others',
    tag: 'entrants',
    side: 'weavy',
    faults: [
      { kind: 'hang', commit: true, route: ENTRANT, after: 3, count: 2 },
      { kind: 'hang', route: ENTRANT, after: 5, count: 1 },
    ],
  },
  {
    when: 'after weavy has made some Tiers, before the answer of others',
    tag: 'tiers',
    side: 'weavy',
    faults: [
      { kind: 'hang', commit: true, route: TIERS, after: 2, count: 1 },
      { kind: 'hang', route: TIERS, after: 4, count: 1 },
    ],
  },
];

describe.each(moments)('a worker killed $when', ({ tag, side, faults }) => {
  test('leaves every record once on both sides, and nothing to do', async () => {
    await peopleMake(scene, tag);
    await scene.stack[side].faults(...faults);
    const worker = await scene.startWorker();
    const running = scene.run();
    await diesWhen(scene, worker, 'every fault has hit', () => allHit(scene));
    const noted = await exists(scene, 'select 1 from couple where creating_at is not null');
    await scene.stack[side].clearFaults();

    const next = await scene.startWorker();
    expectAllDone(await running);
    await expectInStep(scene);
    await next.stop();
    expect(noted).toBe(true);
  }, 180_000);
});

test('a worker killed after the answer of a batch, before anything of it is stored, leaves every record once', async () => {
  await peopleMake(scene, 'answered');
  const worker = await scene.startWorker();
  const running = scene.run();
  await diesWriting(scene, worker, 'audit');
  const { creates } = await scene.stack.mautic.stats();

  const next = await scene.startWorker();
  expectAllDone(await running);
  await expectInStep(scene);
  await next.stop();
  expect(creates).toBeGreaterThan(0);
}, 180_000);
