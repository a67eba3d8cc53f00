import {
  company,
  contactInMautic,
  contactInWeavy,
  emailOf,
  known,
  mauticContact,
  tiers,
  upTo,
  weavyContact,
} from './people';
import { type Scene, startScene } from './scene';

let scene: Scene;

beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

const entrants = async () => [...(await scene.all('weavy/marketinginbound')).keys()];
const signalled = async (...records: string[]) => {
  await Promise.all(records.map((recordId) => scene.signal(recordId)));
  for (const recordId of records) await scene.settled(recordId);
};

describe('a signal that a record changed', () => {
  test('three at once for one new contact make one Entrant', async () => {
    await scene.begin({ records: { mautic: { contact: [contactInMautic(1)] } } });
    await scene.run({ mode: 'plan' });

    await signalled(mauticContact(1), mauticContact(1), mauticContact(1));
    const run = await scene.run({ full: true });

    expect(await entrants()).toEqual(['weavy/marketinginbound/WM-1']);
    expect(await scene.writes('weavy')).toHaveLength(1);
    expect(run).toMatchObject({ outcome: 'completed', writes: 0 });
  });

  test('three at once for one new Contact make one contact', async () => {
    await scene.begin({ records: { weavy: { customercontact: [contactInWeavy(1)] } } });

    await signalled(weavyContact(1), weavyContact(1), weavyContact(1));
    const run = await scene.run({ full: true });

    expect(await scene.holding('mautic/contact', 'email', emailOf(1))).toHaveLength(1);
    expect(run).toMatchObject({ outcome: 'completed', writes: 0 });
  });

  test('on both sides of one new person at the same time makes nobody twice', async () => {
    await scene.begin({ records: known(4) });

    await signalled(...upTo(4).flatMap((n) => [weavyContact(n), mauticContact(n)]));
    const run = await scene.run({ full: true });

    expect(await entrants()).toEqual([]);
    expect((await scene.all('mautic/contact')).size).toBe(4);
    expect(await scene.states()).toEqual({ active: 4 });
    expect(run).toMatchObject({ outcome: 'completed', writes: 0 });
  });

  test('for two new Contacts with one e-mail makes one contact', async () => {
    const same = { email: emailOf(9) };
    await scene.begin({
      records: { weavy: { customercontact: [contactInWeavy(1, same), contactInWeavy(2, same)] } },
    });

    await signalled(weavyContact(1), weavyContact(2));
    await scene.run({ full: true });

    expect(await scene.holding('mautic/contact', 'email', emailOf(9))).toHaveLength(1);
    expect((await scene.stack.mautic.stats()).duplicates).toBe(0);
  });

  test('delivers an edit at once, without any run', async () => {
    await scene.begin({ records: known(2) });
    await scene.run();
    await scene.edit(weavyContact(1), { city: 'Liège' });
    await scene.edit(mauticContact(2), { city: 'Mons' });

    await signalled(weavyContact(1), mauticContact(2));

    expect(await scene.fields(mauticContact(1))).toMatchObject({ city: 'Liège' });
    expect(await scene.fields(weavyContact(2))).toMatchObject({ city: 'Mons' });
    expect((await scene.run()).writes).toBe(0);
  });

  test('brings a new contact with its company', async () => {
    await scene.begin({
      records: {
        weavy: { customer: [tiers(1)], customercontact: [contactInWeavy(1, { customer_ID: 'T-1' })] },
        mautic: { company: [company(1)] },
      },
    });

    await signalled('weavy/customer/T-1');
    await signalled(weavyContact(1));

    const [made] = await scene.holding('mautic/contact', 'email', emailOf(1));
    expect(await scene.companiesOf(made ?? '')).toEqual(['mautic/company/1']);
  });

  test('about a record that does not exist does nothing', async () => {
    await scene.begin({ records: known(1) });
    await scene.run();

    await signalled(mauticContact(99), weavyContact(99), 'weavy/customer/ABSENT');

    expect(await scene.items()).toEqual([]);
    expect(await scene.states()).toEqual({ active: 1 });
    expect((await scene.run()).writes).toBe(0);
  });
});

test.each([
  ['new contacts', { mautic: { contact: upTo(6).map((n) => contactInMautic(n)) } }, mauticContact],
  ['new Contacts', { weavy: { customercontact: upTo(6).map((n) => contactInWeavy(n)) } }, weavyContact],
])('signals while a run works on the same %s make nobody twice', async (_, records, idOf) => {
  await scene.begin({ records });
  // the platforms answer late, so that the run and the signals meet
  const slow = { kind: 'latency', ms: 150, count: 1_000 } as const;
  await scene.stack.weavy.faults({ ...slow, route: 'POST *' });
  await scene.stack.mautic.faults({ ...slow, route: 'POST *' }, { ...slow, route: 'GET *' });

  const running = scene.run();
  for (const n of upTo(6)) await scene.signal(idOf(n));
  await running;
  for (const n of upTo(6)) await scene.settled(idOf(n));
  await Promise.all([scene.stack.weavy.clearFaults(), scene.stack.mautic.clearFaults()]);
  await scene.run();
  const full = await scene.run({ full: true });

  const persons = [
    ...(await scene.all('weavy/customercontact')).keys(),
    ...(await scene.all('weavy/marketinginbound')).keys(),
  ];
  expect(persons).toHaveLength(6);
  expect((await scene.all('mautic/contact')).size).toBe(6);
  expect(await scene.states()).toEqual({ active: 6 });
  expect(full).toMatchObject({ outcome: 'completed', writes: 0 });
});
