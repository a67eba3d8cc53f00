import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Provider from 'oidc-provider';
import type { Configuration as ProviderConfiguration } from 'oidc-provider';
import { startAccess } from './access-stack';

/** Where the parts of this program are; its first line, as JSON. */
export interface OidcAddresses {
  url: string;
  issuer: string;
  databaseUrl: string;
}

type People = Map<string, Record<string, unknown>>;

/**
 * Our doors, and an OpenID provider on this machine at which everybody is who `POST /test/person?name=` said last; its body
 * is what the provider tells of that person. A process of its own, because the test runner cannot load the libraries of
 * either side. At SIGTERM it prints what the doors logged, and ends.
 */
export async function serveOidc(settings: Record<string, unknown>): Promise<void> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const issuer = `http://127.0.0.1:${port}`;
  const client = { clientId: 'passerelle', clientSecret: 'a-client-secret-for-tests' };
  const stack = await startAccess({ oidc: { issuer, label: 'ACME', ...client, ...settings } });
  await provide(server, issuer, `${stack.url}/login/oidc/callback`);
  process.once('SIGTERM', async () => {
    process.stdout.write(stack.log());
    server.close();
    server.closeAllConnections();
    await stack.stop();
  });
  const addresses: OidcAddresses = { url: stack.url, issuer, databaseUrl: stack.databaseUrl };
  process.stdout.write(`${JSON.stringify(addresses)}\n`);
}

async function provide(server: Server, issuer: string, redirectUri: string): Promise<void> {
  const { Provider: OidcProvider } = await import('oidc-provider');
  const people: People = new Map();
  let person = '';
  const provider = new OidcProvider(issuer, configurationWith(redirectUri, people));
  const handle = provider.callback();
  server.on('request', async (request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    if (url.pathname.startsWith('/interaction/')) return interact(provider, person, request, response);
    if (url.pathname !== '/test/person') return handle(request, response);
    const body = await request.toArray();
    person = url.searchParams.get('name') ?? '';
    people.set(person, JSON.parse(Buffer.concat(body).toString('utf8')));
    return response.end();
  });
}

type Handler = Parameters<Provider['interactionDetails']>;

/** Signs in and agrees, without a page. */
async function interact(
  provider: Provider,
  accountId: string,
  ...[request, response]: Handler
): Promise<void> {
  const { prompt, params } = await provider.interactionDetails(request, response);
  if (prompt.name === 'login')
    return provider.interactionFinished(request, response, { login: { accountId } });
  const grant = new provider.Grant({ accountId, clientId: String(params.client_id) });
  grant.addOIDCScope(String(params.scope));
  return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
}

function configurationWith(redirectUri: string, people: People): ProviderConfiguration {
  return {
    clients: [
      {
        client_id: 'passerelle',
        client_secret: 'a-client-secret-for-tests',
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'], groups: ['groups'] },
    scopes: ['openid', 'profile', 'email', 'groups'],
    pkce: { required: () => true },
    cookies: { keys: ['a-key-for-tests'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: async () => ({ sub, ...people.get(sub) }) }),
  };
}
