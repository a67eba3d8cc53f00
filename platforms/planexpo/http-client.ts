import type { ProductDefinition } from '../../mappings/planexpo-inwink/mask/mask';
import type { Budget, CallContext } from '../budget';
import { FailureKind, PlatformFailure } from '../failure';
import { createHttp, type Http, type HttpCall } from '../http';
import type { OrderPage, PlanexpoSource, ReadRow } from './client';
import {
  orderPageSchema,
  orderSchema,
  paths,
  pingSchema,
  productPageSchema,
  readPlanexpoProblem,
} from './contract';
import { holderOf, readOrder } from './order-rows';
import { planexpoRules } from './rules';

export interface PlanexpoOptions {
  /** Address of the Planexpo account; the event's part is added to it. */
  baseUrl: string;
  event: string;
  /** Static, read-only key of one organiser and event (assumed). */
  apiKey: string;
  /** Whole duration of one call. @default planexpoRules.timeoutMs */
  timeoutMs?: number | undefined;
  budget: Budget;
  /** For the jitter of pauses. @default Math.random */
  random?: (() => number) | undefined;
}

type Query = Parameters<PlanexpoSource['listOrders']>[0];
type Read<T> = Pick<HttpCall<T>, 'path' | 'route' | 'query' | 'schema'>;

/**
 * Planexpo over HTTP. Every call reads, so every failure but a refusal can be repeated. Throws `PlatformFailure`, or an
 * `AbortError` when the caller's signal ends the call. An expired page cursor is a `Conflict` with code
 * `invalid_cursor`: the read starts again from its last checkpoint.
 */
export function createPlanexpoClient(options: PlanexpoOptions): PlanexpoSource {
  const { event } = options;
  const authorization = `Bearer ${options.apiKey.trim()}`;
  const http = createHttp({
    platform: 'planexpo',
    baseUrl: options.baseUrl,
    timeoutMs: options.timeoutMs ?? planexpoRules.timeoutMs,
    budget: options.budget,
    authorize: { header: async () => authorization },
    readProblem: readPlanexpoProblem,
    random: options.random,
  });

  return {
    async ping(call) {
      const read = { path: paths.ping(event), route: '/{event}/api/ping', schema: pingSchema };
      const reply = await get(http, read, call);
      return { event: reply.event, eventName: reply.event_name, serverTime: reply.server_time };
    },
    listOrders: (query, call) => listOrders(http, event, query, call),
    getOrder: (orderId, call) => getOrder(http, event, orderId, call),
    listProducts: (call) => listProducts(http, event, call),
  };
}

async function listOrders(http: Http, event: string, query: Query, call?: CallContext): Promise<OrderPage> {
  const read = {
    path: paths.orders(event),
    route: '/{event}/api/orders',
    query: {
      updated_since: query.updatedSince,
      cursor: query.cursor,
      limit: String(Math.min(query.limit ?? planexpoRules.pageSize, planexpoRules.maxPageSize)),
    },
    schema: orderPageSchema,
  };
  const page = await get(http, read, call);
  if (page.next_cursor !== null && page.next_cursor === query.cursor) throw standingStill(read.route);
  return { rows: page.data.flatMap(readOrder), nextCursor: page.next_cursor, serverTime: page.server_time };
}

/** For the key of an embedded co-exhibitor: its own row alone, out of the dossier that holds it. */
async function getOrder(http: Http, event: string, orderId: string, call?: CallContext): Promise<ReadRow[]> {
  const holder = holderOf(orderId);
  if (holder !== null) {
    const rows = await getOrder(http, event, holder, call);
    return rows.filter((row) => idOf(row) === orderId);
  }
  const route = '/{event}/api/orders/{order_id}';
  try {
    const row = await get(http, { path: paths.order(event, orderId), route, schema: orderSchema }, call);
    const rows = readOrder(row);
    if (rows[0] !== undefined && idOf(rows[0]) === orderId) return rows;
  } catch (error) {
    if (error instanceof PlatformFailure && error.kind === FailureKind.missing) return [];
    throw error;
  }
  const message = 'Planexpo answered with another dossier than the one that was asked for.';
  throw new PlatformFailure(FailureKind.defect, message, { platform: 'planexpo', operation: `GET ${route}` });
}

async function listProducts(http: Http, event: string, call?: CallContext): Promise<ProductDefinition[]> {
  const products = new Map<string, ProductDefinition>();
  const route = '/{event}/api/products';
  const seen = new Set<string>();
  let cursor: string | undefined;
  do {
    const query = { cursor, limit: String(planexpoRules.maxPageSize) };
    const page = await get(
      http,
      { path: paths.products(event), route, query, schema: productPageSchema },
      call,
    );
    for (const product of page.data) products.set(product.id, product);
    cursor = page.next_cursor ?? undefined;
    if (cursor !== undefined && seen.has(cursor)) throw standingStill(route);
    if (cursor !== undefined) seen.add(cursor);
  } while (cursor !== undefined);
  return [...products.values()];
}

function get<T>(http: Http, read: Read<T>, call?: CallContext): Promise<T> {
  return http.request({ ...read, method: 'GET', repeatable: 'safe', ...call });
}

function idOf(row: ReadRow): string | null {
  return row.kind === 'dossier' ? row.dossier.id : row.id;
}

function standingStill(route: string): PlatformFailure {
  const message = `Planexpo's pages at ${route} do not advance: the same cursor came twice.`;
  return new PlatformFailure(FailureKind.defect, message, {
    platform: 'planexpo',
    operation: `GET ${route}`,
  });
}
