import { z } from 'zod';

/** A title or description: in French, or by language. */
export const textsSchema = z.union([
  z.string().transform((text): Record<string, string> => ({ fr: text })),
  z.record(z.string().regex(/^[a-z]{2}$/), z.string()),
]);

/** A track as a person draws it: `[lat, lon]` or `[lat, lon, ele]` for each point, or the text of a GPX file. */
export const drawnTrackSchema = z.union([
  z.array(z.tuple([z.number(), z.number()]).rest(z.number())).min(2),
  z.string().min(1),
]);

/** What a person can say about an object. `null` takes the track away. */
export const handEditSchema = z.strictObject({
  title: textsSchema.optional(),
  description: textsSchema.optional(),
  track: drawnTrackSchema.nullable().optional(),
});
export type HandEdit = z.output<typeof handEditSchema>;

const handMadeSchema = handEditSchema.extend({
  /** Default: the next free one. */
  id: z.string().regex(/^\d+$/).optional(),
});

const freeFields = z.record(z.string(), z.unknown());

/** Everything of the account that is its own and not imported. */
export const cirkwiStateSchema = z.strictObject({
  profile: freeFields.optional(),
  settings: freeFields.optional(),
  statistics: freeFields.optional(),
  circuits: z.array(handMadeSchema).optional(),
  pois: z.array(handMadeSchema).optional(),
});
export type CirkwiState = z.input<typeof cirkwiStateSchema>;
