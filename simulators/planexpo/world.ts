import type { SimReply } from '../core/http-message';
import type { PlanexpoSimulatorOptions } from './options';
import type { PlanexpoOrder, PlanexpoProduct } from './order';
import { type OrderBook, orderBook } from './order-book';
import { type WebhookDesk, webhookDesk } from './webhooks';

/** Everything one simulated Planexpo holds. */
export interface PlanexpoWorld {
  event: { id: string; name: string };
  orders: OrderBook;
  /** How co-exhibitors show: as orders of their own, or inside their exhibitor's order. */
  coExhibitors: 'own-orders' | 'embedded';
  products: Map<string, PlanexpoProduct>;
  /** Key -> what it may do on this event. */
  keys: Map<string, { id: string; allowed: boolean }>;
  deletedStatus: 404 | 410;
  cursorTtlMs: number;
  /** Cursors of an earlier generation are expired. */
  cursorGeneration: number;
  webhooks: WebhookDesk;
  /** Planexpo's clock, ISO 8601 UTC to the second. */
  now(): string;
  page(data: Array<PlanexpoOrder | PlanexpoProduct>, nextCursor: string | null): SimReply;
}

export function planexpoWorld(options: PlanexpoSimulatorOptions): PlanexpoWorld {
  const now = (): string => {
    const iso = new Date(Date.now() + (options.clockOffsetMs ?? 0)).toISOString();
    return `${iso.slice(0, 19)}Z`;
  };
  const coExhibitors = options.embedCoExhibitors ? 'embedded' : 'own-orders';
  return {
    event: options.event,
    orders: orderBook(options.event.id, coExhibitors),
    coExhibitors,
    products: new Map(),
    keys: new Map(options.credentials.apiKeys.map((id) => [id, { id, allowed: true }])),
    deletedStatus: options.deletedStatus ?? 404,
    cursorTtlMs: options.cursorTtlMs ?? 10 * 60_000,
    cursorGeneration: 0,
    webhooks: webhookDesk(options.event.id, now),
    now,
    page: (data, next_cursor) => ({ status: 200, body: { data, next_cursor, server_time: now() } }),
  };
}
