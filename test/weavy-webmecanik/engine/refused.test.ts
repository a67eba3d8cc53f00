import { contactInMautic, contactInWeavy, emailOf, known, mauticContact, upTo, weavyContact } from './people';
import { type Scene, startScene } from './scene';

const MANY = 1_000;
const POISON = 500;
let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

const NEW_ENTRANT = 'POST /v1/Data/{projectCode}/marketinginbound';
const EDITED_CONTACT = 'PUT /v1/Data/{projectCode}/customercontact/{id}';

/** How long a text Mautic holds in the field `position`, which its API does not tell. */
const setLength = (length: number) =>
  scene.stack.mautic.put('field', { action: 'upsert', id: 'contact/position', value: { length } });

describe('one record of a thousand that the platform refuses (J21)', () => {
  test('new in Mautic: the others are delivered, one item tells, and the cause mended there the next run delivers it', async () => {
    const contacts = upTo(MANY).map((n) =>
      contactInWeavy(n, n === POISON ? { jobTitle: 'Responsable des achats' } : { jobTitle: 'Chef' }),
    );
    await scene.begin({ records: { weavy: { customercontact: contacts } } });
    await setLength(10);

    const run = await scene.run();
    const delivered = (await scene.all('mautic/contact')).size;
    const items = await scene.items();
    await setLength(64);
    const next = await scene.run();

    expect(run).toMatchObject({
      outcome: 'completed-with-attention',
      writes: MANY - 1,
      attention: 1,
      counts: { read: MANY, created: MANY - 1, refused: 1 },
    });
    expect(delivered).toBe(MANY - 1);
    expect(items).toEqual([
      expect.objectContaining({
        record_id: weavyContact(POISON),
        reason: 'target-refused',
        severity: 'action',
      }),
    ]);
    expect(next).toMatchObject({ outcome: 'completed', writes: 1, counts: { created: 1, refused: 0 } });
    const [made] = await scene.holding('mautic/contact', 'email', emailOf(POISON));
    expect(await scene.fields(made ?? '')).toMatchObject({ position: 'Responsable des achats' });
    expect(await scene.items()).toEqual([]);
  });

  test('new in weavy: the same', async () => {
    await scene.begin({ records: { mautic: { contact: upTo(MANY).map((n) => contactInMautic(n)) } } });
    await scene.stack.weavy.faults({
      kind: 'refuse',
      route: NEW_ENTRANT,
      field: 'email',
      equals: emailOf(POISON),
    });

    const run = await scene.run();
    const delivered = (await scene.all('weavy/marketinginbound')).size;
    const items = await scene.items();
    await scene.stack.weavy.clearFaults();
    const next = await scene.run();

    expect(run).toMatchObject({ writes: MANY - 1, attention: 1, counts: { created: MANY - 1, refused: 1 } });
    expect(delivered).toBe(MANY - 1);
    expect(items).toEqual([
      expect.objectContaining({ record_id: mauticContact(POISON), reason: 'target-refused' }),
    ]);
    expect(next).toMatchObject({ outcome: 'completed', writes: 1 });
    expect(await scene.items()).toEqual([]);
  });
});

test('an edit that is refused stays due although its source does not change again', async () => {
  await scene.begin({ records: known(3) });
  await scene.run();
  await scene.stack.weavy.faults({
    kind: 'refuse',
    route: EDITED_CONTACT,
    field: 'city',
    equals: 'Interdite',
  });
  await scene.edit(mauticContact(1), { city: 'Interdite' });
  await scene.edit(mauticContact(2), { city: 'Mons' });

  const run = await scene.run();
  const again = await scene.run();
  await scene.stack.weavy.clearFaults();
  const next = await scene.run();

  expect(run).toMatchObject({ writes: 1, attention: 1 });
  expect(again).toMatchObject({ writes: 0, attention: 1 });
  expect(next).toMatchObject({ outcome: 'completed', writes: 1, attention: 0 });
  expect(await scene.fields(weavyContact(1))).toMatchObject({ city: 'Interdite' });
  expect(await scene.fields(weavyContact(2))).toMatchObject({ city: 'Mons' });
});

test('a record that the platform fails on every time is given up and told, and delivered by the next run', async () => {
  await scene.begin({ records: known(4) });
  await scene.run();
  await scene.stack.weavy.faults({
    kind: 'status',
    status: 500,
    route: EDITED_CONTACT,
    where: { field: 'city', equals: 'Panne' },
    count: 1_000,
  });
  await scene.edit(mauticContact(1), { city: 'Panne' });
  for (const n of [2, 3, 4]) await scene.edit(mauticContact(n), { city: 'Mons' });

  const run = await scene.run();
  const reasons = await scene.reasons();
  await scene.stack.weavy.clearFaults();
  const next = await scene.run();

  expect(run).toMatchObject({ outcome: 'completed-with-attention', writes: 3, attention: 1 });
  expect(reasons).toEqual(['target-failing']);
  expect(next).toMatchObject({ outcome: 'completed', writes: 1, attention: 0 });
  expect(await scene.fields(weavyContact(1))).toMatchObject({ city: 'Panne' });
  expect(await scene.items()).toEqual([]);
});

test('stopped by a decision, a refused record is left alone, and the others go on', async () => {
  await scene.begin({ records: known(2) });
  await scene.run();
  await scene.stack.weavy.faults({
    kind: 'refuse',
    route: EDITED_CONTACT,
    field: 'city',
    equals: 'Interdite',
  });
  await scene.edit(mauticContact(1), { city: 'Interdite' });
  await scene.run();

  await scene.decide('target-refused', 'stop', mauticContact(1));
  await scene.stack.weavy.clearFaults();
  await scene.edit(mauticContact(2), { city: 'Mons' });
  const run = await scene.run({ full: true });

  expect(run).toMatchObject({ outcome: 'completed', writes: 1 });
  expect(await scene.fields(weavyContact(1))).toMatchObject({ city: 'Namur' });
  expect(await scene.standing(mauticContact(1))).toMatchObject({ reason: 'stopped-by-decision' });
});

describe('values that both sides cannot hold alike', () => {
  test('one that is too long holds that field alone, and is delivered once it is shorter', async () => {
    await scene.begin({ records: known(1) });
    await scene.run();
    await scene.edit(weavyContact(1), { jobTitle: 'x'.repeat(65), city: 'Liège' });

    const run = await scene.run();
    const reasons = await scene.reasons(weavyContact(1));
    await scene.edit(weavyContact(1), { jobTitle: 'x'.repeat(64) });
    const next = await scene.run();

    expect(run).toMatchObject({ writes: 1 });
    expect(reasons).toEqual(['too-long']);
    expect(next).toMatchObject({ outcome: 'completed', writes: 1, attention: 0 });
    expect(await scene.fields(mauticContact(1))).toMatchObject({ position: 'x'.repeat(64), city: 'Liège' });
    expect(await scene.items()).toEqual([]);
  });

  test('a zero that Mautic drops is told once, and not sent again and again', async () => {
    await scene.begin({
      records: known(1),
      mapping: (demo) => ({
        ...demo,
        contacts: demo.contacts && {
          ...demo.contacts,
          fields: [
            ...demo.contacts.fields,
            {
              weavy: 'spe_score',
              mautic: 'score',
              direction: 'both',
              as: 'number',
              propagateBlank: true,
              enforce: true,
            },
          ],
        },
      }),
    });
    await scene.stack.weavy.put('field', {
      action: 'upsert',
      id: 'customercontact/spe_score',
      value: { fieldType: 'integer' },
    });
    await scene.stack.mautic.put('field', {
      action: 'upsert',
      id: 'contact/score',
      value: { type: 'number' },
    });
    await scene.edit(weavyContact(1), { spe_score: 5 });
    await scene.run();
    const first = await scene.fields(mauticContact(1));
    await scene.edit(weavyContact(1), { spe_score: 0 });

    await scene.run();
    const again = await scene.run();
    const full = await scene.run({ full: true });

    expect(first).toMatchObject({ score: 5 });
    expect([again.writes, full.writes]).toEqual([0, 0]);
    expect(await scene.fields(weavyContact(1))).toMatchObject({ spe_score: 0 });
    expect(await scene.items(weavyContact(1))).toEqual([
      expect.objectContaining({ reason: 'field-altered', place: 'spe_score', severity: 'info' }),
    ]);
  });
});
