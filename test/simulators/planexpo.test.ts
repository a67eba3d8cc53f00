import { order, planexpo, stopSimulators } from './support';

afterEach(stopSimulators);

const ORDERS = '/expo-2027/api/orders';

describe('access to Planexpo', () => {
  test('tells which event a key reads, and what time it is there', async () => {
    const { get } = await planexpo({ clockOffsetMs: -3_600_000 });

    const { status, body } = await get('/expo-2027/api/ping');

    expect(status).toBe(200);
    expect(body).toMatchObject({ event: 'expo-2027', event_name: 'Expo 2027' });
    expect(Date.parse(body.server_time)).toBeLessThan(Date.now() - 3_000_000);
  });

  test('refuses a wrong key, a key without rights, and another event, in its own error form', async () => {
    const { get, control } = await planexpo({ credentials: { apiKeys: ['key-1', 'key-2'] } });
    await control.put('keys', { action: 'patch', id: 'key-2', value: { allowed: false } });

    expect(await get(ORDERS, 'nonsense')).toMatchObject({
      status: 401,
      body: { error: { code: 'unauthorized' } },
    });
    expect(await get(ORDERS, 'key-2')).toMatchObject({ status: 403, body: { error: { code: 'forbidden' } } });
    expect(await get('/other/api/orders')).toMatchObject({
      status: 404,
      body: { error: { code: 'not_found' } },
    });
  });

  test('accepts two keys at once, and one no longer once it is withdrawn', async () => {
    const { get, control } = await planexpo({ credentials: { apiKeys: ['key-1', 'key-2'] } });

    expect((await get(ORDERS, 'key-2')).status).toBe(200);
    await control.put('keys', { action: 'delete', id: 'key-1' });

    expect((await get(ORDERS, 'key-1')).status).toBe(401);
    expect((await get(ORDERS, 'key-2')).status).toBe(200);
  });

  test('cannot be written to', async () => {
    const { url, get } = await planexpo();

    const reply = await fetch(`${url}${ORDERS}`, {
      method: 'POST',
      headers: { authorization: 'Bearer key-1' },
    });

    expect(reply.status).toBe(405);
    expect(reply.headers.get('allow')).toBe('GET');
    expect((await get(`${ORDERS}/none`)).status).toBe(404);
  });
});

describe('the list of orders', () => {
  const three = [
    order('3', { updated_at: '2026-01-01T08:00:00Z' }),
    order('10', { updated_at: '2026-01-01T08:00:00Z' }),
    order('1', { updated_at: '2026-01-02T08:00:00Z', status: 'draft' }),
  ];

  test('ascends by time and then by id as text, and pages to the end by cursor', async () => {
    const { get } = await planexpo({ initial: { orders: three, products: [] } });

    const first = await get(`${ORDERS}?limit=2`);
    const second = await get(`${ORDERS}?limit=2&cursor=${first.body.next_cursor}`);

    expect(first.body.data.map((row: { order_id: string }) => row.order_id)).toEqual(['10', '3']);
    expect(second.body.data.map((row: { order_id: string }) => row.order_id)).toEqual(['1']);
    expect(second.body.next_cursor).toBeNull();
    expect(first.body.data[0].event).toBe('expo-2027');
  });

  test('has no next page when the last row just fills one', async () => {
    const { get } = await planexpo({ initial: { orders: three, products: [] } });

    expect((await get(`${ORDERS}?limit=3`)).body.next_cursor).toBeNull();
  });

  test('filters by status and by a time that is included', async () => {
    const { get } = await planexpo({ initial: { orders: three, products: [] } });

    const drafts = await get(`${ORDERS}?status=draft`);
    const since = await get(`${ORDERS}?updated_since=2026-01-02T08:00:00.000Z`);
    const later = await get(`${ORDERS}?updated_since=2026-01-02T08:00:01Z`);

    expect(drafts.body.data).toHaveLength(1);
    expect(since.body.data).toHaveLength(1);
    expect(later.body.data).toHaveLength(0);
  });

  test.each(['limit=0', 'limit=201', 'limit=x', 'updated_since=yesterday'])('refuses %s', async (query) => {
    const { get } = await planexpo();

    expect(await get(`${ORDERS}?${query}`)).toMatchObject({
      status: 400,
      body: { error: { code: 'bad_request' } },
    });
  });

  test('gives 50 rows unless asked, and 200 at most', async () => {
    const many = Array.from({ length: 230 }, (_, position) => order(String(position)));
    const { get } = await planexpo({ initial: { orders: many, products: [] } });

    expect((await get(ORDERS)).body.data).toHaveLength(50);
    expect((await get(`${ORDERS}?limit=200`)).body.data).toHaveLength(200);
  });

  test('shows a row again, and skips none, when one is updated between two pages', async () => {
    const { get, control } = await planexpo({ initial: { orders: three, products: [] } });
    await control.faults({
      kind: 'person',
      route: `GET /{event}/api/orders`,
      after: 1,
      records: 'orders',
      change: { action: 'patch', id: '10', value: { company: { name: 'Renamed' } } },
    });

    const first = await get(`${ORDERS}?limit=1`);
    const rest = await get(`${ORDERS}?limit=200&cursor=${first.body.next_cursor}`);

    expect(first.body.data[0]).toMatchObject({ order_id: '10', version: 1 });
    expect(rest.body.data.map((row: { order_id: string }) => row.order_id)).toEqual(['3', '1', '10']);
    expect(rest.body.data[2]).toMatchObject({ version: 2, company: { name: 'Renamed' } });
  });

  test('answers 422 to a cursor that is none, is too old, or was made worthless', async () => {
    const { get, control } = await planexpo({ initial: { orders: three, products: [] } });
    const old = await planexpo({ initial: { orders: three, products: [] }, cursorTtlMs: -1 });
    const { next_cursor } = (await get(`${ORDERS}?limit=1`)).body;
    const { next_cursor: expired } = (await old.get(`${ORDERS}?limit=1`)).body;
    await control.faults({ kind: 'expire-cursors' });

    const refusal = { status: 422, body: { error: { code: 'invalid_cursor' } } };

    expect(await get(`${ORDERS}?cursor=${next_cursor}`)).toMatchObject(refusal);
    expect(await old.get(`${ORDERS}?cursor=${expired}`)).toMatchObject(refusal);
    expect(await get(`${ORDERS}?cursor=abc`)).toMatchObject(refusal);
  });

  test('never serves orders of another event of the same workspace', async () => {
    const { get } = await planexpo({
      initial: { orders: [order('1'), order('2', { event: 'other-2027' })], products: [] },
    });

    expect((await get(ORDERS)).body.data).toHaveLength(1);
    expect((await get(`${ORDERS}/2`)).status).toBe(404);
  });

  test('pages its products', async () => {
    const products = ['a', 'b', 'c'].map((id) => ({
      product_id: id,
      name: `Product ${id}`,
      kind: 'catalog',
      active: true,
      updated_at: '2026-01-01T08:00:00Z',
    }));
    const { get } = await planexpo({ initial: { orders: [], products } });

    const first = await get('/expo-2027/api/products?limit=2');
    const second = await get(`/expo-2027/api/products?limit=2&cursor=${first.body.next_cursor}`);

    expect([...first.body.data, ...second.body.data]).toEqual(products);
    expect(second.body.next_cursor).toBeNull();
  });
});

describe('what people do in Planexpo', () => {
  test('an edit moves version and time, unless told not to', async () => {
    const { control } = await planexpo({ initial: { orders: [order('1')], products: [] } });

    const edited = await control.put('orders', { action: 'patch', id: '1', value: { status: 'on_hold' } });
    const silent = await control.put('orders', {
      action: 'patch',
      id: '1',
      value: { amount_excl_tax: '1,00' },
      keepVersion: true,
      keepUpdatedAt: true,
    });

    expect(edited).toMatchObject({ status: 'on_hold', version: 2 });
    expect(edited?.updated_at).not.toBe('2026-01-01T08:00:00Z');
    expect(silent).toMatchObject({ version: 2, updated_at: edited?.updated_at, amount_excl_tax: '1,00' });
  });

  test('a value can become null, or absent, which differ', async () => {
    const start = order('1', { booking_contact: { email: 'a@x.example', phone_2: '1', position: 'CEO' } });
    const { control, get } = await planexpo({ initial: { orders: [start], products: [] } });

    await control.put('orders', {
      action: 'patch',
      id: '1',
      value: { booking_contact: { phone_2: null } },
      unset: ['booking_contact.email'],
    });

    const { body } = await get(`${ORDERS}/1`);
    expect(body.booking_contact).toEqual({ phone_2: null, position: 'CEO' });
  });

  test('a cancelled dossier stays listed, with its date, and cannot be brought back', async () => {
    const { control, get } = await planexpo({ initial: { orders: [order('1')], products: [] } });

    await control.put('orders', { action: 'patch', id: '1', value: { status: 'cancelled' } });
    const back = control.put('orders', { action: 'patch', id: '1', value: { status: 'validated' } });

    await expect(back).rejects.toThrow('stays cancelled');
    const [row] = (await get(`${ORDERS}?status=cancelled`)).body.data;
    expect(row.cancelled_at).toBe(row.updated_at);
  });

  test.each([404, 410] as const)(
    'a deleted dossier is absent from lists and answers %s',
    async (deletedStatus) => {
      const { control, get } = await planexpo({
        initial: { orders: [order('1')], products: [] },
        deletedStatus,
      });

      await control.put('orders', { action: 'delete', id: '1' });

      expect((await get(ORDERS)).body.data).toEqual([]);
      expect((await get(`${ORDERS}/1`)).status).toBe(deletedStatus);
      expect((await get(`${ORDERS}/never-there`)).status).toBe(404);
    },
  );

  test('a product can be renamed, or made anew under another id', async () => {
    const { control, get } = await planexpo();

    await control.put('products', {
      action: 'upsert',
      id: 'p-1',
      value: { name: 'Banner', kind: 'catalog', active: true },
    });
    await control.put('products', { action: 'patch', id: 'p-1', value: { name: 'Web banner' } });

    expect((await get('/expo-2027/api/products')).body.data).toMatchObject([
      { product_id: 'p-1', name: 'Web banner' },
    ]);
  });
});

describe('co-exhibitors inside their exhibitor', () => {
  const family = [
    order('1'),
    order('2', { parent_order_id: '1', updated_at: '2026-01-05T08:00:00Z' }),
    order('3', { parent_order_id: '1', status: 'draft' }),
    order('4', { parent_order_id: 'gone' }),
  ];

  test('have no address of their own and appear in the one above', async () => {
    const { get } = await planexpo({ initial: { orders: family, products: [] }, embedCoExhibitors: true });

    const { body } = await get(`${ORDERS}/1`);

    expect(body.co_exhibitors).toEqual([
      { co_id: '2', company: { name: 'Exemplar 2' }, booking_contact: null, placement: null, items: [] },
    ]);
    expect((await get(`${ORDERS}/2`)).status).toBe(404);
    expect((await get(ORDERS)).body.data.map((row: { order_id: string }) => row.order_id)).toEqual([
      '1',
      '4',
    ]);
  });

  test('move the version and time of the order that shows them, also when they go', async () => {
    const { get, control } = await planexpo({
      initial: { orders: family, products: [] },
      embedCoExhibitors: true,
    });

    await control.put('orders', { action: 'patch', id: '2', value: { company: { name: 'Renamed' } } });
    const edited = await get(`${ORDERS}/1`);
    await control.put('orders', { action: 'delete', id: '2' });
    const left = await get(`${ORDERS}/1`);

    expect(edited.body.co_exhibitors[0].company.name).toBe('Renamed');
    expect(edited.body.version).toBeGreaterThan(1);
    expect(Date.parse(edited.body.updated_at)).toBeGreaterThan(Date.parse('2026-01-01T08:00:00Z'));
    expect(left.body.co_exhibitors).toEqual([]);
    expect(left.body.version).toBeGreaterThan(edited.body.version);
  });
});
