import type { Fields } from '../../mappings/fields';
import { FailureKind } from '../../platforms/failure';
import type { BatchResult } from '../../platforms/mautic/client';
import { errorOf, failureOf } from './failures';
import { cutShort, dropped, inTurn, json } from './local-server';
import { type Asked, contact, instanceOf, listOf, stopInstances } from './mautic-instance';

afterEach(stopInstances);

const people = (...names: string[]): Fields[] => names.map((name) => ({ email: `${name}@x.example` }));
const told = (results: BatchResult[]) =>
  results.map((result) => (result.kind === 'stored' ? result.record.id : result.failure.kind));
const refused = (status: number, field: string) => ({
  code: status,
  message: 'x',
  details: { [field]: ['no'] },
  type: null,
});

describe('records that are created', () => {
  test('go in one call, with neither blanks nor the flag that lets blanks overwrite', async () => {
    const { client, asked } = await instanceOf('5.1.0', () =>
      json(201, {
        contacts: [contact(1, 'a@x.example'), contact(2, 'b@x.example')],
        statusCodes: [201, 200],
        errors: [],
      }),
    );

    const results = await client.createMany('contact', [
      { email: 'a@x.example', phone: null, vip: false, age: 0 },
      { email: 'b@x.example', phone: '' },
    ]);

    expect(told(results)).toEqual(['1', '2']);
    expect(asked()).toEqual([
      {
        method: 'POST',
        path: '/api/contacts/batch/new',
        query: {},
        body: [{ email: 'a@x.example', vip: false, age: 0 }, { email: 'b@x.example' }],
      },
    ]);
  });

  test('alone go by themselves', async () => {
    const { client, asked } = await instanceOf('5.1.0', () =>
      json(201, { contact: contact(1, 'a@x.example') }),
    );

    expect(told(await client.createMany('contact', people('a')))).toEqual(['1']);
    expect(asked()).toMatchObject([{ path: '/api/contacts/new', body: { email: 'a@x.example' } }]);
  });

  test('are judged one by one: what is refused names its fields, and the list has become an object', async () => {
    const { client } = await instanceOf('5.1.0', () =>
      json(201, {
        contacts: { 0: contact(1, 'a@x.example'), 2: contact(3, 'c@x.example') },
        statusCodes: [201, 400, 200, 422],
        errors: { 1: refused(400, 'country'), 3: refused(422, 'email') },
      }),
    );

    const results = await client.createMany('contact', people('a', 'b', 'c', 'd'));

    expect(told(results)).toEqual(['1', FailureKind.refusedRecord, '3', FailureKind.refusedRecord]);
    expect(results[1]).toMatchObject({ failure: { detail: { status: 400, fields: ['country'] } } });
    expect(results[3]).toMatchObject({ failure: { detail: { status: 422, fields: ['email'] } } });
  });

  test('are not given the record of another one when the list was closed up around a failure', async () => {
    const { client } = await instanceOf('5.1.0', (asked) =>
      asked.method === 'GET'
        ? listOf('contacts', [contact(3, 'c@x.example')])
        : json(201, {
            contacts: [contact(1, 'a@x.example'), contact(3, 'c@x.example')],
            statusCodes: [201, 400, 201],
            errors: { 1: refused(400, 'country') },
          }),
    );

    const results = await client.createMany('contact', people('a', 'b', 'c'));

    expect(told(results)).toEqual(['1', FailureKind.refusedRecord, '3']);
  });

  test('and missing from the reply are looked up, and are uncertain when that finds none', async () => {
    const { client, asked } = await instanceOf('5.1.0', (one) =>
      one.method === 'GET'
        ? listOf('contacts', [contact(2, 'B@x.example')])
        : json(201, { contacts: [contact(1, 'a@x.example')], statusCodes: [201, 201, 201], errors: [] }),
    );

    const results = await client.createMany('contact', people('a', 'b', 'c'));

    expect(told(results)).toEqual(['1', '2', FailureKind.unknownOutcome]);
    expect(asked()).toHaveLength(2);
  });

  test('stay told although looking up the others fails', async () => {
    const { client } = await instanceOf('5.1.0', (one) =>
      one.method === 'GET'
        ? json(500, {})
        : json(201, { contacts: [contact(1, 'a@x.example')], statusCodes: [201, 201], errors: [] }),
    );

    expect(told(await client.createMany('contact', people('a', 'b')))).toEqual([
      '1',
      FailureKind.unknownOutcome,
    ]);
  });

  test.each([
    ['is lost', dropped],
    ['breaks off', cutShort],
    ['is a fault', json(500, {})],
    ['cannot be read', json(201, { contacts: 'many' })],
  ])('are uncertain as a whole when the reply %s', async (_name, answer) => {
    const { client } = await instanceOf('5.1.0', () => answer);

    expect((await failureOf(client.createMany('contact', people('a', 'b')))).kind).toBe(
      FailureKind.unknownOutcome,
    );
    expect((await failureOf(client.createMany('contact', people('a')))).kind).toBe(
      FailureKind.unknownOutcome,
    );
  });

  test('go in batches that the instance takes; when a later one is lost, the first ones stay told', async () => {
    const stored = (asked: Asked) => {
      const sent = asked.body as Array<{ email: string }>; // the client sends a list here
      const contacts = sent.map(({ email }) => contact(Number(email.slice(1, email.indexOf('@'))), email));
      return json(201, { contacts, statusCodes: sent.map(() => 201), errors: [] });
    };
    let calls = 0;
    const { client, asked } = await instanceOf(
      '5.1.0',
      (one) => {
        calls += 1;
        return calls === 2 ? dropped : stored(one);
      },
      { batchSize: 1000 },
    );
    const records = Array.from({ length: 450 }, (_, at) => ({ email: `c${at + 1}@x.example` }));

    const results = told(await client.createMany('contact', records));

    expect(asked()).toHaveLength(2);
    expect(results.slice(0, 200)).toEqual(records.slice(0, 200).map((_, at) => String(at + 1)));
    expect(new Set(results.slice(200))).toEqual(new Set([FailureKind.unknownOutcome]));
  });

  test('on an object that is closed to us are access lost as a whole', async () => {
    const denied = { code: 403, message: 'x', details: [], type: null };
    const { client } = await instanceOf('5.1.0', () =>
      json(201, { companies: [], statusCodes: [403, 403], errors: [denied, denied] }),
    );

    const failure = await failureOf(
      client.createMany('company', [{ companyname: 'A' }, { companyname: 'B' }]),
    );

    expect(failure.kind).toBe(FailureKind.accessLost);
    expect(failure.detail.fields).toEqual(['company']);
  });

  test('are not sent when the last check before sending fails', async () => {
    const { client, server } = await instanceOf('5.1.0', () => json(201, {}));
    const beforeSend = async () => {
      throw new Error('a later attempt took over');
    };

    const error = await errorOf(client.createMany('contact', people('a', 'b'), { beforeSend }));

    expect(error.message).toBe('a later attempt took over');
    expect(server.received).toHaveLength(0);
  });

  test('none is no call', async () => {
    const { client, server } = await instanceOf('5.1.0', () => json(500, {}));

    expect(await client.createMany('contact', [])).toEqual([]);
    expect(server.received).toHaveLength(0);
  });
});

describe('records that are changed', () => {
  test('carry the blank flag exactly where a field is cleared', async () => {
    const { client, asked } = await instanceOf('5.1.0', () =>
      json(200, {
        contacts: [contact(1, 'a@x.example'), contact(2, 'b@x.example')],
        statusCodes: [200, 200],
        errors: [],
      }),
    );

    const results = await client.updateMany('contact', [
      { id: '1', fields: { phone: null, vip: false } },
      { id: '2', fields: { phone: '02' } },
    ]);

    expect(told(results)).toEqual(['1', '2']);
    expect(asked()).toMatchObject([{ method: 'PATCH', path: '/api/contacts/batch/edit' }]);
    expect(asked()[0]?.body).toEqual([
      { id: 1, phone: '', vip: false, overwriteWithBlank: true },
      { id: 2, phone: '02' },
    ]);
  });

  test('alone go by their number', async () => {
    const { client, asked } = await instanceOf('5.1.0', () =>
      json(200, { contact: contact(1, 'a@x.example') }),
    );

    await client.updateMany('contact', [{ id: '1', fields: { phone: '' } }]);

    expect(asked()).toEqual([
      {
        method: 'PATCH',
        path: '/api/contacts/1/edit',
        query: {},
        body: { phone: '', overwriteWithBlank: true },
      },
    ]);
  });

  test.each([1, 2])('and are gone are missing, each by itself (%i at once)', async (count) => {
    const gone = { code: 404, message: 'x', details: [], type: null };
    const { client } = await instanceOf('5.1.0', () =>
      count === 1
        ? json(404, { errors: [gone] })
        : json(200, {
            contacts: { 1: contact(2, 'b@x.example') },
            statusCodes: [404, 200],
            errors: { 0: gone },
          }),
    );
    const updates = [1, 2].slice(0, count).map((id) => ({ id: String(id), fields: { phone: '1' } }));

    const results = told(await client.updateMany('contact', updates));

    expect(results).toEqual([FailureKind.missing, '2'].slice(0, count));
  });

  test('and merged by the instance are told under the number that stayed', async () => {
    const { client } = await instanceOf('3.0.12', () =>
      json(200, {
        contacts: [contact(7, 'a@x.example'), contact(2, 'b@x.example')],
        statusCodes: [200, 200],
        errors: [],
      }),
    );

    const results = await client.updateMany('contact', [
      { id: '1', fields: { email: 'a@x.example' } },
      { id: '2', fields: { phone: '1' } },
    ]);

    expect(told(results)).toEqual(['7', '2']);
  });

  test('and shown in the place of another one are read again by number', async () => {
    const { client } = await instanceOf('5.1.0', (one) =>
      one.method === 'GET'
        ? listOf('contacts', [contact(3, 'c@x.example')])
        : json(200, {
            contacts: [contact(2, 'b@x.example'), contact(3, 'c@x.example')],
            statusCodes: [404, 200, 200],
            errors: { 0: { code: 404 } },
          }),
    );
    const updates = [1, 2, 3].map((id) => ({ id: String(id), fields: { phone: '1' } }));

    // the second place shows the third record, and the third place nothing
    expect(told(await client.updateMany('contact', updates))).toEqual([
      FailureKind.missing,
      FailureKind.defect,
      '3',
    ]);
  });

  test('can be sent again after a lost reply', async () => {
    const stored = json(200, { contact: contact(1, 'a@x.example') });
    const answers = inTurn(dropped, stored);
    const { client } = await instanceOf('5.1.0', () => answers);
    const update = [{ id: '1', fields: { phone: '1' } }];

    expect((await failureOf(client.updateMany('contact', update))).kind).toBe(FailureKind.transient);
    expect(told(await client.updateMany('contact', update))).toEqual(['1']);
  });
});
