import { z } from 'zod';
import { gpxRecipeSchema } from './gpx-recipe';

/**
 * Records as PIVOT sends them in JSON (documented by its schema), but for what the simulator needs to play the rest of
 * the platform: `operator`, `file`, `lurking`, `broken`, which no reply shows. The rest may be as odd as real data is.
 */
const specSchema = z.looseObject({
  urn: z.string(),
  type: z.string().optional(),
  value: z.string().nullable().optional(),
});

const relationSchema = z.object({ urn: z.string(), offre: z.object({ codeCgt: z.string() }) });

const reportSchema = z.object({
  idStatus: z.string(),
  message: z.string(),
  /** The field, or the group of fields, in PIVOT's words. */
  context: z.string().optional(),
});

/** The file of a media: text, bytes, or how to make a track when somebody asks for it. */
const fileSchema = z.union([
  z.string(),
  z.object({ base64: z.string() }),
  z.object({ recipe: gpxRecipeSchema }),
]);

export const pivotOfferSchema = z.looseObject({
  codeCgt: z.string().min(1),
  dateCreation: z.string(),
  /** As stored; see the option `dates` for what is served. */
  dateModification: z.string(),
  nom: z.string().nullable().optional(),
  estActive: z.number().int(),
  visibilite: z.number().int().optional(),
  typeOffre: z.object({ idTypeOffre: z.number().int() }),
  adresse1: z.record(z.string(), z.unknown()).nullable().optional(),
  adresse2: z.record(z.string(), z.unknown()).nullable().optional(),
  spec: z.array(specSchema).nullable().optional(),
  relOffre: z.array(relationSchema).nullable().optional(),
  /** The report of the last write; absent = nothing to complain about. */
  audit: z.array(reportSchema).optional(),
  /** The tourism operator that owns it; absent = every key may read and write it. */
  operator: z.number().int().optional(),
  file: fileSchema.optional(),
  /** What the next validation will find: the rules have moved on since the last one. */
  lurking: z.array(reportSchema).optional(),
  /** From content level 1 on, the record is served in a form that nobody can make sense of. */
  broken: z.enum(['spec-text', 'type-text', 'no-code']).optional(),
});

export const pivotQuerySchema = z.object({
  codeCgt: z.string().min(1),
  operator: z.number().int().optional(),
  /** A Query document: XML text, or its JSON form. */
  query: z.union([z.string(), z.record(z.string(), z.unknown())]),
});

export const pivotStateSchema = z.object({
  /** Media (type 268) among them. */
  offers: z.array(pivotOfferSchema),
  queries: z.array(pivotQuerySchema),
});

export type PivotSpec = z.infer<typeof specSchema>;
export type PivotRelation = z.infer<typeof relationSchema>;
export type PivotReport = z.infer<typeof reportSchema>;
export type PivotFile = z.infer<typeof fileSchema>;
export type PivotOffer = z.infer<typeof pivotOfferSchema>;
export type PivotState = z.infer<typeof pivotStateSchema>;

export const MEDIA_TYPE = 268;
export const ITINERARY = 8;
export const ARCHIVED = 5;
export const BEING_EDITED = 20;
export const PUBLISHABLE = 30;

export function specValue(offer: PivotOffer, urn: string): string | null {
  return offer.spec?.find((spec) => spec.urn === urn)?.value ?? null;
}
