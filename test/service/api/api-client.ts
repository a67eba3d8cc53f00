import type { Configuration } from '../../../config/schema';
import type { Pool } from '../../../db/pool';
import type { OperationContext } from '../../../operations/context';
import { createToken } from '../../../operations/tokens';
import { SCOPES, type Scope } from '../../../service/access/principal';
import { type RunningService, startService } from '../../../service/start-service';

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a wrong path makes the assertion fail, which is what tests are for
  body: any;
}

export interface Asked {
  /** JSON, unless it is bytes or a text that is sent as it is. */
  body?: unknown;
  type?: string;
  /** @default the token of an administrator; null sends none */
  as?: Scope | null;
  headers?: Record<string, string>;
}

export interface ServedApi {
  url: string;
  tokens: Readonly<Record<Scope, string>>;
  /** `GET /syncs`: below `/api/v1`. */
  ask(request: string, asked?: Asked): Promise<Answer>;
  stop(): Promise<void>;
}

export interface Servable {
  configuration: Configuration;
  pool: Pool;
  databaseUrl: string;
  temporalAddress: string;
  namespace?: string;
}

/** The service on what a test has, with a token of each scope, named after it. */
export async function serveApi(stack: Servable): Promise<ServedApi> {
  const { configuration, pool, databaseUrl, temporalAddress, namespace = 'default' } = stack;
  const context: OperationContext = {
    configuration,
    pool,
    temporal: () => Promise.reject(new Error('tokens need no Temporal')),
    actor: 'test',
  };
  const made = await Promise.all(
    SCOPES.map(async (scope) => [scope, (await createToken(context, { name: scope, scope })).token] as const),
  );
  const tokens = Object.fromEntries(made) as Record<Scope, string>; // one for each
  const service: RunningService = await startService({
    configuration,
    databaseUrl,
    temporal: { address: temporalAddress, namespace },
    host: '127.0.0.1',
    port: 0,
  });
  const ask: ServedApi['ask'] = async (request, { body, type, as = 'administer', headers = {} } = {}) => {
    const [method = 'GET', path = ''] = request.split(' ');
    const reply = await fetch(`${service.url}/api/v1${path}`, {
      method,
      headers: {
        ...(as === null ? {} : { authorization: `Bearer ${tokens[as]}` }),
        ...(body === undefined ? {} : { 'content-type': type ?? 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: sent(body) }),
    });
    return { status: reply.status, headers: reply.headers, body: await bodyOf(reply) };
  };
  return { url: service.url, tokens, ask, stop: () => service.stop() };
}

function sent(body: unknown): string | Uint8Array<ArrayBuffer> {
  if (body instanceof Uint8Array) return new Uint8Array(body);
  return typeof body === 'string' ? body : JSON.stringify(body);
}

async function bodyOf(reply: Response): Promise<unknown> {
  const type = reply.headers.get('content-type') ?? '';
  if (/^application\/(problem\+)?json/.test(type)) return reply.json();
  if (type.startsWith('text/')) return reply.text();
  return Buffer.from(await reply.arrayBuffer());
}
