import type { MauticSimulatorOptions } from '../../simulators/mautic';
import { company, contact, mautic, stopMautic } from './mautic-support';

afterEach(stopMautic);

describe('one contact', () => {
  test('is created with a number, no modified time, and found at once', async () => {
    const { call, control } = await mautic();

    const made = await call('POST', '/contacts/new', {
      email: ' Ana@x.fr ',
      firstname: '<b>Ana</b>',
      tags: ['vip'],
    });

    expect(made).toMatchObject({
      status: 201,
      body: { contact: { id: 1, dateModified: null, points: 0, doNotContact: [], tags: [{ tag: 'vip' }] } },
    });
    expect(made.body.contact.dateAdded).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/);
    expect(made.body.contact.dateIdentified).not.toBeNull();
    expect(made.body.contact.fields.all).toMatchObject({
      id: 1,
      email: 'Ana@x.fr',
      firstname: 'Ana',
      city: null,
    });
    expect((await call('GET', '/contacts/1')).body).toEqual(made.body);
    expect(await control.stats()).toMatchObject({ writes: 1, creates: 1, duplicates: 0 });
  });

  test('a POST for a known e-mail updates the newest of those that have it', async () => {
    const { call, control } = await mautic({
      initial: { contact: [contact(1, 'a@x.fr'), contact(2, 'A@x.fr'), contact(3, null)] },
    });

    const merged = await call('POST', '/contacts/new', { email: 'a@X.fr', city: 'Lyon' });

    expect(merged).toMatchObject({ status: 200, body: { contact: { id: 2 } } });
    expect(await control.records('contact')).toHaveLength(3);
    expect((await call('POST', '/contacts/new', { email: '', city: 'Lyon' })).status).toBe(201);
  });

  test('an edit moves the modified time only when something changed', async () => {
    const { call } = await mautic({ initial: { contact: [contact(1, 'a@x.fr', { city: 'Lyon' })] } });

    const same = await call('PATCH', '/contacts/1/edit', { city: ' Lyon ', unknown: 'x' });
    const other = await call('PATCH', '/contacts/1/edit', { city: 'Paris' });

    expect(same).toMatchObject({ status: 200, body: { contact: { dateModified: null } } });
    expect(other.body.contact.dateModified).toMatch(/\+00:00$/);
    expect((await call('PATCH', '/contacts/2/edit', { city: 'Lyon' })).status).toBe(404);
    expect(await call('GET', '/contacts/2')).toMatchObject({
      status: 404,
      body: { errors: [{ code: 404, message: 'Item was not found.', type: null }] },
    });
  });
});

describe('blanks and zeros of contacts', () => {
  const start = {
    initial: { contact: [contact(1, 'a@x.fr', { city: 'Lyon', phone: '12', size: 7 })] },
    fields: [{ object: 'contact', alias: 'size', type: 'number' } as const],
  };
  const after = { email: 'a@x.fr', city: 'Lyon', phone: '12', size: 7 };

  test.each([
    ['PATCH ignores a blank', 'PATCH', { city: '' }, after],
    [
      'PATCH with the flag writes it',
      'PATCH',
      { city: '', overwriteWithBlank: true },
      { ...after, city: null },
    ],
    ['PATCH drops a zero, flag or not', 'PATCH', { size: 0, overwriteWithBlank: true }, after],
    ['PATCH drops what a cast makes a zero', 'PATCH', { size: 0.5, phone: '00' }, after],
    [
      'PUT writes a blank and a zero',
      'PUT',
      { ...after, city: '', size: 0 },
      { ...after, city: null, size: 0 },
    ],
    [
      'PUT blanks what was not sent',
      'PUT',
      { email: 'a@x.fr', overwriteWithBlank: false },
      { ...after, city: null, phone: null, size: null },
    ],
  ] as const)('%s', async (_name, method, body, expected) => {
    const { call } = await mautic(start);

    const { status } = await call(method, '/contacts/1/edit', body);

    expect(status).toBe(200);
    expect((await call('GET', '/contacts/1')).body.contact.fields.all).toMatchObject(expected);
  });

  test.each([
    ['POST ignores blanks and keeps what was not sent', { city: '' }, after],
    [
      'POST with the flag blanks what was not sent',
      { city: 'Paris', overwriteWithBlank: true },
      { ...after, city: 'Paris', phone: null, size: null },
    ],
  ])('%s', async (_name, body, expected) => {
    const { call } = await mautic(start);

    const { status } = await call('POST', '/contacts/new', { email: 'a@x.fr', ...body });

    expect(status).toBe(200);
    expect((await call('GET', '/contacts/1')).body.contact.fields.all).toMatchObject(expected);
  });

  test('a zero gets through once the platform is repaired, and false always does', async () => {
    const { call } = await mautic({
      ...start,
      zeros: 'written',
      fields: [...start.fields, { object: 'contact', alias: 'news', type: 'boolean' }],
    });

    await call('PATCH', '/contacts/1/edit', { size: 0, news: true });
    const { body } = await call('PATCH', '/contacts/1/edit', { news: false });

    expect(body.contact.fields.all).toMatchObject({ size: 0, news: false });
  });

  test('PUT of an unknown number makes a contact', async () => {
    const { call } = await mautic(start);

    const made = await call('PUT', '/contacts/99/edit', { email: 'b@x.fr' });

    expect(made).toMatchObject({ status: 201, body: { contact: { id: 2 } } });
  });

  test('POST and PUT fill in default values, PATCH does not', async () => {
    const fields = [{ object: 'contact', alias: 'source', defaultValue: 'web' } as const];
    const { call } = await mautic({ initial: { contact: [contact(1, 'a@x.fr')] }, fields });
    const sourceOf = async (method: string, path: string, body: unknown) =>
      (await call(method, path, body)).body.contact.fields.all.source;

    expect(await sourceOf('PATCH', '/contacts/1/edit', { city: 'Lyon' })).toBeNull();
    expect(await sourceOf('PUT', '/contacts/1/edit', { email: 'a@x.fr' })).toBe('web');
    expect(await sourceOf('POST', '/contacts/new', { email: 'b@x.fr' })).toBe('web');
    expect(await sourceOf('POST', '/contacts/new', { email: 'c@x.fr', source: 'fair' })).toBe('fair');
  });
});

describe('values', () => {
  const fields: NonNullable<MauticSimulatorOptions['fields']> = [
    { object: 'contact', alias: 'seen', type: 'datetime' },
    { object: 'contact', alias: 'born', type: 'date' },
    { object: 'contact', alias: 'note', type: 'textarea' },
    {
      object: 'contact',
      alias: 'likes',
      type: 'multiselect',
      options: [
        { label: 'A', value: 'a' },
        { label: 'B', value: 'b' },
      ],
    },
  ];

  test('are stored trimmed, without tags and seconds, lists with bars', async () => {
    const { call } = await mautic({ fields });
    const sent = {
      email: 'a@x.fr',
      city: '  Lyon <script>x</script> ',
      seen: '2026-03-01T10:15:42+02:00',
      born: '1980-05-06',
      note: 'n'.repeat(100),
      likes: ['a', 'b'],
      country: 'France',
      preferred_locale: 'fr_FR',
    };

    const { body } = await call('POST', '/contacts/new', sent);

    expect(body.contact.fields.all).toMatchObject({
      city: 'Lyon x',
      seen: '2026-03-01 08:15',
      born: '1980-05-06',
      note: 'n'.repeat(100),
      likes: 'a|b',
      country: 'France',
      preferred_locale: 'fr_FR',
    });
    const again = await call('PATCH', '/contacts/1/edit', {
      likes: 'b',
      born: 'soon',
      overwriteWithBlank: true,
    });
    expect(again.body.contact.fields.all).toMatchObject({ likes: 'b', born: null });
  });

  test.each([
    ['city', 'x'.repeat(65)],
    ['country', 'FR'],
    ['preferred_locale', 'FR-FR'],
    ['state', 'Nowhere'],
    ['email', 'not an address'],
    ['likes', 'a|c'],
  ])('a %s of "%s" is refused by name, and nothing is saved', async (field, value) => {
    const { call, control } = await mautic({ fields, initial: { contact: [contact(1, 'a@x.fr')] } });

    const refused = await call('PATCH', '/contacts/1/edit', { firstname: 'Ana', [field]: value });

    expect(refused.status).toBe(400);
    expect(Object.keys(refused.body.errors[0].details)).toEqual([field]);
    expect((await control.records('contact', '1'))[0]?.fields).toEqual({ email: 'a@x.fr' });
  });

  test('sixty-four characters are just right', async () => {
    const { call } = await mautic();

    expect((await call('POST', '/contacts/new', { city: 'é'.repeat(64) })).status).toBe(201);
  });
});

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
