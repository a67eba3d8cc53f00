import type { Context, MiddlewareHandler } from 'hono';
import { Counter, Histogram, type Registry } from 'prom-client';
import type { ServiceEnv } from '../parts';
import { routeOf } from '../route-of';

/** From an answer out of memory to a page over a hundred thousand records, in seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2.5, 5, 10];
/** Others count as one: whoever asks may not make up new labels. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * Counts each request and how long its answer took to begin. Routes are named by their pattern, never by the address,
 * which holds ids and secrets; an address without a route is `none`.
 */
export function createRequestCounter(registry: Registry): MiddlewareHandler<ServiceEnv> {
  const requests = new Counter({
    name: 'passerelle_http_requests_total',
    help: 'Requests that were answered.',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  });
  const durations = new Histogram({
    name: 'passerelle_http_request_duration_seconds',
    help: 'Time until the answer began.',
    labelNames: ['method', 'route'],
    buckets: BUCKETS,
    registers: [registry],
  });
  return async (c, next) => {
    const startedAt = performance.now();
    await next();
    const method = METHODS.includes(c.req.method) ? c.req.method : 'other';
    const route = routeOf(c);
    requests.inc({ method, route, status: statusOf(c) });
    durations.observe({ method, route }, (performance.now() - startedAt) / 1_000);
  };
}

/** What was streamed past hono (the feeds) tells its status by itself. */
function statusOf(c: Context<ServiceEnv>): number {
  return c.res.headers.has('x-hono-already-sent') ? c.env.outgoing.statusCode : c.res.status;
}
