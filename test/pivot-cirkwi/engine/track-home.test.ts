import { type Scene, startScene } from './scene';
import {
  cameHome,
  decideTrack,
  drawInCirkwi,
  edits,
  exported,
  itineraries,
  mediaNamed,
  onlyEdit,
  returnEnded,
  shownInCirkwi,
  storedFile,
  trackInFeed,
  tracksInPivot,
  watch,
} from './track-scene';

let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

/** A circuit that Cirkwi shows as published, and one more beside it. */
async function shown(trackReturn: 'ask' | 'auto' | 'keep') {
  const [code = '', other = ''] = await shownInCirkwi(scene, itineraries(2), { trackReturn });
  const [before] = await tracksInPivot(scene, code);
  if (before === undefined) throw new Error('the sample has no track');
  return { code, other, before };
}

describe('a track edited in Cirkwi minutes before the daily import', () => {
  test('is in PIVOT afterwards by policy auto, and comes round to Cirkwi with the next import', async () => {
    const { code, other, before } = await shown('auto');
    const [untouched] = await tracksInPivot(scene, other);
    const drawing = await drawInCirkwi(scene, code, 60);

    const overwriting = await scene.pull();

    expect(overwriting).toMatchObject({ failed: [], halfFinished: false });
    expect(await exported(scene, code)).not.toEqual(drawing);
    expect(await storedFile(scene, await onlyEdit(scene, code))).toEqual(drawing);
    await cameHome(scene, code);
    const [track, ...more] = await tracksInPivot(scene, code);
    const { editedHash } = await onlyEdit(scene, code);
    expect(more).toEqual([]);
    expect(track?.bytes).toEqual(drawing);
    expect(track?.code).not.toBe(before.code);
    expect(track?.name).toBe(`${code}-${editedHash.slice(0, 16)}`);
    expect(await tracksInPivot(scene, other)).toEqual([untouched]);
    expect(await scene.offer(code)).toMatchObject({ estActive: 30 });
    expect(await trackInFeed(scene, code)).toEqual(drawing);

    await scene.pull();
    const run = await scene.run({ full: true });

    expect(await exported(scene, code)).toEqual(drawing);
    expect(run).toMatchObject({ outcome: 'completed', writes: 0 });
    expect(await scene.standing(code)).toMatchObject({ state: 'verified' });
    expect(await edits(scene, code)).toHaveLength(1);
    expect(await scene.items()).toEqual([]);
    expect((await scene.stack.pivot.stats()).duplicates).toBe(0);
  });

  test('is kept and offered with its numbers by policy ask, and comes home when a person says so', async () => {
    const { code, before } = await shown('ask');
    const drawing = await drawInCirkwi(scene, code, 60);

    await scene.pull();

    expect(await returnEnded(scene, code)).toBe('offered');
    expect(await storedFile(scene, await onlyEdit(scene, code))).toEqual(drawing);
    expect(await tracksInPivot(scene, code)).toEqual([before]);
    const [item, ...others] = await scene.items(code);
    expect(others).toEqual([]);
    expect(item).toMatchObject({ reason: 'track-edited', severity: 'action', state: 'open' });
    const numbers = item?.detail as Record<string, number>; // its own form
    expect(numbers.largestDistanceM).toBeGreaterThan(50);
    expect(numbers.largestDistanceM).toBeLessThan(65);
    expect(numbers.lengthBeforeM).toBeGreaterThan(500);
    expect(Math.abs((numbers.lengthAfterM ?? 0) - (numbers.lengthBeforeM ?? 0))).toBeLessThan(20);
    expect(numbers.climbBeforeM).toBeGreaterThan(0);
    expect(numbers.climbAfterM).toBeGreaterThan(0);

    expect(await decideTrack(scene, code, 'track-edited', 'return-track')).toBe('returned');
    await cameHome(scene, code);

    expect((await tracksInPivot(scene, code)).map(({ bytes }) => bytes)).toEqual([drawing]);
    expect(await trackInFeed(scene, code)).toEqual(drawing);
    expect(await scene.items()).toEqual([]);
  });

  test('stays away from PIVOT when a person keeps the track that is there', async () => {
    const { code, before } = await shown('ask');
    const drawing = await drawInCirkwi(scene, code, 60);
    await scene.pull();
    await returnEnded(scene, code);

    expect(await decideTrack(scene, code, 'track-edited', 'keep-ours')).toBe('declined');
    await scene.pull();
    await scene.run({ full: true });

    const edit = await onlyEdit(scene, code);
    expect(edit.state).toBe('declined');
    expect(await storedFile(scene, edit)).toEqual(drawing);
    expect(await tracksInPivot(scene, code)).toEqual([before]);
    expect(await mediaNamed(scene, code)).toEqual([]);
    expect(await scene.items()).toEqual([]);
  });

  test('is only kept by policy keep', async () => {
    const { code, before } = await shown('keep');
    const drawing = await drawInCirkwi(scene, code, 60);

    await scene.pull();

    expect(await returnEnded(scene, code)).toBe('kept');
    expect(await storedFile(scene, await onlyEdit(scene, code))).toEqual(drawing);
    expect(await tracksInPivot(scene, code)).toEqual([before]);
    expect(await scene.items(code)).toMatchObject([{ reason: 'track-kept', severity: 'info' }]);
  });
});

test('a decision whose signal got lost is put into effect by the next look', async () => {
  const { code } = await shown('ask');
  const drawing = await drawInCirkwi(scene, code, 60);
  expect(await watch(scene)).toBe(1);
  await returnEnded(scene, code);
  await scene.stack.pool.query(
    `update attention_item set state = 'decided', decision = 'return-track', decided_at = now() where reason = 'track-edited'`,
  );

  await watch(scene);
  await cameHome(scene, code);

  expect((await tracksInPivot(scene, code)).map(({ bytes }) => bytes)).toEqual([drawing]);
});

test('an edit that a run finds comes home as well', async () => {
  const { code } = await shown('auto');
  const drawing = await drawInCirkwi(scene, code, 60);

  await scene.run({ full: true });
  await cameHome(scene, code);

  expect((await tracksInPivot(scene, code)).map(({ bytes }) => bytes)).toEqual([drawing]);
  expect(await trackInFeed(scene, code)).toEqual(drawing);
});
