import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { listRuns } from '../../../db/lists/runs';
import { preflight } from '../../../operations/preflight';
import { syncOf } from '../../../operations/syncs';
import { operationContext, type ServiceEnv, type ServiceParts } from '../../parts';
import type { Crumb } from '../layout';
import { Pager } from '../parts/pager';
import { paths } from '../paths';
import { RunsTable } from '../run/runs-table';
import { temporalUrl } from '../run/temporal-url';
import { RUN_WORDS } from '../run/words';
import { show } from '../show';
import { viewOf } from '../view';
import { FRAME_WORDS } from '../words';
import { NextRun } from './next-run';
import { PreflightList } from './preflight-list';
import { FRAGMENT_WAITS_MS, scheduleWithin } from './schedule-within';
import { mountSyncChanges } from './sync-changes';
import { SyncPage } from './sync-page';
import { RUNS, syncParts } from './sync-parts';
import { SYNC_WORDS } from './words';

/** One sync: where it stands, its prerequisites, its schedule, its runs, and what can be done. */
export function mountSync(pages: Hono<ServiceEnv>, parts: ServiceParts): void {
  pages.get('/syncs/:sync', (c) => syncPage(c, parts));
  pages.get('/syncs/:sync/preflight', (c) => preflightPage(c, parts));
  pages.get('/syncs/:sync/runs', (c) => runsPage(c, parts));
  pages.get('/syncs/:sync/next-run', async (c) => {
    const sync = slugOf(c, parts);
    const schedule = await scheduleWithin(parts, sync, FRAGMENT_WAITS_MS);
    c.header('cache-control', 'no-store');
    return c.html(<NextRun view={viewOf(c)} sync={sync} schedule={schedule} isLast />);
  });
  mountSyncChanges(pages, parts);
}

/** The first crumbs of every page below a sync. */
export function syncCrumbs(c: Context<ServiceEnv>, sync: string): Crumb[] {
  return [
    { label: FRAME_WORDS[c.get('language')].overview, href: paths.overview },
    { label: sync, href: paths.sync(sync) },
  ];
}

/** Rejects with a refusal for a sync that is not configured. */
export function slugOf(c: Context<ServiceEnv>, { configuration }: ServiceParts): string {
  const sync = c.req.param('sync') ?? '';
  syncOf(configuration, sync);
  return sync;
}

async function syncPage(c: Context<ServiceEnv>, parts: ServiceParts): Promise<Response> {
  const found = await syncParts(parts, slugOf(c, parts));
  const { underWay, sync } = found.overview;
  const workflowUrl = underWay === null ? null : temporalUrl(parts, underWay.workflowId);
  return show(
    c,
    { title: sync, crumbs: syncCrumbs(c, sync).slice(0, 1) },
    <SyncPage view={viewOf(c)} parts={found} workflowUrl={workflowUrl} />,
  );
}

/** A part of the page where htmx asks for it, a page where a browser does. */
async function preflightPage(c: Context<ServiceEnv>, parts: ServiceParts): Promise<Response> {
  const sync = slugOf(c, parts);
  const { language } = viewOf(c);
  const words = SYNC_WORDS[language];
  const checks = await preflight(operationContext(parts, c.get('principal')), sync);
  const list = <PreflightList language={language} caption={words.checked} checks={checks} />;
  if (c.req.header('hx-request') === undefined)
    return show(c, { title: words.preflight, crumbs: syncCrumbs(c, sync) }, list);
  c.header('cache-control', 'no-store');
  return c.html(list);
}

const beforeSchema = z.coerce.number().int().positive().optional().catch(undefined);

async function runsPage(c: Context<ServiceEnv>, parts: ServiceParts): Promise<Response> {
  const sync = slugOf(c, parts);
  const view = viewOf(c);
  const words = RUN_WORDS[view.language];
  const before = beforeSchema.parse(c.req.query('after'));
  const runs = await listRuns(parts.pool, { sync, before, limit: RUNS });
  return show(
    c,
    { title: `${words.runsOf} ${sync}`, crumbs: syncCrumbs(c, sync) },
    <section class="card">
      {runs.rows.length === 0 ? (
        <p class="empty">{words.noRun}</p>
      ) : (
        <RunsTable view={view} caption={words.latest} runs={runs.rows} />
      )}
      <Pager view={view} query={{}} after={before} next={runs.next} />
    </section>,
  );
}
