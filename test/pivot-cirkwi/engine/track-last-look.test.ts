import type { FaultInput } from '../../../simulators/control';
import { until } from '../../harness/until';
import { type Scene, startScene } from './scene';
import {
  decideTrack,
  drawInCirkwi,
  exported,
  itineraries,
  onlyEdit,
  returnEnded,
  shownInCirkwi,
  storedFile,
  tracksInPivot,
  watch,
} from './track-scene';

const FEED = 'GET /flux/{user}/{code}/circuits.php';
const EXPORT = 'GET /fr/exporter-gpx/{circuit}';
/** How long the last look may take here. */
const WITHIN_MS = 1_500;

let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

/** A circuit that Cirkwi shows as published, edited, and faults that no look gets past. */
async function editedBehind(protectTracks: 'strict' | 'best-effort', ...faults: FaultInput[]) {
  const [code = ''] = await shownInCirkwi(scene, itineraries(3), { trackReturn: 'ask', protectTracks });
  const drawing = await drawInCirkwi(scene, code, 60);
  scene.configuration.policies.lastLookWithin = WITHIN_MS;
  await scene.stack.cirkwi.faults(...faults);
  return { code, drawing };
}

/** Cirkwi works again, and a look may take its time. */
async function mended(): Promise<void> {
  await scene.stack.cirkwi.clearFaults();
  scene.configuration.policies.lastLookWithin = 30_000;
}

const FAILING: Array<[string, FaultInput]> = [
  ['fails', { kind: 'status', status: 503, route: FEED, rate: 1 }],
  ['is slow', { kind: 'latency', ms: 4_000, route: FEED, rate: 1 }],
  ['is cut off', { kind: 'truncate', length: 'sent', route: FEED, rate: 1 }],
];

describe.each(FAILING)('when what Cirkwi shows %s', (_how, fault) => {
  test('it is asked to come back, keeps what it has, and a person is told', async () => {
    const { code, drawing } = await editedBehind('strict', fault);

    const reply = await fetch(`${scene.stack.urls.feed}/circuits.xml`);
    const { failed } = await scene.pull();

    expect(reply.status).toBe(503);
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(failed).toEqual([{ feed: 'circuits', reason: 'status 503' }]);
    expect(await exported(scene, code)).toEqual(drawing);
    expect(await scene.items()).toMatchObject([
      { record_id: null, reason: 'track-look-failed', place: 'feed', severity: 'action' },
    ]);

    await mended();
    await until('Cirkwi gets the feed', async () => (await scene.pull()).failed.length === 0);

    expect(await storedFile(scene, await onlyEdit(scene, code))).toEqual(drawing);
    expect(await exported(scene, code)).not.toEqual(drawing);
    await returnEnded(scene, code);
    expect(await scene.reasons(null)).toEqual([]);
    expect(await scene.reasons(code)).toEqual(['track-edited']);
  });
});

test('by policy best-effort Cirkwi gets the feed all the same, and a person is told', async () => {
  const { code, drawing } = await editedBehind('best-effort', {
    kind: 'status',
    status: 503,
    route: FEED,
    rate: 1,
  });

  const report = await scene.pull();

  expect(report.failed).toEqual([]);
  expect(await exported(scene, code)).not.toEqual(drawing);
  expect(await scene.reasons(null)).toEqual(['track-look-failed']);
  await mended();
});

test('an edit made after the last watch and before the import is kept', async () => {
  const [code = ''] = await shownInCirkwi(scene, itineraries(2), { trackReturn: 'ask' });
  expect(await watch(scene)).toBe(0);
  const drawing = await drawInCirkwi(scene, code, 60);

  await scene.pull();

  expect(await storedFile(scene, await onlyEdit(scene, code))).toEqual(drawing);
});

test('a drawing whose own file Cirkwi does not give out keeps nobody else waiting', async () => {
  const [broken = '', sound = ''] = await shownInCirkwi(scene, itineraries(3), { trackReturn: 'auto' });
  await drawInCirkwi(scene, broken, 60);
  const drawing = await drawInCirkwi(scene, sound, 60);
  const [circuit] = await scene.stack.cirkwi.records('circuits', broken);
  const route = EXPORT.replace('{circuit}', `${circuit?.id}_0`);
  await scene.stack.cirkwi.faults({ kind: 'html', status: 200, route, rate: 1 });

  const report = await scene.pull();

  expect(report.failed).toEqual([]);
  expect(await returnEnded(scene, sound)).toBe('returned');
  expect((await tracksInPivot(scene, sound)).map(({ bytes }) => bytes)).toEqual([drawing]);
  expect(await scene.items(broken)).toMatchObject([{ reason: 'track-refused', place: 'Cirkwi' }]);

  await scene.stack.cirkwi.clearFaults();
  await watch(scene);

  expect(await scene.reasons(broken)).toEqual([]);
});

test('when Cirkwi gives out no file at all, it gets no feed', async () => {
  const [one = '', two = ''] = await shownInCirkwi(scene, itineraries(3), { trackReturn: 'ask' });
  const drawings = [await drawInCirkwi(scene, one, 60), await drawInCirkwi(scene, two, 60)];
  await scene.stack.cirkwi.faults({ kind: 'html', status: 200, route: EXPORT, rate: 1 });

  const report = await scene.pull();

  expect(report.failed).toEqual([{ feed: 'circuits', reason: 'status 503' }]);
  await scene.stack.cirkwi.clearFaults();
  expect([await exported(scene, one), await exported(scene, two)]).toEqual(drawings);
});

test('one answer that is cut off is asked for again', async () => {
  const [code = ''] = await shownInCirkwi(scene, itineraries(1), { trackReturn: 'ask' });
  const drawing = await drawInCirkwi(scene, code, 60);
  await scene.stack.cirkwi.faults({ kind: 'truncate', length: 'sent', route: EXPORT });

  expect(await watch(scene)).toBe(1);

  expect(await storedFile(scene, await onlyEdit(scene, code))).toEqual(drawing);
  await returnEnded(scene, code);
  expect(await decideTrack(scene, code, 'track-edited', 'keep-ours')).toBe('declined');
});
