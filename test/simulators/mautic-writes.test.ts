import type { MauticSimulatorOptions } from '../../simulators/mautic';
import { contact, mautic, stopMautic } from './mautic-support';

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
