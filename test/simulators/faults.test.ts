import { inwink, order, partner, planexpo, stopSimulators } from './support';

afterEach(stopSimulators);

const CREATE = 'POST /{eventId}/exhibitor';

describe('lost and broken replies', () => {
  test('commit-then-drop resets the connection after the partner was made', async () => {
    const { call, control } = await inwink();
    await control.faults({ kind: 'commit-then-drop', route: CREATE });

    await expect(call('POST', '/exhibitor', partner('1'))).rejects.toThrow('fetch failed');

    expect(await control.records('exhibitor')).toHaveLength(1);
    expect(await control.journal()).toMatchObject([
      { route: CREATE, status: null, committed: true, effect: 'created', faults: ['commit-then-drop'] },
    ]);
    expect(await control.stats()).toMatchObject({ creates: 1, unanswered: 1 });
  });

  test('drop-before resets it before anything was made', async () => {
    const { call, control } = await inwink();
    await control.faults({ kind: 'drop-before', route: CREATE });

    await expect(call('POST', '/exhibitor', partner('1'))).rejects.toThrow('fetch failed');

    expect(await control.records('exhibitor')).toEqual([]);
    expect(await control.journal()).toMatchObject([{ status: null, committed: false, effect: null }]);
  });

  test('a lost reply is only for requests that took effect: a refusal still arrives', async () => {
    const { call, control } = await inwink();
    await control.faults({ kind: 'commit-then-drop', route: CREATE });

    expect((await call('POST', '/exhibitor', {})).status).toBe(400);
    expect(await control.journal()).toMatchObject([{ status: 400, committed: false }]);
  });

  test.each([
    [false, 0],
    [true, 1],
  ])('a status with commit %s leaves %s partners', async (commit, partners) => {
    const { call, control } = await inwink();
    await control.faults({ kind: 'status', status: 503, route: CREATE, commit });

    const reply = await call('POST', '/exhibitor', partner('1'));

    expect(reply).toMatchObject({ status: 503, body: { code: 'Injected' } });
    expect(await control.records('exhibitor')).toHaveLength(partners);
    expect(await control.journal()).toMatchObject([{ status: 503, committed: commit }]);
  });

  test('html answers a page in place of JSON', async () => {
    const { get, control } = await planexpo();
    await control.faults({ kind: 'html', status: 200 });

    const reply = await get('/expo-2027/api/orders');

    expect(reply.headers.get('content-type')).toContain('text/html');
    expect(reply.body).toContain('<html>');
  });

  test('truncate cuts the body in the middle, after the effect', async () => {
    const { call, control } = await inwink();
    await control.faults({ kind: 'truncate', route: CREATE });

    await expect(call('POST', '/exhibitor', partner('1'))).rejects.toThrow();

    expect(await control.records('exhibitor')).toHaveLength(1);
  });

  test('hang never answers, and does not keep the server from closing', async () => {
    const { call, control } = await inwink();
    await control.faults({ kind: 'hang', route: CREATE, commit: true });

    const waiting = call('POST', '/exhibitor', partner('1'));
    const ended = expect(waiting).rejects.toThrow();
    while ((await control.records('exhibitor')).length === 0); // ends with the commit, or at the test's own limit
    expect((await control.stats()).inFlight).toBe(1);
    await stopSimulators();

    await ended;
  });

  test('a slow server commits although its caller has given up', async () => {
    const { call, control } = await inwink();
    await control.faults({ kind: 'latency', ms: 200, route: CREATE });
    const caller = new AbortController();

    const given = call('POST', '/exhibitor', partner('1'), undefined, caller.signal);
    while ((await control.stats()).requests.byRoute[CREATE] === undefined);
    caller.abort();

    await expect(given).rejects.toThrow();
    while ((await control.records('exhibitor')).length === 0); // ends with the late commit
  });
});

describe('which requests a fault hits', () => {
  test('as often as count says, after those it lets pass', async () => {
    const { get, control } = await planexpo();
    await control.faults({ kind: 'status', status: 500, after: 1, count: 2 });

    const statuses = [];
    for (let call = 0; call < 4; call += 1) statuses.push((await get('/expo-2027/api/ping')).status);

    expect(statuses).toEqual([200, 500, 500, 200]);
    expect(await control.faultUses()).toMatchObject([{ matched: 4, hits: 2 }]);
  });

  test('the same ones for the same seed, about as many as the rate says', async () => {
    const { get, control } = await planexpo();
    const draw = async (seed: number) => {
      await control.clearFaults();
      await control.faults({ kind: 'status', status: 500, rate: 0.3, seed });
      const statuses = [];
      for (let call = 0; call < 100; call += 1) statuses.push((await get('/expo-2027/api/ping')).status);
      return statuses;
    };

    const [first, again, other] = [await draw(7), await draw(7), await draw(8)];

    expect(first).toEqual(again);
    expect(first).not.toEqual(other);
    expect(first.filter((status) => status === 500).length).toBeGreaterThan(15);
    expect(first.filter((status) => status === 500).length).toBeLessThan(45);
  });

  test('only the record that a path or a value names', async () => {
    const { get, control } = await planexpo({ initial: { orders: [order('1'), order('2')], products: [] } });
    const target = await inwink();
    await control.faults({ kind: 'status', status: 500, route: 'GET /expo-2027/api/orders/1' });
    await target.control.faults({
      kind: 'drop-before',
      route: 'POST *',
      where: { field: 'customFields.planexpo_order_id', equals: '1' },
    });

    expect((await get('/expo-2027/api/orders/2')).status).toBe(200);
    expect((await get('/expo-2027/api/orders/1')).status).toBe(500);
    expect((await target.call('POST', '/exhibitor', partner('2'))).status).toBe(201);
    await expect(target.call('POST', '/exhibitor', partner('1'))).rejects.toThrow();
  });

  test('none once they are cleared, and a wrong fault is refused', async () => {
    const { get, control } = await planexpo();
    await control.faults({ kind: 'status', status: 500, count: 100 });
    await control.clearFaults();

    expect((await get('/expo-2027/api/ping')).status).toBe(200);
    await expect(control.faults({ kind: 'status', status: 200 })).rejects.toThrow('400');
  });
});

describe('standing rules', () => {
  test('refuse one record, whatever is tried, and no other', async () => {
    const { call, control } = await inwink();
    await control.faults({ kind: 'refuse', field: 'name', equals: 'Exemplar 1', message: 'Not this name.' });

    const refused = [
      await call('POST', '/exhibitor', partner('1')),
      await call('POST', '/exhibitor', partner('1')),
    ];

    for (const reply of refused) {
      expect(reply).toMatchObject({
        status: 400,
        body: { code: 'ValidationFailed', errors: { name: ['Not this name.'] } },
      });
    }
    expect((await call('POST', '/exhibitor', partner('2'))).status).toBe(201);
    expect(await control.records('exhibitor')).toHaveLength(1);
  });

  test('store another value than was sent, by create and by patch, and only in that field', async () => {
    const { call, control } = await inwink();
    await control.faults(
      { kind: 'alter', field: 'name', how: { as: 'truncate', length: 4 } },
      { kind: 'alter', field: 'address.city', how: { as: 'uppercase' } },
      { kind: 'alter', field: 'website', how: { as: 'drop' } },
      { kind: 'alter', field: 'emplacement', how: { as: 'replace', value: 'Z1' } },
    );

    const made = await call('POST', '/exhibitor', partner('1', { address: { city: 'Lyon' }, website: 'w' }));
    const patched = await call('PATCH', `/exhibitor/${made.body.id}`, { name: 'Another', emplacement: 'B1' });

    expect(made.body).toMatchObject({
      name: 'Exem',
      website: null,
      emplacement: null,
      address: { city: 'LYON' },
    });
    expect(patched.body).toMatchObject({ name: 'Anot', emplacement: 'Z1', address: { city: 'LYON' } });
    expect((await control.journal())[0]?.body).toMatchObject({ name: 'Exemplar 1', website: 'w' });
  });

  test('a person acts at the moment of a request', async () => {
    const { call, control } = await inwink();
    const { id } = (await call('POST', '/exhibitor', partner('1'))).body;
    await control.faults({
      kind: 'person',
      route: 'PATCH *',
      records: 'exhibitor',
      change: { action: 'delete', id },
    });

    expect((await call('GET', `/exhibitor/${id}`)).status).toBe(200);
    expect((await call('PATCH', `/exhibitor/${id}`, { name: 'B' })).status).toBe(404);
  });
});

describe('limits', () => {
  test('a client over its burst is answered 429 with the seconds to wait', async () => {
    const { get, control } = await planexpo({ limits: { requestsPerSecond: 0.5, burst: 2 } });

    const replies = [];
    for (let call = 0; call < 3; call += 1) replies.push(await get('/expo-2027/api/ping'));

    expect(replies.map((reply) => reply.status)).toEqual([200, 200, 429]);
    expect(replies[2]).toMatchObject({ body: { error: { code: 'rate_limited' } } });
    expect(replies[2]?.headers.get('retry-after')).toBe('2');
    expect(await control.stats()).toMatchObject({ answered429: 1, duringRetryAfter: 0 });
  });

  test('each client has its own allowance', async () => {
    const { get } = await planexpo({
      limits: { requestsPerSecond: 0.1, burst: 1 },
      credentials: { apiKeys: ['key-1', 'key-2'] },
    });

    expect((await get('/expo-2027/api/ping', 'key-1')).status).toBe(200);
    expect((await get('/expo-2027/api/ping', 'key-2')).status).toBe(200);
    expect((await get('/expo-2027/api/ping', 'key-1')).status).toBe(429);
  });

  test('are those of the contract unless set: 10 at once from Planexpo', async () => {
    const { get } = await planexpo({ limits: undefined });

    const replies = await Promise.all(Array.from({ length: 12 }, () => get('/expo-2027/api/ping')));

    const passed = replies.filter((reply) => reply.status === 200).length;
    expect(passed).toBeGreaterThanOrEqual(10);
    expect(passed).toBeLessThan(12);
  });

  test('a Retry-After closes the whole server, and counts who comes all the same', async () => {
    const { call, control, url } = await inwink({ retryAfterGraceMs: -1 });
    await control.faults({ kind: 'retry-after', seconds: 300, route: CREATE });

    const first = await call('POST', '/exhibitor', partner('1'));
    const others = [await call('GET', ''), await call('POST', '/exhibitor', partner('2'))];
    const token = await fetch(`${url}/oauth/token`, { method: 'POST' });

    expect(first).toMatchObject({ status: 429, body: { code: 'TooManyRequests' } });
    expect(first.headers.get('retry-after')).toBe('300');
    expect([...others.map((reply) => reply.status), token.status]).toEqual([429, 429, 429]);
    expect(await control.stats()).toMatchObject({
      answered429: 4,
      duringRetryAfter: 3,
      lateDuringRetryAfter: 3,
      creates: 0,
      writes: 2,
    });
    expect(await control.journal()).toMatchObject([{ status: 429 }, { status: 429 }]);
  });

  test('requests that were on their way already are not late', async () => {
    const { call, control } = await inwink({ retryAfterGraceMs: 600_000 });
    await control.faults({ kind: 'retry-after', seconds: 300 });

    await call('GET', '');
    await call('GET', '');

    expect(await control.stats()).toMatchObject({ duringRetryAfter: 1, lateDuringRetryAfter: 0 });
  });

  test('a 503 with Retry-After counts who comes meanwhile, but serves them', async () => {
    const { call, control } = await inwink();
    await control.faults({ kind: 'status', status: 503, retryAfterSeconds: 300 });

    const closed = await call('GET', '');

    expect(closed.headers.get('retry-after')).toBe('300');
    expect((await call('GET', '')).status).toBe(200);
    expect((await control.stats()).duringRetryAfter).toBe(1);
  });
});
