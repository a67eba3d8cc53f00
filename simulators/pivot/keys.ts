import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { Problem } from '../core/http-message';
import { option } from './path-options';
import { problem, refusal } from './refusals';

/** A key stands for one tourism operator. */
export const pivotKeySchema = z.object({
  id: z.string().min(1),
  enabled: z.boolean().default(true),
  operator: z.number().int().default(1),
  /** Whose marketing text the key reads: 10 local, 20 provincial, 30 regional. */
  scope: z.union([z.literal(10), z.literal(20), z.literal(30)]).default(30),
});
export type PivotKey = z.infer<typeof pivotKeySchema>;

export interface KeyRing {
  keys: Map<string, PivotKey>;
}

/** The key of a request: header `ws_key`, or the option of that name in the path. */
export function keyIdOf(headers: IncomingHttpHeaders, query: URLSearchParams): string | null {
  const header = headers.ws_key;
  return (Array.isArray(header) ? header[0] : header) ?? option({ query }, 'ws_key');
}

export function refuseAccess(
  ring: KeyRing,
  headers: IncomingHttpHeaders,
  query: URLSearchParams,
): Problem | null {
  return ring.keys.get(keyIdOf(headers, query) ?? '')?.enabled ? null : problem('unknown-key');
}

/** The caller's key. Only for routes that ask for one. */
export function callerOf(ring: KeyRing, headers: IncomingHttpHeaders, query: URLSearchParams): PivotKey {
  const key = ring.keys.get(keyIdOf(headers, query) ?? '');
  if (!key?.enabled) throw refusal('unknown-key');
  return key;
}

/** What belongs to nobody belongs to everybody. */
export function mayUse(key: PivotKey, record: { operator?: number | undefined }): boolean {
  return record.operator === undefined || record.operator === key.operator;
}
