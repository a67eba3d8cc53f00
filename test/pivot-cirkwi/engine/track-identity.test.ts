import { ACCOUNT, demoSecrets } from '../../../cli/demo/pivot-cirkwi/configuration';
import { type Scene, startScene } from './scene';
import {
  drawInCirkwi,
  edits,
  itineraries,
  lineInCirkwi,
  movedNorth,
  onlyEdit,
  returnEnded,
  shownInCirkwi,
  storedFile,
  tracksInPivot,
  watch,
} from './track-scene';

let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

/** Cirkwi gets a second object with our marks, as a copy made there has them. Answers its id. */
async function copyInCirkwi(code: string): Promise<string> {
  const element = (await scene.elements()).get(code) ?? '';
  const copied = element.replace(`id_circuit="${code}"`, 'id_circuit="COPIE"');
  const { username, user, code: account } = ACCOUNT;
  const password = demoSecrets.DEMO_CIRKWI_PASSWORD;
  const reply = await fetch(
    `${scene.stack.urls.cirkwi}/flux/${user}/${account}/circuits.php?widget-id=1&id=COPIE`,
    {
      method: 'PUT',
      headers: {
        authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
        'content-type': 'application/xml',
      },
      body: `<?xml version="1.0" encoding="UTF-8"?><circuits version="2">${copied}</circuits>`,
    },
  );
  const [, id] = /id="(\d+)"/.exec(await reply.text()) ?? [];
  if (id === undefined) throw new Error(`Cirkwi answered ${reply.status}`);
  return id;
}

/** A person draws over the object with this id of Cirkwi. */
async function drawOver(id: string, like: string): Promise<void> {
  const track = movedNorth(await lineInCirkwi(scene, like), 60);
  await scene.stack.cirkwi.put('circuits', { action: 'patch', id, value: { track } });
}

describe.each([true, false])('with the code of the offer echoed: %s', (echoCodeCgt) => {
  beforeEach(() => scene.stack.cirkwi.act('account', { imports: { echoCodeCgt } }));
  afterAll(() => scene.stack.cirkwi.act('account', { imports: { echoCodeCgt: true } }));

  test('objects of ours are recognised, and an edit finds its offer', async () => {
    const { codes, sample } = itineraries(3);
    await scene.begin({ offers: sample, policies: { trackReturn: 'auto' } });
    await scene.stack.cirkwi.act('account', { imports: { echoCodeCgt } });
    await scene.run();
    await scene.pull();
    await scene.run();
    expect(await scene.states()).toEqual({ verified: codes.length });
    const [code = ''] = codes;
    const drawing = await drawInCirkwi(scene, code, 60);

    expect(await watch(scene)).toBe(1);
    expect(await returnEnded(scene, code)).toBe('returned');

    expect((await tracksInPivot(scene, code)).map(({ bytes }) => bytes)).toEqual([drawing]);
  });
});

test('of two objects that claim one offer the one known before goes on, and a person is told until one is gone', async () => {
  const [code = ''] = await shownInCirkwi(scene, itineraries(2), { trackReturn: 'auto' });
  const [before] = await tracksInPivot(scene, code);
  const [ours] = await scene.stack.cirkwi.records('circuits', code);
  const copy = await copyInCirkwi(code);
  await drawOver(copy, code);
  await watch(scene);
  expect(await scene.items(code)).toMatchObject([
    { reason: 'identity-ambiguous', detail: { cirkwiIds: [String(ours?.id), copy].sort() } },
  ]);
  expect(await edits(scene, code)).toEqual([]);

  const drawing = await drawInCirkwi(scene, code, 80);
  expect(await watch(scene)).toBe(1);

  // kept, but nothing goes into PIVOT by itself while it is not clear whose it is
  expect(await returnEnded(scene, code)).toBe('offered');
  expect(await storedFile(scene, await onlyEdit(scene, code))).toEqual(drawing);
  expect(await tracksInPivot(scene, code)).toEqual([before]);

  await scene.stack.cirkwi.put('circuits', { action: 'delete', id: copy });
  await scene.run({ full: true });
  expect(await scene.reasons(code)).toEqual(['track-edited']);
});

test('a copy that a look comes upon alone is not taken for the object that it was made from', async () => {
  const [code = ''] = await shownInCirkwi(scene, itineraries(2), { trackReturn: 'auto' });
  const [ours] = await scene.stack.cirkwi.records('circuits', code);
  await scene.stack.cirkwi.act('clock', { advanceSeconds: 7_200 });
  const copy = await copyInCirkwi(code);
  await drawOver(copy, code);
  const since = Math.floor(Date.now() / 1_000) + 3_600;
  await scene.stack.pool.query(`update cursor set value = $1 where name = 'watch'`, [{ since }]);

  expect(await watch(scene)).toBe(0);

  expect(await edits(scene, code)).toEqual([]);
  expect(await scene.items(code)).toMatchObject([
    { reason: 'identity-ambiguous', detail: { cirkwiIds: [String(ours?.id), copy].sort() } },
  ]);
});

test('two objects that nothing tells apart are both left alone', async () => {
  const { codes, sample } = itineraries(2);
  const [code = '', other = ''] = codes;
  await scene.begin({ offers: sample, policies: { trackReturn: 'auto', protectTracks: 'best-effort' } });
  await scene.run();
  await scene.pull();
  const element = (await scene.elements()).get(code);
  expect(element).toBeDefined();
  await scene.stack.pool.query('update feed_object set cirkwi_id = null, cirkwi_modified_at = null');
  const copy = await copyInCirkwi(code);
  await scene.stack.pool.query('update feed_object set cirkwi_id = null, cirkwi_modified_at = null');
  await drawOver(copy, code);

  await scene.run({ full: true });

  expect(await scene.reasons(code)).toEqual(['identity-ambiguous']);
  expect(await edits(scene, code)).toEqual([]);
  expect(await scene.standing(code)).not.toMatchObject({ state: 'verified' });
  expect(await scene.standing(other)).toMatchObject({ state: 'verified' });
  expect(await scene.reasons(null)).toEqual([]);
});

test('an object that matches nothing of ours is never touched', async () => {
  const [code = ''] = await shownInCirkwi(scene, itineraries(2), { trackReturn: 'auto' });
  const line = movedNorth(await lineInCirkwi(scene, code), 500);
  await scene.stack.cirkwi.put('circuits', {
    action: 'upsert',
    id: '777',
    value: { title: 'Balade de quartier', track: line },
  });
  const before = await scene.stack.cirkwi.records('circuits', '777');
  const profile = await scene.stack.cirkwi.records('profile');

  await watch(scene);
  await scene.run({ full: true });
  await scene.pull();

  expect(await scene.stack.cirkwi.records('circuits', '777')).toEqual(before);
  expect(await scene.stack.cirkwi.records('profile')).toEqual(profile);
  expect(await scene.items()).toEqual([]);
  const { rows } = await scene.stack.pool.query('select 1 from track_edit');
  expect(rows).toEqual([]);
});
