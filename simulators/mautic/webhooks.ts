import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { MauticVersion } from './options';

/** Pauses of the platform: an answer must come within 15 s; 100 failures switch a hook off. */
const TIMEOUT_MS = 15_000;
const MOST_FAILURES = 100;
const MOST_PER_CALL = 10;

export const hookSchema = z.strictObject({
  /** null takes the hook away. */
  url: z.string().nullable(),
  secret: z.string().default(''),
  /** Types of events; all when left out. */
  events: z.array(z.string()).optional(),
  /** How often each call is made. 0 = every call gets lost. */
  copies: z.number().int().min(0).default(1),
  /** So many of the next calls get lost. */
  lost: z.number().int().min(0).default(0),
  /** So many of the next calls carry a signature of another secret. */
  badlySigned: z.number().int().min(0).default(0),
  /** So many events are held back at a time, and sent newest first. */
  outOfOrder: z.number().int().min(0).default(0),
  /** So many events in one call: more than one is the queue mode, which sends when so many are there. */
  perCall: z.number().int().min(1).max(MOST_PER_CALL).default(1),
});
type Hook = z.output<typeof hookSchema> & { url: string };

interface HookEvent {
  type: string;
  payload: Record<string, unknown>;
}

export interface WebhookStatus {
  state: 'none' | 'on' | 'off';
  delivered: number;
  failed: number;
  /** Waiting: held back, or to be sent again. */
  pending: number;
}

/** The one webhook of the instance: a call for each event, or for several, in their order, never awaited by a save. */
export interface WebhookDesk {
  /** Throws a `ZodError`. */
  configure(input: unknown): void;
  /** The address that calls name as their origin. */
  origin: string;
  emit(type: string, payload: Record<string, unknown>): void;
  /** Sends what is held back, waits for every call, and answers what became of them. */
  settled(): Promise<WebhookStatus>;
  clear(): void;
  /** Ends calls in flight. */
  stop(): void;
}

export function webhookDesk(version: () => MauticVersion, now: () => string): WebhookDesk {
  const stopping = new AbortController();
  let hook: Hook | null = null;
  let isOff = false;
  let held: HookEvent[] = [];
  let failedEvents: HookEvent[] = [];
  let counts = { delivered: 0, failed: 0 };
  let queue: Promise<void> = Promise.resolve();

  const fail = (events: HookEvent[]): void => {
    counts.failed += 1;
    if (counts.failed >= MOST_FAILURES) isOff = true;
    if (version() === 3) failedEvents = events; // sent again with the next event; later versions have forgotten them
  };
  const call = async (target: Hook, events: HookEvent[]): Promise<void> => {
    for (let copy = 0; copy < target.copies; copy += 1) {
      const status = await post(target, events, desk.origin, stopping.signal);
      if (status === 410) isOff = true;
      if (status !== null && status < 300) counts.delivered += 1;
      else fail(events);
    }
  };
  const send = (some: readonly HookEvent[]): void => {
    queue = queue.then(async () => {
      if (!hook || isOff) return;
      const events = [...failedEvents, ...some].slice(-MOST_PER_CALL);
      failedEvents = [];
      if (hook.lost > 0) hook.lost -= 1;
      else await call(hook, events);
    });
  };
  const release = (): void => {
    const events = hook !== null && hook.outOfOrder > 0 ? held.reverse() : held;
    held = [];
    const perCall = hook?.perCall ?? 1;
    for (let first = 0; first < events.length; first += perCall) send(events.slice(first, first + perCall));
  };

  const desk: WebhookDesk = {
    origin: '',
    configure(input) {
      const { url, ...rest } = hookSchema.parse(input);
      hook = url === null ? null : { url, ...rest };
      isOff = false;
      held = [];
      failedEvents = [];
      counts = { delivered: 0, failed: 0 };
    },
    emit(type, payload) {
      if (!hook || isOff || (hook.events && !hook.events.includes(type))) return;
      held.push({ type, payload: { ...payload, timestamp: now() } });
      if (held.length >= Math.max(hook.perCall, hook.outOfOrder)) release();
    },
    async settled() {
      release();
      await queue;
      const state = hook === null ? 'none' : isOff ? 'off' : 'on';
      return { state, ...counts, pending: held.length + failedEvents.length };
    },
    clear() {
      hook = null;
      held = [];
      failedEvents = [];
    },
    stop: () => stopping.abort(),
  };
  return desk;
}

/** The status of the reply, null when none came. */
async function post(
  hook: Hook,
  events: HookEvent[],
  origin: string,
  stopping: AbortSignal,
): Promise<number | null> {
  const byType: Record<string, unknown[]> = {};
  for (const { type, payload } of events) {
    const list = byType[type] ?? [];
    byType[type] = list;
    list.push(payload);
  }
  const body = JSON.stringify(byType);
  const secret = hook.badlySigned > 0 ? `not ${hook.secret}` : hook.secret;
  hook.badlySigned = Math.max(0, hook.badlySigned - 1);
  const headers = {
    'content-type': 'application/json',
    'webhook-signature': createHmac('sha256', secret).update(body).digest('base64'),
    'x-origin-base-url': origin,
  };
  try {
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(TIMEOUT_MS)]);
    const reply = await fetch(hook.url, { method: 'POST', headers, body, signal });
    await reply.arrayBuffer();
    return reply.status;
  } catch {
    return null; // no answer is an answer too: the event counts as failed
  }
}
