/**
 * What Inwink can take and will accept. It publishes no limit (reference, section 6): pace, sizes and times are assumed,
 * and cautious. The configuration may replace the pace, the lag and the time-out.
 */
export const inwinkRules = {
  requestsPerSecond: 5,
  maxInFlight: 4,
  timeoutMs: 30_000,
  /** How long a created record may be missing from searches; reading by id is immediate (settled question 4). */
  searchLagMs: 10_000,
  pageSize: 100,
  maxPageSize: 200,
  /** Values in one `$in`. */
  searchBlock: 100,
  /** Closed lists (settled question 13): any other value is refused. */
  titles: ['Mr', 'Mrs'],
  preferredLanguages: ['fr', 'en', 'nl', 'de', 'es', 'it'],
} as const;
