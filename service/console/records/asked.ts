import type { Context } from 'hono';
import { z } from 'zod';
import type { Outcome } from '../../../db/outcomes';
import { formOf } from '../../form';
import type { ServiceEnv } from '../../parts';

/** Outcomes that lists are narrowed to, in the order in which people ask for them. */
export const RECORD_OUTCOMES = [
  'held',
  'refused',
  'waiting',
  'created',
  'updated',
  'unchanged',
  'withdrawn',
  'skipped',
] as const satisfies Outcome[];

/** Fields that are left blank ask for nothing. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional()).catch(undefined);

const key = optional(z.string().max(300));
const due = optional(z.literal('1')).transform((value) => (value === undefined ? undefined : true));
const text = optional(z.string().trim().min(1).max(100));
const outcome = optional(z.enum(RECORD_OUTCOMES));
const outcomeOrNone = optional(z.enum([...RECORD_OUTCOMES, 'not-yet']));

const runRecordsSchema = z.object({ outcome, text, after: key });
const syncRecordsSchema = z.object({ outcome: outcomeOrNone, text, due, after: key });

export type RunRecordsAsked = z.infer<typeof runRecordsSchema>;
export type SyncRecordsAsked = z.infer<typeof syncRecordsSchema>;

/** What a list of the records of a run is asked for: by address, where no text can stand, or by form. */
export async function runRecordsAsked(c: Context<ServiceEnv>): Promise<RunRecordsAsked> {
  return runRecordsSchema.parse(await valuesOf(c));
}

/** The same for the records of a sync. */
export async function syncRecordsAsked(c: Context<ServiceEnv>): Promise<SyncRecordsAsked> {
  return syncRecordsSchema.parse(await valuesOf(c));
}

async function valuesOf(c: Context<ServiceEnv>): Promise<Record<string, unknown>> {
  if (c.req.method === 'POST') return formOf(c);
  return { ...c.req.query(), text: undefined };
}
