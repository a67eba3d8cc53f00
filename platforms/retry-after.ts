import type { WireReply } from './wire';

/** When a platform says "too many requests" without saying for how long (assumed; both references promise the header). */
const DEFAULT_PAUSE_MS = 5_000;

/** A longer wish is a mistake of the sender: one day is enough for people to notice. */
const MAX_PAUSE_MS = 24 * 60 * 60 * 1000;

/**
 * Milliseconds that this reply asks us to wait, or null when it asks for nothing: 429 always does, 503 only with a
 * readable `Retry-After`. Such a call was not processed, whatever it was.
 */
export function pauseAsked(reply: WireReply, nowMs: number): number | null {
  if (reply.status !== 429 && reply.status !== 503) return null;
  const asked = readRetryAfter(reply.retryAfter, reply.date, nowMs);
  if (asked === null) return reply.status === 429 ? DEFAULT_PAUSE_MS : null;
  return Math.min(asked, MAX_PAUSE_MS);
}

/** Seconds or an HTTP date. A date is measured against the sender's own clock when it tells it. */
function readRetryAfter(value: string | null, senderDate: string | null, nowMs: number): number | null {
  const wish = value?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(wish)) return Math.ceil(Number(wish) * 1000);
  // A sign or a bare number would be taken for a year by Date.parse.
  if (!/[A-Za-z]{3}/.test(wish)) return null;
  const until = Date.parse(wish);
  if (Number.isNaN(until)) return null;
  const senderNow = Date.parse(senderDate ?? '');
  return Math.max(0, until - (Number.isNaN(senderNow) ? nowMs : senderNow));
}
