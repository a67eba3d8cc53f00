import { contact, mautic, requestMauticToken, stopMautic } from './mautic-support';

afterEach(stopMautic);

describe('access to Mautic', () => {
  test('takes the password of a user, and names its version on every reply', async () => {
    const { call, control } = await mautic();

    const welcome = await call('GET', '/contacts');
    const refused = await call('GET', '/contacts', undefined, 'Basic eDp5');
    await control.act('version', { version: 5 });

    expect(welcome.status).toBe(200);
    expect(welcome.headers.get('mautic-version')).toBe('4.4.9');
    expect(refused.status).toBe(401);
    expect(refused.headers.get('mautic-version')).toBe('4.4.9');
    expect(refused.body.errors).toEqual([
      { code: 401, message: 'API authorization denied.', details: [], type: 'access_denied' },
    ]);
    expect((await call('GET', '/nowhere')).headers.get('mautic-version')).toBe('5.1.0');
  });

  test('hands out tokens that end, by time or by force, and a new one works', async () => {
    const { call, control, url } = await mautic();
    const bearer = async () => `Bearer ${(await requestMauticToken(url)).body.access_token}`;
    const first = await bearer();
    await control.faults({ kind: 'expire-tokens', route: 'GET /api/contacts', after: 1 });

    expect((await requestMauticToken(url)).body).toMatchObject({ expires_in: 3600, token_type: 'bearer' });
    expect((await call('GET', '/contacts', undefined, first)).status).toBe(200);
    expect(await call('GET', '/contacts', undefined, first)).toMatchObject({
      status: 401,
      body: { errors: [{ code: 401, type: 'invalid_grant' }] },
    });
    expect((await call('GET', '/contacts', undefined, await bearer())).status).toBe(200);
    expect((await requestMauticToken(url, { client_secret: 'x' })).body.errors[0].type).toBe(
      'invalid_client',
    );
  });

  test('refuses a token whose time is over', async () => {
    const { call, url } = await mautic({ tokenTtlSeconds: 0 });
    const { body } = await requestMauticToken(url);

    expect((await call('GET', '/contacts', undefined, `Bearer ${body.access_token}`)).status).toBe(401);
  });

  test('old instances tell of failed sign-ins in the old form', async () => {
    const { call } = await mautic({ errorForm: 'old' });

    expect((await call('GET', '/contacts', undefined, 'Bearer gone')).body).toEqual({
      error: 'invalid_grant',
      error_description: 'The access token provided has expired.',
    });
    expect((await call('GET', '/contacts/1')).body.errors[0].code).toBe(404);
  });

  test('a switched-off API is 403 api_disabled for everyone', async () => {
    const { call, control, url } = await mautic({ api: 'off' });

    expect(await call('GET', '/contacts')).toMatchObject({
      status: 403,
      body: { errors: [{ code: 403, type: 'api_disabled' }] },
    });
    expect((await requestMauticToken(url)).status).toBe(403);
    await control.act('settings', { api: 'on' });
    expect((await call('GET', '/contacts')).status).toBe(200);
  });

  test('a missing right is 403 for that object and that kind of call only', async () => {
    const { call, control } = await mautic({ initial: { contact: [contact(1, 'a@x.fr')] } });
    await control.put('permission', { action: 'patch', id: 'company', value: { view: false } });
    await control.put('permission', {
      action: 'patch',
      id: 'contact',
      value: { create: false, edit: false },
    });

    expect((await call('GET', '/companies')).status).toBe(403);
    expect((await call('POST', '/companies/new', { companyname: 'A' })).status).toBe(201);
    expect((await call('GET', '/contacts/1')).status).toBe(200);
    expect((await call('POST', '/contacts/new', { email: 'b@x.fr' })).status).toBe(403);
    expect((await call('PATCH', '/contacts/1/edit', { city: 'Lyon' })).status).toBe(403);
    const batch = await call('POST', '/contacts/batch/new', [{ email: 'b@x.fr' }]);
    expect(batch).toMatchObject({ status: 201, body: { statusCodes: [403], contacts: [] } });
  });

  test('answers 429 when the calls of the hour are used up, and opens again an hour later', async () => {
    const { call, control } = await mautic({ hourlyLimit: 2 });

    const first = await call('GET', '/contacts');
    await call('GET', '/contacts');
    const over = await call('GET', '/contacts');
    await control.act('clock', { advanceSeconds: 3600 });

    expect(first.headers.get('x-ratelimit-remaining')).toBe('1');
    expect(over).toMatchObject({
      status: 429,
      body: {
        errors: [{ code: 429, message: 'You exceeded the rate limit of 2 API calls per hour.', details: [] }],
      },
    });
    expect((await call('GET', '/contacts')).status).toBe(200);
  });

  test('keeps its own clock, and shows it in the Date header and in records', async () => {
    const { call, control } = await mautic({ clockSkewMs: -86_400_000 });

    const { headers, body } = await call('POST', '/contacts/new', { email: 'a@x.fr' });
    const shown = Date.parse(headers.get('date') ?? '');
    const dayBehind = Date.now() - 86_400_000;

    expect(Math.abs(shown - dayBehind)).toBeLessThan(60_000);
    expect(Math.abs(Date.parse(body.contact.dateAdded) - dayBehind)).toBeLessThan(60_000);
    await control.act('clock', { skewMs: 86_400_000 });
    const later = (await call('GET', '/contacts')).headers.get('date') ?? '';
    expect(Date.parse(later) - shown).toBeGreaterThan(86_400_000);
  });
});

describe('lists', () => {
  const people = [
    contact(1, "o'neil@x.fr", { city: 'Lyon' }),
    contact(2, 'b@x.fr', { city: 'Paris' }),
    contact(10, 'Anna@X.fr'),
    contact(11, null),
  ];

  test('count in a text and hold an object by number, 30 unless told otherwise', async () => {
    const many = Array.from({ length: 40 }, (_, index) => contact(index + 1, `p${index + 1}@x.fr`));
    const { list } = await mautic({ initial: { contact: many } });

    const { body } = await list('contacts', { orderBy: 'id' });
    const rest = await list('contacts', { orderBy: 'id', start: '30', limit: '20' });
    const all = await list('contacts', { limit: '0' });

    expect(body.total).toBe('40');
    expect(Object.keys(body.contacts)).toHaveLength(30);
    expect(Object.keys(rest.body.contacts)).toEqual(many.slice(30).map(({ id }) => String(id)));
    expect(Object.keys(all.body.contacts)).toHaveLength(40);
  });

  test.each([
    [3, []],
    [4, {}],
    [5, {}],
  ] as const)('an empty one on version %i is %j', async (version, empty) => {
    const { list } = await mautic({ version });

    expect((await list('contacts', {})).body).toEqual({ total: '0', contacts: empty });
    expect((await list('companies', {})).body).toEqual({ total: '0', companies: empty });
  });

  test('are ordered on the wire as asked, and by last activity when nobody asked', async () => {
    const { url, control } = await mautic({ initial: { contact: people.slice(0, 3) } });
    const order = async (query: string): Promise<string[]> => {
      const reply = await fetch(`${url}/api/contacts?${query}`, {
        headers: { authorization: `Basic ${Buffer.from('api:secret').toString('base64')}` },
      });
      return [...(await reply.text()).matchAll(/"(\d+)":\{"id"/g)].map(([, id]) => id ?? '');
    };

    expect(await order('orderBy=id&orderByDir=desc')).toEqual(['10', '2', '1']);
    expect(await order('order[0][col]=city&order[0][dir]=DESC&order[1][col]=id')).toEqual(['2', '1', '10']);
    await control.act('points', { id: 2, points: 5 });
    expect((await order(''))[0]).toBe('2');
  });

  test('filter by clauses, nested ones too, and hold anonymous visitors', async () => {
    const { list, where } = await mautic({ initial: { contact: people } });
    const nested = await list('contacts', {
      'where[0][expr]': 'orX',
      'where[0][val][0][col]': 'date_modified',
      'where[0][val][0][expr]': 'gte',
      'where[0][val][0][val]': '2026-03-01 08:02:00',
      'where[0][val][1][expr]': 'andX',
      'where[0][val][1][val][0][col]': 'date_modified',
      'where[0][val][1][val][0][expr]': 'isNull',
      'where[0][val][1][val][1][col]': 'date_added',
      'where[0][val][1][val][1][expr]': 'gte',
      'where[0][val][1][val][1][val]': '2026-03-01 08:02:00',
    });

    expect(Object.keys(nested.body.contacts)).toEqual(['2', '10', '11']);
    expect(await where('date_identified', 'isNotNull')).toHaveLength(3);
    expect(await where('date_identified', 'isNull')).toEqual([null]);
    expect(await where('city', 'isEmpty')).toEqual(['Anna@X.fr', null]);
    expect(await where('city', 'neq', 'Lyon')).toEqual(['b@x.fr']);
    expect(await where('email', 'eq', 'anna@x.FR')).toEqual(['Anna@X.fr']);
    expect(await where('id', 'gt', '2')).toEqual(['Anna@X.fr', null]);
    expect(await where('city', 'notLike', 'L%')).toEqual(['b@x.fr']);
    expect((await list('contacts', { 'where[0][col]': 'nope', 'where[0][expr]': 'isNull' })).status).toBe(
      500,
    );
    const between = await list('contacts', {
      'where[0][col]': 'id',
      'where[0][expr]': 'between',
      'where[0][val][0]': '2',
      'where[0][val][1]': '10',
    });
    expect(between.body.total).toBe('2');
  });

  test('escape what they filter by, so an apostrophe is missed by eq and found by an underscore', async () => {
    const { where } = await mautic({ initial: { contact: people } });

    expect(await where('email', 'eq', "o'neil@x.fr")).toEqual([]);
    expect(await where('email', 'like', 'o_neil@x.fr')).toEqual(["o'neil@x.fr"]);
  });

  test.each([4, 5] as const)(
    'take quoted values of in on version %i, apostrophe and all',
    async (version) => {
      const { where, list } = await mautic({ version, initial: { contact: people } });

      expect(await where('email', 'in', `"o'neil@x.fr","b@x.fr"`)).toEqual(["o'neil@x.fr", 'b@x.fr']);
      expect(await where('email', 'notIn', '"b@x.fr"')).toEqual(["o'neil@x.fr", 'Anna@X.fr']);
      const asList = { 'where[0][col]': 'email', 'where[0][expr]': 'in', 'where[0][val][0]': 'b@x.fr' };
      expect((await list('contacts', asList)).status).toBe(500);
    },
  );

  test('break on texts of in on version 3, and take numbers', async () => {
    const { where, list } = await mautic({ version: 3, initial: { contact: people } });
    const byText = { 'where[0][col]': 'email', 'where[0][expr]': 'in', 'where[0][val]': '"b@x.fr"' };

    expect((await list('contacts', byText)).status).toBe(500);
    expect(await where('id', 'in', '1,2')).toEqual(["o'neil@x.fr", 'b@x.fr']);
  });

  test('a search for an e-mail finds everyone', async () => {
    const { list } = await mautic({ initial: { contact: people } });

    expect((await list('contacts', { search: 'email:b@x.fr' })).body.total).toBe('4');
    expect((await list('contacts', { search: 'ids:1,2' })).body.total).toBe('2');
  });

  test('keep an old total for five seconds on version 5', async () => {
    const { call, control, list } = await mautic({ version: 5 });
    await list('contacts', {});

    await call('POST', '/contacts/new', { email: 'a@x.fr' });

    const kept = await list('contacts', {});
    expect(kept.body.total).toBe('0');
    expect(Object.keys(kept.body.contacts)).toHaveLength(1);
    await control.act('clock', { advanceSeconds: 5 });
    expect((await list('contacts', {})).body.total).toBe('1');
  });
});

describe('fields', () => {
  test('are listed by object and by page, 30 unless told otherwise', async () => {
    const fields = Array.from(
      { length: 20 },
      (_, index) => ({ object: 'contact', alias: `extra${index}` }) as const,
    );
    const { call } = await mautic({ fields });

    const first = (await call('GET', '/fields/contact')).body;
    const second = (await call('GET', '/fields/contact?start=30&limit=30')).body;

    expect(first.total).toBe(37);
    expect(first.fields).toHaveLength(30);
    expect(second.fields).toHaveLength(7);
    expect(first.fields.find((field: { alias: string }) => field.alias === 'email')).toMatchObject({
      type: 'email',
      object: 'lead',
      isUniqueIdentifier: true,
      isRequired: false,
    });
    expect(first.fields[0]).not.toHaveProperty('length');
    expect((await call('GET', '/fields/company')).body.fields[0].alias).toBe('companyname');
    expect((await call('GET', '/fields/lamp')).status).toBe(404);
  });

  test('come and go while the instance runs, with their options and their values', async () => {
    const { call, control } = await mautic({ initial: { contact: [contact(1, 'a@x.fr')] } });
    const options = [{ label: 'Gold', value: 'gold' }];
    await control.put('field', { action: 'upsert', id: 'contact/level', value: { type: 'select', options } });

    await call('PATCH', '/contacts/1/edit', { level: 'gold' });
    const { body } = await call('GET', '/contacts/1');
    const listed = (await call('GET', '/fields/contact?limit=0')).body.fields.at(-1);
    await control.put('field', { action: 'delete', id: 'contact/level' });

    expect(listed).toMatchObject({ alias: 'level', properties: { list: options } });
    expect(body.contact.fields.all.level).toBe('gold');
    expect(body.contact.fields.core.level).toMatchObject({ alias: 'level', type: 'select', value: 'gold' });
    expect(body.contact.fields.social).toEqual([]);
    const without = (await call('PATCH', '/contacts/1/edit', { level: 'gold', city: 'Lyon' })).body.contact;
    expect(without.fields.all).not.toHaveProperty('level');
    expect(without.fields.all.city).toBe('Lyon');
  });
});
