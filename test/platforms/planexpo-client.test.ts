import { inspect } from 'node:util';
import { unlimited } from '../../platforms/budget';
import { FailureKind } from '../../platforms/failure';
import { createPlanexpoClient } from '../../platforms/planexpo/http-client';
import { failureOf } from './failures';
import { type Answer, inTurn, json, type LocalServer, raw, startLocalServer } from './local-server';

const KEY = 'organiser-key';

let server: LocalServer | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

async function clientOf(answer: Answer) {
  server = await startLocalServer(answer);
  return createPlanexpoClient({
    baseUrl: server.url,
    event: 'expo-2026',
    apiKey: `${KEY}\n`,
    budget: unlimited,
  });
}

const order = {
  order_id: '1',
  public_order_id: 'A1',
  status: 'validated',
  company: { name: 'ACME' },
  items: [],
  updated_at: '2026-05-01T10:00:00Z',
};
const serverTime = '2026-05-01T11:00:00Z';
const error = (code: string) => ({ error: { code, message: 'about ada@example.org' } });

describe('a page of dossiers', () => {
  test('is asked for with the key, the time and at most the largest size', async () => {
    const client = await clientOf(json(200, { data: [order], next_cursor: 'n1', server_time: serverTime }));

    const page = await client.listOrders({ updatedSince: '2026-05-01T09:00:00Z', cursor: 'n0', limit: 999 });

    expect(page).toMatchObject({ nextCursor: 'n1', serverTime, rows: [{ kind: 'dossier' }] });
    expect(server?.received[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(server?.received[0]?.path).toBe(
      '/expo-2026/api/orders?updated_since=2026-05-01T09%3A00%3A00Z&cursor=n0&limit=200',
    );
  });

  test('with an expired cursor is a conflict that says so', async () => {
    const client = await clientOf(json(422, error('invalid_cursor')));

    const failure = await failureOf(client.listOrders({ cursor: 'old' }));

    expect(failure.kind).toBe(FailureKind.conflict);
    expect(failure.detail.code).toBe('invalid_cursor');
  });

  test.each<[string, unknown]>([
    ['no next_cursor, so that a cut page is not the last page', { data: [order], server_time: serverTime }],
    ['no rows', { next_cursor: null, server_time: serverTime }],
    ['the cursor that was sent', { data: [order], next_cursor: 'same', server_time: serverTime }],
  ])('with %s is a defect', async (_name, body) => {
    const client = await clientOf(json(200, body));

    expect((await failureOf(client.listOrders({ cursor: 'same' }))).kind).toBe(FailureKind.defect);
  });
});

describe('one dossier', () => {
  test.each([
    [404, 'not_found'],
    [410, 'gone'],
  ])('that Planexpo deleted (%i) has no rows', async (status, code) => {
    const client = await clientOf(json(status, error(code)));

    expect(await client.getOrder('1')).toEqual([]);
  });

  test('behind a gateway that says 404 is not taken for deleted', async () => {
    const client = await clientOf(raw(404, 'text/html', '<html></html>'));

    expect((await failureOf(client.getOrder('1'))).kind).toBe(FailureKind.defect);
  });

  test('other than the one asked for is a defect', async () => {
    const client = await clientOf(json(200, order));

    expect((await failureOf(client.getOrder('2'))).kind).toBe(FailureKind.defect);
  });

  test('by the key of an embedded co-exhibitor is that co-exhibitor alone', async () => {
    const children = [
      { co_id: 'a', company: { name: 'Un' } },
      { co_id: 'b', company: { name: 'Deux' } },
    ];
    const client = await clientOf(json(200, { ...order, co_exhibitors: children }));

    const rows = await client.getOrder('1/co/b');

    expect(rows).toMatchObject([{ kind: 'dossier', dossier: { id: '1/co/b', company: { name: 'Deux' } } }]);
    expect(server?.received[0]?.path).toBe('/expo-2026/api/orders/1');
    expect(await client.getOrder('1/co/gone')).toEqual([]);
  });
});

describe('the catalogue', () => {
  const product = (id: string) => ({ product_id: id, name: `Product ${id}`, pack_size: 10, active: true });

  test('is read over all its pages', async () => {
    const client = await clientOf(
      inTurn(
        json(200, { data: [product('p1')], next_cursor: 'n' }),
        json(200, { data: [{ product_id: 'p2', name: 'Two' }], next_cursor: null }),
      ),
    );

    expect(await client.listProducts()).toEqual([
      { id: 'p1', name: 'Product p1', packSize: 10, active: true },
      { id: 'p2', name: 'Two', packSize: null, active: true },
    ]);
  });

  test('whose pages go round in circles is a defect', async () => {
    const client = await clientOf(json(200, { data: [product('p1')], next_cursor: 'n' }));

    expect((await failureOf(client.listProducts())).kind).toBe(FailureKind.defect);
  });
});

test('a wrong key ends in access lost at the first answer, and the key is in no part of the error', async () => {
  const client = await clientOf(json(401, error('unauthorized')));

  const failure = await failureOf(client.ping());

  expect(failure.kind).toBe(FailureKind.accessLost);
  expect(inspect(failure, { depth: 10, showHidden: true })).not.toContain(KEY);
  expect(server?.received).toHaveLength(1);
});
