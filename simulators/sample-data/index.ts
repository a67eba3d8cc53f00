import type { InwinkState } from '../inwink/state';
import type { PlanexpoState } from '../planexpo/order';
import type { DirtKind } from './dirt';
import { inwinkAtStart } from './inwink-start';
import { sampleOrders } from './orders';
import { mappedProducts, planexpoProducts, type SampleMaskRow } from './products';

export type { DirtKind } from './dirt';
export type { SampleMaskRow } from './products';

/** Both platforms before the first synchronisation. Nobody in it exists. */
export interface SampleExpo {
  planexpo: PlanexpoState;
  inwink: InwinkState;
  /** Kind of dirt -> ids of the dossiers that have it. */
  dirt: Record<DirtKind, string[]>;
}

/**
 * An exhibition with this many dossiers, co-exhibitors included (one for two exhibitors). The same seed makes the same
 * one, byte for byte. From 120 dossiers on, every kind of dirt and every status occurs.
 */
export function sampleExpo({ dossiers, seed }: { dossiers: number; seed: number }): SampleExpo {
  const { orders, dirt, clean } = sampleOrders(dossiers, seed);
  return { planexpo: { orders, products: planexpoProducts() }, inwink: inwinkAtStart(clean), dirt };
}

/** The mask's third sheet for a sample: one row for each mapped product that both platforms still have. */
export function sampleMaskRows(expo: Pick<SampleExpo, 'planexpo' | 'inwink'>): SampleMaskRow[] {
  const planexpoIds = new Set(expo.planexpo.products.map((product) => product.product_id));
  const inwinkIds = new Set(expo.inwink.products.map((product) => product.id));
  return mappedProducts().filter((row) => planexpoIds.has(row.planexpoId) && inwinkIds.has(row.inwinkId));
}
