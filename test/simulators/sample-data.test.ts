import { sampleExpo, sampleMaskRows } from '../../simulators/sample-data';
import { planexpo, stopSimulators } from './support';

afterEach(stopSimulators);

const expo = sampleExpo({ dossiers: 120, seed: 1 });
const orders = new Map(expo.planexpo.orders.map((order) => [order.order_id, order]));

test('the same seed makes the same exhibition, another seed another one', () => {
  expect(sampleExpo({ dossiers: 120, seed: 1 })).toEqual(expo);
  expect(sampleExpo({ dossiers: 120, seed: 2 }).planexpo.orders).not.toEqual(expo.planexpo.orders);
});

test.each([0, 1, 2, 7, 120, 7919, 20_000])(
  '%i dossiers are that many orders, each with ids of its own',
  (dossiers) => {
    const { planexpo: state } = sampleExpo({ dossiers, seed: 3 });

    expect(state.orders).toHaveLength(dossiers);
    expect(new Set(state.orders.map((order) => order.order_id)).size).toBe(dossiers);
    expect(new Set(state.orders.map((order) => order.public_order_id)).size).toBe(dossiers);
  },
);

test('there is one co-exhibitor for two exhibitors, and every status', () => {
  const children = expo.planexpo.orders.filter((order) => order.parent_order_id);
  const statuses = new Set(expo.planexpo.orders.map((order) => order.status));

  expect(children).toHaveLength(40);
  expect([...statuses].sort()).toEqual([
    'cancelled',
    'draft',
    'on_hold',
    'refused',
    'submitted',
    'validated',
  ]);
  expect(expo.planexpo.orders.some((order) => order.is_test)).toBe(true);
});

test.each(['draft', 'refused', 'cancelled'])('some validated child has a %s parent', (status) => {
  const found = expo.planexpo.orders.some(
    (order) => order.status === 'validated' && orders.get(order.parent_order_id ?? '')?.status === status,
  );

  expect(found).toBe(true);
});

test('some child has a test parent, some a parent that is a child, some a parent that is not there', () => {
  const parents = expo.planexpo.orders.flatMap((order) => order.parent_order_id ?? []);

  expect(parents.some((id) => orders.get(id)?.is_test)).toBe(true);
  expect(parents.some((id) => orders.get(id)?.parent_order_id)).toBe(true);
  expect(parents.some((id) => !orders.has(id))).toBe(true);
});

test('some children come before their parents in the order of updates', () => {
  const early = expo.planexpo.orders.filter((order) => {
    const parent = orders.get(order.parent_order_id ?? '');
    return parent !== undefined && order.updated_at < parent.updated_at;
  });

  expect(early.length).toBeGreaterThan(3);
});

test('forty dossiers were updated at the very same moment', () => {
  const moments = new Map<string, number>();
  for (const { updated_at } of expo.planexpo.orders)
    moments.set(updated_at, (moments.get(updated_at) ?? 0) + 1);

  expect(Math.max(...moments.values())).toBe(40);
});

test.each(Object.keys(expo.dirt))('the dirt %s occurs on a validated dossier', (kind) => {
  const ids = Object.entries(expo.dirt).find(([name]) => name === kind)?.[1] ?? [];

  expect(ids.length).toBeGreaterThan(0);
  expect(ids.every((id) => orders.get(id)?.status === 'validated')).toBe(true);
});

test.each([
  ['emailAbsent', (o: Sample) => !('email' in (o.booking_contact ?? {}))],
  ['emailMalformed', (o: Sample) => !o.booking_contact?.email?.includes('@')],
  ['emailCapitals', (o: Sample) => /^[^a-z]+$/.test(o.booking_contact?.email ?? '')],
  ['phoneNational', (o: Sample) => /^0\d( \d\d?)+$/.test(o.booking_contact?.phone_1 ?? '')],
  ['phoneDoubleZero', (o: Sample) => /^00\d+$/.test(o.booking_contact?.phone_1 ?? '')],
  ['websiteWithoutScheme', (o: Sample) => o.company.website?.startsWith('www.') === true],
  ['countryFrench', (o: Sample) => (o.company.address?.country ?? '').length > 3],
  ['spaceAbsent', (o: Sample) => !('space' in (o.placement ?? {}))],
  ['aisleNull', (o: Sample) => o.placement?.aisle === null],
  ['standNone', (o: Sample) => o.placement?.stand_number === null],
  ['amountComma', (o: Sample) => o.amount_excl_tax?.includes(',') === true],
  ['trailingSpaces', (o: Sample) => o.company.name.endsWith('  ')],
  ['phone2Absent', (o: Sample) => !('phone_2' in (o.booking_contact ?? {}))],
] as const)('%s is what it says', (kind, isSo) => {
  for (const id of expo.dirt[kind]) expect(isSo(orders.get(id) ?? missing(id))).toBe(true);
});

test('a shared e-mail is one that another dossier has', () => {
  const emails = expo.planexpo.orders.map((order) => order.booking_contact?.email);

  for (const id of [...expo.dirt.emailShared, ...expo.dirt.personShared]) {
    const email = orders.get(id)?.booking_contact?.email;
    expect(emails.filter((each) => each === email).length).toBeGreaterThan(1);
  }
});

test('nobody in it could be reached: all addresses end in a name kept for examples', () => {
  const emails = expo.planexpo.orders.flatMap((order) => order.booking_contact?.email ?? []);

  expect(emails.every((email) => /\.example$/i.test(email.trim()))).toBe(true);
});

test('Inwink starts with known people, partners of another origin and the custom fields', () => {
  const bookers = new Set(expo.planexpo.orders.map((order) => order.booking_contact?.email));
  const names = new Set(expo.planexpo.orders.map((order) => order.company.name));

  expect(expo.inwink.registered.length).toBeGreaterThanOrEqual(3);
  expect(expo.inwink.registered.every((person) => bookers.has(person.email))).toBe(true);
  expect(expo.inwink.exhibitors.every((partner) => !partner.customFields.planexpo_order_id)).toBe(true);
  expect(expo.inwink.exhibitors.some((partner) => names.has(partner.name))).toBe(true);
  expect(expo.inwink.fields.map((field) => `${field.entity}/${field.key}`)).toEqual(
    expect.arrayContaining([
      'exhibitor/planexpo_public_order_id',
      'exhibitor/planexpo_order_id',
      'exhibitor/planexpo_space',
      'exhibitor/planexpo_aisle',
      'registered/planexpo_order_id',
    ]),
  );
});

test('the mask maps each product once, to one that exists with the same pack', () => {
  const rows = sampleMaskRows(expo);

  expect(rows.length).toBeGreaterThan(5);
  expect(new Set(rows.map((row) => row.planexpoId)).size).toBe(rows.length);
  expect(new Set(rows.map((row) => row.inwinkId)).size).toBe(rows.length);
  for (const row of rows) {
    const source = expo.planexpo.products.find((product) => product.product_id === row.planexpoId);
    const target = expo.inwink.products.find((product) => product.id === row.inwinkId);
    expect(source?.name).toBe(row.planexpoName);
    expect(target).toMatchObject({ name: row.inwinkName, packSize: source?.pack_size });
  }
});

test('a whole exhibition can be loaded into a running simulator and read page by page', async () => {
  const { control, get } = await planexpo();
  await control.reset(expo.planexpo);

  const seen: string[] = [];
  let cursor = '';
  do {
    const { body } = await get(`/expo-2027/api/orders?limit=50${cursor}`);
    seen.push(...body.data.map((order: { order_id: string }) => order.order_id));
    cursor = body.next_cursor ? `&cursor=${body.next_cursor}` : '';
  } while (cursor !== '');

  expect(seen).toHaveLength(120);
  expect(new Set(seen)).toEqual(new Set(orders.keys()));
});

type Sample = (typeof expo.planexpo.orders)[number];

function missing(id: string): never {
  throw new Error(`The sample has no dossier ${id}.`);
}
