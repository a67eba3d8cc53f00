import { company, contact, mautic, stopMautic } from './mautic-support';

afterEach(stopMautic);

describe('batches', () => {
  test('are a success whatever became of their records', async () => {
    const { call, control } = await mautic({ initial: { contact: [contact(1, 'a@x.fr')] } });

    const { status, body } = await call('POST', '/contacts/batch/new', [
      { email: 'b@x.fr' },
      { email: 'c@x.fr', country: 'FR' },
      { email: 'A@x.fr', city: 'Lyon' },
    ]);

    expect(status).toBe(201);
    expect(body.statusCodes).toEqual([201, 400, 200]);
    expect(await control.stats()).toMatchObject({ writes: 1, creates: 1, updates: 1 });
    expect(Object.keys(body.contacts)).toEqual(['0', '2']);
    expect(Array.isArray(body.contacts)).toBe(false);
    expect(body.contacts['2'].id).toBe(1);
    expect(body.errors['1']).toMatchObject({ code: 400, details: { country: ['This value is not valid.'] } });
    expect(await control.records('contact')).toHaveLength(2);
  });

  test('hold a list when all went well, and no errors', async () => {
    const { call } = await mautic();

    const { body } = await call('POST', '/contacts/batch/new', [{ email: 'b@x.fr' }, { email: 'b@x.fr' }]);

    expect(body.contacts.map(({ id }: { id: number }) => id)).toEqual([1, 1]);
    expect(body.statusCodes).toEqual([201, 200]);
    expect(body).not.toHaveProperty('errors');
  });

  test('edit by number, and say which record is missing', async () => {
    const { call } = await mautic({ initial: { contact: [contact(1, 'a@x.fr'), contact(2, 'b@x.fr')] } });

    const { status, body } = await call('PATCH', '/contacts/batch/edit', [
      { id: 9, city: 'Lyon' },
      { id: 2, city: 'Lyon' },
    ]);

    expect(status).toBe(200);
    expect(body.statusCodes).toEqual([404, 200]);
    expect(Object.keys(body.contacts)).toEqual(['1']);
    expect((await call('GET', '/contacts/2')).body.contact.fields.all.city).toBe('Lyon');
  });

  test('of more than 200 records are a 500 that saves nothing', async () => {
    const { call, control } = await mautic();
    const records = Array.from({ length: 201 }, (_, index) => ({ email: `p${index}@x.fr` }));

    const over = await call('POST', '/contacts/batch/new', records);

    expect(over).toMatchObject({
      status: 500,
      body: { errors: [{ message: 'A max of 200 entities are supported at a time.' }] },
    });
    expect(await control.records('contact')).toEqual([]);
    expect((await call('POST', '/contacts/batch/new', records.slice(1))).body.statusCodes).toHaveLength(200);
  });

  test('that die in the middle keep what they had saved', async () => {
    const { call, control } = await mautic();
    await control.act('half-batch', { after: 1 });
    const records = [{ email: 'a@x.fr' }, { email: 'b@x.fr' }];

    expect((await call('POST', '/contacts/batch/new', records)).status).toBe(500);
    expect(await control.records('contact')).toHaveLength(1);
    expect((await call('POST', '/contacts/batch/new', records)).body.statusCodes).toEqual([200, 201]);
  });

  test('whose reply gets lost took effect', async () => {
    const { call, control } = await mautic();
    await control.faults({
      kind: 'status',
      status: 500,
      commit: true,
      route: 'POST /api/contacts/batch/new',
    });

    const lost = await call('POST', '/contacts/batch/new', [{ email: 'a@x.fr' }]);

    expect(lost.status).toBe(500);
    expect(await control.records('contact')).toHaveLength(1);
    expect((await control.journal())[0]).toMatchObject({ committed: true, status: 500 });
  });
});

describe('blanks of companies', () => {
  const initial = { company: [company(1, 'Acme', { companycity: 'Lyon', companynumber_of_employees: 7 })] };

  test.each([
    [
      'PATCH',
      '/companies/1/edit',
      { companycity: '', companynumber_of_employees: 0 },
      { companyname: 'Acme', companycity: null, companynumber_of_employees: 0 },
    ],
    [
      'PATCH',
      '/companies/1/edit',
      { companycity: 'Paris' },
      { companyname: 'Acme', companycity: 'Paris', companynumber_of_employees: 7 },
    ],
    [
      'PUT',
      '/companies/1/edit',
      { companyname: 'Acme' },
      { companyname: 'Acme', companycity: null, companynumber_of_employees: null },
    ],
    [
      'POST',
      '/companies/new',
      { companyname: 'acme' },
      { companyname: 'acme', companycity: null, companynumber_of_employees: null },
    ],
  ])('%s %s with %j', async (method, path, body, expected) => {
    const { call } = await mautic({ initial });

    const { status, body: reply } = await call(method, path, body);

    expect(status).toBe(200);
    expect(reply.company.fields.all).toMatchObject({ id: 1, ...expected });
  });

  test('a company needs a name', async () => {
    const { call } = await mautic({ initial });

    expect((await call('POST', '/companies/new', { companycity: 'Lyon' })).body.errors[0].details).toEqual({
      companyname: ['This value should not be blank.'],
    });
    expect((await call('PATCH', '/companies/1/edit', { companyname: '' })).status).toBe(400);
  });
});
