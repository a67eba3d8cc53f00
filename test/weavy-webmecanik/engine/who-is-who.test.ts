import {
  company,
  contactInMautic,
  contactInWeavy,
  emailOf,
  known,
  mauticContact,
  tiers,
  weavyContact,
} from './people';
import { type Scene, startScene } from './scene';

let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

describe('records without what they are known by (J12)', () => {
  test('persons without an e-mail are never matched nor created, and one item tells of them all', async () => {
    await scene.begin({
      records: {
        weavy: { customercontact: [contactInWeavy(1, { email: null }), contactInWeavy(2, { email: '  ' })] },
        mautic: { contact: [contactInMautic(8, { email: null })] },
      },
    });

    const run = await scene.run();

    expect(run).toMatchObject({ outcome: 'completed', writes: 0, counts: { read: 3, skipped: 3 } });
    expect(await scene.states()).toEqual({});
    expect(await scene.items()).toEqual([
      expect.objectContaining({
        reason: 'no-email',
        record_id: null,
        detail: { count: 3 },
        severity: 'info',
      }),
    ]);
  });

  test('companies with a blank name are not one company, whatever stands on the other side', async () => {
    await scene.begin({
      records: {
        weavy: { customer: [tiers(1, { name: ' ' }), tiers(2, { name: null })] },
        mautic: { company: [company(8, { companyname: null })] },
      },
    });

    const run = await scene.run();

    expect(run).toMatchObject({ writes: 0, counts: { read: 3, skipped: 3 } });
    expect(await scene.states()).toEqual({});
    expect(await scene.items()).toEqual([
      expect.objectContaining({ reason: 'no-key', record_id: null, detail: { count: 3 } }),
    ]);
  });

  test('once the e-mail is there the person is synchronised, and the item is closed', async () => {
    await scene.begin({ records: { weavy: { customercontact: [contactInWeavy(1, { email: null })] } } });
    await scene.run();

    await scene.edit(weavyContact(1), { email: emailOf(1) });
    const run = await scene.run();

    expect(run).toMatchObject({ writes: 1, counts: { created: 1, skipped: 0 } });
    expect(await scene.items()).toEqual([]);
  });
});

describe('several records with one e-mail (J16)', () => {
  const later = { srvDateUTC: '2025-07-01T08:00:00' };
  const same = { email: emailOf(9) };

  test('the latest changed Contact is the one that follows, and the set is reported', async () => {
    await scene.begin({
      records: {
        weavy: { customercontact: [contactInWeavy(1, same), contactInWeavy(2, same, later)] },
        mautic: { contact: [contactInMautic(9)] },
      },
    });
    await scene.run();
    await scene.edit(mauticContact(9), { city: 'Liège' });

    const run = await scene.run();

    expect(run.writes).toBe(1);
    expect(await scene.fields(weavyContact(2))).toMatchObject({ city: 'Liège' });
    expect(await scene.fields(weavyContact(1))).toMatchObject({ city: 'Namur' });
    expect(await scene.standing(weavyContact(1))).toMatchObject({ reason: 'duplicate-key' });
    const [item, ...others] = await scene.items();
    expect(others).toEqual([]);
    expect(item).toMatchObject({ reason: 'duplicate-set', severity: 'info' });
    expect(JSON.stringify(item?.detail)).toContain(weavyContact(1));
  });

  test('of those that changed at the same time it is the lowest code', async () => {
    await scene.begin({
      records: {
        weavy: { customercontact: [3, 10, 2].map((n) => contactInWeavy(n, same)) },
        mautic: { contact: [contactInMautic(9)] },
      },
    });

    await scene.run();

    // plain order of texts: C-10, C-2, C-3
    expect(await scene.couple(mauticContact(9))).toMatchObject({ weavy: weavyContact(10) });
  });

  test('the linked one stays, however the others are edited later', async () => {
    await scene.begin({
      records: {
        weavy: { customercontact: [contactInWeavy(1, same), contactInWeavy(2, same, later)] },
        mautic: { contact: [contactInMautic(9)] },
      },
    });
    await scene.run();

    await scene.edit(weavyContact(1), { lastName: 'Un autre nom' });
    const run = await scene.run();
    await scene.run({ full: true });

    expect(run.writes).toBe(0);
    expect(await scene.fields(mauticContact(9))).toMatchObject({ lastname: 'Personne 2' });
    expect(await scene.couple(mauticContact(9))).toMatchObject({ weavy: weavyContact(2) });
  });

  test('two contacts of Mautic with one e-mail make one Entrant, of the latest changed', async () => {
    await scene.begin({
      records: {
        mautic: {
          contact: [
            contactInMautic(1, same),
            contactInMautic(2, same, { dateModified: '2025-07-01T08:00:00+00:00' }),
          ],
        },
      },
    });

    await scene.run();
    const again = await scene.run();

    expect([...(await scene.all('weavy/marketinginbound')).keys()]).toEqual(['weavy/marketinginbound/WM-2']);
    expect(again.writes).toBe(0);
    expect(await scene.standing(mauticContact(1))).toMatchObject({ reason: 'duplicate-key' });
    expect(await scene.reasons()).toEqual(['duplicate-set']);
  });
});

test('two new Contacts with one e-mail in one run make one contact in Mautic (J17)', async () => {
  const same = { email: emailOf(9) };
  await scene.begin({ records: known(1) });
  await scene.run();
  await scene.add(weavyContact(5), { ...same, firstName: 'Cinq' }, { secondsAgo: 20 });
  await scene.add(weavyContact(6), { ...same, firstName: 'Six' }, { secondsAgo: 10 });

  const run = await scene.run();
  const again = await scene.run({ full: true });

  expect(run).toMatchObject({ writes: 1, counts: { created: 1, skipped: 1 } });
  expect(again.writes).toBe(0);
  const made = await scene.holding('mautic/contact', 'email', emailOf(9));
  expect(made).toHaveLength(1);
  expect(await scene.fields(made[0] ?? '')).toMatchObject({ firstname: 'Six' });
  expect(await scene.reasons()).toEqual(['duplicate-set']);
});

describe('an e-mail that changes', () => {
  test('in weavy updates the linked contact, and makes no second one', async () => {
    await scene.begin({ records: known(2) });
    await scene.run();
    await scene.edit(weavyContact(1), { email: 'nouvelle@exemple.example' });

    const run = await scene.run();

    expect(run.writes).toBe(1);
    expect(await scene.fields(mauticContact(1))).toMatchObject({ email: 'nouvelle@exemple.example' });
    expect((await scene.all('mautic/contact')).size).toBe(2);
    expect((await scene.run({ full: true })).writes).toBe(0);
  });

  test('in Mautic updates the linked Contact, and makes no Entrant', async () => {
    await scene.begin({ records: known(2) });
    await scene.run();
    await scene.edit(mauticContact(1), { email: 'nouvelle@exemple.example' });

    await scene.run();

    expect(await scene.fields(weavyContact(1))).toMatchObject({ email: 'nouvelle@exemple.example' });
    expect((await scene.all('weavy/marketinginbound')).size).toBe(0);
  });

  describe.each([3, 4, 5] as const)('to one that another contact of Mautic %i owns (J18)', (version) => {
    test('is held, the other fields go on, and nobody is merged', async () => {
      await scene.begin({ records: known(3), version });
      await scene.run();
      await scene.edit(weavyContact(1), { email: emailOf(2), city: 'Liège' });
      await scene.edit(weavyContact(3), { city: 'Mons' });

      const run = await scene.run();
      const again = await scene.run();

      expect(run).toMatchObject({ outcome: 'completed-with-attention', writes: 2 });
      expect(await scene.fields(mauticContact(1))).toMatchObject({ email: emailOf(1), city: 'Liège' });
      expect(await scene.fields(mauticContact(2))).toMatchObject({ email: emailOf(2), city: 'Namur' });
      expect(await scene.fields(mauticContact(3))).toMatchObject({ city: 'Mons' });
      expect((await scene.all('mautic/contact')).size).toBe(3);
      const held = (await scene.items(weavyContact(1))).filter(({ reason }) => reason === 'email-taken');
      expect(held).toEqual([expect.objectContaining({ place: 'email', severity: 'action', state: 'open' })]);
      expect(again).toMatchObject({ outcome: 'completed-with-attention', writes: 0 });
    });

    test('is delivered by the next run after the owner is gone', async () => {
      await scene.begin({ records: known(2), version });
      await scene.run();
      await scene.edit(weavyContact(1), { email: emailOf(2) });
      await scene.run();

      await scene.edit(mauticContact(2), { email: 'partie@exemple.example' });
      await scene.run();
      const next = await scene.run();

      expect(await scene.fields(mauticContact(1))).toMatchObject({ email: emailOf(2) });
      expect((await scene.all('mautic/contact')).size).toBe(2);
      expect(await scene.reasons(weavyContact(1))).not.toContain('email-taken');
      expect(next.counts).toMatchObject({ held: 0, refused: 0 });
    });
  });

  test('to one whose owner is deleted in Mautic is delivered by the next run', async () => {
    await scene.begin({
      records: {
        weavy: { customercontact: [contactInWeavy(1)] },
        mautic: { contact: [contactInMautic(1), contactInMautic(2)] },
      },
      mapping: (demo) => ({ ...demo, inbounds: null }),
    });
    await scene.run();
    await scene.edit(weavyContact(1), { email: emailOf(2) });
    const held = await scene.run();

    await scene.remove(mauticContact(2));
    await scene.run();

    expect(held.counts).toMatchObject({ held: 2 });
    expect(await scene.fields(mauticContact(1))).toMatchObject({ email: emailOf(2) });
    expect(await scene.reasons(weavyContact(1))).not.toContain('email-taken');
  });
});
