import { inwink, order, partner, planexpo, stopSimulators } from './support';

afterEach(stopSimulators);

test('stats count requests by route and by status, and never the control routes', async () => {
  const { get, control } = await planexpo({ initial: { orders: [order('1')], products: [] } });
  await get('/expo-2027/api/orders/1');
  await get('/expo-2027/api/orders/2');
  await get('/elsewhere');
  await control.journal();

  expect(await control.stats()).toMatchObject({
    platform: 'planexpo',
    requests: {
      total: 3,
      byRoute: { 'GET /{event}/api/orders/{order_id}': 2, unmatched: 1 },
      byStatus: { 200: 1, 404: 2 },
    },
    writes: 0,
    externalReferences: 1,
    duplicates: 0,
    inFlight: 0,
  });
});

test('stats keep the highest number of requests that were in flight together', async () => {
  const { get, control } = await planexpo({ latencyMs: 100 });

  await Promise.all([1, 2, 3, 4].map(() => get('/expo-2027/api/ping')));
  await get('/expo-2027/api/ping');

  expect(await control.stats()).toMatchObject({ highestInFlight: 4, inFlight: 0 });
});

test('the journal keeps each write and no read', async () => {
  const { call, control } = await inwink();
  const { id } = (await call('POST', '/exhibitor', partner('1'))).body;
  await call('POST', '/exhibitor/query', {});
  await call('PATCH', `/exhibitor/${id}`, { emplacement: 'B12' });

  const journal = await control.journal();

  expect(journal).toMatchObject([
    { method: 'POST', path: '/event-1/exhibitor', status: 201, committed: true, body: partner('1') },
    {
      method: 'PATCH',
      path: `/event-1/exhibitor/${id}`,
      route: 'PATCH /{eventId}/exhibitor/{id}',
      status: 200,
      effect: 'updated',
      body: { emplacement: 'B12' },
    },
  ]);
  expect(await control.stats()).toMatchObject({ writes: 2, creates: 1, updates: 1 });
});

test('the journal can be told to keep only the last writes', async () => {
  const { call, control } = await inwink({ journalLimit: 2 });
  for (const id of ['1', '2', '3', '4', '5', '6']) await call('POST', '/exhibitor', partner(id));

  const bodies = (await control.journal()).map((entry) => entry.body);

  expect(bodies).toEqual([partner('5'), partner('6')]);
});

test('records are served by kind and by id, and an unknown kind is refused', async () => {
  const { control } = await planexpo({ initial: { orders: [order('1'), order('2')], products: [] } });

  expect(await control.records('orders')).toHaveLength(2);
  expect(await control.records('orders', '2')).toEqual([order('2')]);
  expect(await control.records('orders', '9')).toEqual([]);
  await expect(control.records('partners')).rejects.toThrow('This platform has no records');
});

test('a reset brings back the first state and forgets faults, stats and journal', async () => {
  const { control, call } = await inwink();
  await call('POST', '/exhibitor', partner('1'));
  await control.faults({ kind: 'retry-after', seconds: 300 });
  await call('GET', '');

  await control.reset();

  expect((await call('GET', '')).status).toBe(200);
  expect(await control.records('exhibitor')).toEqual([]);
  expect(await control.journal()).toEqual([]);
  expect(await control.faultUses()).toEqual([]);
  expect(await control.stats()).toMatchObject({ creates: 0, answered429: 0, requests: { total: 1 } });
});

test('a reset can load another state, which later resets bring back', async () => {
  const { control } = await planexpo();
  await control.reset({ orders: [order('7')], products: [] });
  await control.put('orders', { action: 'delete', id: '7' });

  await control.reset();

  expect(await control.records('orders')).toEqual([order('7')]);
  await expect(control.reset({ orders: 'none' })).rejects.toThrow('400');
});

test('counters can start afresh while records and faults stay', async () => {
  const { control, call } = await inwink();
  await call('POST', '/exhibitor', partner('1'));
  await control.faults({ kind: 'status', status: 500, route: 'PATCH *' });

  await control.clearCounters();

  expect(await control.stats()).toMatchObject({ creates: 0, writes: 0, externalReferences: 1 });
  expect(await control.faultUses()).toHaveLength(1);
  expect(await control.records('exhibitor')).toHaveLength(1);
});

test('a body that is no JSON, or too large, is refused as the platform would', async () => {
  const { call, token, url } = await inwink();
  const authorization = `Bearer ${await token()}`;

  const broken = await fetch(`${url}/event-1/exhibitor`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: '{"name":',
  });
  const large = await call('POST', '/exhibitor', { name: 'x'.repeat(1024 * 1024) });

  expect(broken.status).toBe(400);
  expect(large.status).toBe(413);
});
