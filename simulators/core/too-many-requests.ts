import type { Problem } from './http-message';
import type { ServerParts } from './server-parts';

/** 429 while a fault keeps the server closed, or when this client is over its limit; `null` = come in. */
export function tooSoon(parts: ServerParts, client: string): Problem | null {
  const now = Date.now();
  const age = parts.windows.ageFor(client, now);
  if (age !== null) parts.stats.arrivedDuringRetryAfter(age);
  const closedForMs = parts.windows.closedForMs(now);
  if (closedForMs > 0) return tooManyRequests(closedForMs);

  const waitMs = parts.buckets.take(client, now);
  if (waitMs === 0) return null;
  parts.windows.ask(client, now, wholeSeconds(waitMs) * 1000);
  return tooManyRequests(waitMs);
}

export function tooManyRequests(waitMs: number): Problem {
  return {
    status: 429,
    code: 'TooManyRequests',
    message: 'Too many requests.',
    headers: { 'retry-after': String(wholeSeconds(waitMs)) },
  };
}

function wholeSeconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000));
}
