import { inspect } from 'node:util';
import { FailureKind } from '../../platforms/failure';
import type { ReadCrmRecord } from '../../platforms/weavy/client';
import { errorOf, failureOf } from './failures';
import { type Answer, dropped, inTurn, json, raw } from './local-server';
import { waitingBudget } from './waiting-budget';
import { stopWeavyServers, weavyAccount } from './weavy-account';

afterEach(stopWeavyServers);

const contact = (id: string, more: Record<string, unknown> = {}) => ({
  customercontact_ID: id,
  srvDateUTC: '2026-03-01T08:15:22',
  srvAttrib: 0,
  email: `${id.toLowerCase()}@acme.example`,
  customer_ID: 'T-9',
  ...more,
});
const idOf = (row: ReadCrmRecord) => (row.kind === 'record' ? row.record.id : row.id);
const everything = { entity: 'customercontact', after: '', limit: 500, deleted: false } as const;

describe('the dictionary', () => {
  const field = (fieldName: string, more: Record<string, unknown> = {}) => ({
    fieldName,
    translations: [],
    fieldType: 'text',
    fieldLength: 255,
    ...more,
  });

  test('tells label, length, requirement, foreign keys and what the customer added', async () => {
    const labels = (...texts: string[][]) => texts.map(([languageCode, text]) => ({ languageCode, text }));
    const { client, calls } = await weavyAccount(
      json(200, {
        fields: [
          field('customercontact_ID'),
          field('srvDateUTC', { fieldType: 'datetime' }),
          field('email', { translations: labels(['EN', 'Mail'], ['FR', 'E-mail']) }),
          field('customer_ID', { fieldType: 'text(foreignkey)', translations: labels(['EN', 'Company']) }),
          field('loyalty', {
            fieldType: 'boolean',
            fieldLength: null,
            translations: labels(['DE', 'Treue']),
          }),
        ],
      }),
    );

    const common = {
      choices: null,
      required: false,
      readOnly: false,
      custom: false,
      type: 'text',
      length: 255,
    };
    expect(await client.dictionary('customercontact')).toEqual([
      { ...common, name: 'email', label: 'E-mail', required: true },
      { ...common, name: 'customer_ID', label: 'Company', type: 'text(foreignkey)', readOnly: true },
      { ...common, name: 'loyalty', label: 'loyalty', type: 'boolean', length: null, custom: true },
    ]);
    expect(calls().map(({ path }) => path)).toEqual(['/v1/Dictionary/ACME/customercontact']);
  });

  test('that is something else is a defect, never a table without fields', async () => {
    const { client } = await weavyAccount(json(200, {}));

    expect((await failureOf(client.dictionary('customer'))).kind).toBe(FailureKind.defect);
  });
});

describe('a page', () => {
  test('asks for a fixed window of changes, on from a code, without an offset', async () => {
    const { client, bodies } = await weavyAccount(json(200, []), {
      companyCode: 'FR1',
      timeZone: 'Europe/Paris',
    });

    await client.page({
      entity: 'customercontact',
      changed: { from: Date.parse('2026-03-01T08:00:00.900Z'), to: Date.parse('2026-03-01T08:15:00Z') },
      after: 'C-104',
      limit: 200,
      deleted: true,
    });

    expect(bodies()).toEqual([
      {
        companyCode: 'FR1',
        entityName: 'customercontact',
        srvAttrib: 1,
        limit: 200,
        filterFields: [
          {
            filterKey: 'all0',
            fieldName: 'srvDate',
            operator: 'GreaterThanOrEqual',
            filterValues: ['2026-03-01T09:00:00'],
          },
          {
            filterKey: 'all1',
            fieldName: 'srvDate',
            operator: 'LessThan',
            filterValues: ['2026-03-01T09:15:01'],
          },
          {
            filterKey: 'all2',
            fieldName: 'customercontact_ID',
            operator: 'GreaterThan',
            filterValues: ['C-104'],
          },
        ],
        filterGroups: [{ groupLogicalOperator: 'AND', filterKeys: ['all0', 'all1', 'all2'] }],
        sortFields: [{ fieldName: 'customercontact_ID', sortOrder: 'Ascending' }],
      },
    ]);
  });

  test('of everything has no filter at all', async () => {
    const { client, bodies } = await weavyAccount(json(200, []));

    await client.page(everything);

    expect(Object.keys(bodies()[0])).toEqual(['entityName', 'srvAttrib', 'limit', 'sortFields']);
  });

  test('reads a row with its nulls, its change time and its Tiers', async () => {
    const { client } = await weavyAccount(
      json(200, [
        contact('C-1', { bouncedEmailDetected: null, score: 3, optIn: false, srvExport: 1 }),
        contact('C-2', { srvDateUTC: 'yesterday', srvAttrib: 2, customer_ID: null }),
      ]),
    );

    expect(await client.page(everything)).toEqual([
      {
        kind: 'record',
        record: {
          kind: 'weavy/customercontact',
          id: 'C-1',
          fields: {
            email: 'c-1@acme.example',
            customer_ID: 'T-9',
            bouncedEmailDetected: null,
            score: 3,
            optIn: false,
          },
          modifiedAt: Date.parse('2026-03-01T08:15:22Z'),
          deleted: false,
          tiersId: 'T-9',
          bounced: false,
          tags: [],
        },
      },
      {
        kind: 'record',
        record: {
          kind: 'weavy/customercontact',
          id: 'C-2',
          fields: { email: 'c-2@acme.example', customer_ID: null },
          modifiedAt: null,
          deleted: true,
          tiersId: null,
          bounced: false,
          tags: [],
        },
      },
    ]);
  });

  test('with rows of the wrong shape has the others, and says what is wrong without quoting it', async () => {
    const rows = [
      contact('C-1'),
      contact('C-2', { address: { city: 'Paris' } }),
      'secret words',
      contact('', { email: 'ada@example.org' }),
      contact('C-5', { srvAttrib: 'ada@example.org' }),
      contact('C-6'),
    ];
    const { client } = await weavyAccount(json(200, rows));

    const page = await client.page(everything);

    expect(page.map(({ kind }) => kind)).toEqual([
      'record',
      'unreadable',
      'unreadable',
      'unreadable',
      'unreadable',
      'record',
    ]);
    expect(page.map(idOf)).toEqual(['C-1', 'C-2', null, null, 'C-5', 'C-6']);
    expect(page[1]).toMatchObject({ problems: ['address: custom'] });
    expect(page[4]).toMatchObject({ problems: ['srvAttrib: invalid_type'] });
    expect(JSON.stringify(page)).not.toMatch(/Paris|secret|ada@/);
  });

  test('that is no list is a defect, never an empty page', async () => {
    const { client } = await weavyAccount(json(200, { rows: [] }));

    expect((await failureOf(client.page(everything))).kind).toBe(FailureKind.defect);
  });

  test('that does not go on after a code is a defect: reading on would never end', async () => {
    const { client } = await weavyAccount(json(200, [contact('C-1'), contact('C-2')]));
    const { client: codeless } = await weavyAccount(json(200, [{}, {}]));

    for (const call of [
      client.page({ ...everything, after: 'C-2', limit: 2 }),
      codeless.page({ ...everything, limit: 2 }),
    ]) {
      expect((await failureOf(call)).kind).toBe(FailureKind.defect);
    }
  });

  test('larger than weavy grants is refused, because a short answer would look like the last one', async () => {
    const { client, calls } = await weavyAccount(json(200, []));

    expect(await errorOf(client.page({ ...everything, limit: 1_001 }))).toBeInstanceOf(RangeError);
    expect(calls()).toHaveLength(0);
  });
});

describe('a lookup', () => {
  const askedOf = (body: string): string[] =>
    JSON.parse(body).filterFields.map((filter: { filterValues: string[] }) => filter.filterValues[0]);

  test('for nothing, or for blanks, makes no call', async () => {
    const { client, calls } = await weavyAccount(json(200, [contact('C-1')]));

    expect(await client.getMany('customercontact', [])).toEqual([]);
    expect(await client.findBy('customercontact', 'email', ['', '  '])).toEqual([]);
    expect(calls()).toHaveLength(0);
  });

  test('asks in blocks of 100 distinct values, each a filter with a key of its own', async () => {
    const { client, bodies } = await weavyAccount((reply, request) =>
      json(
        200,
        askedOf(request.body).map((id) => contact(id)),
      )(reply, request),
    );
    const ids = Array.from({ length: 250 }, (_, at) => `C-${at}`);

    const found = await client.getMany('customercontact', [...ids, ...ids]);

    expect(found.map(({ id }) => id)).toEqual(ids);
    expect(bodies().map(({ filterFields }) => filterFields.length)).toEqual([100, 100, 50]);
    expect(bodies()[0].filterGroups).toEqual([
      { groupLogicalOperator: 'OR', filterKeys: Array.from({ length: 100 }, (_, at) => `any${at}`) },
    ]);
    expect(bodies()[0].filterFields[7]).toEqual({
      filterKey: 'any7',
      fieldName: 'customercontact_ID',
      operator: 'Equal',
      filterValues: ['C-7'],
    });
  });

  test('whose filter weavy ignores hands out no strangers and no deleted records', async () => {
    const { client } = await weavyAccount(
      json(200, [
        contact('C-1', { email: ' Ada@ACME.example' }),
        contact('C-2', { email: 'bob@acme.example' }),
        contact('C-3', { email: null }),
        contact('C-4', { email: 'ada@acme.example', srvAttrib: 1 }),
      ]),
    );

    const found = await client.findBy('customercontact', 'email', ['ada@acme.example']);

    expect(found.map(({ id }) => id)).toEqual(['C-1']);
  });

  test('of a name takes case and inner spaces for nothing', async () => {
    const row = { customer_ID: 'T-1', name: 'ACME  France', srvAttrib: 0 };
    const { client } = await weavyAccount(json(200, [row]));

    expect(await client.findBy('customer', 'name', ['Acme France '])).toMatchObject([
      { id: 'T-1', tiersId: null, modifiedAt: null },
    ]);
  });

  test('reads every record that shares a value, however many there are', async () => {
    const rows = Array.from({ length: 2_300 }, (_, at) =>
      contact(`C-${String(at).padStart(4, '0')}`, { email: 'info@acme.example' }),
    );
    const { client, bodies } = await weavyAccount((reply, request) => {
      const { limit, filterFields } = JSON.parse(request.body);
      const after: string =
        filterFields.find((filter: { operator: string }) => filter.operator === 'GreaterThan')
          ?.filterValues[0] ?? '';
      const rest = rows.filter((row) => row.customercontact_ID > after);
      json(200, rest.slice(0, limit))(reply, request);
    });

    expect(await client.findBy('customercontact', 'email', ['info@acme.example'])).toHaveLength(2_300);
    expect(bodies()).toHaveLength(3);
    expect(bodies()[1].filterGroups).toEqual([
      { groupLogicalOperator: 'AND', filterKeys: ['all0'], groupKeys: ['any'] },
      { groupKey: 'any', groupLogicalOperator: 'OR', filterKeys: ['any0'] },
    ]);
  });

  test('with a row that cannot be read fails: a missed record would be created again', async () => {
    const { client } = await weavyAccount(json(200, [contact('C-1', { email: ['a'] })]));

    expect((await failureOf(client.findBy('customercontact', 'email', ['a']))).kind).toBe(FailureKind.defect);
  });
});

describe('a record', () => {
  test('is read by its code, whatever the code is made of', async () => {
    const { client, calls } = await weavyAccount(json(200, contact('C/1 é?')));

    expect(await client.get('customercontact', 'C/1 é?')).toMatchObject({ id: 'C/1 é?' });
    expect(calls()[0]?.path).toBe('/v1/Data/ACME/customercontact/C%2F1%20%C3%A9%3F');
  });

  test('that is gone reads as null and is missing for an update', async () => {
    const { client } = await weavyAccount(json(404, { message: 'Record not found' }));

    expect(await client.get('customer', 'T-1')).toBeNull();
    expect((await failureOf(client.update('customer', 'T-1', { city: 'Paris' }))).kind).toBe(
      FailureKind.missing,
    );
  });

  test('behind a wrong address is not taken for gone', async () => {
    const { client } = await weavyAccount(raw(404, 'text/html', '<html></html>'));

    expect((await failureOf(client.get('customer', 'T-1'))).kind).toBe(FailureKind.defect);
  });

  test('answered for another code is a defect', async () => {
    const { client } = await weavyAccount(json(200, contact('C-2')));

    expect((await failureOf(client.get('customercontact', 'C-1'))).kind).toBe(FailureKind.defect);
  });
});

describe('a write', () => {
  const stored = contact('WM-81', { lastName: 'Roy', city: null });

  test('that creates sends our code with the fields and answers what weavy stored', async () => {
    const { client, calls } = await weavyAccount(json(201, { ...stored, lastName: 'ROY' }));

    const record = await client.create('customercontact', 'WM-81', { lastName: 'Roy' });

    expect(record.fields).toMatchObject({ lastName: 'ROY', city: null });
    expect(calls().map(({ method, path, body }) => [method, path, JSON.parse(body)])).toEqual([
      ['POST', '/v1/Data/ACME/customercontact', { customercontact_ID: 'WM-81', lastName: 'Roy' }],
    ]);
  });

  test('that updates sends the given fields alone, null to clear', async () => {
    const { client, calls } = await weavyAccount(json(200, stored));

    await client.update('customercontact', 'WM-81', { city: null });

    expect(calls().map(({ method, path, body }) => [method, path, JSON.parse(body)])).toEqual([
      ['PUT', '/v1/Data/ACME/customercontact/WM-81', { customercontact_ID: 'WM-81', city: null }],
    ]);
  });

  test('of nothing reads only', async () => {
    const { client, calls } = await weavyAccount(json(200, stored));

    expect(await client.update('customercontact', 'WM-81', {})).toMatchObject({ id: 'WM-81' });
    expect(calls().map(({ method }) => method)).toEqual(['GET']);
  });

  test.each<[string, Answer]>([
    ['204 and no body', raw(204, 'text/plain', '')],
    ['200 and no body', raw(200, 'application/json', '')],
    ['an acknowledgement', json(200, { message: 'OK' })],
    ['a bare word', raw(200, 'text/plain', 'OK')],
    ['our own words back', json(200, { customercontact_ID: 'WM-81', lastName: 'Roy' })],
  ])('answered with %s is read once by its code', async (_name, answer) => {
    const { client, calls } = await weavyAccount((reply, request) =>
      (request.method === 'GET' ? json(200, stored) : answer)(reply, request),
    );

    expect(await client.create('customercontact', 'WM-81', { lastName: 'Roy' })).toMatchObject({
      fields: { email: stored.email },
    });
    expect(await client.update('customercontact', 'WM-81', { lastName: 'Roy' })).toMatchObject({
      fields: { email: stored.email },
    });
    expect(calls().map(({ method }) => method)).toEqual(['POST', 'GET', 'PUT', 'GET']);
  });

  test.each<[string, Answer, FailureKind, FailureKind]>([
    ['a lost answer', dropped, FailureKind.unknownOutcome, FailureKind.transient],
    ['a fault of weavy', raw(500, 'text/html', '<html>'), FailureKind.unknownOutcome, FailureKind.transient],
    [
      "a proxy's page",
      raw(200, 'text/html', '<html></html>'),
      FailureKind.unknownOutcome,
      FailureKind.defect,
    ],
    ['an existing code', json(409, { message: 'exists' }), FailureKind.conflict, FailureKind.conflict],
  ])('that meets %s is sent once', async (_name, answer, ofCreate, ofUpdate) => {
    const { client, calls } = await weavyAccount(answer);

    expect((await failureOf(client.create('customer', 'WM-1', { name: 'Acme' }))).kind).toBe(ofCreate);
    expect((await failureOf(client.update('customer', 'WM-1', { name: 'Acme' }))).kind).toBe(ofUpdate);
    expect(calls()).toHaveLength(2);
  });

  test.each<[string, Answer]>([
    ['is not found', json(404, { message: 'Record not found' })],
    ['meets a fault', json(500, {})],
    ['is not allowed', json(403, { message: 'no', code: 'API_RIGHT', right: 'READ' })],
  ])('that creates, whose look afterwards %s, may have happened', async (_name, look) => {
    const { client } = await weavyAccount((reply, request) =>
      (request.method === 'GET' ? look : raw(204, 'text/plain', ''))(reply, request),
    );

    const failure = await failureOf(client.create('customer', 'WM-1', { name: 'Acme' }));

    expect(failure.kind).toBe(FailureKind.unknownOutcome);
    expect(failure.detail.operation).toBe('POST /Data/{project}/customer');
  });

  test('that is cancelled during that look may have happened', async () => {
    const leaving = new AbortController();
    const { client } = await weavyAccount((reply, request) => {
      if (request.method === 'GET') leaving.abort();
      else raw(204, 'text/plain', '')(reply, request);
    });

    const error = await errorOf(
      client.create('customer', 'WM-1', { name: 'Acme' }, { signal: leaving.signal }),
    );

    expect(error).toMatchObject({ name: 'AbortError', cause: { kind: FailureKind.unknownOutcome } });
  });

  test('is not sent when a later attempt took over while it waited for its turn', async () => {
    const { client, calls } = await weavyAccount(json(200, stored));
    const beforeSend = async () => {
      throw new Error('taken over');
    };

    for (const write of [
      client.create('customercontact', 'WM-81', { lastName: 'Roy' }, { beforeSend }),
      client.update('customercontact', 'WM-81', { lastName: 'Roy' }, { beforeSend }),
    ]) {
      expect((await errorOf(write)).message).toBe('taken over');
    }
    expect(calls()).toHaveLength(0);
  });
});

describe('the look after a write', () => {
  test('no longer asks whether a later attempt took over: the write is done', async () => {
    const { client, calls } = await weavyAccount((reply, request) => {
      const answer = request.method === 'GET' ? json(200, contact('WM-81')) : raw(204, 'text/plain', '');
      answer(reply, request);
    });
    const beforeSend = async () => {
      if (calls().length > 0) throw new Error('taken over');
    };

    expect(
      await client.create('customercontact', 'WM-81', { lastName: 'Roy' }, { beforeSend }),
    ).toMatchObject({ id: 'WM-81' });
    expect(calls().map(({ method }) => method)).toEqual(['POST', 'GET']);
  });
});

describe('a refusal', () => {
  test.each(['FIELD_UNKNOWN', 'FIELD_LENGTH', 'FOREIGN_KEY'])(
    '%s names the field, and not what was in it',
    async (code) => {
      const { client } = await weavyAccount(
        json(400, { message: "'Ada Lovelace' is refused", code, fieldName: 'lastName' }),
      );

      const failure = await failureOf(client.create('customercontact', 'WM-1', { lastName: 'Ada Lovelace' }));

      expect(failure).toMatchObject({
        kind: FailureKind.refusedRecord,
        detail: { code, fields: ['lastName'], status: 400 },
      });
      expect(inspect(failure, { depth: 10 })).not.toContain('Ada');
    },
  );

  const denied = (right?: string) =>
    json(403, { message: 'not allowed', code: 'API_RIGHT', ...(right === undefined ? {} : { right }) });

  test.each([
    ['dictionary', 'READ', 'API lecture'],
    ['page', 'READ', 'API lecture'],
    ['get', 'READ', 'API lecture'],
    ['findBy', 'READ', 'API lecture'],
    ['create', 'ADD', 'API ajout'],
    ['update', 'UPDATE', 'API MAJ'],
  ] as const)(
    'of %s without a right names the table, the right and the box to tick',
    async (name, right, box) => {
      for (const answer of [denied(right), denied()]) {
        const { client } = await weavyAccount(answer);
        const calls = {
          dictionary: () => client.dictionary('customercontact'),
          page: () => client.page(everything),
          get: () => client.get('customercontact', 'C-1'),
          findBy: () => client.findBy('customercontact', 'email', ['a@b.example']),
          create: () => client.create('customercontact', 'WM-1', { email: 'a@b.example' }),
          update: () => client.update('customercontact', 'C-1', { email: 'a@b.example' }),
        };

        const failure = await failureOf(calls[name]());

        expect(failure).toMatchObject({
          kind: FailureKind.accessLost,
          detail: { code: 'API_RIGHT', fields: ['customercontact', right] },
        });
        expect(failure.message).toContain(`tick "${box}" of the table "Client / Contact"`);
      }
    },
  );

  test('of the account as a whole names no table', async () => {
    const { client } = await weavyAccount(json(403, { message: 'API access is off' }));

    const failure = await failureOf(client.page(everything));

    expect(failure.kind).toBe(FailureKind.accessLost);
    expect(failure.detail.fields).toBeUndefined();
  });

  test('to answer now is waited for, and the call is repeated', async () => {
    const budget = waitingBudget();
    const busy = json(429, { message: 'Too many requests' }, { 'Retry-After': '0.05' });
    const { client } = await weavyAccount(inTurn(busy, json(200, contact('C-1'))), {
      budget,
      random: () => 0,
    });

    expect(await client.get('customercontact', 'C-1')).toMatchObject({ id: 'C-1' });
    expect(budget.pauses).toEqual([50]);
  });
});
