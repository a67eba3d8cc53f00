import { type SampleCrm, sampleCrm } from '../../../simulators/sample-data/crm';
import { emailOf, known, mauticContact, upTo, weavyContact } from './people';
import { type Scene, startScene } from './scene';

let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

const KINDS = [
  'weavy/customer',
  'weavy/customercontact',
  'weavy/marketinginbound',
  'mautic/company',
  'mautic/contact',
];
const counts = async () => Promise.all(KINDS.map(async (kind) => (await scene.all(kind)).size));

/** Every writing call that we made, as method and route. */
async function calls() {
  const entries = [...(await scene.writes('weavy')), ...(await scene.writes('mautic'))];
  return {
    entries,
    methods: new Set(
      entries.map(({ method, path }) => `${path.startsWith('/api') ? 'mautic' : 'weavy'} ${method}`),
    ),
  };
}

describe.each([3, 4, 5] as const)('Mautic %i', (version) => {
  let sample: SampleCrm;

  beforeAll(() => {
    sample = sampleCrm({ records: 120, seed: 1 });
  });

  test('a first run over every kind of dirt, then a quiet one', async () => {
    await scene.begin({ records: 120, version });
    const before = await counts();

    const run = await scene.run();
    const after = await counts();
    const again = await scene.run({ full: true });

    expect(run.outcome).toBe('completed-with-attention');
    expect(run.counts).toMatchObject({ held: 0, refused: 0, waiting: 0 });
    expect(run.counts?.created).toBeGreaterThan(40);
    expect(again).toMatchObject({ writes: 0, counts: { created: 0, updated: 0 } });
    for (const [index, count] of after.entries()) expect(count).toBeGreaterThanOrEqual(before[index] ?? 0);
    const stats = [await scene.stack.weavy.stats(), await scene.stack.mautic.stats()];
    expect(stats.map(({ duplicates }) => duplicates)).toEqual([0, 0]);
    for (const { weavy, mautic } of sample.notes.knownToBoth) {
      const isShared = (await scene.reasons(mautic ?? '')).includes('duplicate-set');
      if (mautic === null || isShared) continue;
      expect(await scene.couple(mautic)).toMatchObject({ weavy, state: 'active' });
    }
  });

  test('edits, blanks and new records travel both ways, and nothing is ever deleted', async () => {
    await scene.begin({ records: known(12), version });
    await scene.run();
    await scene.edit(weavyContact(1), { city: 'Liège', spe_newsletter: null });
    await scene.edit(mauticContact(2), { city: 'Mons', newsletter: false });
    await scene.edit(weavyContact(3), { firstName: null });
    await scene.edit(mauticContact(4), { firstname: '' });
    await scene.edit(weavyContact(5), { email: "p.o'neil@exemple.example" });
    for (const n of [6, 7, 8]) await scene.edit(weavyContact(n), { jobTitle: `Poste ${n}` });
    await scene.add(weavyContact(20), { email: emailOf(20), lastName: 'Nouveau' });
    await scene.add(mauticContact(30), { email: "l.d'ici@exemple.example", lastname: 'Nouvelle' });

    const run = await scene.run();
    const again = await scene.run({ full: true });

    expect(run).toMatchObject({ outcome: 'completed', writes: 10, attention: 0 });
    expect(again).toMatchObject({ outcome: 'completed', writes: 0 });
    expect(await scene.fields(mauticContact(1))).toMatchObject({ city: 'Liège' });
    expect(await scene.fields(weavyContact(2))).toMatchObject({ city: 'Mons', spe_newsletter: false });
    expect((await scene.fields(mauticContact(3))).firstname ?? null).toBeNull();
    expect((await scene.fields(weavyContact(4))).firstName ?? null).toBeNull();
    expect(await scene.fields(mauticContact(5))).toMatchObject({ email: "p.o'neil@exemple.example" });
    for (const n of [6, 7, 8])
      expect(await scene.fields(mauticContact(n))).toMatchObject({ position: `Poste ${n}`, city: 'Namur' });
    expect(await scene.holding('mautic/contact', 'email', emailOf(20))).toHaveLength(1);
    expect(await counts()).toEqual([0, 13, 1, 0, 14]);
  });

  test('no call deletes, none to Mautic is a PUT, and only the fields that change are sent', async () => {
    await scene.begin({ records: 120, version });
    await scene.run();
    const first = await calls();
    await scene.forgetWrites();
    for (const { weavy, mautic } of sample.notes.knownToBoth.slice(0, 6)) {
      if (weavy !== null) await scene.edit(weavy, { jobTitle: 'Poste nouveau' });
      if (mautic !== null) await scene.edit(mautic, { zipcode: '5000' });
    }
    await scene.run();
    const { entries, methods } = await calls();

    const allowed = ['mautic PATCH', 'mautic POST', 'weavy POST', 'weavy PUT'];
    expect([...first.methods, ...methods].filter((method) => !allowed.includes(method))).toEqual([]);
    const sent = entries.flatMap(({ body }) => (Array.isArray(body) ? body : [body])) as object[];
    expect(entries.length).toBeGreaterThan(0);
    for (const body of sent) {
      const names = Object.keys(body).filter((name) => !['id', 'customercontact_ID'].includes(name));
      expect(['position', 'postalCode']).toEqual(expect.arrayContaining(names));
      expect(names).toHaveLength(1);
    }
  });
});

test('an instance that is upgraded between two runs goes on', async () => {
  await scene.begin({ records: known(6), version: 3 });
  await scene.run();

  for (const version of [4, 5] as const) {
    await scene.stack.mautic.act('version', { version });
    for (const n of upTo(3)) await scene.edit(weavyContact(n), { city: `Ville ${version}` });
    for (const n of [4, 5, 6]) await scene.edit(mauticContact(n), { city: `Ville ${version}` });
    expect(await scene.run()).toMatchObject({ outcome: 'completed', writes: 6 });
  }

  expect(await counts()).toEqual([0, 6, 0, 0, 6]);
  expect((await scene.run({ full: true })).writes).toBe(0);
});
