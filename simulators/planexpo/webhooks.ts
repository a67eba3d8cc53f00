import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { PlanexpoOrder } from './order';

const TIMEOUT_MS = 15_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 5_000;

export const hookSchema = z.strictObject({
  /** null takes the hook away. */
  url: z.string().nullable(),
  secret: z.string().default(''),
  /** One event of so many is sent twice. 0 = none. */
  twiceEvery: z.number().int().min(0).default(0),
  /** So many of the next calls carry a signature of another secret. */
  badlySigned: z.number().int().min(0).default(0),
});
type Hook = z.output<typeof hookSchema> & { url: string };

export interface WebhookStatus {
  events: number;
  /** Calls that were answered with 2xx. */
  delivered: number;
  /** Calls that were not. */
  failed: number;
}

/**
 * The one webhook of the event, as assumed: each change is told at least once, in no order, until somebody answers 2xx. An
 * answer that can only be the same again (401, 4xx) is not repeated.
 */
export interface WebhookDesk {
  /** Throws a `ZodError`. */
  configure(input: unknown): void;
  tell(before: PlanexpoOrder | undefined, after: PlanexpoOrder | null): void;
  /** Waits until every event was taken or given up. */
  settled(): Promise<WebhookStatus>;
  clear(): void;
  /** Ends calls in flight. */
  stop(): void;
}

export function webhookDesk(event: string, now: () => string): WebhookDesk {
  const stopping = new AbortController();
  let hook: Hook | null = null;
  let counts = { events: 0, delivered: 0, failed: 0 };
  let underWay: Array<Promise<void>> = [];

  const send = async (target: Hook, body: string): Promise<void> => {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      if (stopping.signal.aborted || hook !== target) return;
      const status = await post(target, body, stopping.signal);
      if (status !== null && status < 300) {
        counts.delivered += 1;
        return;
      }
      counts.failed += 1;
      if (status !== null && status >= 400 && status < 500 && status !== 429) return;
      await pause(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined); // stopped: seen above
    }
  };

  return {
    configure(input) {
      const { url, ...rest } = hookSchema.parse(input);
      hook = url === null ? null : { url, ...rest };
      counts = { events: 0, delivered: 0, failed: 0 };
    },
    tell(before, after) {
      const order = after ?? before;
      if (hook === null || order === undefined) return;
      counts.events += 1;
      const { order_id, version } = order;
      const body = JSON.stringify({
        id: randomUUID(),
        type: typeOf(before, after),
        event,
        order_id,
        version,
        occurred_at: now(),
      });
      const copies = hook.twiceEvery > 0 && counts.events % hook.twiceEvery === 0 ? 2 : 1;
      for (let copy = 0; copy < copies; copy += 1) underWay.push(send(hook, body));
    },
    async settled() {
      const waited = underWay;
      underWay = [];
      await Promise.all(waited);
      return { ...counts };
    },
    clear() {
      hook = null;
    },
    stop: () => stopping.abort(),
  };
}

function typeOf(before: PlanexpoOrder | undefined, after: PlanexpoOrder | null): string {
  if (after === null) return 'order.deleted';
  const isReached = after.status !== before?.status;
  if (isReached && (after.status === 'validated' || after.status === 'cancelled'))
    return `order.${after.status}`;
  return 'order.updated';
}

/** The status of the reply, null when none came. */
async function post(hook: Hook, body: string, stopping: AbortSignal): Promise<number | null> {
  const secret = hook.badlySigned > 0 ? `not ${hook.secret}` : hook.secret;
  hook.badlySigned = Math.max(0, hook.badlySigned - 1);
  const headers = {
    'content-type': 'application/json',
    'x-planexpo-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  };
  try {
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(TIMEOUT_MS)]);
    const reply = await fetch(hook.url, { method: 'POST', headers, body, signal });
    await reply.arrayBuffer();
    return reply.status;
  } catch {
    return null; // no answer: it is sent again
  }
}
