import { z } from 'zod';
import { duration } from './duration';

/** What every sync can be told, whatever its pair. */

const share = z.number().min(0).max(1);

export const guardSchema = z
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
  .prefault({});

export const retrySchema = z
  .strictObject({
    initialInterval: duration.default(1_000),
    maximumInterval: duration.default(60_000),
    maximumAttempts: z.number().int().min(1).max(50).default(8),
  })
  .prefault({});

export const scheduleSchema = z.strictObject({
  every: z
    .string()
    .regex(/^\d+(s|m|h|d)$/)
    .optional(),
  cron: z.string().optional(),
  timeZone: z.string().default('Europe/Paris'),
});

/** When everything is read and compared, although nothing says that it changed. */
export const fullEvery = duration.default(86_400_000);

export const language = z.enum(['fr', 'en']).default('fr');

export type GuardLimits = z.infer<typeof guardSchema>;
export type RetryPolicy = z.infer<typeof retrySchema>;
