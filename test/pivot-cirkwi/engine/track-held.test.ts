import { type Scene, startScene } from './scene';
import {
  cameHome,
  decideTrack,
  editedCircuit,
  itineraries,
  mediaNamed,
  onlyEdit,
  sampleOf,
  storedFile,
  trackInFeed,
  tracksInPivot,
} from './track-scene';

let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

const REFUSED = [{ idStatus: 'ERR0001', message: 'Ce champ est vide', context: 'urn:fld:catcirc' }];

async function whyHeld(code: string): Promise<unknown> {
  const [item, ...others] = await scene.items(code);
  expect(others.filter(({ severity }) => severity === 'action')).toEqual([]);
  expect(item).toMatchObject({ reason: 'track-return-held', state: 'open' });
  return item?.detail.why;
}

describe('nothing is replaced in PIVOT, even by policy auto,', () => {
  test('when other offers use the same media', async () => {
    const { code, before, writes } = await editedCircuit(
      scene,
      sampleOf((notes) => [notes.sharedTrack[0], notes.sharedTrack[1]]),
    );

    expect(await whyHeld(code)).toMatch(/other offers/);
    expect(await tracksInPivot(scene, code)).toEqual(before);
    expect(writes).toEqual([]);
  });

  test('when the offer has several tracks', async () => {
    const { code, before, writes } = await editedCircuit(
      scene,
      sampleOf((notes) => [notes.twoTracks[0]]),
    );

    expect(await whyHeld(code)).toMatch(/several tracks/);
    expect(before).toHaveLength(2);
    expect(await tracksInPivot(scene, code)).toEqual(before);
    expect(writes).toEqual([]);
  });

  test('when PIVOT reports errors for the offer already', async () => {
    const { code, before, writes } = await editedCircuit(scene, itineraries(1), (code) =>
      scene.change(code, { audit: REFUSED }),
    );

    expect(await whyHeld(code)).toMatch(/errors/);
    expect(await tracksInPivot(scene, code)).toEqual(before);
    expect(writes).toEqual([]);
  });

  test('until what stood against it is mended and a person asks again', async () => {
    const { code, drawing } = await editedCircuit(scene, itineraries(1), (code) =>
      scene.change(code, { audit: REFUSED }),
    );
    await scene.change(code, { audit: [] });

    expect(await decideTrack(scene, code, 'track-return-held', 'retry')).toBe('returned');

    expect((await tracksInPivot(scene, code)).map(({ bytes }) => bytes)).toEqual([drawing]);
    expect(await scene.items(code)).toEqual([]);
  });
});

describe('an offer that the write makes unpublishable', () => {
  const lurking = () => sampleOf((notes) => [notes.lurkingError[0]]);

  test('gets its old track back, and a person is told', async () => {
    const { code, drawing, before } = await editedCircuit(scene, lurking());

    const after = await tracksInPivot(scene, code);
    expect(after).toEqual(before);
    expect(await scene.reasons(code)).toContain('track-unpublished');
    expect(await storedFile(scene, await onlyEdit(scene, code))).toEqual(drawing);
    expect(await scene.offer(code)).toMatchObject({ estActive: 20 });
  });

  test('takes the drawing once PIVOT is mended, in the media that was made before', async () => {
    const { code, drawing } = await editedCircuit(scene, lurking());
    const made = await mediaNamed(scene, code);
    await scene.change(code, { estActive: 30, lurking: [], audit: [] });

    expect(await decideTrack(scene, code, 'track-unpublished', 'retry')).toBe('returned');
    await cameHome(scene, code);

    const tracks = await tracksInPivot(scene, code);
    expect(tracks.map(({ bytes }) => bytes)).toEqual([drawing]);
    expect(tracks.map((track) => track.code)).toEqual(made);
    expect(await mediaNamed(scene, code)).toEqual(made);
    expect(await scene.offer(code)).toMatchObject({ estActive: 30 });
    expect(await trackInFeed(scene, code)).toEqual(drawing);
  });
});
