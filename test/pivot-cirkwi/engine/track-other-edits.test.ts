import { type Scene, startScene } from './scene';
import {
  itineraries,
  lineInCirkwi,
  onlyEdit,
  returnEnded,
  shownInCirkwi,
  tracksInPivot,
  watch,
} from './track-scene';

let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

describe('other edits made in Cirkwi', () => {
  test('are named with their fields, and overwritten by the next import, whether or not PIVOT changed', async () => {
    const { notes, offers } = await scene.begin({ offers: 24 });
    const points = offers.filter(({ typeOffre: { idTypeOffre: type } }) => type !== 8 && type !== 268);
    const point = points.find(({ codeCgt }) => notes.publishable.includes(codeCgt))?.codeCgt;
    const [code] = notes.edit;
    if (point === undefined || code === undefined) throw new Error('the sample is too small');
    await scene.run();
    await scene.pull();
    await scene.run();
    const [circuit, place] = [await scene.inCirkwi(code), await scene.inCirkwi(point)];
    await scene.editInCirkwi(code, { title: { fr: 'Titre de passage' } });
    await scene.editInCirkwi(point, { description: { fr: 'Texte de passage' } });

    await scene.run({ full: true });

    expect(await scene.items(code)).toMatchObject([
      { reason: 'edited-in-cirkwi', severity: 'info', detail: { fields: ['title.fr'] } },
    ]);
    expect(await scene.items(point)).toMatchObject([
      { reason: 'edited-in-cirkwi', severity: 'info', detail: { fields: ['description.fr'] } },
    ]);

    expect(await scene.pull()).toMatchObject({ changed: 2 });
    expect(await scene.run({ full: true })).toMatchObject({ writes: 0 });

    expect(await scene.inCirkwi(code)).toMatchObject({ texts: circuit?.texts });
    expect(await scene.inCirkwi(point)).toMatchObject({ texts: place?.texts });
    expect(await scene.reasons(code)).toEqual([]);
    expect(await scene.reasons(point)).toEqual([]);
  });

  test('do not keep a drawing made at the same time from being found', async () => {
    const [code = ''] = await shownInCirkwi(scene, itineraries(1), { trackReturn: 'keep' });
    const track = (await lineInCirkwi(scene, code)).map(([lat, lon, ele]) => [lat + 0.001, lon, ele ?? 0]);
    await scene.editInCirkwi(code, { title: { fr: 'Titre de passage' }, track });

    expect(await watch(scene)).toBe(1);
    expect(await returnEnded(scene, code)).toBe('kept');

    expect(await onlyEdit(scene, code)).toMatchObject({ baseHash: expect.any(String) });
    expect(await scene.reasons(code)).toEqual(['edited-in-cirkwi', 'track-kept']);
    expect(await tracksInPivot(scene, code)).toHaveLength(1);
  });
});
