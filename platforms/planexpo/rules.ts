/**
 * What Planexpo can take. It publishes no limit (reference, section 4): all of these are assumed, and cautious.
 * The configuration may replace the pace and the time-out.
 */
export const planexpoRules = {
  requestsPerSecond: 2,
  maxInFlight: 2,
  pageSize: 50,
  maxPageSize: 200,
  /** How far before the last change seen the next read starts: covers clocks that differ and rows committed late. */
  overlapMs: 2 * 60 * 1000,
  timeoutMs: 30_000,
} as const;
