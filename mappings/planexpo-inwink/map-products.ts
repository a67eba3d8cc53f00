import type { FieldNote } from '../fields';
import type { Dossier, DossierItem } from './dossier';
import { storable } from './field-sheet';
import type { Mask, MaskRow } from './mask/mask';

/** One quantity that the partner is to hold at least. */
export interface MappedProduct {
  /** Row of the mask's products sheet, so that messages can name it. */
  maskRow: number;
  planexpoId: string;
  inwinkId: string;
  /** A whole number above 0, in the same unit on both sides (seed: the same scale). */
  quantity: number;
}

export interface MappedProducts {
  /** Ordered by mask row. */
  products: MappedProduct[];
  notes: FieldNote[];
  /** Planexpo ids, sorted, that the mask does not speak of at all; rows left empty on purpose are not among them. */
  unmappedItems: string[];
}

/** More of one product than any stand orders (assumed): a slip of the keyboard, and quantities can never go down again. */
export const HIGHEST_QUANTITY = 100_000;

/**
 * The quantities of a dossier by the mask, matched by Planexpo id (the name is only a check, made elsewhere). Items of
 * the same product add up. A quantity that is not a whole number from 0 to 100,000 is left out and noted; 0 asks for
 * nothing, because a first 0 creates nothing and a later one lowers nothing. Stopped mask rows send nothing.
 */
export function mapProducts(
  dossier: Dossier,
  mask: Mask | null,
  brokenRows: readonly string[],
): MappedProducts {
  const totals = new Map<string, number>();
  const notes: FieldNote[] = [];
  for (const item of [...dossier.items].sort(byProduct)) {
    const total = (totals.get(item.productId) ?? 0) + item.quantity;
    if (isQuantity(item.quantity) && isQuantity(total)) totals.set(item.productId, total);
    else notes.push(malformed(item));
  }

  const ordered = [...totals].filter(([, quantity]) => quantity > 0);
  const stopped = new Set(brokenRows);
  const onPurpose = new Set(mask?.unmapped.map((row) => row.planexpoId));
  const rows = rowsById(mask);
  return {
    products: ordered
      .flatMap(([id, quantity]) => toProduct(rows.get(id), quantity))
      .filter((product) => !stopped.has(product.planexpoId))
      .sort((a, b) => a.maskRow - b.maskRow || compare(a.planexpoId, b.planexpoId)),
    notes,
    unmappedItems: ordered.map(([id]) => id).filter((id) => !rows.has(id) && !onPurpose.has(id)),
  };
}

/** The first row wins: an imported mask maps no product twice, a mask from elsewhere must not make us send both. */
function rowsById(mask: Mask | null): Map<string, MaskRow> {
  const rows = [...(mask?.rows ?? [])].sort((a, b) => b.row - a.row);
  return new Map(rows.map((row) => [row.planexpoId, row]));
}

function toProduct(row: MaskRow | undefined, quantity: number): MappedProduct[] {
  if (row === undefined) return [];
  return [{ maskRow: row.row, planexpoId: row.planexpoId, inwinkId: row.inwinkId, quantity }];
}

function isQuantity(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= HIGHEST_QUANTITY;
}

function malformed(item: DossierItem): FieldNote {
  return {
    field: `items.${storable(item.productId)}`,
    code: 'malformed',
    raw: String(item.quantity),
    sent: null,
  };
}

/** A fixed order, so that the order in which Planexpo lists items changes neither sums at the limit nor notes. */
function byProduct(a: DossierItem, b: DossierItem): number {
  return compare(a.productId, b.productId) || compareNumbers(a.quantity, b.quantity);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** NaN goes last: subtraction would leave its place to chance. */
function compareNumbers(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a === b ? 0 : a - b;
}
