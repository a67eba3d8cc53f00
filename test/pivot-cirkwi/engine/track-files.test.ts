import { type GpxRecipe, gpxFromRecipe } from '../../../simulators/pivot/gpx-recipe';
import { gpxText } from '../../../simulators/sample-data/pivot';
import { PIVOT } from './consumer';
import { type Scene, startScene } from './scene';
import { itineraries, ROOT, sampleOf, trackInFeed, tracksInPivot } from './track-scene';

let scene: Scene;

beforeAll(async () => {
  scene = await startScene({ pivot: { timeout: 3_000 } });
});
afterAll(() => scene?.close());

const OTHER_TRACK = gpxText([[0, 1, 2, 3].map((step) => ({ lat: 50.2 + step * 0.01, lon: 4.9, ele: 120 }))]);
const RECIPE: GpxRecipe = { points: 60, seed: 7, lat: 50.1, lon: 4.9 };
const BOMB = `<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "aaaaaaaaaa">${Array.from(
  { length: 9 },
  (_, level) =>
    `<!ENTITY ${String.fromCharCode(98 + level)} "${`&${String.fromCharCode(97 + level)};`.repeat(10)}">`,
).join('')}]><gpx>&j;</gpx>`;

/** So many published offers, the media of each track, and its file. */
async function published(count: number) {
  const { sample, codes } = itineraries(count);
  await scene.begin({ offers: sample });
  await scene.run();
  const tracks: Array<{ code: string; media: string; file: Buffer }> = [];
  for (const code of codes) {
    const [track] = await tracksInPivot(scene, code);
    if (track === undefined) throw new Error('the sample has no track');
    tracks.push({ code, media: track.code, file: track.bytes });
  }
  return tracks;
}

/** Somebody replaces the file inside a media: no date in PIVOT tells of it. */
function replaceSilently(media: string, file: unknown): Promise<void> {
  return scene.changeMedia(media, { file }, { keepUpdatedAt: true });
}

test('a file replaced without a word is found by the full pass, and by no other run', async () => {
  const [changed, other] = await published(2);
  if (changed === undefined || other === undefined) throw new Error('the sample is too small');
  const address = async () =>
    /fichier_trace url="([^"]+)"/.exec((await scene.elements()).get(changed.code) ?? '')?.[1];
  const before = await address();
  const { dateModification } = await scene.offer(changed.code);
  await replaceSilently(changed.media, OTHER_TRACK);

  const plain = await scene.run();
  expect(plain).toMatchObject({ writes: 0 });
  expect(await trackInFeed(scene, changed.code)).toEqual(changed.file);

  const full = await scene.run({ full: true });
  expect(full).toMatchObject({ outcome: 'completed', writes: 1, counts: { updated: 1, unchanged: 1 } });
  expect(await scene.offer(changed.code)).toMatchObject({ dateModification });
  expect(await trackInFeed(scene, changed.code)).toEqual(Buffer.from(OTHER_TRACK));
  expect(await address()).not.toBe(before);
  expect(await trackInFeed(scene, other.code)).toEqual(other.file);
});

const BAD_FILES: Array<[string, unknown]> = [
  ['is cut off', { recipe: { ...RECIPE, flaw: 'cut-off' } }],
  ['holds a coordinate that is no number', { recipe: { ...RECIPE, flaw: 'not-a-number' } }],
  ['holds a coordinate outside the world', { recipe: { ...RECIPE, flaw: 'out-of-range' } }],
  ['names an external entity', { recipe: { ...RECIPE, flaw: 'entity' } }],
  ['is an entity bomb', BOMB],
  ['is a web page', { recipe: { ...RECIPE, flaw: 'web-page' } }],
  ['holds no point', { recipe: { ...RECIPE, flaw: 'no-points' } }],
  ['is empty', ''],
  ['is larger than any track', `${gpxFromRecipe(RECIPE)}<!--${'x'.repeat(20 * 1024 * 1024)}-->`],
];

test('files that nobody can use leave the last good track in place, and stop no other offer', async () => {
  const tracks = await published(BAD_FILES.length + 1);
  const sound = tracks.at(-1);
  for (const [at, [, file]] of BAD_FILES.entries()) await replaceSilently(tracks[at]?.media ?? '', file);
  await replaceSilently(sound?.media ?? '', OTHER_TRACK);

  const run = await scene.run({ full: true });

  expect(run).toMatchObject({ outcome: 'completed-with-attention', counts: { updated: 1 } });
  const what: Array<[string, boolean]> = [];
  for (const [at, [name]] of BAD_FILES.entries()) {
    const track = tracks[at];
    const items = track === undefined ? [] : await scene.items(track.code);
    const stays = track !== undefined && (await trackInFeed(scene, track.code))?.equals(track.file) === true;
    what.push([name, stays && items.length === 1 && items[0]?.reason === 'track-refused']);
  }
  expect(what).toEqual(BAD_FILES.map(([name]) => [name, true]));
  expect(await trackInFeed(scene, sound?.code ?? '')).toEqual(Buffer.from(OTHER_TRACK));

  for (const { media } of tracks) await replaceSilently(media, OTHER_TRACK);
  expect(await scene.run({ full: true })).toMatchObject({ outcome: 'completed' });
  expect(await scene.items()).toEqual([]);
});

test('an address in a private network is not asked for a file, whatever PIVOT names', async () => {
  const [track] = await published(1);
  const { port } = new URL(scene.stack.urls.pivot);
  const url = `http://127.0.0.2:${port}${ROOT}/media/${track?.media}`;
  await scene.changeMedia(track?.media ?? '', { setSpec: { 'urn:fld:url': url } }, { unset: ['file'] });

  const run = await scene.run({ full: true });

  expect(run).toMatchObject({ outcome: 'completed-with-attention' });
  const [item] = await scene.items(track?.code);
  expect(item).toMatchObject({ reason: 'track-refused' });
  expect(String(item?.detail.detail)).toMatch(/not on the public internet/);
  expect(await trackInFeed(scene, track?.code ?? '')).toEqual(track?.file);
});

test('an offer whose first track cannot be used is published without one', async () => {
  const { sample, codes } = sampleOf((notes) => [notes.brokenTrack[0], notes.edit[0]]);
  const [broken = ''] = codes;
  await scene.begin({ offers: sample });

  const run = await scene.run();

  expect(run).toMatchObject({ outcome: 'completed-with-attention', counts: { created: 2 } });
  expect(await scene.reasons(broken)).toEqual(['track-refused']);
  expect((await scene.elements()).has(broken)).toBe(true);
  expect(await trackInFeed(scene, broken)).toBeNull();
});

test('a file that cannot be had is asked for again by the next run, and no run fails for it', async () => {
  const { sample, codes } = itineraries(3);
  const [missing = '', failing = '', sound = ''] = codes;
  await scene.begin({ offers: sample });
  const [gone] = await tracksInPivot(scene, missing);
  const [away] = await tracksInPivot(scene, failing);
  const [before] = await scene.stack.pivot.records('media', gone?.code);
  await scene.changeMedia(gone?.code ?? '', {}, { unset: ['file'], keepUpdatedAt: true });
  const route = `GET ${ROOT}/media/${away?.code}`;
  await scene.stack.pivot.faults({ kind: 'status', status: 503, route, rate: 1 });

  const first = await scene.run();

  // nothing is known of their tracks yet: they are not published without one
  expect(first).toMatchObject({ counts: { created: 1, waiting: 2 } });
  for (const code of [missing, failing])
    expect(await scene.items(code)).toMatchObject([{ reason: 'track-unavailable', severity: 'info' }]);
  expect([...(await scene.elements()).keys()]).toEqual([sound]);

  const second = await scene.run();
  expect(second).toMatchObject({ writes: 0, counts: { waiting: 2 } });
  await replaceSilently(gone?.code ?? '', before?.file);
  await scene.stack.pivot.clearFaults();
  const third = await scene.run();

  expect(third).toMatchObject({ outcome: 'completed', counts: { created: 2, unchanged: 1 } });
  expect(await trackInFeed(scene, missing)).toEqual(gone?.bytes);
  expect(await trackInFeed(scene, failing)).toEqual(away?.bytes);
  expect(await scene.items()).toEqual([]);
});

test('the last good track stays while the new one cannot be had, and gives way as soon as it can', async () => {
  const [track] = await published(1);
  if (track === undefined) throw new Error('the sample is too small');
  await replaceSilently(track.media, OTHER_TRACK);
  const route = `GET ${ROOT}/media/${track.media}`;
  await scene.stack.pivot.faults({ kind: 'status', status: 503, route, rate: 1 });
  await scene.change(track.code, { nom: 'Boucle renommée' });

  expect(await scene.run({ full: true })).toMatchObject({ counts: { updated: 1 } });
  expect(await trackInFeed(scene, track.code)).toEqual(track.file);
  expect(await scene.reasons(track.code)).toEqual(['track-unavailable']);

  await scene.stack.pivot.clearFaults();
  expect(await scene.run()).toMatchObject({ outcome: 'completed', writes: 1, counts: { updated: 1 } });
  expect(await trackInFeed(scene, track.code)).toEqual(Buffer.from(OTHER_TRACK));
  expect(await scene.items()).toEqual([]);
});

test('one answer that is cut off is asked for again at once', async () => {
  const { sample, codes } = itineraries(2);
  await scene.begin({ offers: sample });
  await scene.stack.pivot.faults(
    { kind: 'truncate', length: 'sent', route: PIVOT.media },
    { kind: 'truncate', length: 'promised', route: PIVOT.media, after: 2 },
  );

  await scene.run();
  await scene.run();

  for (const code of codes) expect(await trackInFeed(scene, code)).not.toBeNull();
  expect(await scene.items()).toEqual([]);
});
