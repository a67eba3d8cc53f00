import { z } from 'zod';
import { address, secret } from './accounts';
import { duration } from './duration';
import { pivotHooksSchema } from './hooks';
import { fullEvery, guardSchema, language, retrySchema, scheduleSchema } from './sync-parts';

const urns = z.array(z.string().startsWith('urn:')).default([]);

export const pivotCirkwiPoliciesSchema = z.strictObject({
  /** `any`: the filter or one of the public tags is enough; `all`: the filter and a tag (settled question 24). */
  publicationRule: z.enum(['any', 'all']).default('any'),
  /** Urns of the filter and of the two tags; left empty, they are found by their labels (settled question 25). */
  filterUrns: urns,
  cirkwiTagUrns: urns,
  networkTagUrns: urns,
  /** How changes are found: PIVOT's own change list, or all codes with their dates compared with what we know. */
  changeFeed: z.enum(['diff', 'compare']).default('diff'),
  /** `feed`: Cirkwi imports what we publish; `push`: one call per object (assumed, for tests). */
  delivery: z.enum(['feed', 'push']).default('feed'),
  /** What becomes of a track that somebody edited in Cirkwi. */
  trackReturn: z.enum(['ask', 'auto', 'keep']).default('ask'),
  trackWatchEvery: duration.default(3_600_000),
  /** What Cirkwi gets when the last look for edited tracks fails: nothing (`strict`), or the feed all the same. */
  protectTracks: z.enum(['strict', 'best-effort']).default('strict'),
  /** How long that last look may take. */
  lastLookWithin: duration.default(60_000),
  /** An object that Cirkwi does not show as published after this long becomes an attention item. */
  verifyWithin: duration.default(129_600_000),
  /** Hosts on private addresses that files may be fetched from all the same (demo, tests). */
  allowPrivateHosts: z.array(z.string()).default([]),
  fullEvery,
  guard: guardSchema,
  /** Calls to Cirkwi at the same time, for `delivery: push`. */
  window: z.number().int().min(1).max(200).default(8),
  retry: retrySchema,
});

export const pivotCirkwiSyncSchema = z.strictObject({
  pair: z.literal('pivot-cirkwi'),
  /** Names under `platforms`. */
  source: z.string(),
  target: z.string(),
  /** Code of the stored query in PIVOT that holds the offers in scope. */
  query: z.string().min(1),
  /** Types of offers in scope: where the filter and the tags are looked for. */
  offerTypes: z.array(z.number().int()).min(1).default([8, 269]),
  language,
  feed: z.strictObject({
    /** Address of Passerelle's service as Cirkwi reaches it. */
    publicUrl: address,
    /** Part of the feed's address that nobody can guess. */
    secret: secret.min(16).regex(/^[A-Za-z0-9_-]+$/, 'expected letters, digits, - and _ only'),
    basicAuth: z.strictObject({ username: z.string().min(1), password: secret }).optional(),
  }),
  schedule: scheduleSchema.optional(),
  hooks: pivotHooksSchema,
  policies: pivotCirkwiPoliciesSchema.prefault({}),
});

export type PivotCirkwiSync = z.infer<typeof pivotCirkwiSyncSchema>;
export type PivotCirkwiPolicies = z.infer<typeof pivotCirkwiPoliciesSchema>;
