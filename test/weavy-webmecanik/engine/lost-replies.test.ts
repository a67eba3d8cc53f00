import type { FaultInput } from '../../../simulators/control';
import { company, contactInMautic, contactInWeavy, emailOf, tiers, upTo, weavyContact } from './people';
import { type Scene, startScene } from './scene';

let scene: Scene;

beforeAll(async () => {
  scene = await startScene({ mauticAccount: { timeout: 2_000 }, weavyAccount: { timeout: 2_000 } });
});
afterAll(() => scene?.close());

/** The record is made, and its maker never learns of it. */
const LOST: Array<[string, (route: string) => FaultInput]> = [
  ['the line is cut', (route) => ({ kind: 'commit-then-drop', route })],
  ['the server fails afterwards', (route) => ({ kind: 'status', status: 500, commit: true, route })],
  ['a proxy answers with its own page', (route) => ({ kind: 'html', commit: true, route })],
  ['no answer comes in time', (route) => ({ kind: 'hang', commit: true, route })],
  ['half the answer comes', (route) => ({ kind: 'truncate', route })],
];

async function duplicates() {
  const stats = [await scene.stack.weavy.stats(), await scene.stack.mautic.stats()];
  return stats.map((each) => each.duplicates);
}

describe.each(LOST)('the reply of a create is lost: %s (J25)', (_, lost) => {
  test('one contact in Mautic, linked', async () => {
    await scene.begin({ records: { weavy: { customercontact: [contactInWeavy(1)] } } });
    await scene.stack.mautic.faults(lost('POST /api/contacts/new'));

    await scene.run();
    const next = await scene.run({ full: true });

    const made = await scene.holding('mautic/contact', 'email', emailOf(1));
    expect(made).toHaveLength(1);
    expect(await scene.couple(weavyContact(1))).toMatchObject({ mautic: made[0], state: 'active' });
    expect(next).toMatchObject({ outcome: 'completed', writes: 0 });
    expect(await scene.items()).toEqual([]);
  });

  test('one of several contacts made in one call in Mautic is there once', async () => {
    await scene.begin({ records: { weavy: { customercontact: upTo(6).map((n) => contactInWeavy(n)) } } });
    await scene.stack.mautic.faults(lost('POST /api/contacts/batch/new'));

    await scene.run();
    const next = await scene.run({ full: true });

    expect((await scene.all('mautic/contact')).size).toBe(6);
    expect(await scene.states()).toEqual({ active: 6 });
    expect(next).toMatchObject({ outcome: 'completed', writes: 0 });
  });

  test('one Entrant in weavy, linked', async () => {
    await scene.begin({ records: { mautic: { contact: [contactInMautic(1)] } } });
    await scene.stack.weavy.faults(lost('POST /v1/Data/{projectCode}/marketinginbound'));

    await scene.run();
    const next = await scene.run({ full: true });

    expect([...(await scene.all('weavy/marketinginbound')).keys()]).toEqual(['weavy/marketinginbound/WM-1']);
    expect(await scene.states()).toEqual({ active: 1 });
    expect(next).toMatchObject({ outcome: 'completed', writes: 0 });
    expect(await duplicates()).toEqual([0, 0]);
  });

  test('one company on either side', async () => {
    await scene.begin({
      records: { weavy: { customer: [tiers(1)] }, mautic: { company: [company(2)] } },
    });
    await scene.stack.weavy.faults(lost('POST /v1/Data/{projectCode}/customer'));
    await scene.stack.mautic.faults(lost('POST /api/companies/new'), lost('POST /api/companies/batch/new'));

    await scene.run();
    const next = await scene.run({ full: true });

    expect([...(await scene.all('weavy/customer')).keys()].sort()).toEqual([
      'weavy/customer/T-1',
      'weavy/customer/WM-2',
    ]);
    expect((await scene.all('mautic/company')).size).toBe(2);
    expect(await scene.states()).toEqual({ active: 2 });
    expect(next).toMatchObject({ outcome: 'completed', writes: 0 });
    expect(await duplicates()).toEqual([0, 0]);
  });
});

test('a batch that dies in the middle is taken up where it ended', async () => {
  await scene.begin({ records: { weavy: { customercontact: upTo(8).map((n) => contactInWeavy(n)) } } });
  await scene.stack.mautic.act('half-batch', { after: 3 });

  await scene.run();
  // those that may still surface in searches wait for the run after
  await scene.run();
  const next = await scene.run({ full: true });

  expect((await scene.all('mautic/contact')).size).toBe(8);
  expect(await scene.states()).toEqual({ active: 8 });
  expect(next).toMatchObject({ outcome: 'completed', writes: 0 });
  expect(await duplicates()).toEqual([0, 0]);
});

test('the reply of an edit that was lost is no edit of a person: nothing is written back', async () => {
  await scene.begin({
    records: { weavy: { customercontact: [contactInWeavy(1)] }, mautic: { contact: [contactInMautic(1)] } },
  });
  await scene.run();
  await scene.stack.mautic.faults({ kind: 'commit-then-drop', route: 'PATCH /api/contacts/{id}/edit' });
  await scene.edit(weavyContact(1), { city: 'Liège' });

  await scene.run();
  await scene.edit(weavyContact(1), { city: 'Mons' });
  await scene.run();

  expect(await scene.fields('mautic/contact/1')).toMatchObject({ city: 'Mons' });
  expect(await scene.fields(weavyContact(1))).toMatchObject({ city: 'Mons' });
  expect((await scene.run({ full: true })).writes).toBe(0);
});
