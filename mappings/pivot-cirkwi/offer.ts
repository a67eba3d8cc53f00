import { z } from 'zod';

/** The languages that both platforms carry. French is the one every offer has. */
export const LANGUAGES = ['fr', 'nl', 'en', 'de'] as const;
export type OfferLanguage = (typeof LANGUAGES)[number];

/** A text per language; a language without text is absent. */
const textsSchema = z.partialRecord(z.enum(LANGUAGES), z.string());
export type Texts = z.infer<typeof textsSchema>;

const placeSchema = z.object({
  street: z.string().nullable(),
  number: z.string().nullable(),
  postcode: z.string().nullable(),
  town: textsSchema,
  insCode: z.string().nullable(),
  /** ISO 3166 alpha-2, upper case. */
  country: z.string().nullable(),
  /** WGS84 degrees. */
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  altitudeM: z.number().nullable(),
});
export type OfferPlace = z.infer<typeof placeSchema>;

export const MEDIA_KINDS = ['photo', 'video', 'doc', 'gpx', 'other'] as const;

const mediaSchema = z.object({
  /** Code of the media's own offer (type 268). */
  code: z.string(),
  relation: z.enum(['default', 'other']),
  kind: z.enum(MEDIA_KINDS),
  /** Where PIVOT serves it; null when it names none. */
  url: z.string().nullable(),
  caption: textsSchema,
  credit: z.string().nullable(),
  /** ISO 8601 with offset. */
  modifiedAt: z.string().nullable(),
});
export type OfferMedia = z.infer<typeof mediaSchema>;

/** Ways of moving that PIVOT knows. */
export const USAGES = ['foot', 'trail', 'horse', 'vtc', 'vtt', 'road-bike'] as const;

const usageSchema = z.object({
  usage: z.enum(USAGES),
  /** PIVOT's own code (a urn); null when none is given. */
  difficulty: z.string().nullable(),
  /** Minutes (assumed unit). */
  durationMinutes: z.number().nullable(),
});

/**
 * An offer as both sides of the mapping know it: what the PIVOT adapter made of its specs. All urns that stand for a
 * meaning are resolved there; codes that only a code list can translate (difficulty, themes, type) stay as PIVOT has them.
 */
export const offerSchema = z.object({
  /** `codeCgt`, as PIVOT writes it. */
  code: z.string().min(1),
  /** `idTypeOffre`: 8 is an itinerary. */
  type: z.number().int(),
  state: z.enum(['publishable', 'editing', 'not-publishable', 'archived', 'unknown']),
  /** ISO 8601 with offset. */
  createdAt: z.string().nullable(),
  modifiedAt: z.string().nullable(),
  name: textsSchema,
  /** HTML, as the key's owner sees it. */
  description: textsSchema,
  /** Description of the route itself; stands in where there is no other. */
  routeDescription: textsSchema,
  start: placeSchema.nullable(),
  arrival: placeSchema.nullable(),
  distanceKm: z.number().nullable(),
  /** Metres, both positive. */
  climbM: z.number().nullable(),
  descentM: z.number().nullable(),
  altitudeMinM: z.number().nullable(),
  altitudeMaxM: z.number().nullable(),
  usages: z.array(usageSchema),
  /** null: PIVOT says nothing. */
  access: z.object({
    publicTransport: z.boolean().nullable(),
    wheelchair: z.boolean().nullable(),
    stroller: z.boolean().nullable(),
  }),
  /** Tails of the Boolean theme urns that are ticked (`famille`, `foret`, ...). */
  themes: z.array(z.string()),
  website: z.string().nullable(),
  /** Urns of all Boolean specs that are true: filters and tags among them. */
  ticked: z.array(z.string()),
  /** Cirkwi's id, when PIVOT knows it (`urn:fld:idcirkwi`). */
  cirkwiId: z.string().nullable(),
  /** The default media first. */
  media: z.array(mediaSchema),
});
export type Offer = z.infer<typeof offerSchema>;

/** PIVOT's type of an itinerary: it becomes a circuit; every other type becomes a POI. */
export const ITINERARY_TYPE = 8;
