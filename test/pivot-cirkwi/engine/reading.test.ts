import type { RunEnd } from '../../../operations/start-run';
import type { FaultInput } from '../../../simulators/control';
import { PIVOT } from './consumer';
import { type GoBetween, startGoBetween } from './go-between';
import { type Scene, startScene } from './scene';

/** Three pages of offers in a full read. */
const OFFERS = 12;
const PAGE_SIZE = 5;

let scene: Scene;
let between: GoBetween;

beforeAll(async () => {
  between = await startGoBetween();
  const pivot = { baseUrl: `${between.url}/PivotWeb-3.1`, pageSize: PAGE_SIZE, timeout: 2_000 };
  scene = await startScene({ pivot });
  between.target = scene.stack.urls.pivot;
});
afterAll(async () => {
  await scene?.close();
  await between?.stop();
});

const feeds = async () => [await scene.feed('circuits'), await scene.feed('pois')];
const shows = async (code: string) => (await scene.elements()).get(code)?.includes('Titre nouveau') ?? false;

/** A published world in which one offer has changed since, and one was unticked. */
async function changedWorld() {
  const { notes } = await scene.begin({ offers: OFFERS });
  await scene.run();
  const served = await feeds();
  const [changed, unticked] = notes.publishable;
  if (!changed || !unticked) throw new Error('the sample is too small');
  await scene.change(changed, { nom: 'Titre nouveau' });
  await scene.untick(unticked);
  return { changed, unticked, served };
}

/** After whatever went wrong: the next run brings what this one could not. */
async function expectRecovery({ changed, unticked }: { changed: string; unticked: string }) {
  await scene.stack.pivot.clearFaults();
  between.spoil = null;
  const next = await scene.run({ full: true });
  expect(next).toMatchObject({ counts: { read: OFFERS, updated: 1, withdrawn: 1, created: 0 }, writes: 2 });
  expect(await shows(changed)).toBe(true);
  expect((await scene.elements()).has(unticked)).toBe(false);
}

const reasonOf = (end: RunEnd) =>
  end.kind === 'report' ? end.report.reason : 'reason' in end ? end.reason : '';

/** The probe before each run asks for a first page too, and gets a good one. */
const FIRST = { route: PIVOT.firstPage, after: 1 };
const PAGE = { route: PIVOT.page };

describe('an answer that goes wrong once, in the middle of a full read', () => {
  test.each<[string, FaultInput]>([
    ['is cut off', { kind: 'truncate', ...PAGE }],
    ['is a 503', { kind: 'status', status: 503, ...PAGE }],
    ['never comes', { kind: 'hang', ...PAGE }],
    ['asks us to wait', { kind: 'retry-after', seconds: 1, ...PAGE }],
    ['says that the pages are forgotten', { kind: 'expire-cursors', ...PAGE, after: 1 }],
  ])('%s: it is asked for again, and the run brings everything', async (_name, fault) => {
    const { changed, unticked } = await changedWorld();
    await scene.stack.pivot.faults(fault);

    const run = await scene.run({ full: true });

    expect((await scene.stack.pivot.faultUses()).map((use) => use.hits)).toEqual([1]);
    expect(run).toMatchObject({ outcome: 'completed', writes: 2 });
    expect(run.counts).toMatchObject({ read: OFFERS, updated: 1, withdrawn: 1, created: 0 });
    expect(await shows(changed)).toBe(true);
    expect((await scene.elements()).has(unticked)).toBe(false);
  });
});

describe('an answer that nobody can make sense of, or that stays wrong', () => {
  test.each<[string, FaultInput]>([
    ['half a page that passes for a whole one', { kind: 'truncate', length: 'sent', ...PAGE }],
    ['a page without the offers that it counts', { kind: 'empty-list', ...PAGE }],
    ['a web page with status 200', { kind: 'html', status: 200, ...FIRST }],
    ['a change list that is a web page', { kind: 'html', status: 200, route: PIVOT.diff }],
    ['a 503 every time', { kind: 'status', status: 503, rate: 1, ...PAGE }],
    ['pages forgotten every time', { kind: 'expire-cursors', rate: 1, ...PAGE }],
  ])(
    '%s: the run fails with the reason, and the last good feed is served to the byte',
    async (_name, fault) => {
      const world = await changedWorld();
      await scene.stack.pivot.faults(fault);

      const end = await scene.runEnd({ full: true });

      expect(end.kind).toBe('failed');
      expect(reasonOf(end)).toMatch(/^pivot.* (answered|answer|pages)/i);
      expect(await feeds()).toEqual(world.served);
      await expectRecovery(world);
    },
  );

  test('pages that hold fewer offers than PIVOT counts: the read is taken for partial', async () => {
    const world = await changedWorld();
    between.spoil = { path: /paginated\/[^/]+\/2/, rewrite: withoutTwo };

    const end = await scene.runEnd({ full: true });

    expect(end.kind).toBe('failed');
    expect(reasonOf(end)).toContain('held 10 of 12 offers');
    expect(await feeds()).toEqual(world.served);
    await expectRecovery(world);
  });
});

function withoutTwo(answer: string): string {
  const document = JSON.parse(answer);
  return JSON.stringify({ ...document, offre: document.offre.slice(2) });
}

describe('an answer that is empty, and says so', () => {
  test('before the run: it stops at its prerequisites', async () => {
    const world = await changedWorld();
    await scene.stack.pivot.faults({ kind: 'empty-list', rate: 1, route: PIVOT.firstPage });

    const run = await scene.run({ full: true });

    expect(run).toMatchObject({ outcome: 'stopped', code: 'prerequisites', writes: 0 });
    expect(run.reason).toContain('stored-query');
    expect(await feeds()).toEqual(world.served);
    await expectRecovery(world);
  });

  test('in the middle of the run: it stops and asks, because every offer would be gone', async () => {
    const world = await changedWorld();
    await scene.stack.pivot.faults({ kind: 'empty-list', rate: 1, ...FIRST });

    const run = await scene.run({ full: true });

    expect(run).toMatchObject({ outcome: 'stopped', code: 'guard', writes: 0, counts: { withdrawn: 0 } });
    expect(await scene.reasons(null)).toEqual(['guard-stopped']);
    expect(await feeds()).toEqual(world.served);
    await expectRecovery(world);
  });
});

test('a key that is switched off in the middle: the run ends with the reason, and a person is told until it works', async () => {
  const world = await changedWorld();
  const [key] = await scene.stack.pivot.records('keys');
  const id = String(key?.id);
  await scene.stack.pivot.faults({
    kind: 'person',
    records: 'keys',
    change: { action: 'patch', id, value: { enabled: false } },
    ...PAGE,
  });

  const end = await scene.runEnd({ full: true });

  expect(end).toMatchObject({ kind: 'failed', type: 'AccessLost' });
  expect(await scene.reasons(null)).toEqual(['access-lost']);
  expect(await feeds()).toEqual(world.served);
  await scene.stack.pivot.put('keys', { action: 'patch', id, value: { enabled: true } });
  await expectRecovery(world);
  expect(await scene.reasons(null)).toEqual([]);
});

test.each<[string, FaultInput, string]>([
  ['cannot be had', { kind: 'status', status: 503, rate: 1, route: PIVOT.media }, 'track-unavailable'],
  ['is a web page', { kind: 'html', status: 200, rate: 1, route: PIVOT.media }, 'track-refused'],
])('a track file that %s leaves the published track where it is', async (_name, fault, reason) => {
  const { changed, unticked } = await changedWorld();
  const track = /tracks\/\w+\.gpx/;
  const before = (await scene.elements()).get(changed);
  await scene.stack.pivot.faults(fault);

  const run = await scene.run({ full: true });

  const after = (await scene.elements()).get(changed);
  expect(run).toMatchObject({ counts: { updated: 1, withdrawn: 1 }, writes: 2 });
  expect(await shows(changed)).toBe(true);
  expect(after?.match(track)?.[0]).toBe(before?.match(track)?.[0]);
  expect(await scene.reasons(changed)).toEqual([reason]);
  await scene.stack.pivot.clearFaults();
  expect(await scene.run({ full: true })).toMatchObject({ outcome: 'completed', writes: 0 });
  expect(await scene.reasons(changed)).toEqual([]);
  expect((await scene.elements()).has(unticked)).toBe(false);
});
