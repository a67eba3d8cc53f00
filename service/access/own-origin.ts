import type { Context } from 'hono';
import { isLoopback } from '../bindable';
import type { ServiceEnv, ServiceParts } from '../parts';

type Parts = Pick<ServiceParts, 'configuration' | 'isSecure'>;

/**
 * The origin under which the asking browser knows us: the declared one, or that of the request where only this machine
 * reaches us. Null for a request that came under a name which is not ours (a foreign name that points to this machine).
 */
export function ownOrigin(c: Context<ServiceEnv>, { configuration, isSecure }: Parts): string | null {
  const { publicUrl } = configuration.service;
  if (isSecure) return publicUrl ?? null;
  const { hostname, origin } = new URL(c.req.url);
  return isLoopback(hostname) || origin === publicUrl ? origin : null;
}

/**
 * Whether a form was sent by a page of ours. Browsers say where a form comes from, in two ways that scripts cannot change;
 * a request that says nothing is refused with those that say something else.
 */
export function isFromOwnPage(c: Context<ServiceEnv>, parts: Parts): boolean {
  const site = c.req.header('sec-fetch-site');
  const origin = c.req.header('origin');
  if (site !== undefined && site !== 'same-origin') return false;
  return origin === undefined ? site === 'same-origin' : origin === ownOrigin(c, parts);
}
