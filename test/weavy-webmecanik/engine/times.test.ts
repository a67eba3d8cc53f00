import { contactInMautic, contactInWeavy, emailOf, known, mauticContact, upTo, weavyContact } from './people';
import { type Edit, type Scene, startScene } from './scene';

/** Rows of a page on either side: everything below takes several. */
const PAGE = 10;
let scene: Scene;

beforeAll(async () => {
  scene = await startScene({ weavyAccount: { pageSize: PAGE }, mauticAccount: { pageSize: PAGE } });
});
afterAll(() => scene?.close());

const SELECT = 'POST /v1/Data/{projectCode}/Select';

/** Both sides change the city of a linked person. */
async function bothEdit(weavy: Edit, mautic: Edit) {
  await scene.edit(weavyContact(1), { city: 'Liège' }, weavy);
  await scene.edit(mauticContact(1), { city: 'Mons' }, mautic);
}
const cities = async () => [
  (await scene.fields(weavyContact(1))).city,
  (await scene.fields(mauticContact(1))).city,
];

describe('an edit during the run (J22)', () => {
  test('of another field of the record that is being written is kept, and delivered by the next run', async () => {
    await scene.begin({ records: known(2) });
    await scene.run();
    await scene.edit(weavyContact(1), { city: 'Liège' });
    await scene.stack.mautic.faults({
      kind: 'person',
      route: 'PATCH /api/contacts/{id}/edit',
      records: 'contact',
      change: { action: 'patch', id: '1', value: { fields: { position: 'Directrice' } } },
    });

    await scene.run();
    await scene.run();

    expect(await scene.fields(mauticContact(1))).toMatchObject({ city: 'Liège', position: 'Directrice' });
    expect(await scene.fields(weavyContact(1))).toMatchObject({ city: 'Liège', jobTitle: 'Directrice' });
    expect((await scene.run({ full: true })).writes).toBe(0);
  });

  test('of the side that was read already is kept, and delivered by the next run', async () => {
    await scene.begin({ records: known(2) });
    await scene.run();
    await scene.edit(weavyContact(1), { city: 'Liège' });
    await scene.stack.mautic.faults({
      kind: 'person',
      route: 'PATCH /api/contacts/{id}/edit',
      records: 'contact',
      change: { action: 'patch', id: '2', value: { fields: { city: 'Dinant' } } },
    });

    await scene.run();
    await scene.run();

    expect(await scene.fields(weavyContact(2))).toMatchObject({ city: 'Dinant' });
    expect(await scene.fields(mauticContact(2))).toMatchObject({ city: 'Dinant' });
    expect(await scene.fields(mauticContact(1))).toMatchObject({ city: 'Liège' });
  });
});

describe('the later edit wins', () => {
  test.each([
    ['weavy', { secondsAgo: 5 }, { secondsAgo: 40 }, 'Liège'],
    ['Mautic', { secondsAgo: 40 }, { secondsAgo: 5 }, 'Mons'],
  ])('in %s', async (_, weavy, mautic, kept) => {
    await scene.begin({ records: known(1) });
    await scene.run();
    await bothEdit(weavy, mautic);

    const run = await scene.run();

    expect(await cities()).toEqual([kept, kept]);
    expect(run.writes).toBe(1);
    expect((await scene.run({ full: true })).writes).toBe(0);
  });

  // by their own clocks the other side would be the later one
  test.each([
    ['weavy is four minutes ahead, and Mautic was later', 240_000, 0, 30, 10, 'Mons'],
    ['weavy is four minutes behind, and weavy was later', -240_000, 0, 10, 30, 'Liège'],
    ['Mautic is four minutes ahead, and weavy was later', 0, 240_000, 10, 30, 'Liège'],
    ['Mautic is four minutes behind, and Mautic was later', 0, -240_000, 30, 10, 'Mons'],
  ])('with clocks minutes apart (J23): %s', async (_, weavySkew, mauticSkew, weavyAgo, mauticAgo, kept) => {
    await scene.begin({ records: known(1) });
    await scene.stack.weavy.put('setting', {
      action: 'upsert',
      id: 'project',
      value: { clockSkewMs: weavySkew },
    });
    await scene.stack.mautic.act('clock', { skewMs: mauticSkew });
    await scene.run();
    await bothEdit(
      { secondsAgo: weavyAgo - weavySkew / 1_000 },
      { secondsAgo: mauticAgo - mauticSkew / 1_000 },
    );

    await scene.run();

    expect(await cities()).toEqual([kept, kept]);
  });

  test('a clock far behind loses no edit', async () => {
    await scene.begin({ records: known(2) });
    await scene.stack.weavy.put('setting', {
      action: 'upsert',
      id: 'project',
      value: { clockSkewMs: -600_000 },
    });
    await scene.stack.mautic.act('clock', { skewMs: -600_000 });
    await scene.run();
    await scene.edit(weavyContact(1), { city: 'Liège' });
    await scene.edit(mauticContact(2), { city: 'Mons' });

    const run = await scene.run();

    expect(run.writes).toBe(2);
  });
});

describe('what is read (J26)', () => {
  test('every page of both sides, at the first run and at a later one', async () => {
    const many = 3 * PAGE + 4;
    await scene.begin({ records: known(many) });
    const first = await scene.run();
    for (const n of upTo(many)) {
      // one and the same second on all of them
      if (n % 2 === 0) await scene.edit(weavyContact(n), { city: 'Liège' }, { secondsAgo: 30 });
      else await scene.edit(mauticContact(n), { city: 'Mons' }, { secondsAgo: 30 });
    }

    const run = await scene.run();

    expect(first).toMatchObject({ counts: { read: 2 * many, unchanged: 2 * many } });
    expect(run.writes).toBe(many);
    const [weavy, mautic] = [await scene.all('weavy/customercontact'), await scene.all('mautic/contact')];
    for (const n of upTo(many)) {
      const city = n % 2 === 0 ? 'Liège' : 'Mons';
      expect([weavy.get(weavyContact(n))?.city, mautic.get(mauticContact(n))?.city]).toEqual([city, city]);
    }
    expect((await scene.run()).writes).toBe(0);
  });

  test('an edit between two pages moves no record out of the reading', async () => {
    const many = 3 * PAGE;
    await scene.begin({
      records: { weavy: { customercontact: upTo(many).map((n) => contactInWeavy(n)) } },
    });
    // while the second page of contacts is asked for, one of the first page changes
    await scene.stack.weavy.faults({
      kind: 'person',
      route: SELECT,
      where: { field: 'entityName', equals: 'customercontact' },
      after: 1,
      records: 'customercontact',
      change: { action: 'patch', id: 'C-1', value: { fields: { city: 'Liège' } } },
    });

    await scene.run();
    await scene.run();

    expect((await scene.all('mautic/contact')).size).toBe(many);
    const [first] = await scene.holding('mautic/contact', 'email', emailOf(1));
    expect(await scene.fields(first ?? '')).toMatchObject({ city: 'Liège' });
  });

  test('edits within the second of the last reading', async () => {
    await scene.begin({ records: known(3) });
    await scene.run();

    for (const n of upTo(3)) {
      await scene.edit(weavyContact(n), { jobTitle: `Poste ${n}` });
      await scene.edit(mauticContact(n), { city: `Ville ${n}` });
      await scene.run();
    }

    for (const n of upTo(3)) {
      expect(await scene.fields(weavyContact(n))).toMatchObject({ city: `Ville ${n}` });
      expect(await scene.fields(mauticContact(n))).toMatchObject({ position: `Poste ${n}` });
    }
  });

  test('everything since the last reading, however long ago that was', async () => {
    await scene.begin({ records: known(2) });
    await scene.run();
    // as if no run had taken place for two days
    const late = 2 * 86_400;
    await scene.stack.pool.query(
      "update cursor set value = to_jsonb((value #>> '{}')::bigint - $1::bigint) where name like 'since/%'",
      [late * 1_000],
    );
    await scene.edit(weavyContact(1), { city: 'Liège' }, { secondsAgo: late - 3_600 });
    await scene.edit(mauticContact(2), { city: 'Mons' }, { secondsAgo: 3_600 });

    const run = await scene.run({ full: false });

    expect(run.writes).toBe(2);
  });

  test('contacts that were never edited in Mautic, and no anonymous visitor', async () => {
    await scene.begin({ records: known(1) });
    await scene.run();
    const now = new Date().toISOString();
    await scene.stack.mautic.put('contact', {
      action: 'upsert',
      id: '7',
      value: { fields: contactInMautic(7).fields, dateAdded: now, dateModified: null },
    });
    await scene.stack.mautic.put('contact', { action: 'upsert', id: '8', value: { dateAdded: now } });

    const run = await scene.run();

    expect(run).toMatchObject({ writes: 1, counts: { read: 3, created: 1 } });
    expect([...(await scene.all('weavy/marketinginbound')).keys()]).toEqual(['weavy/marketinginbound/WM-7']);
  });
});
