import type { IncomingHttpHeaders } from 'node:http';
import {
  type Problem,
  param,
  Refusal,
  type Route,
  type SimReply,
  type SimRequest,
} from '../core/http-message';
import type { PersonChange, Platform } from '../core/platform';
import { type Simulator, startServer } from '../core/start-server';
import { listOrders, listProducts } from './listing';
import type { PlanexpoSimulatorOptions } from './options';
import { type PlanexpoState, planexpoStateSchema } from './order';
import { changeKey, changeOrder, changeProduct } from './person-changes';
import { type PlanexpoWorld, planexpoWorld } from './world';

export type { PlanexpoSimulatorOptions } from './options';
export type { PlanexpoOrder } from './order';

/**
 * Planexpo as assumed in its contract: a read-only API for one event, 5 requests a second with a burst of 10.
 * Kinds for the control routes: `orders`, `products`, `keys`. Actions: `webhook`, `webhooks`.
 */
export async function startPlanexpoSimulator(options: PlanexpoSimulatorOptions): Promise<Simulator> {
  const limits = options.limits ?? { requestsPerSecond: 5, burst: 10 };
  const world = planexpoWorld(options);
  const server = await startServer(planexpoPlatform(options, world), { ...options, limits });
  return {
    url: server.url,
    close() {
      world.webhooks.stop();
      return server.close();
    },
  };
}

function planexpoPlatform(options: PlanexpoSimulatorOptions, world: PlanexpoWorld): Platform {
  const keysAtStart = [...world.keys.values()];
  const load = (state: PlanexpoState): void => {
    world.orders.replaceAll(state.orders);
    world.products = new Map(state.products.map((product) => [product.product_id, product]));
    world.keys = new Map(keysAtStart.map((key) => [key.id, key]));
    world.webhooks.clear();
  };
  let initial: PlanexpoState = options.initial ?? { orders: [], products: [] };
  load(initial);

  return {
    name: 'planexpo',
    routes: planexpoRoutes(world),
    actions: {
      /** Sets the hook; see `hookSchema`. */
      async webhook(body) {
        world.webhooks.configure(body);
        return {};
      },
      /** Waits for every call under way, and answers what became of them. */
      webhooks: () => world.webhooks.settled(),
    },
    clientOf: (headers) => keyOf(headers) ?? 'anonymous',
    refuseAccess: (headers) => refuseAccess(world, headers),
    problemReply,
    expire(what) {
      if (what === 'cursors') world.cursorGeneration += 1;
      else world.keys.clear();
    },
    records: (kind, id) => recordsOf(world, kind, id),
    change: (kind, change) => changeRecord(world, kind, change),
    reset(given) {
      if (given !== undefined) initial = planexpoStateSchema.parse(given);
      load(initial);
    },
    summary: () => ({ externalReferences: world.orders.all().length, duplicates: {} }),
  };
}

function planexpoRoutes(world: PlanexpoWorld): Route[] {
  const read = (template: string, handle: (request: SimRequest) => SimReply): Route => ({
    method: 'GET',
    template,
    access: 'client',
    purpose: 'read',
    handle(request) {
      if (param(request, 'event') === world.event.id) return handle(request);
      throw new Refusal({ status: 404, code: 'not_found', message: 'There is no such event.' });
    },
  });
  return [
    read('/{event}/api/ping', () => ({
      status: 200,
      body: { event: world.event.id, event_name: world.event.name, server_time: world.now() },
    })),
    read('/{event}/api/orders', (request) => listOrders(world, request)),
    read('/{event}/api/orders/{order_id}', (request) => oneOrder(world, request)),
    read('/{event}/api/products', (request) => listProducts(world, request)),
  ];
}

function oneOrder(world: PlanexpoWorld, request: SimRequest): SimReply {
  const id = param(request, 'order_id');
  const order = world.orders.shown(id);
  if (order) return { status: 200, body: { event: world.event.id, ...order } };
  if (world.deletedStatus === 410 && world.orders.wasRemoved(id)) {
    throw new Refusal({ status: 410, code: 'gone', message: 'This order was deleted.' });
  }
  throw new Refusal({ status: 404, code: 'not_found', message: 'There is no such order.' });
}

function keyOf(headers: IncomingHttpHeaders): string | null {
  return /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? null;
}

function refuseAccess(world: PlanexpoWorld, headers: IncomingHttpHeaders): Problem | null {
  const key = world.keys.get(keyOf(headers) ?? '');
  if (!key) return { status: 401, code: 'unauthorized', message: 'The API key is missing or not valid.' };
  if (!key.allowed)
    return { status: 403, code: 'forbidden', message: 'The API key may not read this event.' };
  return null;
}

const CODES: Record<string, string> = {
  NotFound: 'not_found',
  MethodNotAllowed: 'method_not_allowed',
  TooManyRequests: 'rate_limited',
};

function problemReply(problem: Problem): SimReply {
  const { status, message, headers = {} } = problem;
  return { status, headers, body: { error: { code: CODES[problem.code] ?? problem.code, message } } };
}

function recordsOf(world: PlanexpoWorld, kind: string, id: string | null): readonly unknown[] | null {
  switch (kind) {
    case 'orders':
      return id === null ? world.orders.all() : [world.orders.get(id)].filter((order) => order !== undefined);
    case 'products':
      return [...world.products.values()].filter((product) => id === null || product.product_id === id);
    case 'keys':
      return [...world.keys.values()].filter((key) => id === null || key.id === id);
    default:
      return null;
  }
}

function changeRecord(world: PlanexpoWorld, kind: string, change: PersonChange): unknown {
  switch (kind) {
    case 'orders':
      return changeOrder(world, change);
    case 'products':
      return changeProduct(world, change);
    case 'keys':
      return changeKey(world, change);
    default:
      throw new Refusal({ status: 404, code: 'not_found', message: `Planexpo has no records "${kind}".` });
  }
}
