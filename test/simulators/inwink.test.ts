import { inwink, partner, requestToken, stopSimulators } from './support';

afterEach(stopSimulators);

describe('access to Inwink', () => {
  test('hands a token only to the right client and the right scope', async () => {
    const { url } = await inwink({
      credentials: { clientId: 'client', clientSecret: 'secret', scope: 'event' },
    });

    expect(await requestToken(url, { scope: 'event' })).toMatchObject({
      status: 200,
      body: { token_type: 'Bearer', expires_in: 3600 },
    });
    expect(await requestToken(url, { client_secret: 'x', scope: 'event' })).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
    expect((await requestToken(url)).body).toEqual({ error: 'invalid_scope' });
    expect((await requestToken(url, { grant_type: 'password' })).body).toEqual({
      error: 'unsupported_grant_type',
    });
  });

  test('refuses an expired token even when it was told to last longer', async () => {
    const { url, call } = await inwink({ tokenTtlSeconds: 0, expiresInSkewSeconds: 600 });

    expect((await requestToken(url)).body.expires_in).toBe(600);
    expect(await call('GET', '')).toMatchObject({ status: 401, body: { code: 'InvalidToken' } });
  });

  test('a token revoked in mid-run answers 401, and a new one works', async () => {
    const { control, call, token } = await inwink();
    await control.faults({ kind: 'expire-tokens', route: 'GET /{eventId}', after: 1 });

    expect((await call('GET', '')).status).toBe(200);
    expect((await call('GET', '')).status).toBe(401);
    expect((await call('GET', '', undefined, await token())).status).toBe(200);
  });

  test('answers 403 to a client that may not use the event, 404 for another event, in problem+json', async () => {
    const { url, control, call, token } = await inwink();
    const other = await fetch(`${url}/event-2`, { headers: { authorization: `Bearer ${await token()}` } });
    await control.put('client', { action: 'patch', id: 'client', value: { allowed: false } });

    const denied = await call('GET', '');

    expect(other.status).toBe(404);
    expect(denied).toMatchObject({
      status: 403,
      body: { code: 'ScopeDenied', status: 403, title: 'Forbidden' },
    });
    expect(denied.headers.get('content-type')).toContain('application/problem+json');
    expect(denied.body.traceId).toBeTruthy();
  });

  test('has no way to delete', async () => {
    const { call } = await inwink();
    const { id } = (await call('POST', '/exhibitor', partner('1'))).body;

    expect((await call('DELETE', `/exhibitor/${id}`)).status).toBe(405);
    expect((await call('GET', `/exhibitor/${id}`)).status).toBe(200);
  });

  test('lists custom fields of one kind of record', async () => {
    const { call } = await inwink();

    const { body } = await call('GET', '/field?entity=registered');

    expect(body.items).toEqual([{ key: 'planexpo_order_id', type: 'text' }]);
    expect((await call('GET', '/field?entity=speaker')).status).toBe(400);
  });

  test('pages its products by query string', async () => {
    const { call, control } = await inwink();
    for (const id of ['a', 'b', 'c']) {
      await control.put('product', { action: 'upsert', id, value: { name: id, packSize: 10 } });
    }

    const { body } = await call('GET', '/product?index=1&size=2');

    expect(body).toEqual({
      items: [{ id: 'c', name: 'c', packSize: 10, active: true }],
      page: { index: 1, size: 2, total: 3 },
    });
    expect((await call('GET', '/product?size=201')).status).toBe(400);
  });
});

describe('partners', () => {
  test('are made with GUIDs and blank fields, and found by id at once', async () => {
    const { call } = await inwink();

    const made = await call('POST', '/exhibitor', partner('1', { address: { city: 'Lyon' } }));

    expect(made.status).toBe(201);
    expect(made.body.id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(made.body.address).toEqual({
      street: null,
      street2: null,
      zipCode: null,
      city: 'Lyon',
      country: null,
    });
    expect((await call('GET', `/exhibitor/${made.body.id}`)).body).toEqual(made.body);
  });

  test('the same create twice makes two, which stats call a duplicate', async () => {
    const { call, control } = await inwink();

    const [first, second] = [
      await call('POST', '/exhibitor', partner('1')),
      await call('POST', '/exhibitor', partner('1')),
    ];

    expect(first.body.id).not.toBe(second.body.id);
    expect(await control.stats()).toMatchObject({
      creates: 2,
      writes: 2,
      externalReferences: 1,
      duplicates: 1,
      duplicatesByKind: { exhibitor: 1, registered: 0 },
    });
  });

  test.each([
    ['no name', { status: 'Published' }, 'name'],
    ['no status', { name: 'A' }, 'status'],
    ['an unknown status', { name: 'A', status: 'Validé' }, 'status'],
    ['a country in words', { ...partner('1'), address: { country: 'France' } }, 'address.country'],
    ['a field that does not exist', { ...partner('1'), stand: 'B12' }, 'stand'],
    ['a custom field nobody defined', { ...partner('1'), customFields: { hall: '1' } }, 'customFields.hall'],
    ['a parent that does not exist', { ...partner('1'), affiliatedToId: 'nobody' }, 'affiliatedToId'],
  ])('with %s are refused by field name', async (_case, body, field) => {
    const { call, control } = await inwink();

    const refused = await call('POST', '/exhibitor', body);

    expect(refused).toMatchObject({ status: 400, body: { code: 'ValidationFailed' } });
    expect(Object.keys(refused.body.errors)).toEqual([field]);
    expect(await control.stats()).toMatchObject({ creates: 0, writes: 1 });
  });

  test('a choice field takes only its choices', async () => {
    const { call, control } = await inwink();
    await control.put('field', {
      action: 'upsert',
      id: 'exhibitor/level',
      value: { type: 'singleChoice', choices: ['Gold'] },
    });
    const withLevel = (level: string | null) => partner('1', { customFields: { level } });

    expect((await call('POST', '/exhibitor', withLevel('Iron'))).status).toBe(400);
    expect((await call('POST', '/exhibitor', withLevel('Gold'))).status).toBe(201);
    expect((await call('POST', '/exhibitor', withLevel(null))).status).toBe(201);
  });

  test('a patch changes what it names, clears what is null, merges groups and answers the whole', async () => {
    const { call } = await inwink();
    const start = partner('1', { emplacement: 'B12', website: 'w', address: { city: 'Lyon', street: 's' } });
    const { id } = (await call('POST', '/exhibitor', start)).body;

    const { body } = await call('PATCH', `/exhibitor/${id}`, {
      website: null,
      address: { city: 'Paris' },
      customFields: { planexpo_space: 'Hall 1' },
    });

    expect(body).toMatchObject({
      id,
      name: 'Exemplar 1',
      emplacement: 'B12',
      website: null,
      address: { city: 'Paris', street: 's' },
      customFields: { planexpo_order_id: '1', planexpo_space: 'Hall 1' },
    });
    expect((await call('PATCH', `/exhibitor/${id}`, { name: null })).status).toBe(400);
    expect((await call('PATCH', `/exhibitor/${id}`, { id: 'x' })).status).toBe(400);
  });

  test('have at most one level of parents', async () => {
    const { call } = await inwink();
    const make = async (orderId: string, affiliatedToId: string | null) =>
      (await call('POST', '/exhibitor', partner(orderId, { affiliatedToId }))).body.id;
    const parent = await make('1', null);
    const child = await make('2', parent);

    expect((await call('POST', '/exhibitor', partner('3', { affiliatedToId: child }))).status).toBe(400);
    expect((await call('PATCH', `/exhibitor/${parent}`, { affiliatedToId: child })).status).toBe(400);
    expect((await call('PATCH', `/exhibitor/${parent}`, { affiliatedToId: parent })).status).toBe(400);
  });

  test.each([
    [true, 'keep pointing at it'],
    [false, 'lose their parent'],
  ])('children of a deleted parent (danglingParents %s) %s', async (danglingParents) => {
    const { call, control } = await inwink({ danglingParents });
    const parent = (await call('POST', '/exhibitor', partner('1'))).body.id;
    const child = (await call('POST', '/exhibitor', partner('2', { affiliatedToId: parent }))).body.id;

    await control.put('exhibitor', { action: 'delete', id: parent });

    expect((await call('GET', `/exhibitor/${parent}`)).status).toBe(404);
    expect((await call('PATCH', `/exhibitor/${parent}`, { name: 'B' })).status).toBe(404);
    expect((await call('GET', `/exhibitor/${child}`)).body.affiliatedToId).toBe(
      danglingParents ? parent : null,
    );
  });

  test('an edit by a person moves the modified time', async () => {
    const start = {
      id: 'p-1',
      name: 'A',
      status: 'Published',
      affiliatedToId: null,
      emplacement: null,
      website: null,
      address: { street: null, street2: null, zipCode: null, city: null, country: null },
      customFields: { planexpo_order_id: '1' },
      createdOn: '2026-01-01T08:00:00Z',
      updatedOn: '2026-01-01T08:00:00Z',
    };
    const { call, control } = await inwink({
      initial: { exhibitors: [start], registered: [], products: [], fields: [] },
    });

    await control.put('exhibitor', { action: 'patch', id: 'p-1', value: { address: { city: 'Nice' } } });

    const { body } = await call('GET', '/exhibitor/p-1');
    expect(body.address).toEqual({ ...start.address, city: 'Nice' });
    expect(Date.parse(body.updatedOn)).toBeGreaterThan(Date.parse(start.updatedOn));
  });
});
