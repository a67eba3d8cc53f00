import { codes, contact, filter, stopWeavys, weavy } from './weavy-support';

afterEach(stopWeavys);

const PEOPLE = {
  customercontact: [
    contact('C-1', { lastName: 'Roy', city: 'Nancy' }, '2026-03-01T08:00:00'),
    contact('C-2', { lastName: 'Adam', city: 'Metz', phoneNumber: '0390' }, '2026-03-01T08:00:00'),
    contact('C-3', { lastName: 'roy', city: null }, '2026-03-01T09:30:00'),
    { ...contact('C-4', { lastName: 'Gone' }), srvAttrib: 1 },
  ],
};

describe('a search in weavy', () => {
  test('answers a bare list of flat rows with key, change time and deletion flag, asked for or not', async () => {
    const { select } = await weavy(PEOPLE);

    const { body } = await select('customercontact', {
      returnFields: [{ fieldName: 'email' }, { fieldName: 'city', aliasName: 'ville' }],
    });

    expect(body[0]).toEqual({
      customercontact_ID: 'C-1',
      srvDateUTC: '2026-03-01T08:00:00',
      srvAttrib: 0,
      email: 'c-1@example.org',
      ville: 'Nancy',
    });
  });

  test('answers all fields when none is named, null for what was never given', async () => {
    const { select } = await weavy(PEOPLE);

    const { body } = await select('customercontact');

    expect(body[0]).toMatchObject({ lastName: 'Roy', firstName: null, bouncedEmailDetected: null });
  });

  test('hides logically deleted records unless it is asked for them', async () => {
    const { select } = await weavy(PEOPLE);

    expect(codes(await select('customercontact'))).toEqual(['C-1', 'C-2', 'C-3']);
    expect(codes(await select('customercontact', { srvAttrib: 1 }))).toEqual(['C-4']);
  });

  test('finds nothing in another company', async () => {
    const { select } = await weavy(PEOPLE, { companyCode: 'EAST' });

    expect(codes(await select('customercontact', { companyCode: 'EAST' }))).toHaveLength(3);
    expect((await select('customercontact', { companyCode: 'WEST' })).body).toEqual([]);
    const west = [filter('email', 'IsNotNull', [], { companyCode: 'WEST' })];
    expect((await select('customercontact', { filterFields: west })).body).toEqual([]);
  });

  test('gives 1000 rows when no limit is named, and never more', async () => {
    const many = Array.from({ length: 1_001 }, (_, index) => contact(`C-${index}`));
    const { select } = await weavy({ customercontact: many });

    expect((await select('customercontact')).body).toHaveLength(1_000);
    expect((await select('customercontact', { limit: 5_000 })).body).toHaveLength(1_000);
    expect((await select('customercontact', { offset: 1_000 })).body).toHaveLength(1);
    expect((await select('customercontact', { limit: 0 })).status).toBe(400);
  });

  test('sorts by several fields, without case, and cuts pages out of that order', async () => {
    const { select } = await weavy(PEOPLE);
    const sortFields = [
      { fieldName: 'lastName', sortOrder: 'Descending' },
      { fieldName: 'customercontact_ID', sortOrder: 'Descending' },
    ];

    expect(codes(await select('customercontact', { sortFields }))).toEqual(['C-3', 'C-1', 'C-2']);
    expect(codes(await select('customercontact', { sortFields, limit: 1, offset: 1 }))).toEqual(['C-1']);
    const byCity = [{ fieldName: 'city' }];
    expect(codes(await select('customercontact', { sortFields: byCity }))).toEqual(['C-3', 'C-2', 'C-1']);
  });

  test.each<[string, string, unknown[], string[]]>([
    ['lastName', 'Equal', ['ROY'], ['C-1', 'C-3']],
    ['lastName', 'equal', ['roy'], ['C-1', 'C-3']],
    ['lastName', 'NotEqual', ['Roy'], ['C-2']],
    ['lastName', 'StartWith', ['ro'], ['C-1', 'C-3']],
    ['lastName', 'EndWith', ['AM'], ['C-2']],
    ['lastName', 'Contain', ['da'], ['C-2']],
    ['lastName', 'GreaterThan', ['adam'], ['C-1', 'C-3']],
    ['lastName', 'LESSTHANOREQUAL', ['adam'], ['C-2']],
    ['customercontact_ID', 'GreaterThan', ['C-1'], ['C-2', 'C-3']],
    ['customercontact_ID', 'In', ['c-3', 'C-1', 'C-9'], ['C-1', 'C-3']],
    ['customercontact_ID', 'Equal', ['C-2'], ['C-2']],
    ['phoneNumber', 'IsNull', [], ['C-1', 'C-3']],
    ['phoneNumber', 'IsNotNull', [], ['C-2']],
    ['city', 'NotEqual', ['Nancy'], ['C-2']], // a missing value is neither equal nor unequal
    ['srvDateUTC', 'GreaterThanOrEqual', ['2026-03-01T08:00:00'], ['C-1', 'C-2', 'C-3']],
    ['srvDateUTC', 'GreaterThan', ['2026-03-01 08:00:00'], ['C-3']],
    ['srvDateUTC', 'LessThan', ['2026-03-01T09:30:00'], ['C-1', 'C-2']],
    ['srvDate', 'LessThanOrEqual', ['2026-03-01T08:00:00'], ['C-1', 'C-2']],
  ])('%s %s %j', async (fieldName, operator, values, expected) => {
    const { select } = await weavy(PEOPLE);

    const found = await select('customercontact', { filterFields: [filter(fieldName, operator, values)] });

    expect(codes(found).sort()).toEqual(expected);
  });

  test('puts the given value in place of a missing one', async () => {
    const { select } = await weavy(PEOPLE);
    const found = (operator: string, value: string) =>
      select('customercontact', {
        filterFields: [filter('city', operator, [value], { ifNullValue: '' })],
      });

    expect(codes(await found('Equal', ''))).toEqual(['C-3']);
    expect(codes(await found('NotEqual', 'Nancy'))).toEqual(['C-2', 'C-3']);
  });

  test('compares text exactly when the project is set so', async () => {
    const { select, call } = await weavy(PEOPLE, { textCase: 'sensitive' });
    const byEmail = (email: string) =>
      select('customercontact', { filterFields: [filter('email', 'Equal', [email])] });

    expect(codes(await byEmail('C-1@example.org'))).toEqual([]);
    expect(codes(await byEmail('c-1@example.org'))).toEqual(['C-1']);
    expect((await call('GET', '/Data/ACME/customercontact/c-1')).status).toBe(404);
  });

  test('finds an e-mail address in any case by default', async () => {
    const { select } = await weavy({ customercontact: [contact('C-1', { email: 'Anna.Roy@Example.org' })] });
    const filterFields = [filter('email', 'Equal', ['anna.roy@example.ORG'])];

    expect(codes(await select('customercontact', { filterFields }))).toEqual(['C-1']);
  });

  test('finds what was changed through the API by its new value, and no more by the old one', async () => {
    const { select, call } = await weavy(PEOPLE);
    const byEmail = (email: string) =>
      select('customercontact', { filterFields: [filter('email', 'Equal', [email])] });
    await byEmail('c-1@example.org');

    await call('PUT', '/Data/ACME/customercontact/C-1', { email: 'new@example.org' });

    expect(codes(await byEmail('new@example.org'))).toEqual(['C-1']);
    expect(codes(await byEmail('c-1@example.org'))).toEqual([]);
  });

  test('counts only the last of two filters with one key', async () => {
    const { select } = await weavy(PEOPLE);
    const filterFields = [
      { ...filter('srvDateUTC', 'GreaterThan', ['2026-03-01T08:30:00']), filterKey: 'window' },
      { ...filter('srvDateUTC', 'LessThan', ['2026-03-01T10:00:00']), filterKey: 'window' },
    ];

    expect(codes(await select('customercontact', { filterFields }))).toEqual(['C-1', 'C-2', 'C-3']);
  });

  test('joins all filters with AND when there are no groups', async () => {
    const { select } = await weavy(PEOPLE);
    const filterFields = [filter('lastName', 'Equal', ['Roy']), filter('city', 'Equal', ['Nancy'])];

    expect(codes(await select('customercontact', { filterFields }))).toEqual(['C-1']);
  });

  test('joins filters as the tree of groups says', async () => {
    const { select } = await weavy(PEOPLE);
    const filterFields = [
      { ...filter('lastName', 'Equal', ['Roy']), filterKey: 'roy' },
      { ...filter('city', 'Equal', ['Nancy']), filterKey: 'nancy' },
      { ...filter('city', 'Equal', ['Metz']), filterKey: 'metz' },
    ];
    const royInNancy = { groupKey: 'inner', groupLogicalOperator: 'AND', filterKeys: ['roy', 'nancy'] };
    const orMetz = { groupLogicalOperator: 'or', filterKeys: ['metz'], groupKeys: ['inner'] };

    const found = await select('customercontact', { filterFields, filterGroups: [orMetz, royInNancy] });

    expect(codes(found).sort()).toEqual(['C-1', 'C-2']);
  });

  test.each([
    ['an unknown table', 404, { entityName: 'opportunity' }],
    ['an unknown field', 400, { filterFields: [filter('emial', 'Equal', ['x'])] }],
    ['an unknown field to sort by', 400, { sortFields: [{ fieldName: 'emial' }] }],
    ['an unknown operator', 400, { filterFields: [filter('email', 'Like', ['x'])] }],
    ['a filter without values', 400, { filterFields: [filter('email', 'Equal')] }],
    ['a time with an offset', 400, { filterFields: [filter('srvDate', 'Equal', ['2026-03-01T08:00:00Z'])] }],
    ['a group that names no filter', 400, { filterGroups: [{ filterKeys: ['x'] }] }],
    ['an empty group', 400, { filterGroups: [{}] }],
    ['a group in itself', 400, { filterGroups: [{ groupKey: 'a', groupKeys: ['a'] }] }],
    [
      'groups in a circle below another one',
      400,
      {
        filterGroups: [
          { groupKeys: ['a'] },
          { groupKey: 'a', groupKeys: ['b'] },
          { groupKey: 'b', groupKeys: ['a'] },
        ],
      },
    ],
  ])('refuses %s', async (_what, status, query) => {
    const { select } = await weavy(PEOPLE);

    expect((await select('customercontact', query)).status).toBe(status);
  });

  test('finds a created record late when it is told to lag, by its code at once', async () => {
    const { call, control, select } = await weavy({}, { searchLagMs: 3_600_000 });
    await call('POST', '/Data/ACME/marketinginbound', { marketinginbound_ID: 'WM-1' });

    expect((await select('marketinginbound')).body).toEqual([]);
    expect((await call('GET', '/Data/ACME/marketinginbound/WM-1')).status).toBe(200);

    await control.put('setting', { action: 'patch', value: { searchLagMs: 0 } });
    await call('POST', '/Data/ACME/marketinginbound', { marketinginbound_ID: 'WM-2' });
    expect(codes(await select('marketinginbound'), 'marketinginbound')).toEqual(['WM-2']);
  });

  test('a record that a person changes between two pages moves to another place', async () => {
    const { control, select } = await weavy(PEOPLE);
    await control.faults({
      kind: 'person',
      route: 'POST /v1/Data/{projectCode}/Select',
      after: 1,
      records: 'customercontact',
      change: { action: 'patch', id: 'C-1', value: { city: 'Toul' } },
    });
    const sortFields = [{ fieldName: 'srvDate' }, { fieldName: 'customercontact_ID' }];

    const first = codes(await select('customercontact', { sortFields, limit: 2 }));
    const second = codes(await select('customercontact', { sortFields, limit: 2, offset: 2 }));

    expect([first, second]).toEqual([['C-1', 'C-2'], ['C-1']]); // C-3 slipped through
  });
});

describe("weavy's clock", () => {
  test('keeps change times in UTC and in its own zone, both in whole seconds', async () => {
    const summer = contact('C-1', {}, '2026-07-01T22:30:00');
    const winter = contact('C-2', {}, '2026-01-31T23:30:00');
    const { call, select } = await weavy({ customercontact: [summer, winter] }, { timeZone: 'Europe/Paris' });

    expect((await call('GET', '/Data/ACME/customercontact/C-1')).body).toMatchObject({
      srvDateUTC: '2026-07-01T22:30:00',
      srvDate: '2026-07-02T00:30:00',
    });
    const local = [filter('srvDate', 'Equal', ['2026-02-01T00:30:00'])];
    expect(codes(await select('customercontact', { filterFields: local }))).toEqual(['C-2']);
  });

  test('runs ahead as told, in its stamps and in the Date header of every reply', async () => {
    const { call, control, url } = await weavy({ customer: [{ id: 'T-1', fields: {} }] });
    await control.put('setting', { action: 'patch', value: { clockSkewMs: 3_600_000 } });
    const before = Date.now();

    const put = await call('PUT', '/Data/ACME/customer/T-1', { city: 'Nancy' });
    await control.faults({ kind: 'html' }, { kind: 'status', status: 500, after: 1 });
    const others = [
      await call('GET', '/Dictionary/ACME'),
      await call('GET', '/Dictionary/ACME'),
      await fetch(`${url}/nowhere`),
    ];
    const after = Date.now();

    const isAnHourAhead = (time: number) => time >= before + 3_600_000 - 1_000 && time <= after + 3_600_000;
    expect(isAnHourAhead(Date.parse(`${put.body.srvDateUTC}Z`))).toBe(true);
    expect(others.map(({ status }) => status)).toEqual([502, 500, 404]);
    for (const { headers } of [put, ...others])
      expect(isAnHourAhead(Date.parse(headers.get('date') ?? ''))).toBe(true);
  });
});
