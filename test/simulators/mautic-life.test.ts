import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { company, contact, mautic, stopMautic } from './mautic-support';
import type { Json } from './support';

interface Received {
  headers: IncomingHttpHeaders;
  text: string;
}

const listeners: Array<() => Promise<void>> = [];

/** A server of ours that hooks call; it answers what `status` says. */
async function listener() {
  const received: Received[] = [];
  const answers = { status: 200 };
  const server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      received.push({ headers: message.headers, text: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(answers.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  listeners.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  // `address()` is a string only for pipes
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  /** Type and number of the contact of each event, in the order of arrival. */
  const events = (): string[] =>
    received.flatMap(({ text }) =>
      Object.entries<Json[]>(JSON.parse(text)).flatMap(([type, list]) =>
        list.map((event) => `${type} ${event.contact?.id ?? event.company?.id ?? event.id}`),
      ),
    );
  return { url, received, answers, events };
}

afterEach(async () => {
  await stopMautic();
  await Promise.all(listeners.splice(0).map((stop) => stop()));
});

describe('people and machines in Mautic', () => {
  test('an edit moves the modified time, unless it changes nothing or says so', async () => {
    const { control } = await mautic({ initial: { contact: [contact(1, 'a@x.fr', { city: 'Lyon' })] } });
    const edit = (city: string, how = {}) =>
      control.put('contact', { action: 'patch', id: '1', value: { fields: { city } }, ...how });

    expect(await edit('Lyon')).toMatchObject({ dateModified: null });
    expect(await edit('Nice', { keepUpdatedAt: true })).toMatchObject({ dateModified: null });
    expect((await edit('Paris'))?.dateModified).toMatch(/\+00:00$/);
    const dated = { fields: { phone: '1' }, dateModified: '2026-03-05T10:00:00Z' };
    const again = await control.put('contact', { action: 'patch', id: '1', value: dated, unset: ['city'] });
    expect(again).toMatchObject({
      dateModified: '2026-03-05T10:00:00+00:00',
      fields: { email: 'a@x.fr', city: null, phone: '1' },
    });
  });

  test('points move the modified time though no field changed', async () => {
    const { control } = await mautic({ initial: { contact: [contact(1, 'a@x.fr')] } });

    const after: Json = await control.act('points', { id: 1, points: 10 });

    expect(after).toMatchObject({ points: 10, fields: { email: 'a@x.fr' } });
    expect(after.dateModified).not.toBeNull();
  });

  test('a bounced mail is reason 2 on the e-mail channel', async () => {
    const { call, control } = await mautic({ initial: { contact: [contact(1, 'a@x.fr')] } });

    await control.act('bounce', { id: 1, reason: 2 });

    expect((await call('GET', '/contacts/1')).body.contact.doNotContact).toMatchObject([
      { reason: 2, channel: 'email' },
    ]);
  });

  test('a merge by a person keeps the winner it names', async () => {
    const { call, control } = await mautic({
      initial: { contact: [contact(1, 'a@x.fr', { city: 'Lyon' }), contact(2, 'b@x.fr')] },
    });

    await control.act('merge', { winner: 2, loser: 1 });

    expect((await call('GET', '/contacts/1')).status).toBe(404);
    expect((await call('GET', '/contacts/2')).body.contact.fields.all).toMatchObject({
      email: 'b@x.fr',
      city: 'Lyon',
    });
  });

  test('a visitor is anonymous until it has a name', async () => {
    const { call, control } = await mautic({ initial: { contact: [contact(1, null)] } });

    expect((await call('GET', '/contacts/1')).body.contact.dateIdentified).toBeNull();
    await control.put('contact', { action: 'patch', id: '1', value: { fields: { email: 'a@x.fr' } } });
    expect((await call('GET', '/contacts/1')).body.contact.dateIdentified).not.toBeNull();
  });

  test('doubles that persons make do not count against us, and ours do until one goes', async () => {
    const { call, control } = await mautic({ version: 4, initial: { company: [company(1, 'Acme')] } });
    await control.put('company', { action: 'upsert', value: { fields: { companyname: 'ACME' } } });
    for (const email of ['a@x.fr', 'A@x.fr']) {
      await control.put('contact', { action: 'upsert', value: { fields: { email } } });
    }

    expect((await control.stats()).duplicates).toBe(0);
    await call('POST', '/companies/new', { companyname: 'acme ', force: true, companycrm_id: 'C1' });
    expect(await control.stats()).toMatchObject({ duplicates: 1, externalReferences: 1 });
    await control.put('company', { action: 'delete', id: '1' });
    await control.put('company', { action: 'delete', id: '2' });
    expect((await control.stats()).duplicates).toBe(0);
  });

  test('everything goes back to the start on reset', async () => {
    const { call, control } = await mautic({ initial: { contact: [contact(1, 'a@x.fr')] } });
    await call('POST', '/contacts/new', { email: 'b@x.fr' });
    await control.put('setting', { action: 'patch', value: { version: 5, clockSkewMs: 60_000 } });
    await control.put('permission', { action: 'patch', id: 'contact', value: { view: false } });

    await control.reset();

    const reply = await call('GET', '/contacts');
    expect(reply.headers.get('mautic-version')).toBe('4.4.9');
    expect(reply.body.total).toBe('1');
  });

  test('an edit can land between two pages', async () => {
    const { list, control } = await mautic({
      initial: { contact: [1, 2].map((id) => contact(id, `p${id}@x.fr`)) },
    });
    const change = { action: 'patch', id: '1', value: { fields: { city: 'Lyon' } } } as const;
    await control.faults({
      kind: 'person',
      records: 'contact',
      change,
      route: 'GET /api/contacts',
      after: 1,
    });
    const page = async (start: string) =>
      Object.keys((await list('contacts', { orderBy: 'date_modified,id', limit: '1', start })).body.contacts);

    expect(await page('0')).toEqual(['1']);
    expect(await page('1')).toEqual(['1']); // the second contact moved to the first page, and is missed
  });
});

describe('webhooks', () => {
  test('tell of each save that changed something, signed, ours and those of persons', async () => {
    const { url, received, events } = await listener();
    const { call, control, url: origin } = await mautic({ initial: { contact: [contact(5, null)] } });
    await control.act('webhook', { url, secret: 'hush' });

    await call('POST', '/contacts/new', { email: 'a@x.fr' });
    await call('PATCH', '/contacts/6/edit', { email: 'a@x.fr' });
    await control.put('contact', { action: 'patch', id: '6', value: { fields: { city: 'Lyon' } } });
    await control.put('contact', { action: 'patch', id: '5', value: { points: 3 } });
    await control.act('bounce', { id: 6 });
    await call('POST', '/companies/new', { companyname: 'Acme' });
    await control.put('contact', { action: 'delete', id: '6' });
    await control.act('webhooks');

    expect(events()).toEqual([
      'mautic.lead_post_save_new 6',
      'mautic.lead_post_save_update 6',
      'mautic.lead_post_save_update 6',
      'mautic.lead_channel_subscription_changed 6',
      'mautic.company_post_save 1',
      'mautic.lead_post_delete 6',
    ]);
    const [first] = received;
    expect(first?.headers['x-origin-base-url']).toBe(origin);
    expect(first?.headers['webhook-signature']).toBe(
      createHmac('sha256', 'hush')
        .update(first?.text ?? '')
        .digest('base64'),
    );
    const [event] = JSON.parse(first?.text ?? '')['mautic.lead_post_save_new'];
    expect(event.contact.fields.core.email.value).toBe('a@x.fr');
    expect(event.timestamp).toMatch(/\+00:00$/);
  });

  test('may come out of order, several times, badly signed, or not at all', async () => {
    const { url, received, events } = await listener();
    const { call, control } = await mautic();
    const make = (...emails: string[]) =>
      Promise.all(emails.map((email) => call('POST', '/contacts/new', { email })));
    const told = async () => {
      await control.act('webhooks');
      const seen = events();
      received.splice(0);
      return seen.map((event) => event.split(' ')[1]);
    };

    await control.act('webhook', { url, outOfOrder: 2 });
    await call('POST', '/contacts/new', { email: '1@x.fr' });
    await call('POST', '/contacts/new', { email: '2@x.fr' });
    expect(await told()).toEqual(['2', '1']);

    await control.act('webhook', { url, copies: 3 });
    await make('3@x.fr');
    expect(await told()).toEqual(['3', '3', '3']);

    await control.act('webhook', { url, lost: 1 });
    await make('4@x.fr');
    await make('5@x.fr');
    expect(await told()).toEqual(['5']);

    await control.act('webhook', { url, secret: 'hush', badlySigned: 1 });
    await make('6@x.fr');
    await control.act('webhooks');
    expect(received[0]?.headers['webhook-signature']).not.toBe(
      createHmac('sha256', 'hush')
        .update(received[0]?.text ?? '')
        .digest('base64'),
    );
  });

  test.each([
    [3, ['1', '1', '2']],
    [4, ['1', '2']],
  ] as const)('that were answered 500 on version %i reach us as %j', async (version, expected) => {
    const { url, answers, events } = await listener();
    const { call, control } = await mautic({ version });
    await control.act('webhook', { url });

    answers.status = 500;
    await call('POST', '/contacts/new', { email: '1@x.fr' });
    expect(await control.act('webhooks')).toMatchObject({
      state: 'on',
      failed: 1,
      pending: version === 3 ? 1 : 0,
    });
    answers.status = 200;
    await call('POST', '/contacts/new', { email: '2@x.fr' });
    await control.act('webhooks');

    expect(events().map((event) => event.split(' ')[1])).toEqual(expected);
  });

  test('that are answered 410 stop', async () => {
    const { url, answers, received } = await listener();
    const { call, control } = await mautic();
    await control.act('webhook', { url });

    answers.status = 410;
    await call('POST', '/contacts/new', { email: '1@x.fr' });
    expect(await control.act('webhooks')).toMatchObject({ state: 'off' });
    await call('POST', '/contacts/new', { email: '2@x.fr' });
    await control.act('webhooks');

    expect(received).toHaveLength(1);
  });
});
