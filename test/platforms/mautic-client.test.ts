import { inspect } from 'node:util';
import { FailureKind } from '../../platforms/failure';
import { failureOf } from './failures';
import { dropped, inTurn, json, raw } from './local-server';
import { contact, instanceOf, listOf, pageOf, stopInstances } from './mautic-instance';

afterEach(stopInstances);

const ids = (read: ReadonlyArray<{ kind: string; record?: { id: string } }>) =>
  read.map((row) => row.record?.id ?? row.kind);

describe('a page', () => {
  test('comes in the order of the numbers, with everything that a contact says', async () => {
    const rows = [
      contact(10, 'b@x.example', { dateModified: '2026-03-01T08:15:22+00:00' }),
      contact(9, 'a@x.example', {
        tags: [{ tag: 'vip' }, 'salon'],
        doNotContact: [
          { channel: 'sms', reason: 2 },
          { channel: 'email', reason: 2 },
        ],
        fields: {
          all: { id: 9, points: 3, email: 'a@x.example', langs: ['fr', 'nl'], age: 4, ok: true, x: null },
        },
      }),
    ];
    const { client } = await instanceOf('5.1.0', () => listOf('contacts', rows));

    const page = await client.page({ object: 'contact', after: 0, limit: 10 });

    expect(ids(page)).toEqual(['9', '10']);
    expect(page[0]).toEqual({
      kind: 'record',
      record: {
        kind: 'mautic/contact',
        id: '9',
        fields: { email: 'a@x.example', langs: 'fr|nl', age: 4, ok: true, x: null },
        modifiedAt: Date.UTC(2026, 0, 10, 8),
        deleted: false,
        tiersId: null,
        bounced: true,
        tags: ['vip', 'salon'],
      },
    });
    expect(page[1]).toMatchObject({
      record: { modifiedAt: Date.UTC(2026, 2, 1, 8, 15, 22), bounced: false },
    });
  });

  test('asks for what changed, or was added and never changed, in UTC and by number', async () => {
    const { client, asked } = await instanceOf('5.1.0', () => listOf('contacts', []));

    const changed = { from: Date.UTC(2026, 2, 1, 8, 0, 5, 700), to: Date.UTC(2026, 2, 1, 9) };
    await client.page({ object: 'contact', changed, after: 81, limit: 50 });

    expect(asked()[0]?.query).toEqual({
      limit: '50',
      orderBy: 'id',
      orderByDir: 'asc',
      'where[0][col]': 'id',
      'where[0][expr]': 'gt',
      'where[0][val]': '81',
      'where[1][expr]': 'orX',
      'where[1][val][0][expr]': 'andX',
      'where[1][val][0][val][0][col]': 'date_modified',
      'where[1][val][0][val][0][expr]': 'gte',
      'where[1][val][0][val][0][val]': '2026-03-01 08:00:05',
      'where[1][val][0][val][1][col]': 'date_modified',
      'where[1][val][0][val][1][expr]': 'lte',
      'where[1][val][0][val][1][val]': '2026-03-01 09:00:00',
      'where[1][val][1][expr]': 'andX',
      'where[1][val][1][val][0][col]': 'date_modified',
      'where[1][val][1][val][0][expr]': 'isNull',
      'where[1][val][1][val][1][col]': 'date_added',
      'where[1][val][1][val][1][expr]': 'gte',
      'where[1][val][1][val][1][val]': '2026-03-01 08:00:05',
      'where[1][val][1][val][2][col]': 'date_added',
      'where[1][val][1][val][2][expr]': 'lte',
      'where[1][val][1][val][2][val]': '2026-03-01 09:00:00',
      'where[2][expr]': 'orX',
      'where[2][val][0][col]': 'date_identified',
      'where[2][val][0][expr]': 'isNotNull',
      'where[2][val][1][col]': 'email',
      'where[2][val][1][expr]': 'isNotEmpty',
    });
  });

  test('of companies asks for no identification, which they do not have', async () => {
    const { client, asked } = await instanceOf('5.1.0', () => listOf('companies', []));

    await client.page({ object: 'company', after: 0, limit: 50 });

    expect(Object.values(asked()[0]?.query ?? {})).not.toContain('date_identified');
  });

  test('is full although an instance hands out anonymous visitors that nobody asked for', async () => {
    const rows = Array.from({ length: 30 }, (_, at) =>
      contact(at + 1, at % 2 === 0 ? null : `c${at}@x.example`),
    );
    const { client } = await instanceOf('5.1.0', (asked) => listOf('contacts', pageOf(rows, asked)));

    const first = await client.page({ object: 'contact', after: 0, limit: 10 });
    const second = await client.page({ object: 'contact', after: 20, limit: 10 });

    expect(ids(first)).toEqual(['2', '4', '6', '8', '10', '12', '14', '16', '18', '20']);
    expect(ids(second)).toEqual(['22', '24', '26', '28', '30']);
  });

  test('of more than one call holds each record once', async () => {
    const rows = Array.from({ length: 450 }, (_, at) => contact(at + 1, `c${at}@x.example`));
    const { client, asked } = await instanceOf('5.1.0', (one) => listOf('contacts', pageOf(rows, one)));

    const page = await client.page({ object: 'contact', after: 0, limit: 500 });

    expect(new Set(ids(page)).size).toBe(450);
    expect(asked()).toHaveLength(3);
  });

  test.each<[string, unknown]>([
    ['[]', []],
    ['{}', {}],
  ])('without records is empty, written as %s', async (_form, contacts) => {
    const { client } = await instanceOf('3.0.12', () => json(200, { total: '7', contacts }));

    expect(await client.page({ object: 'contact', after: 0, limit: 10 })).toEqual([]);
  });

  test('names a record of the wrong shape and delivers the others', async () => {
    const broken = contact(2, 'b@x.example', { fields: { all: { email: { secret: 'b@x.example' } } } });
    const rows = [contact(1, 'a@x.example'), broken, contact(3, 'c@x.example')];
    const { client } = await instanceOf('5.1.0', () => listOf('contacts', rows));

    const page = await client.page({ object: 'contact', after: 0, limit: 10 });

    expect(ids(page)).toEqual(['1', 'unreadable', '3']);
    expect(page[1]).toMatchObject({ id: '2', problems: [expect.stringContaining('fields.all')] });
    expect(JSON.stringify(page[1])).not.toContain('b@x.example');
  });

  test('of an instance that leaves the condition out fails instead of being read for ever', async () => {
    const rows = [contact(1, 'a@x.example'), contact(2, 'b@x.example')];
    const { client } = await instanceOf('5.1.0', () => listOf('contacts', rows));

    const failure = await failureOf(client.page({ object: 'contact', after: 2, limit: 2 }));

    expect(failure.kind).toBe(FailureKind.defect);
  });
});

describe('one record', () => {
  test('that is gone is null', async () => {
    const gone = json(404, {
      errors: [{ code: 404, message: 'Item was not found.', details: [], type: null }],
    });
    const { client } = await instanceOf('5.1.0', () => gone);

    expect(await client.get('contact', '81')).toBeNull();
  });

  test('behind a wrong address is not taken for gone', async () => {
    const { client } = await instanceOf('5.1.0', () => raw(404, 'text/html', '<html></html>'));

    expect((await failureOf(client.get('contact', '81'))).kind).toBe(FailureKind.defect);
  });

  test('of a company has no bounce and no date when its version shows none', async () => {
    const company = { id: 4, fields: { core: {}, all: { id: 4, companyname: 'ACME', score: 2 } } };
    const { client } = await instanceOf('5.1.0', () => json(200, { company }));

    expect(await client.get('company', '4')).toMatchObject({
      kind: 'mautic/company',
      fields: { companyname: 'ACME' },
      modifiedAt: null,
      bounced: false,
      tags: [],
    });
  });
});

describe('a refusal', () => {
  test.each<[string, unknown, string | undefined]>([
    ['no permission', { errors: [{ code: 403, message: 'x', details: [], type: null }] }, undefined],
    ['the API switched off', { errors: [{ code: 403, message: 'x', type: 'api_disabled' }] }, 'api_disabled'],
    ['the old form', { error: 'access_denied', error_description: 'x' }, 'access_denied'],
    ['the other old form', { error: { code: 403, message: 'x', details: {} } }, undefined],
  ])('for %s is access lost, and names the object', async (_name, body, code) => {
    const { client } = await instanceOf('4.4.9', () => json(403, body));

    const failure = await failureOf(client.page({ object: 'company', after: 0, limit: 5 }));

    expect(failure.kind).toBe(FailureKind.accessLost);
    expect(failure.detail.fields).toEqual(['company']);
    expect(failure.detail.code).toBe(code);
  });

  test('of our sign-in is access lost, without a second try and without the password in it', async () => {
    const { client, server } = await instanceOf('4.4.9', () =>
      json(401, { errors: [{ type: 'access_denied' }] }),
    );

    const failure = await failureOf(client.fields('contact'));

    expect(failure.kind).toBe(FailureKind.accessLost);
    expect(server.received).toHaveLength(1);
    expect(inspect(failure, { depth: 10, showHidden: true })).not.toContain('secret');
  });

  test('for too many calls pauses and goes on', async () => {
    const limited = json(429, { errors: [{ code: 429, message: 'x', details: [] }] }, { 'Retry-After': '0' });
    const answers = inTurn(limited, listOf('contacts', [contact(1, 'a@x.example')]));
    const { client } = await instanceOf('4.4.9', () => answers);

    expect(await client.page({ object: 'contact', after: 0, limit: 5 })).toHaveLength(1);
  });

  test('that never comes is transient for a read', async () => {
    const { client } = await instanceOf('4.4.9', () => dropped);

    expect((await failureOf(client.fields('contact'))).kind).toBe(FailureKind.transient);
  });
});

describe('the look at an instance', () => {
  test('tells its version and how far its clock is ahead', async () => {
    const { client, server } = await instanceOf('3.0.12-atmt', () => listOf('contacts', []));

    const { version, skewMs } = await client.probe();

    expect(version).toBe('3.0.12-atmt');
    expect(Math.abs(skewMs ?? Number.NaN)).toBeLessThan(60_000);
    expect(server.received[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from('passerelle:secret').toString('base64')}`,
    );
  });

  test('of a page that is no Mautic is a defect', async () => {
    const { client } = await instanceOf('5.1.0', () => raw(200, 'text/html', '<html></html>'));

    expect((await failureOf(client.fields('company'))).kind).toBe(FailureKind.defect);
  });
});
