import { z } from 'zod';
import type { PlanFilter } from '../../../db/lists/plans';
import type { Outcome } from '../../../db/outcomes';

/** Records on a page. */
export const PAGE = 50;
export const OUTCOMES = [
  'created',
  'updated',
  'unchanged',
  'withdrawn',
  'skipped',
  'waiting',
  'held',
  'refused',
] as const satisfies readonly Outcome[];
export const ONLY = ['to-apply', 'withdraws', 'blanks'] as const;

const blank = (value: unknown) => (value === '' ? undefined : value);
const askedSchema = z.object({
  outcome: z.preprocess(blank, z.enum(OUTCOMES).optional()).catch(undefined),
  only: z.preprocess(blank, z.enum(ONLY).optional()).catch(undefined),
  text: z.preprocess(blank, z.string().max(200).optional()).catch(undefined),
  after: z.preprocess(blank, z.string().max(300).optional()).catch(undefined),
});

/** What a plan is filtered by; what nobody can have meant counts as not asked. */
export type Asked = z.infer<typeof askedSchema> & PlanFilter;

/** From an address: a text that is searched for is no part of one, because people search for names. */
export function askedInAddress(query: Record<string, string>): Asked {
  return { ...askedSchema.parse(query), text: undefined };
}

/** From a form. */
export function askedInForm(body: Record<string, unknown>): Asked {
  return askedSchema.parse(body);
}
