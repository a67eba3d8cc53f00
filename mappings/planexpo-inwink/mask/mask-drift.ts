import type { FieldValue } from '../../fields';
import type { Mask, MaskRow, ProductDefinition } from './mask';
import { nameKey } from './mask-text';

export interface MaskDrift {
  /** Row of the mask's third sheet. */
  row: number;
  planexpoId: string;
  inwinkId: string;
  side: 'planexpo' | 'inwink';
  code: 'renamed' | 'removed' | 'inactive' | 'pack-size';
  /** Name, pack size or "active", as the mask remembers it and as the platform says it now (`null`: gone). */
  was: FieldValue;
  is: FieldValue;
}

interface SideOfRow {
  side: MaskDrift['side'];
  id: string;
  name: string;
  packSize: number | null;
}

/**
 * Mapped products that changed on a platform since the mask was imported (settled question 10). A row with any drift is
 * not to be synchronised until a person imports a mask again; the other rows go on.
 */
export function driftOfMask(
  mask: Mask,
  platforms: { planexpoProducts: readonly ProductDefinition[]; inwinkProducts: readonly ProductDefinition[] },
): MaskDrift[] {
  const planexpo = new Map(platforms.planexpoProducts.map((product) => [product.id, product]));
  const inwink = new Map(platforms.inwinkProducts.map((product) => [product.id, product]));
  return mask.rows.flatMap((row) => {
    const source = planexpo.get(row.planexpoId);
    const target = inwink.get(row.inwinkId);
    const [planexpoSide, inwinkSide] = sidesOf(row);
    return [
      ...driftOfSide(row, planexpoSide, source, target),
      ...driftOfSide(row, inwinkSide, target, source),
    ];
  });
}

function sidesOf(row: MaskRow): [SideOfRow, SideOfRow] {
  return [
    { side: 'planexpo', id: row.planexpoId, name: row.planexpoName, packSize: row.planexpoPackSize },
    { side: 'inwink', id: row.inwinkId, name: row.inwinkName, packSize: row.inwinkPackSize },
  ];
}

function driftOfSide(
  row: MaskRow,
  was: SideOfRow,
  is: ProductDefinition | undefined,
  other: ProductDefinition | undefined,
): MaskDrift[] {
  const drift = (code: MaskDrift['code'], before: FieldValue, now: FieldValue): MaskDrift => ({
    row: row.row,
    planexpoId: row.planexpoId,
    inwinkId: row.inwinkId,
    side: was.side,
    code,
    was: before,
    is: now,
  });
  if (is === undefined) return [drift('removed', was.name, null)];
  return [
    ...(nameKey(is.name) === nameKey(was.name) ? [] : [drift('renamed', was.name, is.name)]),
    ...(is.active ? [] : [drift('inactive', true, false)]),
    ...(packSizeDrifted(was.packSize, is.packSize, other?.packSize ?? null)
      ? [drift('pack-size', was.packSize, is.packSize)]
      : []),
  ];
}

/**
 * A size that is no longer stated cannot be checked, and the mask's scale stands (settled question 12). One that is
 * stated for the first time only matters when it contradicts the other side.
 */
function packSizeDrifted(was: number | null, is: number | null, other: number | null): boolean {
  if (is === null) return false;
  return was === null ? other !== null && other !== is : was !== is;
}
