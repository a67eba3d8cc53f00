import type { Hono, MiddlewareHandler } from 'hono';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Pool } from '../../db/pool';
import { type Figure, serviceFigures } from '../../db/service-metrics';
import type { ServiceEnv } from '../parts';
import { createRequestCounter } from './count-requests';
import { createStandingGauges } from './standing-gauges';

/** Several who scrape, or one who does it often, ask the database once. */
const KEEP_FOR_MS = 10_000;
/** Shorter than the patience of a usual scrape (10 s), so that it is told that the database is away. */
const ANSWER_WITHIN_MS = 3_000;

export interface MetricsParts {
  pool: Pool;
  /** Lets in who may scrape; answers the others itself. Without it everybody who reaches the service may. */
  guard?: MiddlewareHandler<ServiceEnv>;
  /** How long what the database said may be given again, ms. @default 10_000 */
  keepForMs?: number;
}

export interface Metrics {
  /** Counts requests: mount it before everything that is to be counted. */
  middleware: MiddlewareHandler<ServiceEnv>;
  /** Adds `GET /metrics`. */
  mount(app: Hono<ServiceEnv>): void;
}

/**
 * The metrics of one service, in the text form of Prometheus: this process, its requests, and where all syncs stand. Nothing
 * is shared with another service in the same process. A scrape is answered also while the database is away.
 */
export function createMetrics({ pool, guard, keepForMs = KEEP_FOR_MS }: MetricsParts): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const middleware = createRequestCounter(registry);
  const setStanding = createStandingGauges(registry);
  const figures = rememberFor(keepForMs, () => serviceFigures(pool));

  return {
    middleware,
    mount(app) {
      app.get('/metrics', guard ?? ((_c, next) => next()), async (c) => {
        setStanding(await inTime(figures()));
        const text = await registry.metrics();
        return c.body(text, 200, { 'content-type': registry.contentType, 'cache-control': 'no-store' });
      });
    },
  };
}

/** One question at a time, whose answer is good for a while; a failure is not kept. */
function rememberFor<T>(ms: number, ask: () => Promise<T>): () => Promise<T> {
  let known: { answer: T; until: number } | null = null;
  let asking: Promise<T> | null = null;
  return () => {
    if (known !== null && performance.now() < known.until) return Promise.resolve(known.answer);
    asking ??= ask()
      .then((answer) => {
        known = { answer, until: performance.now() + ms };
        return answer;
      })
      .finally(() => {
        asking = null;
      });
    return asking;
  };
}

/** Null when there is no answer, or none in time. */
function inTime(figures: Promise<Figure[]>): Promise<Figure[] | null> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ANSWER_WITHIN_MS);
  });
  return Promise.race([figures.catch(() => null), tooLate]).finally(() => clearTimeout(timer));
}
