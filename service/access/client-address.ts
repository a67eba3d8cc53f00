import { isIP, isIPv6 } from 'node:net';
import type { Context } from 'hono';
import type { ServiceEnv, ServiceParts } from '../parts';

/**
 * Where a request comes from, for counting failed sign-ins. Behind the declared proxy it is what that proxy wrote last:
 * everything before it in the header is the visitor's own claim. An IPv6 address counts by its network, because its
 * holder has all of the addresses in it.
 */
export function clientAddress(c: Context<ServiceEnv>, { isSecure }: Pick<ServiceParts, 'isSecure'>): string {
  // requests that no socket brought (a test's) have no bindings
  const socket = (c.env as Partial<ServiceEnv['Bindings']> | undefined)?.incoming?.socket.remoteAddress;
  const forwarded = isSecure ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  const address = forwarded !== undefined && isIP(forwarded) !== 0 ? forwarded : socket;
  return address === undefined ? 'unknown' : network(address);
}

function network(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
  const first = groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${first.join(':')}::/64`;
}
