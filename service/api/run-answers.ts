import { z } from '@hono/zod-openapi';
import type { RunListRow } from '../../db/lists/runs';
import { json, moment, momentOrNull, numbers } from './values';

export const outcome = z.enum([
  'created',
  'updated',
  'unchanged',
  'withdrawn',
  'skipped',
  'waiting',
  'held',
  'refused',
]);

const runMode = z.enum(['run', 'plan', 'apply']);
const runOutcome = z.enum([
  'completed',
  'completed-with-attention',
  'planned',
  'stopped',
  'failed',
  'cancelled',
]);

export const run = z
  .object({
    run: z.number().int(),
    sync: z.string(),
    mode: runMode,
    trigger: z.string(),
    fullRead: z.boolean(),
    onlyRecord: z.string().nullable(),
    planRun: z.number().int().nullable(),
    overrides: z.array(z.string()),
    workflowId: z.string(),
    workflowRunId: z.string(),
    phase: z.string(),
    outcome: runOutcome.nullable(),
    reason: z.string().nullable(),
    counts: numbers.nullable(),
    writes: z.number().int(),
    attention: z.number().int(),
    planned: z.number().int().nullable(),
    startedAt: moment,
    finishedAt: momentOrNull,
  })
  .openapi('Run', {
    description: '`counts` add up: `read` is the sum of the others. `outcome` is null while it works.',
  });

export const runDetail = run
  .extend({ preflight: json, holdsPlace: z.boolean(), appliedBy: z.array(z.number().int()) })
  .openapi('RunDetail');

/** As the API says it: a run is named by its number. */
export function runOf<Row extends RunListRow>({ id, counts, ...row }: Row) {
  const byOutcome: Record<string, number> | null = counts === null ? null : { ...counts };
  return { ...row, run: id, counts: byOutcome };
}

export const runSummary = z.object({
  run: z.number().int(),
  mode: z.string(),
  trigger: z.string(),
  phase: z.string(),
  outcome: z.string().nullable(),
  reason: z.string().nullable(),
  counts: numbers.nullable(),
  writes: z.number().int(),
  attention: z.number().int(),
  startedAt: moment,
  seconds: z.number().nullable(),
});

export const runLive = z
  .object({
    run: z.number().int(),
    phase: z.string(),
    outcome: runOutcome.nullable(),
    reason: z.string().nullable(),
    paused: z.boolean(),
    progress: z
      .object({
        read: z.number(),
        planned: z.number(),
        toApply: z.number(),
        applied: z.number(),
        appliedPerMinute: z.number().nullable(),
        outcomes: numbers,
      })
      .nullable(),
    secondsLeft: z.number().nullable(),
    writes: z.number(),
  })
  .openapi('RunLive', { description: 'What each event of a live run holds as `data`.' });

export const recordOutcome = z
  .object({
    record: z.string(),
    publicId: z.string().nullable(),
    name: z.string().nullable(),
    kind: z.string().nullable(),
    outcome,
    reason: z.string().nullable(),
    writes: z.number().int(),
    at: moment,
  })
  .openapi('RecordOutcome');

/** One write that a plan would make. */
export const plannedChange = z.object({
  kind: z.string(),
  targetId: z.string().nullable(),
  field: z.string(),
  before: json,
  after: json,
  rule: z.string(),
});

export const planEntry = z
  .object({
    record: z.string(),
    publicId: z.string().nullable(),
    name: z.string().nullable(),
    kind: z.string().nullable(),
    outcome,
    reason: z.string().nullable(),
    changes: z.array(plannedChange),
    notes: z.array(z.object({ field: z.string(), code: z.string(), raw: z.string(), sent: json })),
    withdraws: z.boolean(),
    blanks: z.boolean(),
    needsApply: z.boolean(),
    sides: z.array(z.string()),
    plannedAt: moment,
    link: z
      .object({ act: z.string(), counterpart: z.string().nullable(), ambiguous: z.array(z.string()) })
      .optional(),
  })
  .openapi('PlanEntry', { description: 'What a plan would do with one record, field by field.' });
