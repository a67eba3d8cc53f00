import { z } from '@hono/zod-openapi';
import { overview } from '../../db/lists/overview';
import { preflight } from '../../operations/preflight';
import { syncStatus } from '../../operations/sync-status';
import { addOperation, type Desk } from './operation';
import { runOf } from './run-answers';
import { account, check, status, syncGlance } from './sync-answers';
import { byText, pageByText, pageOfAll, slug, wholeNumber } from './values';

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
}

function addLists(desk: Desk): void {
  addListSyncs(desk);
  addGetSync(desk);
  addListAccounts(desk);
}

function addListSyncs(desk: Desk): void {
  const { configuration, pool } = desk.parts;
  addOperation(
    desk,
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
}

function addGetSync(desk: Desk): void {
  addOperation(
    desk,
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
}

function addListAccounts(desk: Desk): void {
  const { configuration, pool } = desk.parts;
  addOperation(
    desk,
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
