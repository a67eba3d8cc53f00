import { inspect } from 'node:util';
import { unlimited } from '../../platforms/budget';
import { FailureKind } from '../../platforms/failure';
import { createInwinkClient } from '../../platforms/inwink/http-client';
import { errorOf, failureOf } from './failures';
import { type Answer, dropped, inTurn, json, type LocalServer, raw, startLocalServer } from './local-server';

const EVENT = '11111111-2222-3333-4444-555555555555';
const SECRET = 'client-secret-of-the-account';

const servers: LocalServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function start(answer: Answer): Promise<LocalServer> {
  const server = await startLocalServer(answer);
  servers.push(server);
  return server;
}

/** A token server that numbers its tokens, and an API that accepts only those it is told to. */
async function account(options: { accepts: (token: string) => boolean; token?: Answer }) {
  let issued = 0;
  const tokens = await start((reply, request) => {
    issued += 1;
    const answer =
      options.token ?? json(200, { access_token: `t${issued}`, token_type: 'Bearer', expires_in: 3600 });
    answer(reply, request);
  });
  const api = await start((reply, request) => {
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    const answer = options.accepts(token)
      ? json(200, { id: EVENT, name: 'Salon' })
      : json(401, { code: 'InvalidToken' });
    answer(reply, request);
  });
  const client = createInwinkClient({
    baseUrl: api.url,
    eventId: EVENT,
    tokenUrl: `${tokens.url}/connect/token`,
    clientId: 'passerelle',
    clientSecret: SECRET,
    scope: 'event',
    budget: unlimited,
  });
  return { client, tokens, api };
}

describe('the token', () => {
  test('is asked for once by ten calls at the same time and kept afterwards', async () => {
    const { client, tokens, api } = await account({ accepts: () => true });

    await Promise.all(Array.from({ length: 10 }, () => client.testConnection()));
    await client.testConnection();

    expect(tokens.received).toHaveLength(1);
    expect(api.received).toHaveLength(11);
    expect(Object.fromEntries(new URLSearchParams(tokens.received[0]?.body))).toEqual({
      grant_type: 'client_credentials',
      client_id: 'passerelle',
      client_secret: SECRET,
      scope: 'event',
    });
  });

  test('is renewed once for ten calls that are refused at the same time, and none of them fails', async () => {
    const { client, tokens } = await account({ accepts: (token) => token !== 't1' });

    const replies = await Promise.all(Array.from({ length: 10 }, () => client.testConnection()));

    expect(replies).toHaveLength(10);
    expect(tokens.received).toHaveLength(2);
  });

  test('refused a second time is access lost, without a third try', async () => {
    const { client, api } = await account({ accepts: () => false });

    const failure = await failureOf(client.create('exhibitor', { name: 'ACME' }));

    expect(failure.kind).toBe(FailureKind.accessLost);
    expect(failure.detail).toMatchObject({ status: 401, code: 'InvalidToken', operation: 'POST /exhibitor' });
    expect(api.received).toHaveLength(2);
  });

  test('that lives for a minute is still used more than once', async () => {
    const token = json(200, { access_token: 'short', expires_in: '60' });
    const { client, tokens } = await account({ accepts: () => true, token });

    await client.testConnection();
    await client.testConnection();

    expect(tokens.received).toHaveLength(1);
  });

  test('that has already ended is replaced before the next call', async () => {
    const token = json(200, { access_token: 'short', expires_in: 0.001 });
    const { client, tokens } = await account({ accepts: () => true, token });

    await client.testConnection();
    await client.testConnection();

    expect(tokens.received).toHaveLength(2);
  });

  test.each<[string, Answer, FailureKind]>([
    ['wrong credentials by 400', json(400, { error: 'invalid_client' }), FailureKind.accessLost],
    ['wrong credentials by 401', json(401, { error: 'invalid_client' }), FailureKind.accessLost],
    ['a wrong address', raw(404, 'text/html', '<html></html>'), FailureKind.accessLost],
    ['a fault of the token server', json(502, {}), FailureKind.transient],
    ['a lost answer', dropped, FailureKind.transient],
    ['a page of HTML', raw(200, 'text/html', '<html></html>'), FailureKind.defect],
  ])('%s: the create that waits for it was not sent', async (_name, token, kind) => {
    const { client, tokens, api } = await account({ accepts: () => true, token });

    const failure = await failureOf(client.create('exhibitor', { name: 'ACME' }));

    expect(failure.kind).toBe(kind);
    expect(failure.detail.operation).toBe('POST token');
    expect(inspect(failure, { depth: 10, showHidden: true })).not.toContain(SECRET);
    expect(tokens.received).toHaveLength(1);
    expect(api.received).toHaveLength(0);
  });

  test('can be asked for again after a failure', async () => {
    const token = inTurn(json(500, {}), json(200, { access_token: 'later', expires_in: 3600 }));
    const { client } = await account({ accepts: (given) => given === 'later', token });

    await errorOf(client.testConnection());

    expect(await client.testConnection()).toEqual({ eventId: EVENT, name: 'Salon' });
  });

  test('a caller that gives up waiting for it does not take it from the others', async () => {
    const leaving = new AbortController();
    let answerToken = () => {};
    const { client, api } = await account({
      accepts: () => true,
      token: (reply, request) => {
        answerToken = () => json(200, { access_token: 'kept', expires_in: 3600 })(reply, request);
        leaving.abort();
      },
    });

    const left = errorOf(client.testConnection({ signal: leaving.signal }));
    const staying = client.testConnection();
    expect((await left).name).toBe('AbortError');
    answerToken();

    expect(await staying).toEqual({ eventId: EVENT, name: 'Salon' });
    expect(api.received).toHaveLength(1);
  });
});
