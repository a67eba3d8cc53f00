import { unlimited } from '../../platforms/budget';
import { FailureKind } from '../../platforms/failure';
import type { InwinkTarget } from '../../platforms/inwink/client';
import { createInwinkClient, type InwinkOptions } from '../../platforms/inwink/http-client';
import { type SimulatorControl, simulatorControl } from '../../simulators/control';
import { type InwinkSimulatorOptions, startInwinkSimulator } from '../../simulators/inwink';
import { errorOf, failureOf } from './failures';
import { waitingBudget } from './waiting-budget';

const EVENT = '11111111-2222-3333-4444-555555555555';
const NOBODY = '9d41e7b2-5c7d-f011-8e2b-0022480a1b2c';

let close = async () => {};
afterEach(() => close());

async function start(
  simulator: Partial<InwinkSimulatorOptions> = {},
  client: Partial<InwinkOptions> = {},
): Promise<{ inwink: InwinkTarget; control: SimulatorControl }> {
  const running = await startInwinkSimulator({
    event: { id: EVENT, name: 'Salon 2027' },
    credentials: { clientId: 'passerelle', clientSecret: 'secret', scope: 'event' },
    limits: 'none',
    ...simulator,
  });
  close = () => running.close();
  const inwink = createInwinkClient({
    baseUrl: running.url,
    eventId: EVENT,
    tokenUrl: `${running.url}/oauth/token`,
    clientId: 'passerelle',
    clientSecret: 'secret',
    scope: 'event',
    budget: unlimited,
    ...client,
  });
  return { inwink, control: simulatorControl(running.url) };
}

const partner = (orderId: string) => ({
  name: `Partner ${orderId}`,
  status: 'Published',
  'address.city': 'Paris',
  'customFields.planexpo_order_id': orderId,
});
const participant = (email: string, orderId = '1') => ({
  email,
  lastname: 'Lovelace',
  'customFields.planexpo_order_id': orderId,
});

async function addProduct(control: SimulatorControl, id: string) {
  await control.put('product', { action: 'upsert', id, value: { name: `Product ${id}`, packSize: 10 } });
}

describe('the event', () => {
  test('is named by a connection test', async () => {
    const { inwink } = await start();

    expect(await inwink.testConnection()).toEqual({ eventId: EVENT, name: 'Salon 2027' });
  });

  test('lists the custom fields of each kind', async () => {
    const { inwink, control } = await start();
    const choices = ['Gold', 'Silver'];
    await control.put('field', {
      action: 'upsert',
      id: 'exhibitor/tier',
      value: { type: 'singleChoice', choices },
    });

    const fields = await inwink.listFields('exhibitor');

    expect(fields).toContainEqual({ key: 'planexpo_order_id', type: 'text' });
    expect(fields).toContainEqual({ key: 'tier', type: 'singleChoice', choices });
    expect(await inwink.listFields('registered')).toEqual([{ key: 'planexpo_order_id', type: 'text' }]);
  });

  test('lists all its products over several pages', async () => {
    const products = Array.from({ length: 450 }, (_, at) => ({
      id: `product-${at}`,
      name: `Product ${at}`,
      packSize: at === 0 ? null : 10,
      active: at !== 1,
    }));
    const initial = { exhibitors: [], registered: [], products, fields: [] };
    const { inwink } = await start({ initial });

    expect(await inwink.listProducts()).toEqual(products);
  });
});

describe('a partner', () => {
  test('is created, found by its order id, read, changed and cleared field by field', async () => {
    const { inwink } = await start();

    const created = await inwink.create('exhibitor', partner('48211'));
    const changed = await inwink.update('exhibitor', created.id, {
      emplacement: 'B12',
      'address.city': null,
    });

    expect(created.fields).toMatchObject({ ...partner('48211'), emplacement: null });
    expect(changed.fields).toMatchObject({ ...partner('48211'), emplacement: 'B12', 'address.city': null });
    expect(await inwink.get('exhibitor', created.id)).toEqual(changed);
    expect(await inwink.findPartnersByOrderIds(['48211', 'other'])).toEqual([changed]);
  });

  test('whose order id several partners have is found as all of them', async () => {
    const { inwink, control } = await start();
    await inwink.create('exhibitor', partner('48211'));
    const double = { name: 'Twin', customFields: { planexpo_order_id: '48211' } };
    await control.put('exhibitor', { action: 'upsert', value: double });

    expect(await inwink.findPartnersByOrderIds(['48211'])).toHaveLength(2);
  });

  test('is found among hundreds in blocks', async () => {
    const { inwink } = await start();
    const orderIds = Array.from({ length: 230 }, (_, at) => `order-${at}`);
    await Promise.all(orderIds.map((orderId) => inwink.create('exhibitor', partner(orderId))));

    const found = await inwink.findPartnersByOrderIds(orderIds);

    expect(new Set(found.map((entity) => entity.fields['customFields.planexpo_order_id']))).toEqual(
      new Set(orderIds),
    );
  });

  test('that a person deleted reads as null and is missing for every write', async () => {
    const { inwink, control } = await start();
    await addProduct(control, 'banner');
    const { id } = await inwink.create('exhibitor', partner('1'));
    await control.put('exhibitor', { action: 'delete', id });

    expect(await inwink.get('exhibitor', id)).toBeNull();
    expect((await failureOf(inwink.update('exhibitor', id, { name: 'X' }))).kind).toBe(FailureKind.missing);
    expect((await failureOf(inwink.getQuantities(id))).kind).toBe(FailureKind.missing);
    expect((await failureOf(inwink.raiseQuantity(id, 'banner', 1))).kind).toBe(FailureKind.missing);
  });

  test('with a refused value names the field', async () => {
    const { inwink } = await start();

    const failure = await failureOf(
      inwink.create('exhibitor', { ...partner('1'), 'address.country': 'Gaul' }),
    );

    expect(failure).toMatchObject({
      kind: FailureKind.refusedRecord,
      detail: { code: 'ValidationFailed', fields: ['address.country'] },
    });
  });

  test('is listed by time of change, page by page, from a time on', async () => {
    const day = (at: number) => `2026-01-0${at}T09:00:00Z`;
    const { inwink, control } = await start();
    for (const at of [3, 1, 2]) {
      const value = { name: `P${at}`, createdOn: day(1), updatedOn: day(at) };
      await control.put('exhibitor', { action: 'upsert', value });
    }

    const first = await inwink.listPartners({ page: 0, size: 2 });
    const second = await inwink.listPartners({ page: 1, size: 2 });
    const recent = await inwink.listPartners({ page: 0, updatedSince: day(2) });

    expect([first, second].flatMap((page) => page.items.map((item) => item.updatedOn))).toEqual(
      [1, 2, 3].map(day),
    );
    expect([first.total, second.total, recent.total]).toEqual([3, 3, 2]);
    expect(recent.items.map((item) => item.fields.name)).toEqual(['P2', 'P3']);
  });
});

describe('a participant', () => {
  test('is created, then found by e-mail in any case and by order id, and listed', async () => {
    const { inwink } = await start();

    const created = await inwink.create('registered', participant('ada@acme.example', '48211'));

    expect(await inwink.findParticipantsByEmails(['ADA@acme.example', 'x@acme.example'])).toEqual([created]);
    expect(await inwink.findParticipantsByOrderIds(['48211'])).toEqual([created]);
    expect(await inwink.listParticipants({ page: 0 })).toEqual({ items: [created], total: 1 });
  });

  test('with a known e-mail is a conflict that names the one that exists', async () => {
    const { inwink } = await start();
    const { id } = await inwink.create('registered', participant('ada@acme.example'));

    const failure = await failureOf(inwink.create('registered', participant('ada@acme.example', '2')));

    expect(failure).toMatchObject({
      kind: FailureKind.conflict,
      detail: { code: 'Duplicate', existingId: id },
    });
  });

  test('without an e-mail is refused with the name of the field', async () => {
    const { inwink } = await start();

    const failure = await failureOf(inwink.create('registered', { lastname: 'Lovelace' }));

    expect(failure).toMatchObject({ kind: FailureKind.refusedRecord, detail: { fields: ['email'] } });
  });

  test('is linked to the team of a partner', async () => {
    const { inwink, control } = await start();
    const { id: partnerId } = await inwink.create('exhibitor', partner('1'));
    const { id } = await inwink.create('registered', participant('ada@acme.example'));

    await inwink.linkTeamMember(partnerId, id, ['Admin']);

    expect(await control.records('team')).toMatchObject([{ partnerId, registeredId: id, roles: ['Admin'] }]);
    expect((await failureOf(inwink.linkTeamMember(partnerId, NOBODY, ['Admin']))).kind).toBe(
      FailureKind.missing,
    );
  });
});

describe('quantities', () => {
  test.each(['keep', 'reject'] as const)(
    'only rise, and the held one is answered (%s)',
    async (quantityMode) => {
      const { inwink, control } = await start({ quantityMode });
      await addProduct(control, 'banner');
      const { id } = await inwink.create('exhibitor', partner('1'));

      expect(await inwink.getQuantities(id)).toEqual(new Map());
      expect(await inwink.raiseQuantity(id, 'banner', 10)).toBe(10);
      expect(await inwink.raiseQuantity(id, 'banner', 5)).toBe(10);
      expect(await inwink.raiseQuantity(id, 'banner', 12)).toBe(12);
      expect(await inwink.getQuantities(id)).toEqual(new Map([['banner', 12]]));
    },
  );

  test('of a product that a person removed are missing', async () => {
    const { inwink } = await start();
    const { id } = await inwink.create('exhibitor', partner('1'));

    expect((await failureOf(inwink.raiseQuantity(id, 'banner', 1))).kind).toBe(FailureKind.missing);
  });
});

describe('a create whose reply is lost', () => {
  test.each([
    ['the connection is reset after the commit', { kind: 'commit-then-drop' }],
    ['the reply breaks off', { kind: 'truncate' }],
    ['a 500 follows the commit', { kind: 'status', status: 500, commit: true }],
    ["a proxy's page follows the commit", { kind: 'html', status: 502, commit: true }],
    ["a proxy's page with status 200 follows the commit", { kind: 'html', status: 200, commit: true }],
    ['no answer comes in time', { kind: 'hang', commit: true }],
  ] as const)('is unknown, sent once, and found by its order id: %s', async (_name, fault) => {
    const { inwink, control } = await start({}, { timeoutMs: 500 });
    await control.faults({ ...fault, route: 'POST /{eventId}/exhibitor' });

    const failure = await failureOf(inwink.create('exhibitor', partner('48211')));

    expect(failure.kind).toBe(FailureKind.unknownOutcome);
    expect(await inwink.findPartnersByOrderIds(['48211'])).toHaveLength(1);
    expect(await control.stats()).toMatchObject({ creates: 1, duplicates: 0 });
  });

  test('because its caller was cancelled, says so, and is found by its order id', async () => {
    const caller = new AbortController();
    const { inwink, control } = await start();
    await control.faults({ kind: 'hang', commit: true, route: 'POST /{eventId}/exhibitor' });

    const lost = errorOf(inwink.create('exhibitor', partner('48211'), { signal: caller.signal }));
    while ((await control.stats()).creates === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    caller.abort();
    const error = await lost;

    expect(error.name).toBe('AbortError');
    expect(error.cause).toMatchObject({ kind: FailureKind.unknownOutcome });
    expect(await inwink.findPartnersByOrderIds(['48211'])).toHaveLength(1);
  });

  test('may be out of searches for a while, but never out of a read by id', async () => {
    const { inwink } = await start({ searchLagMs: 3_600_000 });

    const { id } = await inwink.create('exhibitor', partner('48211'));

    expect(await inwink.findPartnersByOrderIds(['48211'])).toEqual([]);
    expect(await inwink.get('exhibitor', id)).toMatchObject({ id });
  });
});

describe('trouble on the way', () => {
  test.each([
    ['a 500', { kind: 'status', status: 500, commit: true }],
    ['a reset connection', { kind: 'commit-then-drop' }],
    ['a body that breaks off', { kind: 'truncate' }],
  ] as const)('an update may be repeated after %s', async (_name, fault) => {
    const { inwink, control } = await start();
    const { id } = await inwink.create('exhibitor', partner('1'));
    await control.faults({ ...fault, route: 'PATCH *' });

    expect((await failureOf(inwink.update('exhibitor', id, { emplacement: 'B12' }))).kind).toBe(
      FailureKind.transient,
    );
    expect((await inwink.update('exhibitor', id, { emplacement: 'B12' })).fields.emplacement).toBe('B12');
  });

  test('a request to slow down is kept by ten creates at once, which all succeed once', async () => {
    const budget = waitingBudget();
    const { inwink, control } = await start({}, { budget });
    await inwink.testConnection();
    await control.faults({ kind: 'retry-after', seconds: 1 });

    const created = await Promise.all(
      Array.from({ length: 10 }, (_, at) => inwink.create('exhibitor', partner(`order-${at}`))),
    );

    expect(created).toHaveLength(10);
    expect(await control.stats()).toMatchObject({ creates: 10, duplicates: 0, lateDuringRetryAfter: 0 });
  });

  test('tokens that are revoked in mid-run are renewed without a failed call', async () => {
    const { inwink, control } = await start();
    await inwink.testConnection();
    await control.faults({ kind: 'expire-tokens', route: 'POST /{eventId}/exhibitor/query' });
    await inwink.findPartnersByOrderIds(['1']);

    const created = await Promise.all(
      Array.from({ length: 5 }, (_, at) => inwink.create('exhibitor', partner(`order-${at}`))),
    );

    expect(created).toHaveLength(5);
    expect((await control.stats()).requests.byRoute['POST /oauth/token']).toBe(2);
  });

  test('tokens that are dead on arrival are access lost after one renewal', async () => {
    const { inwink, control } = await start({ tokenTtlSeconds: 0, expiresInSkewSeconds: 3600 });

    expect((await failureOf(inwink.testConnection())).kind).toBe(FailureKind.accessLost);
    expect((await control.stats()).requests.byRoute['POST /oauth/token']).toBe(2);
  });

  test('a client that may not use the event, and one that is unknown, are access lost', async () => {
    const { inwink, control } = await start();
    await control.put('client', { action: 'upsert', id: 'passerelle', value: { allowed: false } });
    const forbidden = await failureOf(inwink.testConnection());
    await control.put('client', { action: 'delete', id: 'passerelle' });
    const unknown = await failureOf(inwink.testConnection());

    expect(forbidden).toMatchObject({
      kind: FailureKind.accessLost,
      detail: { status: 403, code: 'ScopeDenied' },
    });
    expect(unknown).toMatchObject({ kind: FailureKind.accessLost, detail: { code: 'invalid_client' } });
  });
});
