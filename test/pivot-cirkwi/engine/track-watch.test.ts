import { gpxText } from '../../../simulators/sample-data/pivot';
import { type Scene, startScene } from './scene';
import {
  atRest,
  drawInCirkwi,
  edits,
  itineraries,
  lineInCirkwi,
  movedNorth,
  onlyEdit,
  returnEnded,
  sampleOf,
  shownInCirkwi,
  storedFile,
  trackExports,
  trackInFeed,
  tracksInPivot,
  watch,
} from './track-scene';

let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

const OTHER_TRACK = gpxText([[0, 1, 2, 3].map((step) => ({ lat: 50.2 + step * 0.01, lon: 4.9, ele: 120 }))]);

test('only what was changed since the last look is read, and nothing of it again', async () => {
  const [code = '', other = ''] = await shownInCirkwi(scene, itineraries(6));
  await atRest(scene);
  expect(await watch(scene)).toBe(0);
  expect(await trackExports(scene)).toBe(0);
  const line = movedNorth(await lineInCirkwi(scene, code), 60);
  await scene.editInCirkwi(code, { track: line });

  expect(await watch(scene)).toBe(1);

  expect(await trackExports(scene)).toBe(1);
  expect(await edits(scene, other)).toEqual([]);
  await atRest(scene);
  expect(await watch(scene)).toBe(0);
  expect(await trackExports(scene)).toBe(0);
});

test('a second edit is found although it bears the very time of the first', async () => {
  const [code = ''] = await shownInCirkwi(scene, itineraries(1));
  // all that is changed from here on was changed just now, however slow this test is
  await scene.stack.cirkwi.act('clock', { advanceSeconds: 3_600 });
  await drawInCirkwi(scene, code, 60);
  expect(await watch(scene)).toBe(1);
  const track = movedNorth(await lineInCirkwi(scene, code), 40);
  const edit = { action: 'patch' as const, id: code, value: { track }, keepUpdatedAt: true };
  await scene.stack.cirkwi.put('circuits', edit);

  expect(await watch(scene)).toBe(1);

  expect(await edits(scene, code)).toHaveLength(2);
});

describe('no edit', () => {
  test('is an earlier track that Cirkwi has not replaced yet', async () => {
    const [code = ''] = await shownInCirkwi(scene, itineraries(1));
    const [track] = await tracksInPivot(scene, code);
    await scene.changeMedia(track?.code ?? '', { file: OTHER_TRACK });
    await scene.run({ full: true });
    expect(await trackInFeed(scene, code)).toEqual(Buffer.from(OTHER_TRACK));
    // any change makes the look compare again
    await scene.editInCirkwi(code, { description: { fr: 'Autre texte' } });

    expect(await watch(scene)).toBe(0);

    expect(await edits(scene, code)).toEqual([]);
    expect(await scene.reasons(code)).toEqual([]);
  });

  test('is a track that Cirkwi redrew and measured anew at its import', async () => {
    const world = sampleOf((notes) => [
      ...notes.edit.slice(0, 2),
      notes.longTrack[0],
      notes.severalSegments[0],
      notes.route[0],
    ]);
    const imports = { resample: { everyM: 25, jitterM: 6 }, recomputeElevation: true };
    const { codes, sample } = world;
    await scene.begin({ offers: sample });
    await scene.stack.cirkwi.act('account', { imports });
    await scene.run();
    expect(await scene.pull()).toMatchObject({ failed: [], partial: [], created: codes.length });

    await scene.run();

    expect(await watch(scene)).toBe(0);
    for (const code of codes) {
      expect(await edits(scene, code)).toEqual([]);
      expect(await scene.standing(code)).toMatchObject({ state: 'verified' });
    }
    expect(await scene.states()).toEqual({ verified: codes.length });
    await scene.stack.cirkwi.act('account', { imports: { resample: null, recomputeElevation: false } });
  });

  test('is a line moved by 14 m, and one moved by 30 m is', async () => {
    const [near = '', far = ''] = await shownInCirkwi(scene, itineraries(2), { trackReturn: 'keep' });
    await drawInCirkwi(scene, near, 14);
    await drawInCirkwi(scene, far, 30);

    expect(await watch(scene)).toBe(1);

    expect(await edits(scene, near)).toEqual([]);
    expect(await edits(scene, far)).toHaveLength(1);
  });
});

test('a line that Cirkwi showed before its last import is an edit when somebody draws it again', async () => {
  const [code = ''] = await shownInCirkwi(scene, itineraries(1), { trackReturn: 'keep' });
  const first = await lineInCirkwi(scene, code);
  const [track] = await tracksInPivot(scene, code);
  await scene.changeMedia(track?.code ?? '', { file: OTHER_TRACK });
  await scene.run({ full: true });
  await scene.pull();
  await scene.run();
  expect(await scene.standing(code)).toMatchObject({ state: 'verified' });

  await scene.editInCirkwi(code, { track: first });

  expect(await watch(scene)).toBe(1);
});

test('a drawing on a circuit that was withdrawn meanwhile is kept before Cirkwi deletes it', async () => {
  const [code = ''] = await shownInCirkwi(scene, itineraries(2), { trackReturn: 'keep' });
  await scene.untick(code);
  await scene.run();
  expect(await scene.standing(code)).toMatchObject({ outcome: 'withdrawn', state: 'withdrawn' });
  const drawing = await drawInCirkwi(scene, code, 60);
  await scene.run({ full: true });
  expect(await scene.standing(code)).toMatchObject({ state: 'withdrawn' }); // Cirkwi still shows it

  expect(await scene.pull()).toMatchObject({ deleted: 1 });
  await scene.run();

  expect(await scene.inCirkwi(code)).toBeNull();
  expect(await storedFile(scene, await onlyEdit(scene, code))).toEqual(drawing);
  expect(await scene.standing(code)).toMatchObject({ state: 'gone' });
});

test('a circuit without a track in PIVOT gets the one that somebody drew for it in Cirkwi', async () => {
  const world = sampleOf((notes) => [notes.noTrack[0]]);
  const [code = ''] = await shownInCirkwi(scene, world, { trackReturn: 'auto' });
  const line = [50, 50.01, 50.02].map((lat) => [lat, 4.9, 150]);
  await scene.editInCirkwi(code, { track: line });

  expect(await watch(scene)).toBe(1);
  expect(await returnEnded(scene, code)).toBe('returned');

  const [track, ...others] = await tracksInPivot(scene, code);
  expect(others).toEqual([]);
  expect(track?.bytes).toEqual(await storedFile(scene, await onlyEdit(scene, code)));
});
