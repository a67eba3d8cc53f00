import { company, contact, mautic, stopMautic } from './mautic-support';
import type { Json } from './support';

afterEach(stopMautic);

describe('an edit to the e-mail of another contact', () => {
  const initial = {
    company: [company(7, 'Acme')],
    contact: [
      contact(1, 'a@x.fr', { city: 'Lyon', phone: '1' }),
      {
        ...contact(2, 'b@x.fr', { city: 'Paris' }),
        points: 5,
        tags: ['vip'],
        companies: [{ id: 7, primary: true }],
      },
    ].map((row, index) => ({ points: 3, ...row, dateModified: `2026-03-02T08:0${index}:00Z` })),
  };

  test.each([3, 4] as const)('merges the two into the older one on version %i', async (version) => {
    const { call, control } = await mautic({ version, initial });

    const { status, body } = await call('PATCH', '/contacts/2/edit', { email: 'A@x.fr', mobile: '2' });

    expect(status).toBe(200);
    expect(body.contact).toMatchObject({ id: 1, points: 8, tags: [{ tag: 'vip' }] });
    expect(body.contact.fields.all).toMatchObject({
      email: 'A@x.fr',
      city: 'Paris',
      phone: '1',
      mobile: '2',
    });
    expect((await call('GET', '/contacts/2')).status).toBe(404);
    expect((await call('GET', '/contacts/1/companies')).body).toEqual({ total: 0, companies: [] });
    expect((await control.stats()).duplicates).toBe(0);
  });

  test('also merges when the older one is edited', async () => {
    const { call } = await mautic({ version: 4, initial });

    const { body } = await call('PATCH', '/contacts/1/edit', { email: 'b@x.fr' });

    expect(body.contact.id).toBe(1);
    expect((await call('GET', '/contacts/2')).status).toBe(404);
  });

  test('is 422 on version 5, alone or in a batch, and changes nothing', async () => {
    const { call, control } = await mautic({ version: 5, initial });
    const before = await control.records('contact');

    const refused = await call('PATCH', '/contacts/2/edit', { email: 'A@x.fr' });
    const batch = await call('PATCH', '/contacts/batch/edit', [{ id: 2, email: 'A@x.fr' }]);

    expect(refused.status).toBe(422);
    expect(Object.keys(refused.body.errors[0].details)).toEqual(['email']);
    expect(batch).toMatchObject({ status: 200, body: { statusCodes: [422] } });
    expect(await control.records('contact')).toEqual(before);
  });

  test('a contact whose e-mail a person doubled can still be edited elsewhere', async () => {
    const { call, control } = await mautic({ version: 5, initial });
    await control.put('contact', { action: 'patch', id: '2', value: { fields: { email: 'a@x.fr' } } });

    expect((await call('PATCH', '/contacts/2/edit', { city: 'Nice' })).body.contact.id).toBe(2);
  });
});

describe('companies', () => {
  const initial = {
    company: [company(1, 'Acme', { companysiret: '11' }), company(2, 'ACME'), company(3, 'Bolt')],
  };
  const siret = { action: 'patch', id: 'company/companysiret', value: { isUniqueIdentifier: true } } as const;

  test('are matched by name, the oldest of several, unless force is said', async () => {
    const { call, control } = await mautic({ initial });

    const matched = await call('POST', '/companies/new', { companyname: 'acme' });
    const forced = await call('POST', '/companies/new', { companyname: 'acme', force: true });

    expect(matched).toMatchObject({ status: 200, body: { company: { id: 1 } } });
    expect(forced).toMatchObject({ status: 201, body: { company: { id: 4 } } });
    expect(await control.stats()).toMatchObject({
      duplicates: 1,
      duplicatesByKind: { company: 1, contact: 0 },
    });
  });

  test.each([
    [3, 201, 4],
    [4, 200, 1],
  ] as const)('with an own unique field: version %i answers %i', async (version, status, id) => {
    const { call, control } = await mautic({ version, initial });
    await control.put('field', siret);

    const reply = await call('POST', '/companies/new', { companyname: 'Other', companysiret: '11' });

    expect(reply).toMatchObject({ status, body: { company: { id } } });
  });

  test.each([
    [3, 201, 1],
    [4, 201, 1],
    [5, 422, 0],
  ] as const)(
    'are not matched in a batch: version %i says %i and has %i doubles',
    async (version, code, doubles) => {
      const { call, control } = await mautic({ version, initial: { company: [company(3, 'Bolt')] } });

      const { body } = await call('POST', '/companies/batch/new', [
        { companyname: 'bolt' },
        { companyname: 'New' },
      ]);

      expect(body.statusCodes).toEqual([code, 201]);
      expect((await control.stats()).duplicatesByKind).toMatchObject({ company: doubles });
    },
  );

  test.each([
    [3, true],
    [4, true],
    [5, false],
  ] as const)('on version %i, dates are shown: %s', async (version, isShown) => {
    const { call } = await mautic({ version, initial });

    expect('dateAdded' in (await call('GET', '/companies/1')).body.company).toBe(isShown);
  });

  test('answer windows by modified time even where they hide it', async () => {
    const { call, list } = await mautic({ version: 4, companyDates: 'hidden', initial });
    await call('PATCH', '/companies/3/edit', { companycity: 'Lyon' });

    const query = {
      'where[0][col]': 'date_modified',
      'where[0][expr]': 'gte',
      'where[0][val]': '2026-01-01 00:00:00',
    };
    const { body } = await list('companies', query);

    expect(Object.keys(body.companies)).toEqual(['3']);
    expect(body.companies['3']).not.toHaveProperty('dateModified');
  });
});

describe('links to companies', () => {
  const initial = { company: [company(1, 'Acme'), company(2, 'Bolt')], contact: [contact(1, 'a@x.fr')] };
  const linksOf = async (call: (method: string, path: string) => Promise<{ body: Json }>) =>
    (await call('GET', '/contacts/1/companies')).body.companies.map(
      (row: { company_id: string; is_primary: string }) => [row.company_id, row.is_primary],
    );

  test('the added one becomes the primary one, and a repeated one changes nothing', async () => {
    const { call } = await mautic({ initial });

    expect((await call('POST', '/companies/1/contact/1/add')).body).toEqual({ success: 1 });
    await call('POST', '/companies/2/contact/1/add');
    await call('POST', '/companies/1/contact/1/add');

    expect(await linksOf(call)).toEqual([
      ['1', '0'],
      ['2', '1'],
    ]);
    const { body } = await call('GET', '/contacts/1');
    expect(body.contact.fields.all.company).toBe('Bolt');
    expect(body.contact.dateModified).toBeNull();
  });

  test('a removed one is gone, and unknown ends are 404', async () => {
    const { call } = await mautic({ initial });
    await call('POST', '/companies/1/contact/1/add');
    await call('POST', '/companies/2/contact/1/add');

    expect((await call('POST', '/companies/2/contact/1/remove')).body).toEqual({ success: 1 });
    expect(await linksOf(call)).toEqual([['1', '1']]);
    expect((await call('POST', '/companies/9/contact/1/add')).status).toBe(404);
    expect((await call('POST', '/companies/1/contact/9/add')).status).toBe(404);
  });

  test('the text field company finds, makes and unlinks companies', async () => {
    const { call, control } = await mautic({ initial });

    await call('PATCH', '/contacts/1/edit', { company: 'acme' });
    await call('PATCH', '/contacts/1/edit', { company: 'Brand new' });

    expect((await control.records('company')).map(({ fields }) => (fields as Json).companyname)).toEqual([
      'Acme',
      'Bolt',
      'Brand new',
    ]);
    expect(await linksOf(call)).toEqual([
      ['1', '0'],
      ['3', '1'],
    ]);
    await call('PATCH', '/contacts/1/edit', { company: '', overwriteWithBlank: true });
    expect(await linksOf(call)).toEqual([['1', '0']]);
  });
});

describe('do-not-contact', () => {
  test('is added by hand unless a reason is given, and counts as an edit', async () => {
    const { call } = await mautic({ initial: { contact: [contact(1, 'a@x.fr')] } });

    const byHand = await call('POST', '/contacts/1/dnc/email/add', {});
    const bounced = await call('POST', '/contacts/1/dnc/email/add', { reason: 2, comments: 'gone' });

    expect(byHand.body.contact.doNotContact).toMatchObject([
      { reason: 3, channel: 'email', channelId: null },
    ]);
    expect(bounced.body.contact.doNotContact).toMatchObject([{ reason: 2, comments: 'gone' }]);
    expect(bounced.body.contact.dateModified).not.toBeNull();
    expect((await call('POST', '/contacts/1/dnc/email/add', { reason: 0 })).status).toBe(400);
    expect((await call('POST', '/contacts/9/dnc/email/add', {})).status).toBe(404);
  });

  test('does not write over who unsubscribed', async () => {
    const entry = { reason: 1 };
    const { call } = await mautic({
      initial: { contact: [{ ...contact(1, 'a@x.fr'), doNotContact: [entry] }] },
    });

    const { body } = await call('POST', '/contacts/1/dnc/email/add', { reason: 2 });

    expect(body.contact.doNotContact).toMatchObject([{ reason: 1 }]);
    expect(body.contact.dateModified).toBeNull();
  });

  test('is removed, and the reply says whether there was one', async () => {
    const { call } = await mautic({ initial: { contact: [contact(1, 'a@x.fr')] } });
    await call('POST', '/contacts/1/dnc/email/add', { reason: 2 });

    expect((await call('POST', '/contacts/1/dnc/email/remove')).body).toMatchObject({
      recordFound: true,
      contact: { doNotContact: [] },
    });
    expect((await call('POST', '/contacts/1/dnc/email/remove')).body.recordFound).toBe(false);
  });

  test('may stand in the body of a contact', async () => {
    const { call } = await mautic({ initial: { contact: [contact(1, 'a@x.fr')] } });
    const entries = async (doNotContact: unknown) =>
      (await call('PATCH', '/contacts/1/edit', { doNotContact })).body.contact.doNotContact;

    expect(await entries([{ channel: 'email', reason: 2 }])).toMatchObject([{ reason: 2 }]);
    expect(await entries([{ channel: 'email', reason: 0 }])).toEqual([]);
  });
});

test('segments of a contact come by number, with their alias', async () => {
  const { call } = await mautic({
    initial: { contact: [{ ...contact(1, 'a@x.fr'), segments: ['news'] }, contact(2, 'b@x.fr')] },
  });

  expect((await call('GET', '/contacts/1/segments')).body).toMatchObject({
    total: 1,
    lists: { 1: { id: 1, alias: 'news' } },
  });
  expect((await call('GET', '/contacts/2/segments')).body).toEqual({ total: 0, lists: [] });
});
