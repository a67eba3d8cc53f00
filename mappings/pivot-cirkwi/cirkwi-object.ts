import { z } from 'zod';
import { LANGUAGES } from './offer';

/** Unix seconds. */
const time = z.number().int().min(0);
const text = z.string().min(1).nullable();
const metres = z.number().int().nullable();
/** An entry of one of Cirkwi's own lists. */
const listed = z.object({ id: z.number().int(), name: z.string() });

const addressSchema = z.object({
  number: text,
  street: text,
  town: text,
  postcode: text,
  insCode: text,
  /** Code: ISO 3166 alpha-2, upper case. */
  country: z.object({ code: z.string(), name: z.string() }).nullable(),
  /** WGS84 degrees with at most 7 decimals; both or neither. */
  position: z.object({ latitude: z.number(), longitude: z.number() }).nullable(),
  altitudeM: metres,
});
export type CirkwiAddress = z.infer<typeof addressSchema>;

const imageSchema = z.object({
  url: z.string(),
  credit: text,
  captions: z.partialRecord(z.enum(LANGUAGES), z.string()),
});
export type CirkwiImage = z.infer<typeof imageSchema>;

const informationSchema = z.object({
  language: z.enum(LANGUAGES),
  title: text,
  /** HTML. */
  description: text,
});
export type CirkwiInformation = z.infer<typeof informationSchema>;

const locomotionSchema = listed.extend({
  /** 1 to 5; null: not known. */
  difficulty: z.number().int().min(1).max(5).nullable(),
  durationS: z.number().int().positive().nullable(),
});
export type CirkwiLocomotion = z.infer<typeof locomotionSchema>;

const common = {
  /** The offer's code: `id_circuit` or `id_poi`, and `code_cgt` (settled question 19). */
  code: z.string().min(1),
  createdAt: time,
  modifiedAt: time,
  shownOnCirkwi: z.boolean(),
  shownOnNetwork: z.boolean(),
  /** French first and always; the others only where they say something. */
  informations: z.array(informationSchema).min(1),
  /** The default one first. */
  images: z.array(imageSchema).max(10),
  publicTags: z.array(listed),
  privateTags: z.array(z.string()),
  address: addressSchema.nullable(),
  website: text,
};

const circuitSchema = z.object({
  kind: z.literal('circuit'),
  ...common,
  distanceM: metres,
  accessibility: z.object({
    publicTransport: z.boolean().nullable(),
    wheelchair: z.boolean().nullable(),
    stroller: z.boolean().nullable(),
  }),
  /** Content hash of the GPX file; null: no track. */
  track: z.string().nullable(),
  locomotions: z.array(locomotionSchema),
  altitudeMinM: metres,
  altitudeMaxM: metres,
  /** Both positive; the feed writes the descent negative. */
  climbM: metres,
  descentM: metres,
});
export type CirkwiCircuit = z.infer<typeof circuitSchema>;

const poiSchema = z.object({
  kind: z.literal('poi'),
  ...common,
  categories: z.array(listed),
});
export type CirkwiPoi = z.infer<typeof poiSchema>;

/** One object of the feed with its values, before it is written as XML. Plain JSON: it can be stored as it is. */
export const cirkwiObjectSchema = z.discriminatedUnion('kind', [circuitSchema, poiSchema]);
export type CirkwiObject = z.infer<typeof cirkwiObjectSchema>;
export type CirkwiKind = CirkwiObject['kind'];
