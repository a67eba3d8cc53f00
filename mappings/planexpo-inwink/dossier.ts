import { z } from 'zod';

/**
 * The dossier as every part of Passerelle knows it, whatever form Planexpo gave it in: an exhibitor's order, or one
 * co-exhibitor of it. This is what is staged in Postgres and what the mapping reads.
 *
 * An absent key and an explicit `null` differ: absent leaves the target field as it is, `null` after a value clears it.
 */
const text = z.string().nullable().optional();

export const addressSchema = z.object({
  line1: text,
  line2: text,
  postalCode: text,
  city: text,
  country: text,
});

export const bookingContactSchema = z.object({
  contactId: text,
  civility: text,
  lastName: text,
  firstName: text,
  email: text,
  company: text,
  position: text,
  phone1: text,
  phone2: text,
  language: text,
});

export const dossierItemSchema = z.object({
  productId: z.string(),
  name: z.string(),
  kind: z.string().optional(),
  quantity: z.number(),
  unitLabel: text,
});

export const dossierSchema = z.object({
  /** Private id (`planexpo_order_id`), opaque; `<order id>/co/<co id>` for a co-exhibitor embedded in its parent. */
  id: z.string().min(1),
  /** Public id (`planexpo_public_order_id`), the one people quote. */
  publicId: z.string(),
  /** Private id of the exhibitor whose co-exhibitor this is. */
  parentId: z.string().nullable(),
  /** The raw status; only `validated` is synchronised (seed). Unknown values are kept and hold the dossier. */
  status: z.string(),
  isTest: z.boolean(),
  version: z.number().optional(),
  company: z.object({ name: z.string(), website: text, address: addressSchema.nullable().optional() }),
  bookingContact: bookingContactSchema.nullable().optional(),
  placement: z.object({ state: text, standNumber: text, space: text, aisle: text }).nullable().optional(),
  items: z.array(dossierItemSchema),
  updatedAt: z.string(),
  validatedAt: text,
});

export type Dossier = z.infer<typeof dossierSchema>;
export type BookingContact = z.infer<typeof bookingContactSchema>;
export type DossierItem = z.infer<typeof dossierItemSchema>;

/** Statuses Planexpo is known to use (reference: P1, P3, seed; the full list is not public). */
export const KNOWN_STATUSES = ['draft', 'submitted', 'validated', 'refused', 'cancelled'] as const;
