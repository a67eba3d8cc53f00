import type { MauticObject } from './client';

/**
 * What a Mautic instance can take and will accept. Pace and sizes are assumed, and cautious; the configuration may replace
 * the pace, the page, the batch, the lag and the time-out.
 */
export const mauticRules = {
  requestsPerSecond: 5,
  maxInFlight: 4,
  timeoutMs: 30_000,
  /** How long a created record may be missing from searches (assumed; its lists come from the database itself). */
  searchLagMs: 10_000,
  /** Records in one writing call: an instance refuses more with a 500 (documented default). */
  maxBatch: 200,
  /** Rows asked for at once in a lookup. */
  lookupPage: 200,
  /** Fields asked for at once: without a limit an instance shows 30 (documented). */
  fieldPage: 100,
  /** Values, or ids, in one lookup. */
  lookupValues: 100,
  /** Characters of conditions in one address: web servers refuse addresses of more than 8,000 (their usual limit). */
  maxConditionLength: 5_000,
  /** Characters of one body; the shared limit of our HTTP is twice this. */
  maxBodyLength: 500_000,
  /** From this version on `in` finds what it is asked for; before, its values seem to reach the SQL without quotes. */
  firstMajorWithIn: 4,
  /** Longest text of a one-line field: Mautic's default, which its API does not show (documented default). */
  textLength: 64,
  /** What a record is known by when Mautic's answer is compared with what was sent. */
  identityField: { contact: 'email', company: 'companyname' } satisfies Record<MauticObject, string>,
} as const;

/** The first number of a version; null when there is none. */
export function majorOf(version: string): number | null {
  const digits = /^(\d+)\./.exec(version)?.[1];
  return digits === undefined ? null : Number(digits);
}
