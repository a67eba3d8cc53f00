import type { FieldPair } from '../../../mappings/weavy-webmecanik/field-mapping';
import {
  company,
  contactInMautic,
  contactInWeavy,
  emailOf,
  known,
  mauticCompany,
  mauticContact,
  tiers,
  weavyContact,
  weavyTiers,
  withPairs,
} from './people';
import { type Beginning, type Scene, startScene } from './scene';

let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

/** Two linked persons, and fields of contacts that are mapped otherwise than in the demo. */
async function linked(
  changes: Record<string, Partial<FieldPair>> = {},
  policies: Beginning['policies'] = {},
) {
  await scene.begin({
    records: known(2),
    mapping: (demo) => withPairs(demo, 'contacts', changes),
    policies,
  });
  await scene.run();
}
const weavy = () => scene.fields(weavyContact(1));
const mautic = () => scene.fields(mauticContact(1));

describe('a value that is blanked (J13)', () => {
  test.each([
    ['weavy', weavyContact(1), 'firstName', mauticContact(1), 'firstname'],
    ['Mautic', mauticContact(1), 'firstname', weavyContact(1), 'firstName'],
  ])('in %s is blanked on the other side', async (_, from, field, to, other) => {
    await linked();
    await scene.edit(from, { [field]: null });

    const run = await scene.run();

    expect(run.writes).toBe(1);
    expect((await scene.fields(to))[other] ?? null).toBeNull();
    expect((await scene.run({ full: true })).writes).toBe(0);
  });

  test.each([
    ['weavy', weavyContact(1)],
    ['Mautic', mauticContact(1)],
  ])('in %s comes back when the field propagates no blanks', async (_, record) => {
    await linked();
    await scene.edit(record, { city: null });

    const run = await scene.run();

    expect(run.writes).toBe(1);
    expect([(await weavy()).city, (await mautic()).city]).toEqual(['Namur', 'Namur']);
    expect((await scene.run({ full: true })).writes).toBe(0);
  });

  test('and is the e-mail comes back: what a person is known by is never blanked', async () => {
    await linked();
    await scene.edit(weavyContact(1), { email: null });
    await scene.edit(mauticContact(2), { email: null });

    await scene.run();
    const again = await scene.run({ full: true });

    expect(await weavy()).toMatchObject({ email: emailOf(1) });
    expect(await mautic()).toMatchObject({ email: emailOf(1) });
    expect(await scene.fields(weavyContact(2))).toMatchObject({ email: emailOf(2) });
    expect(await scene.fields(mauticContact(2))).toMatchObject({ email: emailOf(2) });
    expect(again.writes).toBe(0);
    expect(await scene.states()).toEqual({ active: 2 });
  });

  test('and is required on the other side comes back', async () => {
    await linked();
    await scene.stack.mautic.put('field', {
      action: 'patch',
      id: 'contact/lastname',
      value: { isRequired: true },
    });
    await scene.edit(weavyContact(1), { lastName: null });

    await scene.run();

    expect(await weavy()).toMatchObject({ lastName: 'Personne 1' });
    expect(await mautic()).toMatchObject({ lastname: 'Personne 1' });
  });

  test('never erases anything at the first link: filled beats blank, whatever the times and the direction', async () => {
    await scene.begin({
      records: {
        weavy: { customercontact: [contactInWeavy(1, { jobTitle: null, phoneNumber: '+32 81 00 00 01' })] },
        mautic: {
          contact: [
            contactInMautic(
              1,
              { position: 'Chef', phone: null, country: 'Belgium' },
              {
                dateModified: '2026-01-01T00:00:00+00:00',
              },
            ),
          ],
        },
      },
      mapping: (demo) => withPairs(demo, 'contacts', { jobTitle: { direction: 'toMautic' } }),
    });

    await scene.run();

    expect(await weavy()).toMatchObject({ jobTitle: 'Chef', phoneNumber: '+32 81 00 00 01' });
    expect(await mautic()).toMatchObject({ position: 'Chef', phone: '+32 81 00 00 01', country: 'Belgium' });
  });
});

describe('a field that goes one way', () => {
  test.each([
    ['only to Mautic (J14)', 'toMautic' as const, weavyContact(1), 'city', mauticContact(1), 'city'],
    ['only to weavy (J15)', 'toWeavy' as const, mauticContact(1), 'city', weavyContact(1), 'city'],
  ])(
    '%s: the edit of the other side is put back, and that of its own side delivered',
    async (_, direction, master, own, other, field) => {
      await linked({ city: { direction } });
      await scene.edit(other, { [field]: 'Ailleurs' });
      const putBack = await scene.run();
      const after = await scene.fields(other);
      await scene.edit(master, { [own]: 'Liège' });

      await scene.run();

      expect(putBack.writes).toBe(1);
      expect(after[field]).toBe('Namur');
      expect([(await weavy()).city, (await mautic()).city]).toEqual(['Liège', 'Liège']);
    },
  );

  test('and is not enforced: the edit of the other side stays until the master changes', async () => {
    await linked({ city: { direction: 'toMautic', enforce: false } });
    await scene.edit(mauticContact(1), { city: 'Ailleurs' });
    const left = await scene.run();
    const full = await scene.run({ full: true });
    const between = await mautic();
    await scene.edit(weavyContact(1), { city: 'Liège' });

    await scene.run();

    expect([left.writes, full.writes]).toEqual([0, 0]);
    expect(between).toMatchObject({ city: 'Ailleurs' });
    expect(await weavy()).toMatchObject({ city: 'Liège' });
    expect(await mautic()).toMatchObject({ city: 'Liège' });
  });

  test('never writes a foreign key of weavy', async () => {
    await scene.begin({
      records: {
        weavy: { customer: [tiers(1, { generictype_ID_country: 'BE' })] },
        mautic: { company: [company(1, { companycountry: 'Belgium' })] },
      },
    });
    await scene.run();
    await scene.edit(mauticCompany(1), { companycountry: 'France' });

    await scene.run();

    expect(await scene.fields(weavyTiers(1))).toMatchObject({ generictype_ID_country: 'BE' });
    expect(await scene.fields(mauticCompany(1))).toMatchObject({ companycountry: 'Belgium' });
    expect(await scene.writes('weavy')).toEqual([]);
  });
});

describe('both sides changed one field in the same second (J6)', () => {
  const bothEdit = async () => {
    await scene.edit(weavyContact(1), { city: 'Liège', jobTitle: 'Cheffe' }, { secondsAgo: 20 });
    await scene.edit(mauticContact(1), { city: 'Mons' }, { secondsAgo: 20 });
  };

  test.each([
    ['mautic' as const, 'Mons'],
    ['weavy' as const, 'Liège'],
  ])('by the setting %s', async (tie, kept) => {
    await linked({}, { tie });
    await bothEdit();

    await scene.run();

    expect([(await weavy()).city, (await mautic()).city]).toEqual([kept, kept]);
    expect(await mautic()).toMatchObject({ position: 'Cheffe' });
    expect((await scene.run({ full: true })).writes).toBe(0);
  });

  test.each([
    ['take-weavy', 'Liège'],
    ['take-mautic', 'Mons'],
  ])('held until a person decides (%s), while the other fields go on', async (decision, kept) => {
    await linked({}, { tie: 'hold' });
    await bothEdit();
    const run = await scene.run();
    const again = await scene.run();
    const held = [(await weavy()).city, (await mautic()).city];
    const items = await scene.items(weavyContact(1));

    expect(again).toMatchObject({ writes: 0, counts: { held: 2 } });
    expect(held).toEqual(['Liège', 'Mons']);
    await scene.decide('tie-held', decision, weavyContact(1));
    const next = await scene.run();

    expect(run).toMatchObject({ outcome: 'completed-with-attention', writes: 1, counts: { held: 2 } });
    expect(items).toEqual([
      expect.objectContaining({ reason: 'tie-held', place: 'city', severity: 'action' }),
    ]);
    expect(await mautic()).toMatchObject({ position: 'Cheffe' });
    expect([(await weavy()).city, (await mautic()).city]).toEqual([kept, kept]);
    expect(next).toMatchObject({ outcome: 'completed', writes: 0, counts: { held: 0 } });
    expect(await scene.items()).toEqual([]);
  });

  test('a decision about one tie decides no later one', async () => {
    await linked({}, { tie: 'hold' });
    await bothEdit();
    await scene.run();
    await scene.decide('tie-held', 'take-weavy', weavyContact(1));
    await scene.run();
    await scene.edit(weavyContact(1), { city: 'Arlon' }, { secondsAgo: 5 });
    await scene.edit(mauticContact(1), { city: 'Wavre' }, { secondsAgo: 5 });

    await scene.run();

    expect([(await weavy()).city, (await mautic()).city]).toEqual(['Arlon', 'Wavre']);
    expect(await scene.reasons(weavyContact(1))).toEqual(['tie-held']);
  });
});
