import type { PlanexpoOrder } from './order';

/**
 * The other reading of co-exhibitors: no orders of their own, but part of their exhibitor's order. A part has no
 * status, so it shows only while its own equals its exhibitor's. Orders whose exhibitor does not exist stay orders.
 */
export function withCoExhibitors(orders: readonly PlanexpoOrder[]): PlanexpoOrder[] {
  const ids = new Set(orders.map((order) => order.order_id));
  const parts = new Map<string, PlanexpoOrder[]>();
  const own: PlanexpoOrder[] = [];
  for (const order of orders) {
    const parent = order.parent_order_id;
    if (!parent || !ids.has(parent)) own.push(order);
    else parts.set(parent, [...(parts.get(parent) ?? []), order]);
  }
  return own.map((order) => {
    const inside = parts.get(order.order_id) ?? [];
    return inside.length === 0 ? order : embedded(order, inside);
  });
}

function embedded(order: PlanexpoOrder, parts: readonly PlanexpoOrder[]): PlanexpoOrder {
  const shown = parts.filter((part) => part.status === order.status);
  return {
    ...order,
    co_exhibitors: shown.map((part) => ({
      co_id: part.order_id,
      company: part.company,
      booking_contact: part.booking_contact ?? null,
      placement: part.placement ?? null,
      items: part.items,
    })),
  };
}
