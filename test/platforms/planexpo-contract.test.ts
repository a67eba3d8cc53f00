import { unlimited } from '../../platforms/budget';
import { FailureKind } from '../../platforms/failure';
import type { PlanexpoSource, ReadRow } from '../../platforms/planexpo/client';
import { createPlanexpoClient, type PlanexpoOptions } from '../../platforms/planexpo/http-client';
import { type SimulatorControl, simulatorControl } from '../../simulators/control';
import {
  type PlanexpoOrder,
  type PlanexpoSimulatorOptions,
  startPlanexpoSimulator,
} from '../../simulators/planexpo';
import { failureOf } from './failures';
import { waitingBudget } from './waiting-budget';

const EVENT = 'expo-2026';

let close = async () => {};
afterEach(() => close());

async function start(
  simulator: Partial<PlanexpoSimulatorOptions> = {},
  client: Partial<PlanexpoOptions> = {},
): Promise<{ planexpo: PlanexpoSource; control: SimulatorControl }> {
  const running = await startPlanexpoSimulator({
    event: { id: EVENT, name: 'Expo 2026' },
    credentials: { apiKeys: ['key'] },
    limits: 'none',
    ...simulator,
  });
  close = () => running.close();
  const planexpo = createPlanexpoClient({
    baseUrl: running.url,
    event: EVENT,
    apiKey: 'key',
    budget: unlimited,
    ...client,
  });
  return { planexpo, control: simulatorControl(running.url) };
}

function order(id: string, more: Partial<PlanexpoOrder> = {}): PlanexpoOrder {
  return {
    order_id: id,
    public_order_id: `P${id}`,
    status: 'validated',
    version: 1,
    is_test: false,
    parent_order_id: null,
    company: { name: `Company ${id}`, address: { city: 'Paris', country: 'FR' } },
    booking_contact: { last_name: 'B', email: `b${id}@acme.example`, phone_2: null },
    items: [{ product_id: 'p-31', name: 'Banniere', kind: 'catalog', quantity: 10 }],
    updated_at: '2026-05-01T10:00:00Z',
    ...more,
  };
}

const orders = (...all: PlanexpoOrder[]) => ({ orders: all, products: [] });
const ids = (rows: ReadRow[]) => rows.map((row) => (row.kind === 'dossier' ? row.dossier.id : row.id));

async function readAll(planexpo: PlanexpoSource, query: { updatedSince?: string; limit?: number }) {
  const rows: ReadRow[] = [];
  let cursor: string | undefined;
  let pages = 0;
  do {
    const page = await planexpo.listOrders({ ...query, cursor });
    rows.push(...page.rows);
    pages += 1;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return { rows, pages };
}

test('ping names the event and tells the time of the platform', async () => {
  const { planexpo } = await start();

  const reply = await planexpo.ping();

  expect(reply).toEqual({ event: EVENT, eventName: 'Expo 2026', serverTime: expect.stringMatching(/Z$/) });
});

describe('the list of dossiers', () => {
  test('is read over all its pages, each dossier once, although all changed in the same second', async () => {
    const { planexpo } = await start({
      initial: orders(...['1', '2', '3', '4', '5'].map((id) => order(id))),
    });

    const { rows, pages } = await readAll(planexpo, { limit: 2 });

    expect(ids(rows)).toEqual(['1', '2', '3', '4', '5']);
    expect(pages).toBe(3);
  });

  test('holds only what changed since a time, that time included', async () => {
    const at = (time: string) => ({ updated_at: `2026-05-01T${time}Z` });
    const { planexpo } = await start({
      initial: orders(order('1', at('10:00:00')), order('2', at('11:00:00')), order('3', at('12:00:00'))),
    });

    expect(ids((await readAll(planexpo, { updatedSince: '2026-05-01T11:00:00Z' })).rows)).toEqual(['2', '3']);
  });

  test('keeps a row that cannot be read apart from the others', async () => {
    const { planexpo } = await start({
      initial: orders(order('1'), order('2', { co_exhibitors: 'none' }), order('3')),
    });

    const { rows } = await readAll(planexpo, {});

    expect(rows.map((row) => row.kind)).toEqual(['dossier', 'unreadable', 'dossier']);
    expect(ids(rows)).toEqual(['1', '2', '3']);
  });

  test('keeps words that nobody told us of', async () => {
    const { planexpo } = await start({ initial: orders(order('1', { status: 'on_hold' })) });

    expect((await readAll(planexpo, {})).rows).toMatchObject([{ dossier: { status: 'on_hold' } }]);
  });

  test('whose cursor expired between two pages is a conflict', async () => {
    const { planexpo, control } = await start({ initial: orders(order('1'), order('2')) });
    const first = await planexpo.listOrders({ limit: 1 });
    await control.faults({ kind: 'expire-cursors' });

    const failure = await failureOf(planexpo.listOrders({ limit: 1, cursor: first.nextCursor ?? undefined }));

    expect(failure).toMatchObject({ kind: FailureKind.conflict, detail: { code: 'invalid_cursor' } });
  });
});

describe('co-exhibitors', () => {
  const family = orders(
    order('1'),
    order('2', { parent_order_id: '1', company: { name: 'Child' }, booking_contact: null }),
    order('3'),
  );

  test('with orders of their own name their exhibitor', async () => {
    const { planexpo } = await start({ initial: family });

    const { rows } = await readAll(planexpo, {});

    expect(ids(rows)).toEqual(['1', '2', '3']);
    expect(rows[1]).toMatchObject({ dossier: { parentId: '1' } });
  });

  test('embedded in their exhibitor follow it under their own key', async () => {
    const { planexpo } = await start({ initial: family, embedCoExhibitors: true });

    const { rows } = await readAll(planexpo, {});

    expect(ids(rows)).toEqual(['1', '1/co/2', '3']);
    expect(rows[1]).toMatchObject({
      dossier: {
        publicId: 'P1/2',
        parentId: '1',
        status: 'validated',
        company: { name: 'Child' },
        bookingContact: null,
      },
    });
    expect(ids(await planexpo.getOrder('1'))).toEqual(['1', '1/co/2']);
    expect(ids(await planexpo.getOrder('1/co/2'))).toEqual(['1/co/2']);
  });
});

describe('one dossier', () => {
  test('is read with what is absent absent and what is null null', async () => {
    const { planexpo } = await start({ initial: orders(order('1')) });

    const [row] = await planexpo.getOrder('1');

    expect(row).toStrictEqual({
      kind: 'dossier',
      dossier: {
        id: '1',
        publicId: 'P1',
        parentId: null,
        status: 'validated',
        isTest: false,
        version: 1,
        company: { name: 'Company 1', address: { city: 'Paris', country: 'FR' } },
        bookingContact: { lastName: 'B', email: 'b1@acme.example', phone2: null },
        items: [{ productId: 'p-31', name: 'Banniere', kind: 'catalog', quantity: 10 }],
        updatedAt: '2026-05-01T10:00:00Z',
      },
    });
  });

  test.each([404, 410] as const)('that was deleted has no rows (%i)', async (deletedStatus) => {
    const { planexpo, control } = await start({ initial: orders(order('1')), deletedStatus });
    await control.put('orders', { action: 'delete', id: '1' });

    expect(await planexpo.getOrder('1')).toEqual([]);
  });
});

test('the catalogue is read over all its pages', async () => {
  const products = Array.from({ length: 450 }, (_, at) => ({
    product_id: `p-${at}`,
    name: `Product ${at}`,
    kind: 'catalog',
    pack_size: at === 0 ? null : 10,
    active: at !== 1,
    updated_at: '2026-05-01T10:00:00Z',
  }));
  const { planexpo } = await start({ initial: { orders: [], products } });

  const read = await planexpo.listProducts();

  expect(read).toHaveLength(450);
  expect(read.slice(0, 3)).toEqual([
    { id: 'p-0', name: 'Product 0', packSize: null, active: true },
    { id: 'p-1', name: 'Product 1', packSize: 10, active: false },
    { id: 'p-2', name: 'Product 2', packSize: 10, active: true },
  ]);
});

describe('trouble on the way', () => {
  test('a request to slow down is kept, and the call succeeds without its caller noticing', async () => {
    const budget = waitingBudget();
    const { planexpo, control } = await start({ initial: orders(order('1')) }, { budget });
    await control.faults({ kind: 'retry-after', seconds: 1 });

    expect(ids(await planexpo.getOrder('1'))).toEqual(['1']);
    expect(budget.pauses).toHaveLength(1);
    expect(await control.stats()).toMatchObject({ answered429: 1, lateDuringRetryAfter: 0 });
  });

  test.each([
    ['a 500', { kind: 'status', status: 500 }, FailureKind.transient],
    ['a reset connection', { kind: 'drop-before' }, FailureKind.transient],
    ['a body that breaks off', { kind: 'truncate' }, FailureKind.transient],
    ['no answer at all', { kind: 'hang' }, FailureKind.transient],
    ["a proxy's page with status 200", { kind: 'html', status: 200 }, FailureKind.defect],
    ["a proxy's page with status 404", { kind: 'html', status: 404 }, FailureKind.defect],
  ] as const)('%s never reads as an empty list or a deleted dossier', async (_name, fault, kind) => {
    const { planexpo, control } = await start({ initial: orders(order('1')) }, { timeoutMs: 500 });
    await control.faults({ ...fault, count: 2 });

    expect((await failureOf(planexpo.listOrders({}))).kind).toBe(kind);
    expect((await failureOf(planexpo.getOrder('1'))).kind).toBe(kind);
    expect(ids(await planexpo.getOrder('1'))).toEqual(['1']);
  });

  test('a key that was withdrawn, or that lost its right to the event, is access lost', async () => {
    const { planexpo, control } = await start();
    await control.put('keys', { action: 'upsert', id: 'key', value: { allowed: false } });
    const forbidden = await failureOf(planexpo.ping());
    await control.put('keys', { action: 'delete', id: 'key' });
    const unauthorized = await failureOf(planexpo.ping());

    expect([forbidden.kind, unauthorized.kind]).toEqual([FailureKind.accessLost, FailureKind.accessLost]);
    expect([forbidden.detail.status, unauthorized.detail.status]).toEqual([403, 401]);
  });
});
