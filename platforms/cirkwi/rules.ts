/**
 * What Cirkwi can take. It publishes no limit: all of these are assumed, and cautious. The configuration may replace
 * the pace and the time-out.
 */
export const cirkwiRules = {
  requestsPerSecond: 2,
  maxInFlight: 2,
  /** Objects per page of the outgoing feed. */
  maxRows: 100,
  /** A page is built while we wait, with every text and medium of its objects. */
  timeoutMs: 60_000,
} as const;
