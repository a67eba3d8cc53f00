import {
  contactInMautic,
  contactInWeavy,
  emailOf,
  entrant,
  known,
  mauticContact,
  weavyContact,
} from './people';
import { type Scene, startScene } from './scene';

let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

/** A person merges two contacts of Mautic. */
const merge = (winner: number, loser: number) => scene.stack.mautic.act('merge', { winner, loser });
const count = async () => ({
  weavy: (await scene.all('weavy/customercontact')).size,
  entrants: (await scene.all('weavy/marketinginbound')).size,
  mautic: (await scene.all('mautic/contact')).size,
});

describe('two linked contacts that are merged in Mautic (J19)', () => {
  test('the winner keeps its e-mail: its Contact mirrors it, the other one is orphaned with an item', async () => {
    await scene.begin({ records: known(3) });
    await scene.run();
    await merge(1, 2);
    await scene.edit(mauticContact(1), { city: 'Liège' });
    await scene.edit(weavyContact(3), { city: 'Mons' });

    await scene.run({ full: true });
    const again = await scene.run({ full: true });

    expect(await scene.couple(mauticContact(1))).toMatchObject({ weavy: weavyContact(1), state: 'active' });
    expect(await scene.fields(weavyContact(1))).toMatchObject({ city: 'Liège' });
    expect(await scene.couple(weavyContact(2))).toMatchObject({ state: 'orphaned' });
    expect(await scene.fields(weavyContact(2))).toMatchObject({ city: 'Namur', email: emailOf(2) });
    expect(await scene.reasons(weavyContact(2))).toEqual(['counterpart-deleted']);
    expect(await scene.fields(mauticContact(3))).toMatchObject({ city: 'Mons' });
    expect(again.writes).toBe(0);
    expect(await count()).toEqual({ weavy: 3, entrants: 0, mautic: 2 });
  });

  test('the winner takes the e-mail of the other: that Contact follows it, the first one is orphaned with an item', async () => {
    await scene.begin({
      records: {
        weavy: { customercontact: [contactInWeavy(1), contactInWeavy(2)] },
        mautic: {
          contact: [
            contactInMautic(1),
            contactInMautic(2, {}, { dateModified: '2025-07-01T08:00:00+00:00' }),
          ],
        },
      },
    });
    await scene.run();
    await merge(1, 2);

    await scene.run({ full: true });
    const again = await scene.run({ full: true });

    expect(await scene.couple(mauticContact(1))).toMatchObject({
      weavy: weavyContact(2),
      state: 'active',
      origin: 'relinked',
    });
    expect(await scene.fields(weavyContact(1))).toMatchObject({ email: emailOf(1), lastName: 'Personne 1' });
    expect(await scene.fields(weavyContact(2))).toMatchObject({ email: emailOf(2), lastName: 'Personne 2' });
    expect(await scene.reasons(weavyContact(1))).toEqual(['counterpart-deleted']);
    expect(await scene.reasons(mauticContact(1))).toContain('merged-in-mautic');
    expect(again.writes).toBe(0);
    expect(await count()).toEqual({ weavy: 2, entrants: 0, mautic: 1 });
  });

  test('the same between two full reads: no Contact gets the e-mail of another', async () => {
    await scene.begin({
      records: {
        weavy: { customercontact: [contactInWeavy(1), contactInWeavy(2)] },
        mautic: {
          contact: [
            contactInMautic(1),
            contactInMautic(2, {}, { dateModified: '2025-07-01T08:00:00+00:00' }),
          ],
        },
      },
    });
    await scene.run();
    await merge(1, 2);

    await scene.run();
    await scene.run({ full: true });

    expect(await scene.fields(weavyContact(1))).toMatchObject({ email: emailOf(1) });
    expect(await scene.couple(mauticContact(1))).toMatchObject({ weavy: weavyContact(2), state: 'active' });
  });
});

describe('a linked record that is deleted (J20)', () => {
  test('in Mautic: nothing is made again, an item offers to, and the others go on', async () => {
    await scene.begin({ records: known(3) });
    await scene.run();
    await scene.remove(mauticContact(1));
    await scene.edit(weavyContact(1), { city: 'Liège' });
    await scene.edit(weavyContact(2), { city: 'Mons' });

    const plain = await scene.run();
    const full = await scene.run({ full: true });
    const again = await scene.run();

    expect(plain).toMatchObject({ outcome: 'completed-with-attention', writes: 1 });
    expect([full.writes, again.writes]).toEqual([0, 0]);
    expect(await scene.fields(mauticContact(2))).toMatchObject({ city: 'Mons' });
    expect(await scene.couple(weavyContact(1))).toMatchObject({ state: 'orphaned' });
    expect(await scene.reasons(weavyContact(1))).toEqual(['counterpart-deleted']);
    expect(await count()).toEqual({ weavy: 3, entrants: 0, mautic: 2 });
  });

  test('in weavy: nothing is made again nor deleted, an item says so, and the others go on', async () => {
    await scene.begin({ records: known(2) });
    await scene.run();
    await scene.remove(weavyContact(1));
    await scene.edit(mauticContact(1), { city: 'Liège' });
    await scene.edit(mauticContact(2), { city: 'Mons' });

    const run = await scene.run();
    const again = await scene.run({ full: true });

    expect(run).toMatchObject({ outcome: 'completed-with-attention', writes: 1 });
    expect(again.writes).toBe(0);
    expect(await scene.fields(weavyContact(2))).toMatchObject({ city: 'Mons' });
    expect(await scene.couple(mauticContact(1))).toMatchObject({ state: 'orphaned' });
    expect(await scene.reasons(mauticContact(1))).toEqual(['counterpart-deleted']);
    expect(await count()).toEqual({ weavy: 1, entrants: 0, mautic: 2 });
  });

  test('decided to be created again in Mautic, it is, with all its values, and linked', async () => {
    await scene.begin({ records: known(2) });
    await scene.run();
    await scene.remove(mauticContact(1));
    await scene.run({ full: true });

    await scene.decide('counterpart-deleted', 'recreate', weavyContact(1));
    const run = await scene.run();

    const [made, ...others] = await scene.holding('mautic/contact', 'email', emailOf(1));
    expect(others).toEqual([]);
    expect(await scene.fields(made ?? '')).toMatchObject({ lastname: 'Personne 1', city: 'Namur' });
    expect(await scene.couple(weavyContact(1))).toMatchObject({ mautic: made, state: 'active' });
    expect(run).toMatchObject({ outcome: 'completed', writes: 0 });
    expect(await scene.items()).toEqual([]);
  });

  test('decided to be created again in weavy, the person is there once, and linked', async () => {
    await scene.begin({ records: known(2) });
    await scene.run();
    await scene.remove(weavyContact(1));
    await scene.run();

    await scene.decide('counterpart-deleted', 'recreate', mauticContact(1));
    const run = await scene.run({ full: true });

    const made = [
      ...(await scene.holding('weavy/customercontact', 'email', emailOf(1))),
      ...(await scene.holding('weavy/marketinginbound', 'email', emailOf(1))),
    ];
    expect(made).toHaveLength(1);
    expect(await scene.couple(mauticContact(1))).toMatchObject({ weavy: made[0], state: 'active' });
    expect(run).toMatchObject({ outcome: 'completed', writes: 0 });
  });

  test.each([
    ['Mautic', mauticContact(1), weavyContact(1), { city: 'Liège' }],
    ['weavy', weavyContact(1), mauticContact(1), { city: 'Liège' }],
  ])('deleted in %s and unlinked, the one that is left is no longer touched', async (_, gone, left, edit) => {
    await scene.begin({ records: known(2) });
    await scene.run();
    await scene.remove(gone);
    await scene.run({ full: true });

    await scene.decide('counterpart-deleted', 'unlink', left);
    await scene.edit(left, edit);
    const run = await scene.run({ full: true });

    expect(run).toMatchObject({ outcome: 'completed', writes: 0, counts: { held: 0 } });
    expect(await scene.items()).toEqual([]);
    expect(await scene.couple(left)).toMatchObject({ state: 'stopped' });
    expect(await count()).toMatchObject({ entrants: 0 });
  });
});

describe('an Entrant that becomes a Contact in weavy (J28)', () => {
  test.each(['deleted', 'left'] as const)(
    'the contact of Mautic follows the Contact (Entrant %s)',
    async (fate) => {
      await scene.begin({ records: { mautic: { contact: [contactInMautic(1)] } } });
      await scene.run();
      await scene.stack.weavy.act('convert', { inboundId: 'WM-1', contactId: 'C-1', inbound: fate });

      const converted = await scene.run();
      await scene.edit(mauticContact(1), { city: 'Liège' });
      await scene.edit(weavyContact(1), { jobTitle: 'Directrice' });
      const edited = await scene.run();
      const full = await scene.run({ full: true });

      expect(converted).toMatchObject({ outcome: 'completed', writes: 0 });
      expect(await scene.couple(mauticContact(1))).toMatchObject({ weavy: weavyContact(1), state: 'active' });
      expect(edited.writes).toBe(2);
      expect(full.writes).toBe(0);
      expect(await scene.fields(weavyContact(1))).toMatchObject({ city: 'Liège' });
      expect(await scene.fields(mauticContact(1))).toMatchObject({ position: 'Directrice' });
      const [inbound] = await scene.stack.weavy.records('marketinginbound', 'WM-1');
      expect(inbound).toMatchObject({ fields: { city: 'Namur' }, srvAttrib: fate === 'deleted' ? 1 : 0 });
      expect(await scene.reasons(mauticContact(1))).toEqual(['became-contact']);
    },
  );

  test('the same for one that the public connector named', async () => {
    await scene.begin({
      records: {
        weavy: { marketinginbound: [entrant('lead1', { email: emailOf(1), lastName: 'Personne 1' })] },
        mautic: { contact: [contactInMautic(1)] },
      },
    });
    await scene.run();
    await scene.stack.weavy.act('convert', { inboundId: 'lead1', contactId: 'C-1', inbound: 'left' });
    await scene.run();
    await scene.edit(mauticContact(1), { city: 'Liège' });

    await scene.run();

    expect(await scene.fields(weavyContact(1))).toMatchObject({ city: 'Liège' });
    expect(await scene.fields('weavy/marketinginbound/lead1')).toMatchObject({ city: 'Namur' });
    expect(await count()).toEqual({ weavy: 1, entrants: 1, mautic: 1 });
  });
});
