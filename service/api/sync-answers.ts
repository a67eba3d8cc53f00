import { z } from '@hono/zod-openapi';
import { run, runSummary } from './run-answers';
import { moment, momentOrNull, numbers, orNull, pair } from './values';

const underWay = z.object({
  run: z.number().int(),
  workflowId: z.string(),
  mode: z.string(),
  trigger: z.string(),
  phase: z.string(),
  startedAt: moment,
});

export const syncGlance = z
  .object({
    sync: z.string(),
    pair,
    source: z.string(),
    target: z.string(),
    lastRun: orNull(run),
    underWay: underWay.nullable(),
    standing: numbers,
    openActions: z.number().int(),
    hooksWaiting: z.number().int(),
    hooksWaitingSince: momentOrNull,
    lastFullAt: momentOrNull,
  })
  .openapi('SyncGlance', { description: 'Where a sync stands, at a glance.' });

const schedule = z.object({
  state: z.enum(['none', 'active', 'paused', 'unknown']),
  next: momentOrNull,
});

export const account = z.object({
  account: z.string(),
  pausedUntil: momentOrNull,
  accessLostAt: momentOrNull,
});

const offers = z.object({
  objects: numbers,
  feeds: z.array(z.object({ kind: z.string(), objects: z.number(), bytes: z.number(), publishedAt: moment })),
  lastVisit: z.object({ at: z.string(), status: z.number(), transfer: z.string() }).nullable(),
  openEdits: numbers,
  lastLookAt: momentOrNull,
});

const crm = z.object({
  couples: z.record(z.string(), numbers),
  lastRead: z.record(z.string(), momentOrNull),
  skewMs: z.object({ weavy: z.number().nullable(), mautic: z.number().nullable() }),
  pausedFields: z.array(z.object({ kind: z.string(), field: z.string(), records: z.number().int() })),
  goneFields: z.array(z.string()),
  deniedTables: z.array(z.string()),
});

export const status = z
  .object({
    sync: z.string(),
    pair: z.string(),
    standing: numbers,
    attention: z.number().int(),
    underWay: z.object({ run: z.number().int(), workflowId: z.string() }).nullable(),
    runs: z.array(runSummary),
    lastFullAt: momentOrNull,
    maskVersion: z.number().int().nullable(),
    accounts: z.array(account),
    schedule,
    offers: offers.optional(),
    watch: schedule.optional(),
    crm: crm.optional(),
  })
  .openapi('SyncStatus');

const inBothLanguages = z.object({ fr: z.string(), en: z.string() });
export const check = z
  .object({
    code: z.string(),
    result: z.enum(['pass', 'warn', 'fail']),
    evidence: inBothLanguages,
    advice: inBothLanguages,
  })
  .openapi('PreflightCheck');
