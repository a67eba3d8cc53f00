export type RateLimit = { requestsPerSecond: number; burst: number } | 'none';

/** One bucket for each client. `take` answers 0 when the request may pass, else the milliseconds until one would. */
export interface TokenBuckets {
  take(client: string, nowMs: number): number;
}

export function tokenBuckets(limit: RateLimit): TokenBuckets {
  if (limit === 'none') return { take: () => 0 };
  const { requestsPerSecond, burst } = limit;
  const buckets = new Map<string, { tokens: number; at: number }>();

  return {
    take(client, nowMs) {
      const bucket = buckets.get(client) ?? { tokens: burst, at: nowMs };
      const refilled = bucket.tokens + (Math.max(0, nowMs - bucket.at) / 1000) * requestsPerSecond;
      const tokens = Math.min(burst, refilled);
      if (tokens >= 1) {
        buckets.set(client, { tokens: tokens - 1, at: nowMs });
        return 0;
      }
      buckets.set(client, { tokens, at: nowMs });
      return ((1 - tokens) / requestsPerSecond) * 1000;
    },
  };
}
