import type { SeenReply } from './http';

/** A `Date` header counts whole seconds: the clock stood somewhere within the second that it names. */
const HALF_A_SECOND = 500;

/**
 * How far a platform's clock is ahead of ours, in ms, estimated from one reply: its `Date` header against the middle of
 * the call. Null without a readable header. Right to about a second, or to half the call's duration when that is longer.
 */
export function clockSkewOf(reply: SeenReply): number | null {
  const serverTime = Date.parse(reply.header('date') ?? '');
  if (Number.isNaN(serverTime)) return null;
  return Math.round(serverTime + HALF_A_SECOND - (reply.sentAt + reply.receivedAt) / 2);
}
