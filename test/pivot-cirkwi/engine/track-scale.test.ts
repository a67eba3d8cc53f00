import { gpxFromRecipe } from '../../../simulators/pivot/gpx-recipe';
import { samplePivot, trackMediaOf } from '../../../simulators/sample-data/pivot';
import { type Scene, startScene } from './scene';
import {
  atRest,
  cameHome,
  drawInCirkwi,
  itineraries,
  onlyEdit,
  shownInCirkwi,
  storedFile,
  trackExports,
  tracksInPivot,
  watch,
} from './track-scene';

/** Several pages of Cirkwi's feed. */
const CIRCUITS = 260;
let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

test('a look at hundreds of circuits after an import fetches each track once, and the next one none', async () => {
  const whole = samplePivot({ offers: 700, seed: 1 });
  const codes = new Set([...whole.notes.edit, ...whole.notes.silentReplace].slice(0, CIRCUITS));
  const offers = whole.offers.filter(
    ({ codeCgt, typeOffre }) => typeOffre.idTypeOffre === 268 || codes.has(codeCgt),
  );
  await scene.begin({ offers: { ...whole, offers } });
  await scene.run();
  expect(await scene.pull()).toMatchObject({ created: CIRCUITS, failed: [], partial: [] });
  await atRest(scene, 'without a look');

  await scene.run();

  expect(await scene.states()).toEqual({ verified: CIRCUITS });
  expect(await trackExports(scene)).toBe(CIRCUITS);
  await scene.run({ full: true });
  expect(await watch(scene)).toBe(0);
  expect(await trackExports(scene)).toBe(0);
  expect(await scene.items()).toEqual([]);
});

test('a track of 20,000 points is compared, kept and brought home like any other', async () => {
  const { sample, codes } = itineraries(1);
  const [code = ''] = codes;
  const long = gpxFromRecipe({ points: 20_000, seed: 3, lat: 50.1, lon: 5.1 });
  const media = trackMediaOf(sample, code);
  const offers = sample.offers.map((each) => (media.includes(each.codeCgt) ? { ...each, file: long } : each));
  await shownInCirkwi(scene, { codes, sample: { ...sample, offers } }, { trackReturn: 'auto' });
  const drawing = await drawInCirkwi(scene, code, 40);

  expect(await watch(scene)).toBe(1);
  await cameHome(scene, code);

  // byte by byte a matcher would take minutes over files of this size
  expect((await storedFile(scene, await onlyEdit(scene, code))).equals(drawing)).toBe(true);
  expect((await tracksInPivot(scene, code)).map(({ bytes }) => bytes.equals(drawing))).toEqual([true]);
});
