import type { Change } from '../fields';

/** A product the dossier asks for, under the mask. */
export interface WantedProduct {
  inwinkId: string;
  quantity: number;
}

export interface ProductAssessment {
  /** Quantities to raise; Inwink never lets one go down (seed). */
  raise: Array<{ inwinkId: string; quantity: number; before: number }>;
  /** Inwink holds more than the dossier asks for: shown, never fought. */
  higherAtTarget: Array<{ inwinkId: string; wanted: number; held: number }>;
}

/** Compares wanted quantities with those held. A product that the dossier no longer has counts as wanted 0. */
export function assessProducts(wanted: WantedProduct[], held: Map<string, number>): ProductAssessment {
  const wantedById = new Map(wanted.map((product) => [product.inwinkId, product.quantity]));
  const raise = wanted
    .map((product) => ({ ...product, before: held.get(product.inwinkId) ?? 0 }))
    .filter((product) => product.quantity > product.before);
  const higherAtTarget = [...held]
    .map(([inwinkId, quantity]) => ({ inwinkId, wanted: wantedById.get(inwinkId) ?? 0, held: quantity }))
    .filter((product) => product.held > product.wanted)
    .sort((a, b) => (a.inwinkId < b.inwinkId ? -1 : 1));
  return { raise, higherAtTarget };
}

export function quantityChange(raised: { inwinkId: string; quantity: number; before: number }): Change {
  return {
    field: `product.${raised.inwinkId}`,
    before: raised.before,
    after: raised.quantity,
    rule: 'map.quantity',
  };
}
