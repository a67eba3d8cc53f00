import { unlimited } from '../../platforms/budget';
import { createWeavyClient, type WeavyOptions } from '../../platforms/weavy/http-client';
import { type Answer, json, type LocalServer, startLocalServer } from './local-server';

export const PASSWORD = 'password-of-the-account';

const servers: LocalServer[] = [];

/** For `afterEach`. */
export async function stopWeavyServers(): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
}

/** A client, and a server that signs everybody in unless told otherwise and leaves the rest to `answer`. */
export async function weavyAccount(
  answer: Answer,
  options: Partial<WeavyOptions> & { signIn?: Answer } = {},
) {
  const { signIn = json(200, { authToken: 't', expiresIn: 43200, passwordExpiryUTC: null }), ...rest } =
    options;
  const server = await startLocalServer((reply, request) => {
    (request.path === '/v1/Authenticate' ? signIn : answer)(reply, request);
  });
  servers.push(server);
  const client = createWeavyClient({
    baseUrl: server.url,
    projectCode: 'ACME',
    userName: 'svc',
    password: PASSWORD,
    timeZone: 'UTC',
    budget: unlimited,
    ...rest,
  });
  const received = (path: (path: string) => boolean) => server.received.filter((each) => path(each.path));
  return {
    client,
    signIns: () => received((path) => path === '/v1/Authenticate'),
    calls: () => received((path) => path !== '/v1/Authenticate'),
    bodies: () => received((path) => path !== '/v1/Authenticate').map(({ body }) => JSON.parse(body)),
  };
}
