import { inspect } from 'node:util';
import { unlimited } from '../../platforms/budget';
import { FailureKind } from '../../platforms/failure';
import { createInwinkClient } from '../../platforms/inwink/http-client';
import { failureOf } from './failures';
import { type Answer, dropped, json, type LocalServer, raw, startLocalServer } from './local-server';

const EVENT = '11111111-2222-3333-4444-555555555555';
const HELD = '9d41e7b2-5c7d-f011-8e2b-0022480a1b2c';

let server: LocalServer | null = null;
afterEach(async () => {
  await server?.stop();
  server = null;
});

async function clientOf(answer: Answer) {
  server = await startLocalServer((reply, request) => {
    const isToken = request.path === '/token';
    (isToken ? json(200, { access_token: 't', expires_in: 3600 }) : answer)(reply, request);
  });
  return createInwinkClient({
    baseUrl: server.url,
    eventId: EVENT,
    tokenUrl: `${server.url}/token`,
    clientId: 'c',
    clientSecret: 's',
    budget: unlimited,
  });
}

const calls = () => (server?.received ?? []).filter((request) => request.path !== '/token');
const partner = (id: string, orderId = id) => ({
  id,
  name: `Partner ${id}`,
  customFields: { planexpo_order_id: orderId },
  updatedOn: '2026-01-10T09:00:00Z',
});
const pageOf = (items: unknown[], total = items.length, size = 200) => ({
  items,
  page: { index: 0, size, total },
});

describe('a search', () => {
  test('for nothing makes no call', async () => {
    const client = await clientOf(json(200, pageOf([])));

    expect(await client.findPartnersByOrderIds([])).toEqual([]);
    expect(await client.findParticipantsByEmails([])).toEqual([]);
    expect(server?.received).toHaveLength(0);
  });

  test('asks in blocks of 100 distinct values', async () => {
    const client = await clientOf((reply, request) => {
      const asked: string[] = JSON.parse(request.body).$filters['customFields.planexpo_order_id'].$in;
      json(200, pageOf(asked.map((id) => partner(id))))(reply, request);
    });
    const ids = Array.from({ length: 250 }, (_, at) => `order-${at}`);

    const found = await client.findPartnersByOrderIds([...ids, ...ids]);

    expect(found.map((entity) => entity.id)).toEqual(ids);
    expect(calls()).toHaveLength(3);
  });

  test('whose filter the platform ignores does not hand out strangers', async () => {
    const client = await clientOf(json(200, pageOf([partner('a', '48211'), partner('b', '99')])));

    const found = await client.findPartnersByOrderIds(['48211']);

    expect(found.map((entity) => entity.id)).toEqual(['a']);
  });

  test('by e-mail finds it in any case', async () => {
    const client = await clientOf(json(200, pageOf([{ id: HELD, email: 'A.B@Acme.example' }])));

    expect(await client.findParticipantsByEmails(['a.b@acme.example'])).toMatchObject([{ id: HELD }]);
  });

  test('reads again when a record slipped from one page to another meanwhile', async () => {
    const rows = ['a', 'b', 'c'];
    let isShifted = false;
    const client = await clientOf((reply, request) => {
      const { index } = JSON.parse(request.body).$page;
      // `a` is edited between the two pages, moves to the end, and `c` takes a place that was already read.
      const order = isShifted ? ['b', 'c', 'a'] : rows;
      const items = order.slice(index * 2, index * 2 + 2).map((id) => partner(id));
      isShifted = true;
      json(200, pageOf(items, 3, 2))(reply, request);
    });

    const found = await client.findPartnersByOrderIds(rows);

    expect(found.map((entity) => entity.id).sort()).toEqual(rows);
  });

  test('of a list that never stands still fails instead of missing a record', async () => {
    const client = await clientOf(json(200, pageOf([partner('a')], 2, 1)));

    expect((await failureOf(client.findPartnersByOrderIds(['a', 'b']))).kind).toBe(FailureKind.transient);
  });
});

describe('an entity', () => {
  test('is read as field paths, an empty address as empty parts', async () => {
    const wire = { ...partner(HELD), address: null, tags: ['x'], createdOn: '2026-01-10T09:00:00Z' };
    const client = await clientOf(json(200, wire));

    expect(await client.get('exhibitor', HELD)).toStrictEqual({
      id: HELD,
      updatedOn: '2026-01-10T09:00:00Z',
      fields: {
        name: `Partner ${HELD}`,
        'customFields.planexpo_order_id': HELD,
        'tags.0': 'x',
        'address.street': null,
        'address.street2': null,
        'address.zipCode': null,
        'address.city': null,
        'address.country': null,
      },
    });
  });

  test('is patched with a nested body of the given paths alone', async () => {
    const client = await clientOf(json(200, partner(HELD)));

    await client.update('exhibitor', HELD, {
      'address.city': 'Paris',
      'address.street2': null,
      name: 'ACME',
    });

    expect(calls().map(({ method, path }) => [method, path])).toEqual([
      ['PATCH', `/${EVENT}/exhibitor/${HELD}`],
    ]);
    expect(JSON.parse(calls()[0]?.body ?? '')).toEqual({
      name: 'ACME',
      address: { city: 'Paris', street2: null },
    });
  });

  test('with nothing to change is read, not written', async () => {
    const client = await clientOf(json(200, partner(HELD)));

    expect(await client.update('exhibitor', HELD, {})).toMatchObject({ id: HELD });
    expect(calls().map(({ method }) => method)).toEqual(['GET']);
  });

  test('is read by id after an update whose reply has no body', async () => {
    const client = await clientOf((reply, request) => {
      const answer = request.method === 'PATCH' ? raw(204, 'text/plain', '') : json(200, partner(HELD));
      answer(reply, request);
    });

    expect(await client.update('exhibitor', HELD, { name: 'ACME' })).toMatchObject({ id: HELD });
  });

  test.each(['__proto__.x', 'customFields.__proto__', 'constructor.prototype.x', 'a..b', ''])(
    'is never sent the field path "%s"',
    async (path) => {
      const client = await clientOf(json(200, partner(HELD)));

      const failure = await failureOf(client.update('exhibitor', HELD, Object.fromEntries([[path, 'v']])));

      expect(failure.kind).toBe(FailureKind.defect);
      expect(calls()).toHaveLength(0);
      expect(({} as Record<string, unknown>).x).toBeUndefined();
    },
  );

  test('is never read into what every object inherits', async () => {
    const client = await clientOf(
      raw(200, 'application/json', `{"id":"${HELD}","__proto__":{"x":1},"a":{"__proto__":2}}`),
    );

    const entity = await client.get('exhibitor', HELD);

    expect(entity?.fields).toStrictEqual({});
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  test('that is gone reads as null and is missing for an update', async () => {
    const client = await clientOf(json(404, { code: 'NotFound', status: 404 }));

    expect(await client.get('registered', HELD)).toBeNull();
    expect((await failureOf(client.update('registered', HELD, { title: 'Mr' }))).kind).toBe(
      FailureKind.missing,
    );
    expect((await failureOf(client.getQuantities(HELD))).kind).toBe(FailureKind.missing);
  });

  test('behind a gateway that says 404 is not taken for gone', async () => {
    const client = await clientOf(raw(404, 'text/html', '<html></html>'));

    expect((await failureOf(client.get('exhibitor', HELD))).kind).toBe(FailureKind.defect);
  });
});

describe('a create', () => {
  test('that meets a known e-mail names the existing participant and nobody else', async () => {
    const detail = `ada@example.org is ${HELD} of event ${EVENT}`;
    const client = await clientOf(json(409, { code: 'Duplicate', detail }));

    const failure = await failureOf(client.create('registered', { email: 'ada@example.org' }));

    expect(failure).toMatchObject({
      kind: FailureKind.conflict,
      detail: { code: 'Duplicate', existingId: HELD },
    });
    expect(inspect(failure, { depth: 10 })).not.toContain('ada');
  });

  test('that is refused names the fields', async () => {
    const errors = { title: ['unknown choice Mx'], 'customFields.x': ['no'] };
    const client = await clientOf(json(400, { code: 'ValidationFailed', errors }));

    const failure = await failureOf(client.create('registered', { title: 'Mx' }));

    expect(failure).toMatchObject({
      kind: FailureKind.refusedRecord,
      detail: { code: 'ValidationFailed', fields: ['title', 'customFields.x'] },
    });
    expect(failure.message).not.toContain('Mx');
  });

  test('whose reply is lost is sent once and has an unknown outcome', async () => {
    const client = await clientOf(dropped);

    expect((await failureOf(client.create('exhibitor', { name: 'ACME' }))).kind).toBe(
      FailureKind.unknownOutcome,
    );
    expect(calls()).toHaveLength(1);
  });
});

describe('a quantity', () => {
  const decrease = { code: 'QuantityDecreaseNotAllowed', status: 409 };

  test('that Inwink refuses to lower is answered with what it holds', async () => {
    const client = await clientOf((reply, request) => {
      const items = [{ productId: 'p1', quantity: 10 }];
      (request.method === 'PUT' ? json(409, decrease) : json(200, { items }))(reply, request);
    });

    expect(await client.raiseQuantity(HELD, 'p1', 5)).toBe(10);
  });

  test('that is refused although nothing is held stays a conflict', async () => {
    const client = await clientOf((reply, request) => {
      (request.method === 'PUT' ? json(409, decrease) : json(200, { items: [] }))(reply, request);
    });

    expect((await failureOf(client.raiseQuantity(HELD, 'p1', 5))).kind).toBe(FailureKind.conflict);
  });

  test('answered for another product is a defect', async () => {
    const client = await clientOf(json(200, { productId: 'p2', quantity: 5 }));

    expect((await failureOf(client.raiseQuantity(HELD, 'p1', 5))).kind).toBe(FailureKind.defect);
  });
});
