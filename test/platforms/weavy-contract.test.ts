import { unlimited } from '../../platforms/budget';
import { FailureKind } from '../../platforms/failure';
import type { ReadCrmRecord, WeavyClient, WeavyPageQuery } from '../../platforms/weavy/client';
import { createWeavyClient, type WeavyOptions } from '../../platforms/weavy/http-client';
import { type SimulatorControl, simulatorControl } from '../../simulators/control';
import { startWeavySimulator, type WeavySimulatorOptions } from '../../simulators/weavy';
import { errorOf, failureOf } from './failures';
import { waitingBudget } from './waiting-budget';

let close = async () => {};
afterEach(() => close());

async function start(
  simulator: Partial<WeavySimulatorOptions> = {},
  client: Partial<WeavyOptions> = {},
): Promise<{ weavy: WeavyClient; control: SimulatorControl }> {
  const credentials = { projectCode: 'ACME', userName: 'svc', password: 'secret' };
  const running = await startWeavySimulator({ credentials, limits: 'none', ...simulator });
  close = () => running.close();
  const weavy = createWeavyClient({
    ...credentials,
    baseUrl: running.url,
    timeZone: simulator.timeZone ?? 'UTC',
    budget: unlimited,
    ...client,
  });
  return { weavy, control: simulatorControl(running.url) };
}

const numbered = (count: number, more: (at: number) => Record<string, string> = () => ({})) =>
  Array.from({ length: count }, (_, at) => ({
    id: `C-${String(at).padStart(4, '0')}`,
    fields: { email: `p${at}@acme.example`, ...more(at) },
    srvDateUTC: '2026-03-01T08:15:22',
  }));

const recordsOf = (rows: ReadCrmRecord[]) =>
  rows.map((row) => {
    if (row.kind === 'unreadable') throw new Error(`unreadable: ${row.problems.join()}`);
    return row.record;
  });

/** Every record of a query, page by page, as a run reads it; `between` runs after each page. */
async function readAll(
  weavy: WeavyClient,
  query: Omit<WeavyPageQuery, 'after'>,
  between: () => Promise<unknown> = async () => {},
): Promise<string[]> {
  const ids: string[] = [];
  for (;;) {
    const page = recordsOf(await weavy.page({ ...query, after: ids.at(-1) ?? '' }));
    ids.push(...page.map(({ id }) => id));
    if (page.length < query.limit) return ids;
    await between();
  }
}

describe('the project', () => {
  test('is probed for its clock and the end of its password', async () => {
    const { weavy } = await start({ clockSkewMs: 3_600_000, passwordExpiryUTC: '2027-01-01T00:00:00Z' });

    const probe = await weavy.probe();

    expect(Math.round((probe.skewMs ?? 0) / 60_000)).toBe(60);
    expect(probe.passwordExpiresAt).toBe('2027-01-01T00:00:00.000Z');
  });

  test('lists the fields of each table, a new one at once', async () => {
    const { weavy, control } = await start();
    const before = await weavy.dictionary('customer');
    await control.put('field', {
      action: 'upsert',
      id: 'customer/loyalty',
      value: { fieldType: 'boolean', fieldLength: null, labels: { FR: 'Fidélité' } },
    });

    const fields = await weavy.dictionary('customer');

    expect(before.map(({ name }) => name)).toContain('generictype_ID_country');
    expect(fields.filter(({ required }) => required).map(({ name }) => name)).toEqual(['name']);
    expect(fields.find(({ name }) => name === 'generictype_ID_country')).toMatchObject({ readOnly: true });
    expect(fields.filter((field) => !before.some(({ name }) => name === field.name))).toEqual([
      {
        name: 'loyalty',
        label: 'Fidélité',
        type: 'boolean',
        length: null,
        required: false,
        readOnly: false,
        choices: null,
        custom: true,
      },
    ]);
  });

  test.each(['READ', 'ADD', 'UPDATE'] as const)(
    'without %s on one table says so, and the other tables go on',
    async (right) => {
      const { weavy, control } = await start({
        initial: { customercontact: numbered(1), marketinginbound: numbered(1) },
      });
      await control.put('right', { action: 'delete', id: `customercontact/${right}` });
      const calls = (entity: 'customercontact' | 'marketinginbound') => ({
        READ: () => weavy.page({ entity, after: '', limit: 10, deleted: false }),
        ADD: () => weavy.create(entity, 'WM-1', { email: 'new@acme.example' }),
        UPDATE: () => weavy.update(entity, 'C-0000', { city: 'Paris' }),
      });

      const failure = await failureOf(calls('customercontact')[right]());
      await calls('marketinginbound')[right]();
      await weavy.probe();

      expect(failure).toMatchObject({
        kind: FailureKind.accessLost,
        detail: { code: 'API_RIGHT', fields: ['customercontact', right] },
      });
    },
  );
});

describe('reading', () => {
  const query = { entity: 'customercontact', limit: 10, deleted: false } as const;

  test('goes through every record in pages, although people change what is read and what is not yet', async () => {
    const rows = numbered(45);
    const { weavy, control } = await start({ initial: { customercontact: rows } });
    let at = 0;

    const ids = await readAll(weavy, query, async () => {
      for (const id of [rows[at]?.id, rows[44 - at]?.id]) {
        if (id !== undefined)
          await control.put('customercontact', { action: 'patch', id, value: { city: 'X' } });
      }
      at += 1;
    });

    expect(ids).toEqual(rows.map(({ id }) => id));
  });

  test('of a window leaves to the next one what changes meanwhile, and loses none of the others', async () => {
    const rows = numbered(30);
    const { weavy, control } = await start({ initial: { customercontact: rows } });
    const changed = { from: Date.parse('2026-03-01T08:00:00Z'), to: Date.parse('2026-03-01T09:00:00Z') };

    const ids = await readAll(weavy, { ...query, changed }, async () => {
      await control.put('customercontact', { action: 'patch', id: 'C-0000', value: { city: 'X' } });
      await control.put('customercontact', { action: 'patch', id: 'C-0025', value: { city: 'X' } });
    });
    const next = await readAll(weavy, { ...query, changed: { from: changed.to, to: Date.now() } });

    expect(ids).toEqual(rows.map(({ id }) => id).filter((id) => id !== 'C-0025'));
    expect(next).toEqual(['C-0000', 'C-0025']);
  });

  test.each(['UTC', 'Europe/Paris', 'America/Montreal'])(
    'of a window has both its ends, in %s, also when a second is shared by more than a page',
    async (timeZone) => {
      const initial = {
        customercontact: [
          ...numbered(25),
          { id: 'before', fields: {}, srvDateUTC: '2026-03-01T08:15:21' },
          { id: 'after', fields: {}, srvDateUTC: '2026-03-01T08:15:24' },
        ],
      };
      const { weavy } = await start({ timeZone, initial });
      const instant = Date.parse('2026-03-01T08:15:22Z');

      const ids = await readAll(weavy, { ...query, changed: { from: instant, to: instant } });

      expect(ids).toEqual(numbered(25).map(({ id }) => id));
    },
  );

  test('of a window over the hour that comes twice has every change of it', async () => {
    const times = [
      '2026-10-25T00:30:00',
      '2026-10-25T00:59:59',
      '2026-10-25T01:00:00',
      '2026-10-25T01:20:00',
    ];
    const customercontact = times.map((srvDateUTC, at) => ({ id: `C-${at}`, fields: {}, srvDateUTC }));
    const { weavy } = await start({ timeZone: 'Europe/Paris', initial: { customercontact } });
    const changed = { from: Date.parse(`${times[0]}Z`), to: Date.parse(`${times[3]}Z`) };

    expect(await readAll(weavy, { ...query, changed })).toEqual(['C-0', 'C-1', 'C-2', 'C-3']);
  });

  test('shows live records or deleted ones, and both by their code', async () => {
    const { weavy, control } = await start({ initial: { customercontact: numbered(2) } });
    await control.put('customercontact', { action: 'delete', id: 'C-0001' });

    expect(await readAll(weavy, query)).toEqual(['C-0000']);
    expect(recordsOf(await weavy.page({ ...query, deleted: true, after: '' }))).toMatchObject([
      { id: 'C-0001', deleted: true },
    ]);
    expect(await weavy.get('customercontact', 'C-0001')).toMatchObject({ deleted: true });
    expect(await weavy.get('customercontact', 'C-9')).toBeNull();
    expect((await weavy.getMany('customercontact', ['C-0000', 'C-0001', 'C-9'])).map(({ id }) => id)).toEqual(
      ['C-0000'],
    );
  });

  test('finds hundreds of codes, and more records of one e-mail than a page holds', async () => {
    const customercontact = numbered(1_250, (at) => (at < 1_100 ? { email: 'INFO@acme.example' } : {}));
    const { weavy } = await start({ initial: { customercontact } });
    const ids = customercontact.slice(0, 250).map(({ id }) => id);

    expect((await weavy.getMany('customercontact', ids)).map(({ id }) => id).sort()).toEqual(ids);
    expect(
      await weavy.findBy('customercontact', 'email', ['info@acme.example', 'p1200@acme.example']),
    ).toHaveLength(1_101);
  });

  test('takes quotes, commas and accents in a value for what they are', async () => {
    const name = `L'Été "& Fils", 50 % <b>`;
    const { weavy } = await start({ initial: { customer: [{ id: 'T/1 é', fields: { name } }] } });

    expect(await weavy.findBy('customer', 'name', [name])).toMatchObject([{ id: 'T/1 é', fields: { name } }]);
    expect(await weavy.get('customer', 'T/1 é')).toMatchObject({ fields: { name } });
  });
});

describe('writing', () => {
  test('creates under our code, changes and clears fields, and leaves the others', async () => {
    const { weavy, control } = await start({
      initial: { customer: [{ id: 'T-9', fields: { name: 'Acme' } }] },
    });
    const created = await weavy.create('customercontact', 'WM-81', {
      email: 'new@acme.example',
      city: 'Lyon',
      customer_ID: 'T-9',
    });

    const updated = await weavy.update('customercontact', 'WM-81', { city: null, lastName: 'Roy' });

    expect(created).toMatchObject({ id: 'WM-81', tiersId: 'T-9', fields: { city: 'Lyon', lastName: null } });
    expect(updated.fields).toMatchObject({ email: 'new@acme.example', city: null, lastName: 'Roy' });
    expect(updated).toEqual(await weavy.get('customercontact', 'WM-81'));
    expect(await control.stats()).toMatchObject({ creates: 1, updates: 1 });
  });

  test('under a code that exists is a conflict, also when its record was deleted', async () => {
    const { weavy, control } = await start({ initial: { customercontact: numbered(2) } });
    await control.put('customercontact', { action: 'delete', id: 'C-0001' });

    for (const id of ['C-0000', 'C-0001']) {
      const failure = await failureOf(weavy.create('customercontact', id, { email: 'x@acme.example' }));
      expect(failure.kind).toBe(FailureKind.conflict);
    }
  });

  test.each([
    ['FIELD_UNKNOWN', { phoneNumbr: '1' }, 'phoneNumbr'],
    ['FIELD_LENGTH', { city: 'x'.repeat(61) }, 'city'],
    ['FOREIGN_KEY', { customer_ID: 'T-404' }, 'customer_ID'],
  ])('a value that is refused with %s names its field', async (code, fields, field) => {
    const { weavy } = await start({ initial: { customercontact: numbered(1) } });

    for (const call of [
      weavy.create('customercontact', 'WM-1', fields),
      weavy.update('customercontact', 'C-0000', fields),
    ]) {
      expect(await failureOf(call)).toMatchObject({
        kind: FailureKind.refusedRecord,
        detail: { code, fields: [field] },
      });
    }
  });

  test.each([
    ['the connection is reset after the commit', { kind: 'commit-then-drop' }],
    ['the reply breaks off', { kind: 'truncate' }],
    ['a 500 follows the commit', { kind: 'status', status: 500, commit: true }],
    ["a proxy's page with status 200 follows the commit", { kind: 'html', status: 200, commit: true }],
    ['no answer comes in time', { kind: 'hang', commit: true }],
  ] as const)(
    'whose reply is lost is unknown, sent once, and found by its code: %s',
    async (_name, fault) => {
      const { weavy, control } = await start({}, { timeoutMs: 500 });
      await control.faults({ ...fault, route: 'POST /v1/Data/{projectCode}/marketinginbound' });

      const failure = await failureOf(weavy.create('marketinginbound', 'WM-1', { email: 'a@acme.example' }));

      expect(failure.kind).toBe(FailureKind.unknownOutcome);
      expect(await weavy.get('marketinginbound', 'WM-1')).toMatchObject({ id: 'WM-1' });
      expect(await control.stats()).toMatchObject({ creates: 1 });
    },
  );

  test('whose reply is half a body is settled by reading the record', async () => {
    const { weavy, control } = await start();
    await control.faults({ kind: 'truncate', length: 'sent', route: 'POST /v1/Data/{projectCode}/customer' });

    expect(await weavy.create('customer', 'WM-1', { name: 'Acme' })).toMatchObject({
      fields: { name: 'Acme' },
    });
    expect(await control.stats()).toMatchObject({ creates: 1 });
  });

  test('what weavy stores in place of what we sent is what is answered', async () => {
    const { weavy, control } = await start({ initial: { customercontact: numbered(1) } });
    await control.faults({ kind: 'alter', field: 'city', how: { as: 'uppercase' } });

    expect((await weavy.update('customercontact', 'C-0000', { city: 'Lyon' })).fields.city).toBe('LYON');
  });

  test('may be out of searches for a while, but never out of a read by code', async () => {
    const { weavy } = await start({ searchLagMs: 3_600_000 });

    await weavy.create('marketinginbound', 'WM-1', { email: 'a@acme.example' });

    expect(await weavy.findBy('marketinginbound', 'email', ['a@acme.example'])).toEqual([]);
    expect(await weavy.get('marketinginbound', 'WM-1')).toMatchObject({ id: 'WM-1' });
  });

  test('cancelled under way may have happened', async () => {
    const caller = new AbortController();
    const { weavy, control } = await start();
    await control.faults({ kind: 'hang', commit: true, route: 'POST /v1/Data/{projectCode}/customer' });

    const lost = errorOf(weavy.create('customer', 'WM-1', { name: 'Acme' }, { signal: caller.signal }));
    while ((await control.stats()).creates === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    caller.abort();

    expect(await lost).toMatchObject({ name: 'AbortError', cause: { kind: FailureKind.unknownOutcome } });
  });
});

describe('trouble on the way', () => {
  test('tokens that are revoked in mid-run are renewed without a failed call', async () => {
    const { weavy, control } = await start({ initial: { customercontact: numbered(5) } });
    await weavy.probe();
    await control.faults({ kind: 'expire-tokens', route: 'POST /v1/Data/{projectCode}/Select' });
    await weavy.findBy('customercontact', 'email', ['p1@acme.example']);

    await Promise.all(numbered(5).map(({ id }) => weavy.update('customercontact', id, { city: 'Lyon' })));

    expect((await control.stats()).requests.byRoute['POST /v1/Authenticate']).toBe(2);
  });

  test('wrong credentials and an unknown project are access lost', async () => {
    for (const wrong of [{ password: 'wrong' }, { projectCode: 'OTHER' }]) {
      const { weavy } = await start({}, wrong);
      expect((await failureOf(weavy.probe())).kind).toBe(FailureKind.accessLost);
      await close();
    }
  });

  test('a request to slow down is kept by ten creates at once, which all succeed once', async () => {
    const { weavy, control } = await start({}, { budget: waitingBudget() });
    await weavy.probe();
    await control.faults({ kind: 'retry-after', seconds: 1 });

    const created = await Promise.all(
      Array.from({ length: 10 }, (_, at) => weavy.create('customer', `WM-${at}`, { name: `Acme ${at}` })),
    );

    expect(created).toHaveLength(10);
    expect(await control.stats()).toMatchObject({ creates: 10, duplicates: 0, lateDuringRetryAfter: 0 });
  });
});
