import { z } from 'zod';
import { duration } from './duration';
import { fieldMappingSchema } from './field-mapping';
import { mauticHooksSchema } from './hooks';
import { fullEvery, guardSchema, language, retrySchema, scheduleSchema } from './sync-parts';

export const weavyWebmecanikPoliciesSchema = z.strictObject({
  /** Both sides changed one field, and no time tells which was later (settled question 31). */
  tie: z.enum(['mautic', 'weavy', 'hold']).default('mautic'),
  /** Times this near to each other, after correction of the clocks, are a tie. */
  tieWithin: duration.default(1_000),
  /** `plan`: the first run must be a plan that a person applies; `auto`: it writes at once (settled question 32). */
  firstRun: z.enum(['plan', 'auto']).default('plan'),
  /** Codes of the records that we create in weavy begin with this. */
  codePrefix: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,20}$/, 'expected letters, digits, - and _ only')
    .default('WM-'),
  /** Each reading begins this long before the last one ended (settled question 39). */
  overlap: duration.default(120_000),
  fullEvery,
  guard: guardSchema,
  /** Records read again together right before they are written to weavy, one call each. */
  page: z.number().int().min(1).max(500).default(50),
  /** So many times as many for Mautic, which takes them in batches. */
  window: z.number().int().min(1).max(50).default(8),
  retry: retrySchema,
});

export const weavyWebmecanikSyncSchema = z.strictObject({
  pair: z.literal('weavy-webmecanik'),
  /** Names under `platforms`: the CRM and the automation. */
  source: z.string(),
  target: z.string(),
  language,
  /** The mapping document, or the name of its file beside the configuration. */
  mapping: fieldMappingSchema,
  /** Every 15 minutes, when nothing else is said (seed). */
  schedule: scheduleSchema
    .prefault({})
    .transform((schedule) =>
      schedule.every === undefined && schedule.cron === undefined ? { ...schedule, every: '15m' } : schedule,
    ),
  hooks: mauticHooksSchema,
  policies: weavyWebmecanikPoliciesSchema.prefault({}),
});

export type WeavyWebmecanikSync = z.infer<typeof weavyWebmecanikSyncSchema>;
export type WeavyWebmecanikPolicies = z.infer<typeof weavyWebmecanikPoliciesSchema>;
