import { z } from 'zod';

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const rowSchema = z.object({
  /** The business code. */
  id: z.string().min(1),
  fields: z.record(z.string(), value),
  /** Server-maintained time of the last change, UTC, whole seconds: `2026-03-01T08:15:22`. Now when left out. */
  srvDateUTC: z.string().optional(),
  /** 0 = live. */
  srvAttrib: z.number().int().default(0),
});

/** What a weavy project holds at the start; kept by kind under the names of the control routes. */
export const weavyStateSchema = z.object({
  customer: z.array(rowSchema).default([]),
  customercontact: z.array(rowSchema).default([]),
  marketinginbound: z.array(rowSchema).default([]),
});

export type WeavyState = z.input<typeof weavyStateSchema>;
export type WeavyRow = z.input<typeof rowSchema>;
