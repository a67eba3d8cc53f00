import { createRoute, type OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi';
import type { Context, Handler, MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Language } from '../../mappings/reason-types';
import type { OperationContext } from '../../operations/context';
import type { Scope } from '../access/principal';
import { requireScope } from '../access/require-scope';
import { operationContext, type ServiceEnv, type ServiceParts } from '../parts';
import { type ErrorStatus, errorAnswers } from './answers';
import { inTime } from './in-time';

export const API = '/api/v1';

/** What every group of operations is registered with. */
export interface Desk {
  api: OpenAPIHono<ServiceEnv>;
  parts: ServiceParts;
  /** What each operation does, by its id, in both languages: the document is in English, the page in both. */
  summaries: Map<string, Readonly<Record<Language, string>>>;
}

const NOTHING = z.strictObject({});
type Nothing = typeof NOTHING;

/** What an operation is, whatever it answers. */
interface Described<P extends z.ZodObject, Q extends z.ZodObject> {
  id: string;
  tag: string;
  summary: Readonly<Record<Language, string>>;
  description?: string;
  scope: Scope;
  method: 'get' | 'post' | 'put' | 'delete';
  /** Below `/api/v1`, with `{name}` for each of `params`. */
  path: string;
  params?: P;
  /** Parameters that are not among these are refused. */
  query?: Q;
  /** Beside those that any operation has. */
  errors?: readonly ErrorStatus[];
}

/** What somebody asked, checked. */
export interface Asked<P, Q, B> {
  context: OperationContext;
  c: Context<ServiceEnv>;
  params: P;
  query: Q;
  body: B;
}

/**
 * An operation that answers JSON. The answer goes through its schema: what is not described is not said, and a wrong one
 * is a fault of ours.
 */
export function addOperation<
  A extends z.ZodType,
  P extends z.ZodObject = Nothing,
  Q extends z.ZodObject = Nothing,
  B extends z.ZodType = Nothing,
>(
  desk: Desk,
  told: Described<P, Q> & { body?: B; status?: 200 | 201 | 202; answer: A; done?: string },
  act: (asked: Asked<z.output<P>, z.output<Q>, z.output<B>>) => Promise<z.input<A>>,
): void {
  const { body, status = 200, answer, done = 'As asked.' } = told;
  const request = body === undefined ? {} : { body: jsonBody(body) };
  const responses = { [status]: { description: done, content: { 'application/json': { schema: answer } } } };
  register(desk, told, { request, responses }, async (asked) => {
    const found = await inTime(
      act({ ...asked, body: body === undefined ? {} : asked.c.req.valid('json' as never) } as Asked<
        z.output<P>,
        z.output<Q>,
        z.output<B>
      >),
    ); // the validators' own output
    return asked.c.json(answer.parse(found) as object, status); // every answer is an object
  });
}

/** A file that is sent as the whole body. */
export interface FileBody {
  mediaType: string;
  /** What is in it. */
  description: string;
}

/** The same for one that is sent a file. */
export function addUpload<
  A extends z.ZodType,
  P extends z.ZodObject = Nothing,
  Q extends z.ZodObject = Nothing,
>(
  desk: Desk,
  told: Described<P, Q> & { file: FileBody; status?: 200 | 201; answer: A; done?: string },
  act: (asked: Asked<z.output<P>, z.output<Q>, Buffer>) => Promise<z.input<A>>,
): void {
  const { file, status = 200, answer, done = 'As asked.' } = told;
  const { mediaType, description } = file;
  const schema = { type: 'string' as const, format: 'binary' };
  const body = { required: true, description, content: { [mediaType]: { schema } } };
  const responses = { [status]: { description: done, content: { 'application/json': { schema: answer } } } };
  const middleware = [requireMediaType(mediaType)];
  register(desk, told, { request: { body }, responses, middleware }, async (asked) => {
    const bytes = Buffer.from(await asked.c.req.arrayBuffer());
    const found = await inTime(act({ ...asked, body: bytes } as Asked<z.output<P>, z.output<Q>, Buffer>)); // the validators' own output
    return asked.c.json(answer.parse(found) as object, status); // every answer is an object
  });
}

/** One that answers a file or a stream of events; `act` makes the whole answer. */
export function addStream<P extends z.ZodObject = Nothing, Q extends z.ZodObject = Nothing>(
  desk: Desk,
  told: Described<P, Q> & { mediaTypes: readonly [string, ...string[]]; done: string },
  act: (asked: Asked<z.output<P>, z.output<Q>, Record<string, never>>) => Promise<Response>,
): void {
  const content = Object.fromEntries(
    told.mediaTypes.map((type) => [type.split(';')[0], { schema: streamSchema(type) }]),
  );
  register(
    desk,
    told,
    { responses: { 200: { description: told.done, content } } },
    (asked) => act({ ...asked, body: {} } as Asked<z.output<P>, z.output<Q>, Record<string, never>>), // the validators' own output
  );
}

/** Of a stream of events OpenAPI 3.1 cannot say what each one holds: the operation's description does. */
function streamSchema(mediaType: string) {
  if (mediaType === 'text/event-stream') return { description: 'Server-sent events.' };
  return { type: 'string' as const, ...(mediaType.startsWith('text/') ? {} : { format: 'binary' }) };
}

type Checked = Omit<Asked<unknown, unknown, unknown>, 'body'>;

interface Wire {
  request?: RouteConfig['request'];
  responses: RouteConfig['responses'];
  middleware?: MiddlewareHandler<ServiceEnv>[];
}

function register<P extends z.ZodObject, Q extends z.ZodObject>(
  desk: Desk,
  told: Described<P, Q>,
  { request = {}, responses, middleware = [] }: Wire,
  answer: (asked: Checked) => Promise<Response>,
): void {
  const { id, tag, summary, description, scope, method, path, params, query = NOTHING, errors = [] } = told;
  const hasBody = request.body === undefined ? 'without-body' : 'with-body';
  const isJson = hasBody === 'with-body' && middleware.length === 0;
  desk.summaries.set(id, summary);
  const route = createRoute({
    operationId: id,
    tags: [tag],
    summary: summary.en,
    ...(description === undefined ? {} : { description }),
    security: [{ token: [scope] }],
    method,
    path: `${API}${path}`,
    middleware: [
      requireScope(desk.parts, scope),
      ...(isJson ? [requireMediaType('application/json')] : middleware),
    ],
    request: { ...request, query, ...(params === undefined ? {} : { params }) },
    responses: { ...responses, ...errorAnswers(hasBody, errors) },
  });
  const handler: Handler<ServiceEnv> = (c) => {
    c.header('cache-control', 'no-store');
    return answer({
      c,
      context: operationContext(desk.parts, c.get('principal')),
      params: params === undefined ? {} : c.req.valid('param' as never), // typed by each operation, from the same schema
      query: c.req.valid('query' as never),
    });
  };
  desk.api.openapi(route, handler as never); // the types above say what goes in and comes out
}

function jsonBody(schema: z.ZodType) {
  return { required: true, content: { 'application/json': { schema } } };
}

/** Before anything is read: another type is not guessed at. */
function requireMediaType(mediaType: string): MiddlewareHandler<ServiceEnv> {
  return async (c, next) => {
    const [sent = ''] = (c.req.header('content-type') ?? '').split(';');
    if (sent.trim().toLowerCase() !== mediaType)
      throw new HTTPException(415, { message: `Send the body as ${mediaType}.` });
    await next();
  };
}
