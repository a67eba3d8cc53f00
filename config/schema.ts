import { z } from 'zod';
import { duration } from './duration';

const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'expected lower-case letters, digits and dashes, such as salon-2027');

/** A secret: its value must come from the environment (`${NAME}`), never from the file itself. */
export const secret = z.string().min(1).meta({ secret: true });

const account = {
  baseUrl: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')),
  /** Calls per second over all workers; `none` for no limit (tests, benchmarks). */
  inFlight: z.number().int().min(1).max(200),
  timeout: duration,
};

/** Defaults of the limits: reference sections "Limits" of both platforms, assumed. */
export const planexpoAccountSchema = z.strictObject({
  platform: z.literal('planexpo'),
  ...account,
  apiKey: secret,
  requestsPerSecond: z.union([z.number().positive(), z.literal('none')]).default(2),
  inFlight: account.inFlight.default(2),
  timeout: account.timeout.default(30_000),
  pageSize: z.number().int().min(1).max(200).default(200),
});

export const inwinkAccountSchema = z.strictObject({
  platform: z.literal('inwink'),
  ...account,
  tokenUrl: z.url({ protocol: /^https?$/ }),
  clientId: z.string().min(1),
  clientSecret: secret,
  scope: z.string().optional(),
  audience: z.string().optional(),
  requestsPerSecond: z.union([z.number().positive(), z.literal('none')]).default(5),
  inFlight: account.inFlight.default(4),
  timeout: account.timeout.default(30_000),
  /** How long a created record may stay invisible to Inwink's search (settled: 10 s). */
  searchLag: duration.default(10_000),
  /** Link to a partner in Inwink's back office; `{id}` and `{eventId}` are replaced. */
  recordUrl: z.string().optional(),
});

const share = z.number().min(0).max(1);

export const planexpoInwinkPoliciesSchema = z.strictObject({
  /** What a cancelled, refused or deleted dossier does to its partner: `flag` asks a person, `unpublish` sets it to Draft. */
  cancelled: z.enum(['flag', 'unpublish']).default('flag'),
  adoptParticipants: z.enum(['auto', 'ask']).default('auto'),
  participantWithoutEmail: z.enum(['skip', 'try']).default('skip'),
  linkTeam: z.enum(['off', 'on']).default('off'),
  teamRoles: z.array(z.string()).default(['Admin']),
  /** A co-exhibitor without a stand of its own takes its exhibitor's stand, space and aisle. */
  inheritPlacement: z.enum(['never', 'from-parent']).default('never'),
  /** Dossier ids that are tests although Planexpo does not say so. */
  testDossiers: z.array(z.string()).default([]),
  /** Region of phone numbers written without a country code. */
  defaultRegion: z.string().length(2).default('FR'),
  fullEvery: duration.default(86_400_000),
  guard: z
    .strictObject({
      /** Share of the linked records that one run may withdraw. */
      maxWithdrawnShare: share.default(0.1),
      /** Share of the linked records in which one run may clear a field. */
      maxBlankedShare: share.default(0.2),
      /** Share of the known records that may be missing from a full read. */
      maxVanishedShare: share.default(0.1),
      /** Below this number of records the shares are not looked at. */
      ignoreBelow: z.number().int().min(0).default(5),
    })
    .prefault({}),
  /** Dossiers worked on at the same time in a run. */
  window: z.number().int().min(1).max(200).default(32),
  retry: z
    .strictObject({
      initialInterval: duration.default(1_000),
      maximumInterval: duration.default(60_000),
      maximumAttempts: z.number().int().min(1).max(50).default(8),
    })
    .prefault({}),
});

const scheduleSchema = z.strictObject({
  every: z
    .string()
    .regex(/^\d+(s|m|h|d)$/)
    .optional(),
  cron: z.string().optional(),
  timeZone: z.string().default('Europe/Paris'),
});

export const planexpoInwinkSyncSchema = z.strictObject({
  pair: z.literal('planexpo-inwink'),
  /** Names under `platforms`. */
  source: z.string(),
  target: z.string(),
  planexpoEvent: z.string().min(1),
  inwinkEventId: z.string().min(1),
  language: z.enum(['fr', 'en']).default('fr'),
  schedule: scheduleSchema.optional(),
  policies: planexpoInwinkPoliciesSchema.prefault({}),
});

export const configurationSchema = z
  .strictObject({
    platforms: z.record(slug, z.discriminatedUnion('platform', [planexpoAccountSchema, inwinkAccountSchema])),
    syncs: z.record(slug, z.discriminatedUnion('pair', [planexpoInwinkSyncSchema])),
    temporal: z
      .strictObject({
        /** Where people open the Temporal UI; used for links. */
        uiUrl: z.url().optional(),
      })
      .prefault({}),
  })
  .check((ctx) => {
    for (const [name, sync] of Object.entries(ctx.value.syncs)) {
      const ends = { source: 'planexpo', target: 'inwink' } as const;
      for (const end of ['source', 'target'] as const) {
        const found = ctx.value.platforms[sync[end]];
        if (found?.platform === ends[end]) continue;
        const known = Object.entries(ctx.value.platforms)
          .filter(([, p]) => p.platform === ends[end])
          .map(([n]) => n);
        ctx.issues.push({
          code: 'custom',
          input: sync[end],
          path: ['syncs', name, end],
          message: `"${sync[end]}" is not a ${ends[end]} account under platforms (known: ${known.join(', ') || 'none'})`,
        });
      }
    }
  });

export type Configuration = z.infer<typeof configurationSchema>;
export type SyncConfiguration = z.infer<typeof planexpoInwinkSyncSchema>;
export type Policies = z.infer<typeof planexpoInwinkPoliciesSchema>;
export type PlanexpoAccount = z.infer<typeof planexpoAccountSchema>;
export type InwinkAccount = z.infer<typeof inwinkAccountSchema>;
