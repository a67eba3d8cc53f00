import { known, mauticContact, upTo, weavyContact } from './people';
import { type Scene, startScene } from './scene';

let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

/** weavy stores cities in capitals. */
const capitals = () =>
  scene.stack.weavy.faults({
    kind: 'alter',
    route: 'PUT /v1/Data/{projectCode}/customercontact/{id}',
    field: 'city',
    how: { as: 'uppercase' },
  });

/** The same value is sent twice, because weavy's own edit in between went the other way. */
async function alteredTwice(count: number) {
  await scene.begin({ records: known(count) });
  await scene.run();
  await capitals();
  for (const n of upTo(count)) await scene.edit(mauticContact(n), { city: 'Huy' });
  const first = await scene.run();
  for (const n of upTo(count)) await scene.edit(weavyContact(n), { city: 'Mons' });
  await scene.run();
  for (const n of upTo(count)) await scene.edit(mauticContact(n), { city: 'Huy' });
  const second = await scene.run();
  return { first, second };
}

describe('a value that the platform alters (J24)', () => {
  test('counts as agreed the way it was kept: told once, and not written again', async () => {
    await scene.begin({ records: known(1) });
    await scene.run();
    await capitals();
    await scene.edit(mauticContact(1), { city: 'Huy' });

    const run = await scene.run();
    const again = await scene.run();
    const full = await scene.run({ full: true });

    expect(run).toMatchObject({ outcome: 'completed', writes: 1 });
    expect([again.writes, full.writes]).toEqual([0, 0]);
    expect(await scene.fields(weavyContact(1))).toMatchObject({ city: 'HUY' });
    expect(await scene.fields(mauticContact(1))).toMatchObject({ city: 'Huy' });
    expect((await scene.couple(weavyContact(1)))?.base.city).toEqual({ weavy: 'HUY', mautic: 'Huy' });
    expect(await scene.items(weavyContact(1))).toEqual([
      expect.objectContaining({ reason: 'field-altered', place: 'city', severity: 'info' }),
    ]);
  });

  test('altered the same way a second time, that field pauses with an item, and the others go on', async () => {
    const { second } = await alteredTwice(1);
    await scene.edit(mauticContact(1), { city: 'Dinant', position: 'Directrice' });

    const run = await scene.run();

    expect(second.outcome).toBe('completed-with-attention');
    expect(await scene.reasons(weavyContact(1))).toContain('field-altered-twice');
    expect(run.writes).toBe(1);
    expect(await scene.fields(weavyContact(1))).toMatchObject({ city: 'HUY', jobTitle: 'Directrice' });
    expect(await scene.reasons(null)).toEqual([]);
  });

  test('a paused field that a person resumes is sent again', async () => {
    await alteredTwice(1);
    await scene.stack.weavy.clearFaults();
    await scene.edit(mauticContact(1), { city: 'Dinant' });

    await scene.decide('field-altered-twice', 'resume', weavyContact(1));
    const run = await scene.run();

    expect(await scene.fields(weavyContact(1))).toMatchObject({ city: 'Dinant' });
    expect(run).toMatchObject({ outcome: 'completed', writes: 0 });
  });

  test('what the platform keeps, once accepted, travels no more until the next edit', async () => {
    await alteredTwice(1);

    await scene.decide('field-altered-twice', 'keep-target', weavyContact(1));
    const run = await scene.run({ full: true });
    await scene.stack.weavy.clearFaults();
    await scene.edit(mauticContact(1), { city: 'Dinant' });
    const edited = await scene.run();

    expect(run).toMatchObject({ outcome: 'completed', writes: 0 });
    expect(edited.writes).toBe(1);
    expect(await scene.fields(weavyContact(1))).toMatchObject({ city: 'Dinant' });
  });

  test('five records with the same field paused make it a matter of the mapping; four do not', async () => {
    await alteredTwice(4);
    const ofFour = await scene.reasons(null);
    await alteredTwice(5);

    expect(ofFour).toEqual([]);
    expect(await scene.items(null)).toEqual([
      expect.objectContaining({ reason: 'field-often-paused', place: 'city', severity: 'action' }),
    ]);
  });
});
