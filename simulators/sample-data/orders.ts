import type { PlanexpoOrder } from '../planexpo/order';
import { cleanOrder } from './clean-order';
import { DIRT, DIRT_KINDS, type DirtKind } from './dirt';
import { orderSlots } from './slots';

export interface SampleOrders {
  orders: PlanexpoOrder[];
  /** Which dossiers have which kind of dirt. */
  dirt: Record<DirtKind, string[]>;
  /** Validated dossiers without dirt, as they are. */
  clean: PlanexpoOrder[];
}

/** Every second validated dossier gets one kind of dirt, in turn: from 120 dossiers on, each kind occurs. */
export function sampleOrders(dossiers: number, seed: number): SampleOrders {
  const dirt = noDirt();
  const clean: PlanexpoOrder[] = [];
  let dealt = 0;
  const orders = orderSlots(dossiers).map((slot) => {
    const { order, place, line } = cleanOrder(slot, seed);
    if (slot.status !== 'validated' || slot.isTest) return order;
    const kind = slot.position % 2 === 1 ? DIRT_KINDS[dealt % DIRT_KINDS.length] : undefined;
    if (!kind) {
      clean.push(order);
      return order;
    }
    dealt += 1;
    dirt[kind].push(order.order_id);
    return DIRT[kind](order, { place, line, earlier: clean.at(-1)?.booking_contact ?? null });
  });
  return { orders, dirt, clean };
}

function noDirt(): Record<DirtKind, string[]> {
  // The cast is safe: the entries are made from every key.
  return Object.fromEntries(DIRT_KINDS.map((kind) => [kind, []])) as unknown as Record<DirtKind, string[]>;
}
