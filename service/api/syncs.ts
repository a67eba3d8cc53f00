import { z } from '@hono/zod-openapi';
import { overview } from '../../db/lists/overview';
import { preflight } from '../../operations/preflight';
import { reconcileSync } from '../../operations/reconcile';
import { syncStatus } from '../../operations/sync-status';
import { addOperation, type Desk } from './operation';
import { run, runOf, runSummary } from './run-answers';
import {
  byText,
  fieldValue,
  moment,
  momentOrNull,
  numbers,
  orNull,
  pageByText,
  pageOfAll,
  pair,
  slug,
  wholeNumber,
} from './values';

const underWay = z.object({
  run: z.number().int(),
  workflowId: z.string(),
  mode: z.string(),
  trigger: z.string(),
  phase: z.string(),
  startedAt: moment,
});

const syncGlance = z
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

const account = z.object({
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

const status = z
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
const check = z
  .object({
    code: z.string(),
    result: z.enum(['pass', 'warn', 'fail']),
    evidence: inBothLanguages,
    advice: inBothLanguages,
  })
  .openapi('PreflightCheck');

const SYNC = z.strictObject({ sync: slug });
const TAG = 'Syncs';

/** How syncs stand, and what is asked of both platforms about them. */
export function addSyncs(desk: Desk): void {
  addLists(desk);
  addOperation(
    desk,
    {
      id: 'checkSync',
      tag: TAG,
      summary: { fr: 'Vérifier les prérequis, maintenant', en: 'Check the prerequisites, now' },
      description: 'Asks both platforms and writes to neither.',
      scope: 'operate',
      method: 'post',
      path: '/syncs/{sync}/preflight',
      params: SYNC,
      answer: z.object({ ok: z.boolean(), checks: z.array(check) }),
      errors: [404],
    },
    async ({ context, params }) => {
      const checks = await preflight(context, params.sync);
      return { ok: checks.every(({ result }) => result !== 'fail'), checks: [...checks] };
    },
  );
  addReconcile(desk);
}

function addLists({ parts, ...desk }: Desk): void {
  const { configuration, pool } = parts;
  addOperation(
    { parts, ...desk },
    {
      id: 'listSyncs',
      tag: TAG,
      summary: { fr: 'Synchronisations, d’un coup d’œil', en: 'Syncs, at a glance' },
      scope: 'read',
      method: 'get',
      path: '/syncs',
      query: z.strictObject(byText),
      answer: pageByText(syncGlance),
    },
    async ({ query }) => {
      const { items: slugs, next } = pageOfAll(
        Object.keys(configuration.syncs).sort(),
        query,
        (name) => name,
      );
      const { syncs } = await overview(pool, slugs);
      const items = syncs.flatMap(({ lastRun, underWay: now, ...glance }) => {
        const sync = configuration.syncs[glance.sync];
        if (sync === undefined) return [];
        const { pair: ofPair, source, target } = sync;
        const ends = { pair: ofPair, source, target };
        return {
          ...glance,
          ...ends,
          lastRun: lastRun === null ? null : runOf(lastRun),
          underWay: now === null ? null : { ...now, run: now.runId },
        };
      });
      return { items, next };
    },
  );
  addOperation(
    { parts, ...desk },
    {
      id: 'getSync',
      tag: TAG,
      summary: { fr: 'État d’une synchronisation', en: 'Where a sync stands' },
      scope: 'read',
      method: 'get',
      path: '/syncs/{sync}',
      params: SYNC,
      query: z.strictObject({
        runs: wholeNumber(1, 50).default(5).openapi({ type: 'integer', minimum: 1, maximum: 50, default: 5 }),
      }),
      answer: status,
      errors: [404],
    },
    ({ context, params, query }) => syncStatus(context, params.sync, query.runs),
  );
  addOperation(
    { parts, ...desk },
    {
      id: 'listAccounts',
      tag: TAG,
      summary: { fr: 'État des comptes de plateforme', en: 'How the platform accounts are' },
      description:
        'Every account that was ever called: until when it asked us to wait, since when it refuses us.',
      scope: 'read',
      method: 'get',
      path: '/accounts',
      query: z.strictObject(byText),
      answer: pageByText(account.extend({ platform: z.string().nullable() })),
    },
    async ({ query }) => {
      const { accounts } = await overview(pool, []);
      const named = accounts
        .map((one) => ({ ...one, platform: configuration.platforms[one.account]?.platform ?? null }))
        .sort((a, b) => (a.account < b.account ? -1 : 1));
      return pageOfAll(named, query, ({ account: name }) => name);
    },
  );
}

const difference = z
  .object({
    kind: z.string(),
    entity: z.string().optional(),
    record: z.string().nullable().optional(),
    records: z.array(z.string()).optional(),
    publicId: z.string().nullable().optional(),
    targetIds: z.array(z.string()).optional(),
    field: z.string().nullable(),
    mauticField: z.string().nullable().optional(),
    reason: z.string().nullable().optional(),
    rule: z.string().nullable().optional(),
    awaitsImport: z.boolean().optional(),
    held: fieldValue.optional(),
    wanted: fieldValue.optional(),
    weavy: fieldValue.optional(),
    mautic: fieldValue.optional(),
  })
  .openapi('Difference', { description: 'Values of fields are there when they were asked for.' });

function addReconcile(desk: Desk): void {
  addOperation(
    desk,
    {
      id: 'reconcileSync',
      tag: TAG,
      summary: { fr: 'Comparer les deux côtés en entier', en: 'Compare both sides in full' },
      description:
        'Reads both platforms anew and changes nothing. What takes longer than a minute answers 503.',
      scope: 'operate',
      method: 'post',
      path: '/syncs/{sync}/reconcile',
      params: SYNC,
      body: z.strictObject({
        limit: z.number().int().min(0).max(1_000).default(100),
        quantities: z.boolean().optional(),
        tracks: z.boolean().optional(),
        values: z.boolean().optional(),
      }),
      answer: z
        .object({
          pair,
          totals: z.record(z.string(), z.union([z.number(), numbers])),
          counts: numbers,
          shown: z.array(difference),
          total: z.number().int(),
          runUnderWay: z.boolean(),
        })
        .openapi('Reconciled'),
      errors: [404, 409, 422],
    },
    ({ context, params, body }) => reconcileSync(context, params.sync, body),
  );
}
