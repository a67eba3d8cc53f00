import { z } from 'zod';

/**
 * Records as Planexpo sends them (assumed: the API is not public). Only what the simulator itself needs is checked:
 * the rest may be as wrong, missing or unknown as real data is.
 */
const text = z.string().nullable().optional();

const addressSchema = z.looseObject({
  line1: text,
  line2: text,
  postal_code: text,
  city: text,
  country: text,
});

const contactSchema = z.looseObject({
  contact_id: text,
  civility: text,
  last_name: text,
  first_name: text,
  email: text,
  company: text,
  position: text,
  phone_1: text,
  phone_2: text,
  language: text,
});

const placementSchema = z.looseObject({ state: text, stand_number: text, space: text, aisle: text });

const itemSchema = z.looseObject({
  product_id: z.string(),
  name: z.string(),
  kind: z.string().optional(),
  quantity: z.number(),
  unit_label: text,
});

export const orderSchema = z.looseObject({
  order_id: z.string().min(1),
  public_order_id: z.string(),
  /** Missing = the simulator's own event. Another one's orders are kept and never served. */
  event: z.string().optional(),
  status: z.string(),
  version: z.number().int().optional(),
  is_test: z.boolean().optional(),
  source: z.string().optional(),
  parent_order_id: text,
  company: z.looseObject({ name: z.string(), website: text, address: addressSchema.nullable().optional() }),
  booking_contact: contactSchema.nullable().optional(),
  placement: placementSchema.nullable().optional(),
  items: z.array(itemSchema),
  amount_excl_tax: text,
  currency: text,
  created_at: z.string().optional(),
  submitted_at: text,
  validated_at: text,
  cancelled_at: text,
  updated_at: z.string(),
});

export const productSchema = z.looseObject({
  product_id: z.string().min(1),
  name: z.string(),
  kind: z.string(),
  pack_size: z.number().nullable().optional(),
  active: z.boolean(),
  updated_at: z.string(),
});

export const planexpoStateSchema = z.object({
  orders: z.array(orderSchema),
  products: z.array(productSchema),
});

export type PlanexpoOrder = z.infer<typeof orderSchema>;
export type PlanexpoProduct = z.infer<typeof productSchema>;
export type PlanexpoState = z.infer<typeof planexpoStateSchema>;
