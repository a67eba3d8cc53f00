import { inwink, partner, stopSimulators } from './support';

afterEach(stopSimulators);

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
