import { unlimited } from '../../platforms/budget';
import { FailureKind } from '../../platforms/failure';
import { createMauticClient } from '../../platforms/mautic/http-client';
import { failureOf } from './failures';
import { type Answer, json, type LocalServer, startLocalServer } from './local-server';

const servers: LocalServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function account(options: { accepts: (token: string) => boolean; token?: Answer }) {
  let issued = 0;
  const server = await startLocalServer((reply, request) => {
    if (request.path.startsWith('/oauth/')) {
      issued += 1;
      const token = json(200, {
        access_token: `t${issued}`,
        expires_in: 3600,
        token_type: 'bearer',
        scope: null,
      });
      return (options.token ?? token)(reply, request);
    }
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    const fields = json(200, { total: 0, fields: [] });
    const refused = json(401, { errors: [{ code: 401, message: 'x', type: 'invalid_grant' }] });
    return (options.accepts(token) ? fields : refused)(reply, request);
  });
  servers.push(server);
  const client = createMauticClient({
    baseUrl: `${server.url}/`,
    signIn: { as: 'oauth2', clientId: 'passerelle', clientSecret: 'hidden' },
    batchSize: 100,
    budget: unlimited,
  });
  const tokens = () => server.received.filter((request) => request.path === '/oauth/v2/token');
  return { client, tokens };
}

test('a token is asked for once by ten calls at the same time', async () => {
  const { client, tokens } = await account({ accepts: () => true });

  await Promise.all(Array.from({ length: 10 }, () => client.fields('contact')));
  await client.fields('company');

  expect(tokens()).toHaveLength(1);
  expect(Object.fromEntries(new URLSearchParams(tokens()[0]?.body))).toEqual({
    grant_type: 'client_credentials',
    client_id: 'passerelle',
    client_secret: 'hidden',
  });
});

test('a refused token is renewed once, for both objects', async () => {
  const { client, tokens } = await account({ accepts: (token) => token !== 't1' });

  await Promise.all([client.fields('contact'), client.fields('company'), client.fields('contact')]);

  expect(tokens()).toHaveLength(2);
});

test('a token that has ended is replaced before the next call', async () => {
  const { client, tokens } = await account({
    accepts: () => true,
    token: json(200, { access_token: 'short', expires_in: 0.001 }),
  });

  await client.fields('contact');
  await client.fields('contact');

  expect(tokens()).toHaveLength(2);
});

test.each<[string, unknown]>([
  ['new', { errors: [{ code: 400, message: 'x', type: 'invalid_client' }] }],
  ['old', { error: 'invalid_client', error_description: 'x' }],
])('wrong credentials in the %s form are access lost', async (_form, body) => {
  const { client } = await account({ accepts: () => true, token: json(400, body) });

  const failure = await failureOf(client.fields('contact'));

  expect(failure.kind).toBe(FailureKind.accessLost);
  expect(failure.detail.code).toBe('invalid_client');
});
