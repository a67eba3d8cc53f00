import type { Dossier } from '../../mappings/planexpo-inwink/dossier';
import type { ProductDefinition } from '../../mappings/planexpo-inwink/mask/mask';
import type { CallContext } from '../budget';

/** One row of a page: either understood, or kept out with the reason, so that one bad row stops nothing else. */
export type ReadRow =
  | { kind: 'dossier'; dossier: Dossier }
  | { kind: 'unreadable'; id: string | null; problems: string[] };

export interface OrderPage {
  rows: ReadRow[];
  nextCursor: string | null;
  /** Planexpo's clock when it answered, ISO 8601 UTC. */
  serverTime: string;
}

/** The source side. An exported workbook or a database view can take its place by keeping to this interface. */
export interface PlanexpoSource {
  ping(call?: CallContext): Promise<{ event: string; eventName: string; serverTime: string }>;
  /** Ascending by `updated_at, order_id`; `updatedSince` is inclusive. Embedded co-exhibitors become rows of their own, right after their parent. */
  listOrders(
    query: { updatedSince?: string | undefined; cursor?: string | undefined; limit?: number | undefined },
    call?: CallContext,
  ): Promise<OrderPage>;
  /** The dossier first, then its embedded co-exhibitors. `[]` when Planexpo has deleted it (404, 410). */
  getOrder(orderId: string, call?: CallContext): Promise<ReadRow[]>;
  /** Every page. */
  listProducts(call?: CallContext): Promise<ProductDefinition[]>;
}
