import { z } from 'zod';
import { planexpoHooksSchema } from './hooks';
import { fullEvery, guardSchema, language, retrySchema, scheduleSchema } from './sync-parts';

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
  fullEvery,
  guard: guardSchema,
  /** Dossiers worked on at the same time in a run. */
  window: z.number().int().min(1).max(200).default(32),
  retry: retrySchema,
});

export const planexpoInwinkSyncSchema = z.strictObject({
  pair: z.literal('planexpo-inwink'),
  /** Names under `platforms`. */
  source: z.string(),
  target: z.string(),
  planexpoEvent: z.string().min(1),
  inwinkEventId: z.string().min(1),
  language,
  schedule: scheduleSchema.optional(),
  hooks: planexpoHooksSchema,
  policies: planexpoInwinkPoliciesSchema.prefault({}),
});

export type PlanexpoInwinkSync = z.infer<typeof planexpoInwinkSyncSchema>;
export type PlanexpoInwinkPolicies = z.infer<typeof planexpoInwinkPoliciesSchema>;
