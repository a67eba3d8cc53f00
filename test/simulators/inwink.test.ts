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

describe('participants', () => {
  const person = { email: 'Alix@x.example', firstname: 'Alix', registrationStatus: 'Registered' };

  test('exist once per e-mail: the second create names the first', async () => {
    const { call } = await inwink();
    const first = await call('POST', '/registered', person);

    const second = await call('POST', '/registered', { ...person, email: 'alix@X.example' });

    expect(second).toMatchObject({ status: 409, body: { code: 'Duplicate' } });
    expect(second.body.detail).toContain(first.body.id);
  });

  test('cannot take the e-mail of another one by a patch', async () => {
    const { call } = await inwink();
    await call('POST', '/registered', person);
    const { id } = (await call('POST', '/registered', { email: 'b@x.example' })).body;

    expect((await call('PATCH', `/registered/${id}`, { email: person.email })).status).toBe(409);
    expect((await call('PATCH', `/registered/${id}`, { email: 'B@x.example' })).status).toBe(200);
  });

  test('need an e-mail, unless the event is set otherwise', async () => {
    const strict = await inwink();
    const lax = await inwink({ allowNoEmail: true });
    const body = { firstname: 'A', customFields: { planexpo_order_id: '1' } };

    expect((await strict.call('POST', '/registered', body)).body.errors).toHaveProperty('email');
    expect((await lax.call('POST', '/registered', body)).status).toBe(201);
    expect((await lax.call('POST', '/registered', body)).status).toBe(201);
    expect((await lax.control.stats()).duplicatesByKind).toEqual({ exhibitor: 0, registered: 1 });
  });

  test.each([
    ['email', 'nobody at x.example'],
    ['title', 'Mme'],
    ['preferredLanguage', 'pt'],
    ['registrationStatus', 'Maybe'],
    ['category', 'Guest'],
  ])('a %s outside its list is refused', async (field, value) => {
    const { call } = await inwink();

    const refused = await call('POST', '/registered', { email: 'a@x.example', [field]: value });

    expect(refused.status).toBe(400);
    expect(Object.keys(refused.body.errors)).toEqual([field]);
  });

  test('in a team become exhibitors, and are refused when a person takes them out', async () => {
    const { call, control } = await inwink();
    const partnerId = (await call('POST', '/exhibitor', partner('1'))).body.id;
    const personId = (await call('POST', '/registered', person)).body.id;

    const linked = await call('PUT', `/exhibitor/${partnerId}/account/${personId}`, { roles: ['Admin'] });
    const member = await call('GET', `/exhibitor/account/${personId}`);
    await control.put('team', { action: 'delete', id: `${partnerId}/${personId}` });

    expect(linked.body).toEqual({ registeredId: personId, roles: ['Admin'] });
    expect(member.body.category).toBe('Exhibitor');
    expect((await call('GET', `/registered/${personId}`)).body.registrationStatus).toBe('Refused');
    expect((await call('GET', `/exhibitor/account/${personId}`)).status).toBe(404);
    expect((await call('PUT', `/exhibitor/none/account/${personId}`, { roles: ['Admin'] })).status).toBe(404);
  });

  test('two that a person made with one e-mail are counted as a duplicate', async () => {
    const { control } = await inwink();

    await control.put('registered', { action: 'upsert', value: { email: 'a@x.example' } });
    await control.put('registered', { action: 'upsert', value: { email: 'A@x.example' } });

    expect((await control.stats()).duplicates).toBe(1);
  });
});

describe('quantities', () => {
  async function withProduct(options: Parameters<typeof inwink>[0] = {}) {
    const started = await inwink(options);
    await started.control.put('product', { action: 'upsert', id: 'prod', value: { name: 'Banner' } });
    const { id } = (await started.call('POST', '/exhibitor', partner('1'))).body;
    const put = (quantity: unknown) => started.call('PUT', `/exhibitor/${id}/product/prod`, { quantity });
    const held = async () => (await started.call('GET', `/exhibitor/${id}/product`)).body.items;
    return { ...started, id, put, held };
  }

  test('a lower one is answered 200 with the one that is kept', async () => {
    const { put, held } = await withProduct();
    await put(10);

    expect(await put(5)).toMatchObject({ status: 200, body: { productId: 'prod', quantity: 10 } });
    expect((await put(0)).body.quantity).toBe(10);
    expect((await put(12)).body.quantity).toBe(12);
    expect(await held()).toEqual([{ productId: 'prod', quantity: 12 }]);
  });

  test('a lower one is answered 409 in the other mode, the same one is fine', async () => {
    const { put, held } = await withProduct({ quantityMode: 'reject' });
    await put(10);

    expect(await put(5)).toMatchObject({ status: 409, body: { code: 'QuantityDecreaseNotAllowed' } });
    expect((await put(10)).status).toBe(200);
    expect(await held()).toEqual([{ productId: 'prod', quantity: 10 }]);
  });

  test('a first 0 creates nothing, and nonsense is refused', async () => {
    const { put, held } = await withProduct();

    expect((await put(0)).body).toEqual({ productId: 'prod', quantity: 0 });
    expect((await put(-1)).status).toBe(400);
    expect((await put(1.5)).status).toBe(400);
    expect(await held()).toEqual([]);
  });

  test('a product that a person renumbers is gone under its old id only', async () => {
    const { put, control, call, id } = await withProduct();

    await control.put('product', { action: 'patch', id: 'prod', value: { id: 'prod-2' } });

    expect((await put(1)).status).toBe(404);
    expect((await call('PUT', `/exhibitor/${id}/product/prod-2`, { quantity: 1 })).status).toBe(200);
  });
});

describe('searches', () => {
  const query = (filters: object, more: object = {}) => ({ $filters: filters, ...more });

  test('find by equality, by a list, and by a span of time', async () => {
    const { call } = await inwink();
    for (const id of ['1', '2', '3']) await call('POST', '/exhibitor', partner(id));
    const found = async (filters: object) =>
      (await call('POST', '/exhibitor/query', query(filters))).body.items.map(
        (row: { customFields: { planexpo_order_id: string } }) => row.customFields.planexpo_order_id,
      );

    expect(await found({ 'customFields.planexpo_order_id': { $eq: '2' } })).toEqual(['2']);
    expect(await found({ 'customFields.planexpo_order_id': { $in: ['3', '1', '9'] } })).toHaveLength(2);
    expect(await found({ updatedOn: { $gte: '2020-01-01T00:00:00Z' } })).toHaveLength(3);
    expect(await found({ updatedOn: { $lt: '2020-01-01T00:00:00Z' } })).toEqual([]);
    expect(await found({ name: { $eq: 'Exemplar 1' }, emplacement: { $eq: null } })).toEqual(['1']);
  });

  test('cut pages out of the order asked for', async () => {
    const { call } = await inwink();
    for (const id of ['b', 'c', 'a']) await call('POST', '/exhibitor', partner(id));

    const { body } = await call(
      'POST',
      '/exhibitor/query',
      query({}, { $order: [{ name: 'desc' }], $page: { index: 1, size: 2 } }),
    );

    expect(body.items.map((row: { name: string }) => row.name)).toEqual(['Exemplar a']);
    expect(body.page).toEqual({ index: 1, size: 2, total: 3 });
  });

  test.each([
    ['an unknown operator', { $filters: { name: { $like: 'A' } } }],
    ['an unknown field', { $filters: { stand: { $eq: 'A' } } }],
    ['too large a page', { $page: { size: 201 } }],
    ['an unknown key', { filters: {} }],
  ])('with %s are refused', async (_case, body) => {
    const { call } = await inwink();

    expect(await call('POST', '/exhibitor/query', body)).toMatchObject({
      status: 400,
      body: { code: 'ValidationFailed' },
    });
  });

  test('find a person by e-mail in any case', async () => {
    const { call } = await inwink();
    await call('POST', '/registered', { email: 'Alix@X.example' });

    const { body } = await call('POST', '/registered/query', query({ email: { $in: ['alix@x.example'] } }));

    expect(body.items).toHaveLength(1);
  });

  test('do not find a row while the index lags, though it can be read by id', async () => {
    const { call } = await inwink({ searchLagMs: 600_000 });
    const { id } = (await call('POST', '/exhibitor', partner('1'))).body;

    const { body } = await call('POST', '/exhibitor/query', query({}));

    expect(body.items).toEqual([]);
    expect((await call('GET', `/exhibitor/${id}`)).status).toBe(200);
  });

  test('find it once the lag of that one create is over', async () => {
    const { call, control } = await inwink();
    await control.faults({ kind: 'index-lag', route: 'POST /{eventId}/exhibitor', ms: 150 });
    await call('POST', '/exhibitor', partner('1'));
    await call('POST', '/exhibitor', partner('2'));
    const total = async () => (await call('POST', '/exhibitor/query', query({}))).body.page.total;

    expect(await total()).toBe(1);
    while ((await total()) < 2); // ends with the lag, or at the test's own limit
  });
});
