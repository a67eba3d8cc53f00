import { z } from 'zod';

/** How long an event id is remembered at least, and from which age on an event counts as heard before, in days. */
export const REMEMBERED_DAYS = 30;
/** A day less: the clock of a sender may be behind ours. */
const HEARD_BEFORE_MS = (REMEMBERED_DAYS - 1) * 86_400_000;

/** An id as a platform gives it: opaque, but it must fit into the id of a workflow and into a database. */
export const announcedId = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'expected a text without control characters');

/** A sender's word for what happened. */
export const announcedType = announcedId.max(100);

/**
 * Whether an event is older than our memory of event ids: it may have been heard before, and scheduled runs have passed
 * since. Unknown times are recent.
 */
export function isHeardBefore(occurredAt: unknown, now: number): boolean {
  const time = typeof occurredAt === 'string' ? Date.parse(occurredAt) : Number.NaN;
  return time < now - HEARD_BEFORE_MS;
}

/** What is wrong with a body, place by place; never its values. */
export function problemsOf({ issues }: z.ZodError): string[] {
  return issues.map(({ path, message }) => `${path.map(String).join('.') || 'body'}: ${message}`);
}
