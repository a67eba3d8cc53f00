import type { FaultInput } from '../../../simulators/control';
import { startPivotTestStack } from '../../harness/pivot-stack';
import { openScene, type Scene } from './scene';
import {
  cameHome,
  drawInCirkwi,
  itineraries,
  mediaNamed,
  onlyEdit,
  ROOT,
  shownInCirkwi,
  trackInFeed,
  tracksInPivot,
  watch,
} from './track-scene';

/** How late PIVOT's searches show what is new, and how late the configuration says they may. */
const LAG_MS = 2_500;
const STATED_LAG_MS = 4_000;

let scene: Scene;

beforeAll(async () => {
  const stack = await startPivotTestStack({ policies: { trackReturn: 'auto' } });
  Object.assign(stack.configuration.platforms['pivot-demo'] ?? {}, {
    timeout: 1_500,
    searchLag: STATED_LAG_MS,
  });
  scene = await openScene(stack);
});
afterAll(() => scene?.close());

const lag: FaultInput = { kind: 'index-lag', ms: LAG_MS, route: `POST ${ROOT}/offer`, count: 9 };
const CASES: Array<[string, FaultInput[]]> = [
  ['the answer to the upload is lost', [{ kind: 'commit-then-drop', route: `POST ${ROOT}/img/upload` }]],
  ['the answer to the new media is lost', [{ kind: 'commit-then-drop', route: `POST ${ROOT}/offer` }]],
  [
    'the answer to the new media is lost, and searches show it late',
    [lag, { kind: 'commit-then-drop', route: `POST ${ROOT}/offer` }],
  ],
  [
    'the new media is made after we gave up, and searches show it late',
    [lag, { kind: 'latency', when: 'before', ms: 2_500, route: `POST ${ROOT}/offer` }],
  ],
  [
    'PIVOT answers with a fault of its own, after it made the media',
    [{ kind: 'status', status: 500, commit: true, route: `POST ${ROOT}/offer` }],
  ],
  [
    'PIVOT answers something unreadable, after it made the media',
    [{ kind: 'html', commit: true, route: `POST ${ROOT}/offer` }],
  ],
  [
    'the answer to the new relation is lost',
    [{ kind: 'commit-then-drop', route: `PUT ${ROOT}/offer/{codeCgt}` }],
  ],
  [
    'PIVOT asks us to wait in the middle',
    [{ kind: 'retry-after', seconds: 2, route: `POST ${ROOT}/img/upload` }],
  ],
];

test.each(CASES)('a drawing comes home once when %s', async (_what, faults) => {
  const [code = ''] = await shownInCirkwi(scene, itineraries(1), { trackReturn: 'auto' });
  const drawing = await drawInCirkwi(scene, code, 60);
  await scene.stack.pivot.faults(...faults);

  expect(await watch(scene)).toBe(1);
  await cameHome(scene, code);

  const uses = await scene.stack.pivot.faultUses();
  expect(uses.every(({ hits }) => hits > 0)).toBe(true);
  const tracks = await tracksInPivot(scene, code);
  expect(tracks.map(({ bytes }) => bytes)).toEqual([drawing]);
  expect(await mediaNamed(scene, code)).toEqual(tracks.map((track) => track.code));
  expect(await onlyEdit(scene, code)).toMatchObject({ state: 'returned' });
  expect(await trackInFeed(scene, code)).toEqual(drawing);
  expect(await scene.items(code)).toEqual([]);
  expect((await scene.stack.pivot.stats()).duplicates).toBe(0);
});
