import { gpxText } from '../../../simulators/sample-data/pivot';
import { type Scene, startScene } from './scene';
import {
  decideTrack,
  drawInCirkwi,
  editedCircuit,
  edits,
  itineraries,
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

const OTHER_TRACK = gpxText([[0, 1, 2, 3].map((step) => ({ lat: 50.2 + step * 0.01, lon: 4.9, ele: 120 }))]);

describe("when PIVOT's own track changed too", () => {
  const changed = (_code: string, media: string) => scene.changeMedia(media, { file: OTHER_TRACK });

  test('nothing is replaced before a person has seen both', async () => {
    const { code, drawing, before, writes } = await editedCircuit(scene, itineraries(1), changed);

    expect(await scene.reasons(code)).toEqual(['track-conflict']);
    expect(await tracksInPivot(scene, code)).toEqual(before);
    expect(writes).toEqual([]);
    expect(await storedFile(scene, await onlyEdit(scene, code))).toEqual(drawing);
  });

  test('a person may have the drawing all the same', async () => {
    const { code, drawing } = await editedCircuit(scene, itineraries(1), changed);

    expect(await decideTrack(scene, code, 'track-conflict', 'return-track')).toBe('returned');

    expect((await tracksInPivot(scene, code)).map(({ bytes }) => bytes)).toEqual([drawing]);
    expect(await scene.items(code)).toEqual([]);
  });

  test('a person may keep that of PIVOT', async () => {
    const { code, before } = await editedCircuit(scene, itineraries(1), changed);

    expect(await decideTrack(scene, code, 'track-conflict', 'keep-ours')).toBe('declined');
    await scene.run({ full: true });
    await scene.pull();

    expect(await tracksInPivot(scene, code)).toEqual(before);
    expect(await trackInFeed(scene, code)).toEqual(Buffer.from(OTHER_TRACK));
  });

  test('a change that is published and not imported yet counts as one', async () => {
    const { code, before, writes } = await editedCircuit(scene, itineraries(1), async (_code, media) => {
      await scene.changeMedia(media, { file: OTHER_TRACK });
      await scene.run({ full: true });
    });

    expect(await scene.reasons(code)).toEqual(['track-conflict']);
    expect(await tracksInPivot(scene, code)).toEqual(before);
    expect(writes).toEqual([]);
  });
});

describe('two drawings of one track', () => {
  test('the newer one takes the place of one that nobody answered, and both can be downloaded', async () => {
    const [code = ''] = await shownInCirkwi(scene, itineraries(1), { trackReturn: 'ask' });
    const first = await drawInCirkwi(scene, code, 60);
    expect(await watch(scene)).toBe(1);
    await returnEnded(scene, code);
    const second = await drawInCirkwi(scene, code, 80);
    expect(await watch(scene)).toBe(1);
    await returnEnded(scene, code);

    expect(await decideTrack(scene, code, 'track-edited', 'return-track')).toBe('returned');

    const [newer, older] = await edits(scene, code);
    if (newer === undefined || older === undefined) throw new Error('an edit is missing');
    expect([newer.state, older.state]).toEqual(['returned', 'superseded']);
    expect((await tracksInPivot(scene, code)).map(({ bytes }) => bytes)).toEqual([second]);
    for (const [edit, file] of [
      [newer, second],
      [older, first],
    ] as const) {
      expect(await storedFile(scene, edit)).toEqual(file);
      const reply = await fetch(`${scene.stack.urls.feed}/tracks/${edit.editedHash}.gpx`);
      expect(Buffer.from(await reply.arrayBuffer())).toEqual(file);
    }
  });

  test("the second comes home after the first, which is nobody else's change", async () => {
    const { code, end } = await editedCircuit(scene, itineraries(1));
    expect(end).toBe('returned');
    const second = await drawInCirkwi(scene, code, 40);

    expect(await watch(scene)).toBe(1);
    expect(await returnEnded(scene, code)).toBe('returned');

    expect((await tracksInPivot(scene, code)).map(({ bytes }) => bytes)).toEqual([second]);
    expect(await scene.items(code)).toEqual([]);
  });

  test('one that was declined is offered again only when it is drawn again after an import', async () => {
    const [code = ''] = await shownInCirkwi(scene, itineraries(1), { trackReturn: 'ask' });
    await drawInCirkwi(scene, code, 60);
    await watch(scene);
    await returnEnded(scene, code);
    await decideTrack(scene, code, 'track-edited', 'keep-ours');
    // another title stands in the exported file: the drawing is the same one
    await scene.editInCirkwi(code, { title: { fr: 'Autre titre' } });
    expect(await watch(scene)).toBe(0);
    expect(await onlyEdit(scene, code)).toMatchObject({ state: 'declined' });
    await scene.pull();
    await watch(scene);

    await drawInCirkwi(scene, code, 60);

    expect(await watch(scene)).toBe(1);
    expect(await returnEnded(scene, code)).toBe('offered');
    expect(await onlyEdit(scene, code)).toMatchObject({ state: 'offered' });
  });

  test('an answer about an earlier drawing says nothing about a newer one', async () => {
    const [code = ''] = await shownInCirkwi(scene, itineraries(1), { trackReturn: 'ask' });
    const [before] = await tracksInPivot(scene, code);
    await drawInCirkwi(scene, code, 60);
    await watch(scene);
    await returnEnded(scene, code);
    const newer = await drawInCirkwi(scene, code, 80);
    // the answer is on its way while the look comes upon the newer drawing
    await scene.stack.pool.query(
      `update attention_item set state = 'decided', decision = 'return-track', decided_at = now() where reason = 'track-edited'`,
    );

    await watch(scene);
    expect(await returnEnded(scene, code)).toBe('offered');

    expect(await tracksInPivot(scene, code)).toEqual([before]);
    const [latest, older] = await edits(scene, code);
    expect(latest).toMatchObject({ state: 'offered' });
    expect(older).toMatchObject({ state: 'superseded' });
    expect(latest && (await storedFile(scene, latest))).toEqual(newer);
    expect(await scene.items(code)).toMatchObject([
      { reason: 'track-edited', state: 'open', detail: { edit: latest?.id } },
    ]);
  });
});
