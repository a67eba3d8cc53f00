import { withCoExhibitors } from './co-exhibitors';
import type { PlanexpoOrder } from './order';

/** The orders, with the sort order of the list kept until something changes. */
export interface OrderBook {
  get(id: string): PlanexpoOrder | undefined;
  put(order: PlanexpoOrder): void;
  remove(id: string): void;
  wasRemoved(id: string): boolean;
  all(): PlanexpoOrder[];
  /** What the list serves: ascending by `updated_at, order_id`. */
  listed(): readonly PlanexpoOrder[];
  /** What one address serves; `undefined` when nothing has that id, or when it only shows inside its exhibitor. */
  shown(id: string): PlanexpoOrder | undefined;
  replaceAll(orders: readonly PlanexpoOrder[]): void;
}

export function orderBook(event: string, form: 'own-orders' | 'embedded'): OrderBook {
  let orders = new Map<string, PlanexpoOrder>();
  const removed = new Set<string>();
  let sorted: PlanexpoOrder[] | null = null;
  let byId: Map<string, PlanexpoOrder> | null = null;

  const changed = (): void => {
    sorted = null;
    byId = null;
  };
  const served = (): PlanexpoOrder[] => {
    const own = [...orders.values()].filter((order) => (order.event ?? event) === event);
    return form === 'embedded' ? withCoExhibitors(own) : own;
  };
  const listed = (): readonly PlanexpoOrder[] => {
    sorted ??= served().sort(byUpdate);
    return sorted;
  };

  return {
    get: (id) => orders.get(id),
    put(order) {
      orders.set(order.order_id, order);
      removed.delete(order.order_id);
      changed();
    },
    remove(id) {
      if (orders.delete(id)) removed.add(id);
      changed();
    },
    wasRemoved: (id) => removed.has(id),
    all: () => [...orders.values()],
    listed,
    shown(id) {
      byId ??= new Map(listed().map((order) => [order.order_id, order]));
      return byId.get(id);
    },
    replaceAll(next) {
      orders = new Map(next.map((order) => [order.order_id, order]));
      removed.clear();
      changed();
    },
  };
}

/** Plain string order, so that the ids need not be numbers. */
export function byUpdate(
  a: { updated_at: string; order_id: string },
  b: { updated_at: string; order_id: string },
): number {
  if (a.updated_at !== b.updated_at) return a.updated_at < b.updated_at ? -1 : 1;
  if (a.order_id === b.order_id) return 0;
  return a.order_id < b.order_id ? -1 : 1;
}
