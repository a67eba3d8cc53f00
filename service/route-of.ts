import type { Context } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { ServiceEnv } from './parts';

/** Which page or operation a request is for, by its pattern: the last pattern that is a page or an operation; those of middleware end in a star. */
export function routeOf(c: Context<ServiceEnv>): string {
  return matchedRoutes(c).findLast(({ path }) => !path.endsWith('*'))?.path ?? 'none';
}
