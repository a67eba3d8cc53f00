import { createHash } from 'node:crypto';
import { addMask } from '../../../db/masks';
import { inTransaction, type Pool } from '../../../db/pool';
import type { Mask } from '../../../mappings/planexpo-inwink/mask/mask';
import type { SampleExpo, SampleMaskRow } from '../../../simulators/sample-data';

/** Puts the sample's mask in force, as an operator would have imported it. */
export async function importSampleMask(
  pool: Pool,
  sync: string,
  expo: SampleExpo,
  rows: SampleMaskRow[],
): Promise<void> {
  const file = Buffer.from('demo');
  const fileSha256 = createHash('sha256').update(file).digest('hex');
  await inTransaction(pool, (tx) =>
    addMask(tx, sync, { file, fileSha256, mask: sampleMask(expo, rows), importedBy: 'demo' }),
  );
}

/** The mask that a project manager would have filled in for this sample. */
export function sampleMask(expo: SampleExpo, rows: SampleMaskRow[]): Mask {
  const mapped = new Set(rows.map((row) => row.planexpoId));
  const packOf = (items: Array<{ id: string; pack: number | null }>, id: string) =>
    items.find((item) => item.id === id)?.pack ?? null;
  const planexpo = expo.planexpo.products.map((p) => ({ id: p.product_id, pack: p.pack_size ?? null }));
  const inwink = expo.inwink.products.map((p) => ({ id: p.id, pack: p.packSize ?? null }));
  return {
    prerequisites: {
      salesOpenedOn: '2026-01-05',
      offerFrozen: true,
      planexpoManagerInformed: true,
      inwinkManagerInformed: true,
      planexpoEvent: 'salon-demo',
      inwinkEvent: 'salon-demo',
      confirmedBy: 'demo',
      confirmedOn: '2026-01-05',
    },
    rows: rows.map((row, index) => ({
      row: index + 2,
      planexpoId: row.planexpoId,
      planexpoName: row.planexpoName,
      planexpoPackSize: packOf(planexpo, row.planexpoId),
      inwinkId: row.inwinkId,
      inwinkName: row.inwinkName,
      inwinkPackSize: packOf(inwink, row.inwinkId),
    })),
    unmapped: expo.planexpo.products
      .filter((product) => !mapped.has(product.product_id))
      .map((product, index) => ({
        row: rows.length + index + 2,
        planexpoId: product.product_id,
        planexpoName: product.name,
      })),
  };
}
