import { z } from 'zod';

/** One row of the mask's third sheet that maps something: 1 Planexpo product = 1 Inwink product (seed). */
export const maskRowSchema = z.object({
  /** Sheet row, so that every message can name the cell. */
  row: z.number().int(),
  planexpoId: z.string(),
  planexpoName: z.string(),
  planexpoPackSize: z.number().nullable(),
  inwinkId: z.string(),
  inwinkName: z.string(),
  inwinkPackSize: z.number().nullable(),
});

/** Sheet 1: one declared answer per prerequisite (settled question 11). */
export const prerequisitesSchema = z.object({
  salesOpenedOn: z.string().nullable(),
  offerFrozen: z.boolean(),
  planexpoManagerInformed: z.boolean(),
  inwinkManagerInformed: z.boolean(),
  planexpoEvent: z.string().nullable(),
  inwinkEvent: z.string().nullable(),
  confirmedBy: z.string().nullable(),
  confirmedOn: z.string().nullable(),
});

/** A mask that was checked and imported: the mapping in force, with the products' definition as it was then. */
export const maskSchema = z.object({
  prerequisites: prerequisitesSchema,
  rows: z.array(maskRowSchema),
  /** Planexpo products listed in the mask with C and D empty: not mapped, on purpose. */
  unmapped: z.array(z.object({ row: z.number().int(), planexpoId: z.string(), planexpoName: z.string() })),
});

export type MaskRow = z.infer<typeof maskRowSchema>;
export type Prerequisites = z.infer<typeof prerequisitesSchema>;
export type Mask = z.infer<typeof maskSchema>;

/** A product of either platform, as the mask and the drift check need it. */
export interface ProductDefinition {
  id: string;
  name: string;
  packSize: number | null;
  active: boolean;
}
