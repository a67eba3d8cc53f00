import { inwink, partner, stopSimulators } from './support';

afterEach(stopSimulators);

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
