import { contact, signIn, stopWeavys, weavy } from './weavy-support';

afterEach(stopWeavys);

describe('access to weavy', () => {
  test('hands a token with its lifetime to the right account only', async () => {
    const { url } = await weavy();

    const signedIn = await signIn(url);

    expect(signedIn).toMatchObject({ status: 200, body: { expiresIn: 43_200, passwordExpiryUTC: null } });
    expect(signedIn.body.authToken.split('.')).toHaveLength(3);
    expect(signedIn.body.generatedTimeUTC).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/);
    expect((await signIn(url, { password: 'x' })).status).toBe(401);
    expect((await signIn(url, { projectCode: 'OTHER' })).status).toBe(401);
    expect((await signIn(url, { scope: 'WEB' })).status).toBe(400);
  });

  test('reads the keys of a sign-in in any case', async () => {
    const { url } = await weavy();

    expect((await signIn(url, { userName: undefined, username: 'svc' })).status).toBe(200);
  });

  test('tells when the password expires', async () => {
    const { url } = await weavy({}, { passwordExpiryUTC: '2031-01-01T00:00:00Z' });

    expect((await signIn(url)).body.passwordExpiryUTC).toBe('2031-01-01T00:00:00Z');
  });

  test('refuses an expired token even when it was told to last longer', async () => {
    const { url, select } = await weavy({}, { tokenTtlSeconds: 0, expiresInSkewSeconds: 600 });

    expect((await signIn(url)).body.expiresIn).toBe(600);
    expect(await select('customer')).toMatchObject({ status: 401, body: { message: 'Token expired' } });
  });

  test('a token that expires after some calls answers 401, and a new one works', async () => {
    const { call, control, token } = await weavy();
    await control.faults({ kind: 'expire-tokens', route: 'GET *', after: 1 });

    expect((await call('GET', '/Dictionary/ACME')).status).toBe(200);
    expect((await call('GET', '/Dictionary/ACME')).status).toBe(401);
    expect((await call('GET', '/Dictionary/ACME', undefined, await token())).status).toBe(200);
  });

  test('a changed password ends signing in', async () => {
    const { url, control } = await weavy();
    await control.put('setting', { action: 'patch', value: { password: 'other' } });

    expect((await signIn(url)).status).toBe(401);
    expect((await signIn(url, { password: 'other' })).status).toBe(200);
    expect(await control.records('setting')).not.toEqual([
      expect.objectContaining({ password: expect.anything() }),
    ]);
  });

  test('knows one project', async () => {
    const { call } = await weavy();

    expect((await call('GET', '/Dictionary/OTHER')).status).toBe(404);
  });
});

describe('API rights', () => {
  test.each([
    ['customer', 'READ', 'read'],
    ['customer', 'ADD', 'add'],
    ['customer', 'UPDATE', 'update'],
    ['customercontact', 'READ', 'read'],
    ['customercontact', 'ADD', 'add'],
    ['customercontact', 'UPDATE', 'update'],
    ['marketinginbound', 'READ', 'read'],
    ['marketinginbound', 'ADD', 'add'],
    ['marketinginbound', 'UPDATE', 'update'],
  ])('%s: without %s only what needs it is refused, with the box to tick', async (entity, right, word) => {
    const { call, control, select } = await weavy({ [entity]: [{ id: '1', fields: {} }] });
    await control.put('right', { action: 'patch', id: `${entity}/${right}`, value: { allowed: false } });
    const row = `/Data/ACME/${entity}`;

    const answers = {
      READ: [await select(entity), await call('GET', `/Dictionary/ACME/${entity}`)],
      ADD: [await call('POST', row, { [`${entity}_ID`]: '2' })],
      UPDATE: [await call('PUT', `${row}/1`, {})],
    };

    const body = { message: `API ${word} not allowed on table ${entity}`, code: 'API_RIGHT', right };
    for (const [needed, given] of Object.entries(answers))
      for (const answer of given)
        if (needed === right) expect(answer).toMatchObject({ status: 403, body });
        else expect(answer.status).toBe(200);
  });

  test('a table that may not be read is missing among the tables, and comes back with its box', async () => {
    const { call, control } = await weavy();
    await control.put('right', { action: 'delete', id: 'customer/READ' });

    const without = await call('GET', '/Dictionary/ACME');
    await control.put('right', { action: 'upsert', id: 'customer/READ' });
    const again = await call('GET', '/Dictionary/ACME');

    expect(without.body.map((table: { entityName: string }) => table.entityName)).toEqual([
      'customercontact',
      'marketinginbound',
    ]);
    expect(again.body).toHaveLength(3);
    expect(await control.records('right')).toHaveLength(9);
  });
});

describe('the dictionary', () => {
  test('tells name, labels, type and length of each field', async () => {
    const { call } = await weavy();

    const { body } = await call('GET', '/Dictionary/ACME/customercontact');

    expect(body).toMatchObject({
      entityName: 'customercontact',
      translations: expect.arrayContaining([{ languageCode: 'FR', text: 'Client / Contact' }]),
      fields: expect.arrayContaining([
        {
          fieldName: 'email',
          translations: [
            { languageCode: 'EN', text: 'E-mail' },
            { languageCode: 'FR', text: 'E-mail' },
          ],
          fieldType: 'text',
          fieldLength: 255,
        },
        expect.objectContaining({ fieldName: 'customer_ID', fieldType: 'text(foreignkey)' }),
        expect.objectContaining({
          fieldName: 'bouncedEmailDetected',
          fieldType: 'datetime',
          fieldLength: null,
        }),
      ]),
    });
    expect((await call('GET', '/Dictionary/ACME/opportunity')).status).toBe(404);
  });

  test('shows a custom field at once, which can be written from then on', async () => {
    const { call, control } = await weavy({ customer: [{ id: 'T-1', fields: {} }] });
    await control.put('field', {
      action: 'upsert',
      id: 'customer/spe_vip',
      value: { fieldType: 'boolean', labels: { FR: 'VIP' } },
    });

    const { body } = await call('GET', '/Dictionary/ACME/customer');

    expect(body.fields.at(-1)).toEqual({
      fieldName: 'spe_vip',
      translations: [
        { languageCode: 'EN', text: 'spe_vip' },
        { languageCode: 'FR', text: 'VIP' },
      ],
      fieldType: 'boolean',
      fieldLength: null,
    });
    expect((await call('PUT', '/Data/ACME/customer/T-1', { spe_vip: true })).body.spe_vip).toBe(true);
    expect(await call('PUT', '/Data/ACME/customer/T-1', { spe_vip: 'yes' })).toMatchObject({
      status: 400,
      body: { code: 'FIELD_TYPE', fieldName: 'spe_vip' },
    });
  });

  test('a field that is removed is unknown everywhere, until it is back with its values', async () => {
    const { call, control, select } = await weavy({
      customercontact: [contact('C-1', { jobTitle: 'Chef' })],
    });
    await control.put('field', { action: 'delete', id: 'customercontact/jobTitle' });
    const unknown = { status: 400, body: { code: 'FIELD_UNKNOWN', fieldName: 'jobTitle' } };

    const { body } = await call('GET', '/Dictionary/ACME/customercontact');

    expect(body.fields.map((field: { fieldName: string }) => field.fieldName)).not.toContain('jobTitle');
    expect(await select('customercontact', { returnFields: [{ fieldName: 'jobTitle' }] })).toMatchObject(
      unknown,
    );
    expect(await call('PUT', '/Data/ACME/customercontact/C-1', { jobTitle: 'x' })).toMatchObject(unknown);
    expect((await call('GET', '/Data/ACME/customercontact/C-1')).body).not.toHaveProperty('jobTitle');

    await control.put('field', { action: 'upsert', id: 'customercontact/jobTitle', value: {} });
    expect((await call('GET', '/Data/ACME/customercontact/C-1')).body.jobTitle).toBe('Chef');
  });

  test('knows the custom fields that a project has from the start', async () => {
    const { call } = await weavy(
      { customer: [{ id: 'T-1', fields: { spe_crm: 'x' } }] },
      { customFields: [{ entity: 'customer', fieldName: 'spe_crm', fieldLength: 10 }] },
    );

    expect((await call('GET', '/Data/ACME/customer/T-1')).body.spe_crm).toBe('x');
  });

  test('a first state with a field that does not exist is refused', async () => {
    await expect(weavy({ customer: [{ id: 'T-1', fields: { nmae: 'x' } }] })).rejects.toThrow('nmae');
  });
});
