import type { ServerResponse } from 'node:http';
import type { Disturbance, Interference } from './disturbance';
import type { Fault } from './fault-schema';
import type { SimReply } from './http-message';
import { EVERYONE } from './retry-after-windows';
import { dropConnection, sendHtml, sendReply, sendTruncated } from './send-reply';
import type { ServerParts } from './server-parts';

/** What the route answered, and what stands between it and the caller. `reply: null` = it did not run. */
export interface Outcome {
  reply: SimReply | null;
  interference: Interference | null;
}

/** A refusal always reaches the caller: only replies to requests that took effect are lost. */
export function outcomeOf(reply: SimReply | null, plan: Disturbance): Outcome {
  if (!reply) return { reply, interference: plan.instead };
  return { reply, interference: reply.status >= 400 ? null : plan.onReply };
}

/** The status that the caller gets to see, `null` when it sees none. */
export function statusSeen({ reply, interference }: Outcome): number | null {
  if (!interference) return reply?.status ?? null;
  return 'status' in interference ? interference.status : null;
}

export function deliver(
  parts: ServerParts,
  response: ServerResponse,
  { reply, interference }: Outcome,
): void {
  stampDate(parts, response);
  if (reply && !interference) {
    answer(parts, response, reply);
    return;
  }
  switch (interference?.kind) {
    case 'status':
      answer(parts, response, injectedReply(parts, interference));
      return;
    case 'html':
      parts.stats.answered(interference.status);
      sendHtml(response, interference.status);
      return;
    case 'hang': // ended by the caller's own timeout, or by the end of the server
      parts.stats.leftUnanswered();
      return;
    case 'truncate':
      parts.stats.leftUnanswered();
      if (reply) sendTruncated(response, reply, interference.length);
      return;
    default:
      parts.stats.leftUnanswered();
      dropConnection(response);
  }
}

export function answer(parts: ServerParts, response: ServerResponse, reply: SimReply): void {
  stampDate(parts, response);
  parts.stats.answered(reply.status);
  sendReply(response, reply);
}

/** Every reply of a platform with a clock of its own tells that clock, also one that goes wrong. */
function stampDate({ platform }: ServerParts, response: ServerResponse): void {
  if (platform.clock) response.setHeader('date', new Date(platform.clock()).toUTCString());
}

function injectedReply(parts: ServerParts, fault: Extract<Fault, { kind: 'status' }>): SimReply {
  const { status, code, retryAfterSeconds } = fault;
  const problem = { status, code, message: 'The server could not do this.' };
  if (retryAfterSeconds === undefined) return parts.platform.problemReply(problem);
  parts.windows.ask(EVERYONE, Date.now(), retryAfterSeconds * 1000);
  return parts.platform.problemReply({ ...problem, headers: { 'retry-after': String(retryAfterSeconds) } });
}
