import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { serviceSchema } from '../../../config/service';
import { createPool, type Pool } from '../../../db/pool';
import { createToken, revokeToken } from '../../../operations/tokens';
import { SCOPES } from '../../../service/access/principal';
import { freshDatabase, type TestDatabase } from '../../setup/test-database';
import { testTemporalAddress } from '../../setup/test-temporal';
import { type ServedApi, serveApi } from './api-client';
import { addressOf, type Operation, operationsOf } from './description';

const configuration = { platforms: {}, syncs: {}, temporal: {}, service: serviceSchema.parse({}) };

let database: TestDatabase;
let pool: Pool;
let api: ServedApi;
let operations: Operation[];

beforeAll(async () => {
  database = await freshDatabase();
  pool = createPool(database.url, 3);
  const temporalAddress = testTemporalAddress();
  api = await serveApi({ configuration, pool, databaseUrl: database.url, temporalAddress });
  operations = await operationsOf();
});
afterAll(async () => {
  await api?.stop();
  await pool?.end();
  await database?.drop();
});

const asking = (operation: Operation) => `${operation.method} ${addressOf(operation).replace('/api/v1', '')}`;
/** What no operation takes, in the media type that it takes. */
const bodyFor = ({ bodies: [type] }: Operation) =>
  type === undefined ? {} : { type, body: type === 'application/json' ? 'null' : '' };

describe('who may ask', () => {
  it('is nobody without a token, or with one that is made up or revoked', async () => {
    const context = {
      configuration,
      pool,
      temporal: () => Promise.reject(new Error('not asked')),
      actor: 'test',
    };
    const { token, view } = await createToken(context, { name: 'gone', scope: 'administer' });
    await revokeToken(context, { id: view.id });
    for (const operation of operations) {
      const without = await api.ask(asking(operation), { as: null, ...bodyFor(operation) });
      expect([operation.id, without.status, without.body.status]).toEqual([operation.id, 401, 401]);
      expect(without.headers.get('www-authenticate')).toMatch(/^Bearer /);
      for (const wrong of [token, `psl_${'x'.repeat(43)}`, 'nonsense']) {
        const headers = { authorization: `Bearer ${wrong}` };
        const { status } = await api.ask(asking(operation), { as: null, headers, ...bodyFor(operation) });
        expect([operation.id, status]).toEqual([operation.id, 401]);
      }
    }
  });

  it('is nobody whose scope is too small for the operation, and everybody whose scope is as large or larger', async () => {
    for (const operation of operations)
      for (const scope of SCOPES) {
        const { status, body } = await api.ask(asking(operation), { as: scope, ...bodyFor(operation) });
        const mayAsk = SCOPES.indexOf(scope) >= SCOPES.indexOf(operation.scope as (typeof SCOPES)[number]);
        const seen = [operation.id, scope, status === 403 ? 'refused' : 'heard'];
        expect(seen).toEqual([operation.id, scope, mayAsk ? 'heard' : 'refused']);
        if (mayAsk) expect(status === 401 || status >= 500).toBe(false);
        else expect(body.detail).toContain(operation.scope);
      }
  });

  it('is told its own name and scope', async () => {
    expect((await api.ask('GET /me', { as: 'operate' })).body).toEqual({
      actor: 'token:operate',
      scope: 'operate',
    });
  });
});

describe('what is not as described', () => {
  const refused = async (request: string, asked = {}) => {
    const { status, headers, body } = await api.ask(request, asked);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(body.requestId).toBe(headers.get('x-request-id'));
    return {
      status,
      problems: body.problems?.map((one: { in: string; field: string }) => `${one.in} ${one.field}`),
    };
  };

  it.each([
    ['GET /runs?limit=0', 'query limit'],
    ['GET /runs?limit=201', 'query limit'],
    ['GET /runs?limit=ten', 'query limit'],
    ['GET /runs?after=99999999999999999999', 'query after'],
    ['GET /runs?limit=1&limit=2', 'query limit'],
    ['GET /syncs/nowhere/mapping/versions?after=2147483648', 'query after'],
    ['GET /runs/0', 'path run'],
    ['GET /runs/1.5', 'path run'],
    ['GET /runs/9007199254740993', 'path run'],
    ['GET /syncs/UPPER', 'path sync'],
    ['GET /syncs/nowhere/records/a%01b', 'path record'],
    ['GET /syncs/nowhere/records?search=%1f', 'query search'],
    ['GET /audit?actor=%0d%0aset-cookie', 'query actor'],
  ])('is refused by the name of the parameter: %s', async (request, problem) => {
    expect(await refused(request)).toEqual({ status: 400, problems: [problem] });
  });

  it('is refused also when nothing but a parameter nobody described is there', async () => {
    expect((await refused('GET /runs?colour=blue')).status).toBe(400);
  });

  it.each([
    ['a NUL', '{"name":"a\\u0000b","scope":"read"}', 'body name'],
    ['half of a character', '{"name":"a\\ud800b","scope":"read"}', 'body name'],
    ['a number where a text belongs', '{"name":7,"scope":"read"}', 'body name'],
    ['a number beyond all numbers', '{"name":"a","scope":"read","days":1e400}', 'body days'],
    ['what is none of the choices', '{"name":"a","scope":"everything"}', 'body scope'],
    ['a field nobody described', '{"name":"a","scope":"read","admin":true}', 'body '],
    ['null', 'null', 'body '],
    ['a list', '[]', 'body '],
  ])('is refused in a body: %s', async (_what, body, problem) => {
    expect(await refused('POST /tokens', { body })).toEqual({ status: 400, problems: [problem] });
    expect((await pool.query(`select 1 from api_token where created_by like 'token:%'`)).rows).toEqual([]);
  });

  it('is refused before it is read when it cannot be read', async () => {
    expect(await refused('POST /tokens', { body: '{"name":' })).toMatchObject({ status: 400 });
    expect(
      await refused('POST /tokens', { body: 'name=a', type: 'application/x-www-form-urlencoded' }),
    ).toMatchObject({ status: 415 });
    expect(await refused('POST /tokens', { headers: { 'content-type': '' } })).toMatchObject({ status: 415 });
    const body = { name: 'x'.repeat(2 * 1024 * 1024), scope: 'read' };
    // of its own connection, which the service closes without reading the rest
    expect(await refused('POST /tokens', { body, headers: { connection: 'close' } })).toMatchObject({
      status: 413,
    });
  });

  it('is told which methods an address takes, and that another address has nothing', async () => {
    for (const operation of operations) {
      const { status, headers } = await api.ask(`PATCH ${asking(operation).split(' ')[1]}`);
      expect([operation.id, status]).toEqual([operation.id, 405]);
      expect(headers.get('allow')?.split(', ')).toContain(operation.method);
    }
    expect(await refused('GET /nowhere', { as: null })).toMatchObject({ status: 404 });
  });
});

describe('while something is away', () => {
  it.each([
    ['Temporal', 'GET /syncs/expo/schedule', 'is not there'],
    ['Postgres', 'GET /runs', 'hangs up'],
  ] as const)('says so with a 503: %s', async (who, request, away) => {
    const own = await freshDatabase();
    const ownPool = createPool(own.url, 2);
    const hangsUp = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(hangsUp, 'listening');
    const { port } = hangsUp.address() as AddressInfo; // it listens on TCP
    const served = await serveApi({
      configuration: { ...configuration, syncs: { expo: planexpoSync } },
      pool: ownPool,
      databaseUrl: away === 'hangs up' ? `postgres://nobody@127.0.0.1:${port}/nothing` : own.url,
      temporalAddress: away === 'is not there' ? '127.0.0.1:1' : testTemporalAddress(),
    });
    try {
      const { status, body } = await served.ask(request);
      expect([status, body.status, body.detail]).toEqual([503, 503, expect.stringContaining(who)]);
    } finally {
      await served.stop();
      hangsUp.close();
      await ownPool.end();
      await own.drop();
    }
  });
});

const planexpoSync = {
  pair: 'planexpo-inwink',
  source: 'planexpo-test',
  target: 'inwink-test',
  planexpoEvent: 'expo',
  inwinkEventId: 'event',
  language: 'en',
} as never; // what a schedule is asked with; nothing else of it is read here
