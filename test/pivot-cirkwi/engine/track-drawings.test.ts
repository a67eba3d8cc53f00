import { type Scene, startScene } from './scene';
import { exported, itineraries, shownInCirkwi } from './track-scene';

const OFFER = 'ITB-0A-NEUF01';
const MEDIA = 'ANX-0A-NEUF01';
let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

const LINE = Array.from({ length: 40 }, (_, step) => [
  50.31 + step * 0.0004,
  4.91 + (step % 7) * 0.0003,
  150 + step,
]);

/** A person draws a circuit in Cirkwi. Answers the file that "Télécharger le GPX" gives. */
async function drawnByHand(): Promise<string> {
  await scene.stack.cirkwi.put('circuits', {
    action: 'upsert',
    id: '4242',
    value: { title: 'Balade toute neuve', track: LINE },
  });
  return (await exported(scene, '4242')).toString();
}

/** The file goes into PIVOT with a new offer, as people do it by hand. */
async function importedInPivot(like: string, file: string): Promise<void> {
  const { codeCgt: _code, relOffre: _links, ...twin } = await scene.offer(like);
  await scene.stack.pivot.put('media', {
    action: 'upsert',
    id: MEDIA,
    value: {
      nom: 'Trace neuve',
      spec: [
        { urn: 'urn:fld:typmed', type: 'Choice', value: 'urn:val:typmed:gpx' },
        { urn: 'urn:fld:url', type: 'URL', value: `{base}/medias/${MEDIA}/${MEDIA}.gpx` },
      ],
      file,
    },
  });
  const relOffre = [{ urn: 'urn:lnk:media:autre', offre: { codeCgt: MEDIA } }];
  await scene.stack.pivot.put('offers', {
    action: 'upsert',
    id: OFFER,
    value: { ...twin, nom: 'Balade toute neuve', relOffre },
  });
}

const reminders = async () => (await scene.items()).filter(({ reason }) => reason === 'drawing-left-over');

test('a circuit drawn by hand is to be deleted once its twin from PIVOT is published, and then it is over', async () => {
  const [like = ''] = await shownInCirkwi(scene, itineraries(2));
  const file = await drawnByHand();
  await scene.run({ full: true });
  expect(await reminders()).toEqual([]);

  await importedInPivot(like, file);
  expect(await scene.run()).toMatchObject({ counts: { created: 1 } });

  expect(await reminders()).toMatchObject([
    { record_id: null, place: 'circuit 4242', severity: 'info', detail: { cirkwiId: '4242', offer: OFFER } },
  ]);
  await scene.pull();
  await scene.run();
  expect(await scene.standing(OFFER)).toMatchObject({ state: 'verified' });
  expect(await reminders()).toHaveLength(1);

  await scene.stack.cirkwi.put('circuits', { action: 'delete', id: '4242' });
  await scene.run({ full: true });

  expect(await reminders()).toEqual([]);
  expect(await scene.inCirkwi(OFFER)).not.toBeNull();
});

test('the reminder closes too when the twin is withdrawn: then the drawing is all there is', async () => {
  const [like = ''] = await shownInCirkwi(scene, itineraries(2));
  await importedInPivot(like, await drawnByHand());
  await scene.run();
  expect(await reminders()).toHaveLength(1);

  await scene.untick(OFFER);
  await scene.run({ full: true });

  expect(await reminders()).toEqual([]);
});

test('a drawing that cannot be had stops no look, and is read by the next one', async () => {
  const [like = ''] = await shownInCirkwi(scene, itineraries(2));
  await importedInPivot(like, await drawnByHand());
  const route = 'GET /fr/exporter-gpx/4242_0';
  await scene.stack.cirkwi.faults({ kind: 'html', status: 200, route, rate: 1 });
  expect(await scene.run()).toMatchObject({ outcome: 'completed' });
  expect(await reminders()).toEqual([]);
  expect(await scene.reasons(null)).toEqual([]);
  await scene.stack.cirkwi.clearFaults();

  await scene.run({ full: true });

  expect(await reminders()).toHaveLength(1);
});
