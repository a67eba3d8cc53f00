import { z } from 'zod';

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
/** UTC, whole seconds: `2026-03-01T08:15:22+00:00`. */
const time = z.string();

const companySchema = z.object({
  id: z.number().int().positive(),
  fields: z.record(z.string(), value),
  dateAdded: time.optional(),
  /** Null until the first edit. */
  dateModified: time.nullable().optional(),
});

const contactSchema = companySchema.extend({
  doNotContact: z
    .array(z.object({ reason: z.number().int().min(1).max(3), channel: z.string().default('email') }))
    .default([]),
  tags: z.array(z.string()).default([]),
  /** Aliases of segments. */
  segments: z.array(z.string()).default([]),
  /** Links to companies; the last one that is primary counts. */
  companies: z.array(z.object({ id: z.number().int(), primary: z.boolean().default(false) })).default([]),
  /** An anonymous visitor has none. */
  dateIdentified: time.nullable().optional(),
  points: z.number().int().default(0),
});

/** What a Mautic instance holds at the start; kept by kind under the names of the control routes. */
export const mauticStateSchema = z.object({
  company: z.array(companySchema).default([]),
  contact: z.array(contactSchema).default([]),
});

export type MauticState = z.input<typeof mauticStateSchema>;
export type MauticCompany = z.input<typeof companySchema>;
export type MauticContact = z.input<typeof contactSchema>;
