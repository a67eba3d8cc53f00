import { contact, stopWeavys, weavy } from './weavy-support';

afterEach(stopWeavys);

const EARLY = '2026-03-01T08:00:00';

describe('creating in weavy', () => {
  test('stores the record under the code that the caller chose', async () => {
    const { call } = await weavy();

    const made = await call('POST', '/Data/ACME/marketinginbound', {
      marketinginbound_ID: 'WM-81',
      email: 'new@example.org',
      lastName: 'Roy',
    });

    expect(made).toMatchObject({
      status: 200,
      body: { marketinginbound_ID: 'WM-81', email: 'new@example.org', srvAttrib: 0, firstName: null },
    });
    expect(made.body.srvDateUTC).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
    expect((await call('GET', '/Data/ACME/marketinginbound/WM-81')).body).toEqual(made.body);
  });

  test('takes codes with spaces and slashes, encoded in addresses', async () => {
    const { call } = await weavy();
    const id = 'A 1/b é';
    await call('POST', '/Data/ACME/customer', { customer_ID: id, name: 'Exemplar' });

    const { body } = await call('GET', `/Data/ACME/customer/${encodeURIComponent(id)}`);

    expect(body).toMatchObject({ customer_ID: id, name: 'Exemplar' });
  });

  test('refuses a code that is taken, in any case and by a deleted record too', async () => {
    const { call, control } = await weavy({
      customer: [
        { id: 'T-1', fields: { name: 'First' } },
        { id: 'T-2', fields: {}, srvAttrib: 1 },
      ],
    });

    const again = await call('POST', '/Data/ACME/customer', { customer_ID: 't-1', name: 'Second' });

    expect(again).toMatchObject({ status: 409, body: { message: 'Record already exists' } });
    expect((await call('POST', '/Data/ACME/customer', { customer_ID: 'T-2' })).status).toBe(409);
    expect(await control.records('customer', 'T-1')).toMatchObject([{ fields: { name: 'First' } }]);
  });

  test.each([
    ['an unknown field', { phoneNumbr: '1' }, 'FIELD_UNKNOWN', 'phoneNumbr'],
    ['a column that the server keeps', { srvDateUTC: EARLY }, 'FIELD_UNKNOWN', 'srvDateUTC'],
    ['a text that is too long', { city: 'x'.repeat(61) }, 'FIELD_LENGTH', 'city'],
    ['a value of another type', { city: 12 }, 'FIELD_TYPE', 'city'],
    ['a Tiers that does not exist', { customer_ID: 'T-9' }, 'FOREIGN_KEY', 'customer_ID'],
    ['a Tiers that is deleted', { customer_ID: 'T-2' }, 'FOREIGN_KEY', 'customer_ID'],
    [
      'a date with an offset',
      { bouncedEmailDetected: `${EARLY}+01:00` },
      'FIELD_TYPE',
      'bouncedEmailDetected',
    ],
  ])('refuses %s and stores nothing, by POST and by PUT', async (_what, fields, code, fieldName) => {
    const { call, control } = await weavy({
      customer: [{ id: 'T-2', fields: {}, srvAttrib: 1 }],
      customercontact: [contact('C-1', {}, EARLY)],
    });
    const before = await control.records('customercontact');
    const body = { email: 'other@example.org', ...fields };

    const posted = await call('POST', '/Data/ACME/customercontact', { customercontact_ID: 'C-2', ...body });
    const put = await call('PUT', '/Data/ACME/customercontact/C-1', body);

    for (const answer of [posted, put])
      expect(answer).toMatchObject({ status: 400, body: { code, fieldName } });
    expect(await control.records('customercontact')).toEqual(before);
    expect(await control.journal()).toMatchObject([{ committed: false }, { committed: false }]);
  });

  test('takes a contact once its Tiers exists', async () => {
    const { call } = await weavy();
    const post = () =>
      call('POST', '/Data/ACME/customercontact', { customercontact_ID: 'C-1', customer_ID: 'T-1' });

    expect((await post()).body.code).toBe('FOREIGN_KEY');
    await call('POST', '/Data/ACME/customer', { customer_ID: 'T-1' });
    expect(await post()).toMatchObject({ status: 200, body: { customer_ID: 'T-1' } });
  });

  test('needs a code', async () => {
    const { call } = await weavy();

    expect((await call('POST', '/Data/ACME/customer', { name: 'x' })).status).toBe(400);
    expect((await call('POST', '/Data/ACME/customer', { customer_ID: ' ' })).status).toBe(400);
    expect((await call('POST', '/Data/ACME/customer', { customer_ID: 'x'.repeat(256) })).body.code).toBe(
      'FIELD_LENGTH',
    );
  });
});

describe('updating in weavy', () => {
  const start = { customercontact: [contact('C-1', { city: 'Nancy', lastName: 'Roy' }, EARLY)] };

  test('changes what is sent, clears what is null and leaves what is absent', async () => {
    const { call } = await weavy(start);

    const { body } = await call('PUT', '/Data/ACME/customercontact/C-1', { city: null, jobTitle: 'Chef' });

    expect(body).toMatchObject({ city: null, jobTitle: 'Chef', lastName: 'Roy' });
    expect((await call('GET', '/Data/ACME/customercontact/C-1')).body).toEqual(body);
  });

  test('moves the change time, also when nothing changed', async () => {
    const { call } = await weavy(start);

    const { body } = await call('PUT', '/Data/ACME/customercontact/C-1', { city: 'Nancy' });

    expect(body.srvDateUTC > EARLY).toBe(true);
  });

  test('leaves the change time of an unchanged record when it is set so', async () => {
    const { call } = await weavy(start, { unchangedPut: 'keeps' });

    const same = await call('PUT', '/Data/ACME/customercontact/C-1', { city: 'Nancy', jobTitle: null });
    const changed = await call('PUT', '/Data/ACME/customercontact/C-1', { city: 'Metz' });

    expect(same).toMatchObject({ status: 200, body: { srvDateUTC: EARLY } });
    expect(changed.body.srvDateUTC > EARLY).toBe(true);
  });

  test('takes date-times with a space in place of the T', async () => {
    const { call } = await weavy(start);

    const { body } = await call('PUT', '/Data/ACME/customercontact/C-1', {
      bouncedEmailDetected: '2026-03-01 08:00:00',
    });

    expect(body.bouncedEmailDetected).toBe(EARLY);
  });

  test('answers 404 for an unknown code, and refuses the code of another record in the body', async () => {
    const { call } = await weavy(start);

    expect((await call('PUT', '/Data/ACME/customercontact/C-9', { city: 'x' })).status).toBe(404);
    expect((await call('GET', '/Data/ACME/customercontact/C-9')).body).toEqual({
      message: 'Record not found',
    });
    const other = { customercontact_ID: 'C-2', city: 'x' };
    expect((await call('PUT', '/Data/ACME/customercontact/C-1', other)).status).toBe(400);
    const own = { customercontact_ID: 'C-1', city: 'x' };
    expect((await call('PUT', '/Data/ACME/customercontact/C-1', own)).status).toBe(200);
  });

  test('nothing can be deleted', async () => {
    const { call } = await weavy(start);

    expect((await call('DELETE', '/Data/ACME/customercontact/C-1')).status).toBe(405);
    expect((await call('GET', '/Data/ACME/customercontact/C-1')).body.srvAttrib).toBe(0);
  });
});

describe('the journal of weavy', () => {
  test('tells method, address, body and effect of every write, in order', async () => {
    const { call, control, select } = await weavy();
    await select('customer');
    await call('POST', '/Data/ACME/customer', { customer_ID: 'T-1' });
    await call('PUT', '/Data/ACME/customer/T-1', { name: 'x' });
    await call('PUT', '/Data/ACME/customer/T-9', { name: 'x' });

    expect(await control.journal()).toMatchObject([
      {
        method: 'POST',
        path: '/v1/Data/ACME/customer',
        body: { customer_ID: 'T-1' },
        committed: true,
        effect: 'created',
      },
      {
        method: 'PUT',
        path: '/v1/Data/ACME/customer/T-1',
        body: { name: 'x' },
        committed: true,
        effect: 'updated',
      },
      { method: 'PUT', path: '/v1/Data/ACME/customer/T-9', committed: false, status: 404 },
    ]);
    expect(await control.stats()).toMatchObject({ platform: 'weavy', writes: 3, creates: 1, updates: 1 });
  });

  test('a create whose reply turns into a 500 took effect, and is refused the second time', async () => {
    const { call, control } = await weavy();
    await control.faults({
      kind: 'status',
      status: 500,
      commit: true,
      route: 'POST /v1/Data/{projectCode}/customer',
    });
    const post = () => call('POST', '/Data/ACME/customer', { customer_ID: 'T-1' });

    expect(await post()).toMatchObject({
      status: 500,
      body: { message: expect.any(String), code: 'Injected' },
    });
    expect((await post()).status).toBe(409);
    expect(await control.journal()).toMatchObject([{ committed: true, status: 500 }, { committed: false }]);
  });

  test('a 500 before the effect leaves nothing behind', async () => {
    const { call, control } = await weavy();
    await control.faults({ kind: 'status', status: 500, route: 'POST /v1/Data/{projectCode}/customer' });

    expect((await call('POST', '/Data/ACME/customer', { customer_ID: 'T-1' })).status).toBe(500);
    expect(await control.records('customer')).toEqual([]);
  });

  test.each([
    ['with Retry-After', { retryAfterSeconds: 5 }, '5'],
    ['without Retry-After', {}, null],
  ])('429 %s', async (_what, fault, header) => {
    const { control, select } = await weavy();
    await control.faults({ kind: 'status', status: 429, ...fault });

    const answer = await select('customer');

    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe(header);
    expect((await select('customer')).status).toBe(200);
  });

  test('a page of HTML, a cut reply and a refused record are told as faults', async () => {
    const { call, control, select } = await weavy();
    await control.faults(
      { kind: 'html', status: 502 },
      { kind: 'truncate', length: 'promised', after: 1 },
      { kind: 'refuse', field: 'customer_ID', equals: 'T-1', code: 'POISON' },
    );

    expect((await select('customer')).body).toContain('<html>');
    await expect(select('customer')).rejects.toThrow();
    expect(await call('POST', '/Data/ACME/customer', { customer_ID: 'T-1' })).toMatchObject({
      status: 400,
      body: { code: 'POISON', fieldName: 'customer_ID' },
    });
    expect((await call('POST', '/Data/ACME/customer', { customer_ID: 'T-2' })).status).toBe(200);
  });

  test('a caller over its limit is asked to wait', async () => {
    const { select } = await weavy({}, { limits: { requestsPerSecond: 0.01, burst: 1 } });
    await select('customer');

    const second = await select('customer');

    expect(second.status).toBe(429);
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
