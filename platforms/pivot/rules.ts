/**
 * What PIVOT can take. It publishes neither a pace nor a number of calls at a time: those are assumed, and cautious,
 * because its operator switches off keys by hand. The configuration may replace pace and time-out. A key that is seen
 * from several IP addresses is switched off (documented): one address for all workers of one key.
 */
export const pivotRules = {
  requestsPerSecond: 2,
  maxInFlight: 2,
  /** Assumed: an answer at content level 3 is built while we wait. */
  timeoutMs: 60_000,
  /** Assumed: an offer takes up to 60 KB at level 3, and a whole page must stay below what we accept as one answer. */
  pageSize: 100,
  maxPageSize: 200,
  /** 7.5 MB per file (documented); read the strict way, as bytes of the base64 text that is sent (assumed). */
  maxUploadBytes: 7_500_000,
  /** How long a created media may be missing from searches (settled question 4). */
  searchLagMs: 10_000,
} as const;
