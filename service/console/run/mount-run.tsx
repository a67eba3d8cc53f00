import type { Context, Hono } from 'hono';
import { listRunOutcomes, type RunDetail, runById, runOutcomeCounts } from '../../../db/lists/runs';
import { Refusal } from '../../../operations/refusal';
import { reasonsFor } from '../../../operations/syncs';
import { EXPORT_FORMATS, sendExport } from '../../export/send-export';
import { liveOf } from '../../live/run-live';
import { streamLive } from '../../live/stream-live';
import type { ServiceEnv, ServiceParts } from '../../parts';
import { withQuery } from '../paths';
import { type RunRecordsAsked, runRecordsAsked } from '../records/asked';
import { goTo, show } from '../show';
import { syncCrumbs } from '../sync/mount-sync';
import { PreflightList, storedChecks } from '../sync/preflight-list';
import { PAGE_WAITS_MS } from '../sync/schedule-within';
import { viewOf } from '../view';
import { Progress } from './progress';
import { RunCounts } from './run-counts';
import { RUN_PART, RunFacts } from './run-facts';
import { RunRecords, type RunRecordsProps, runRecordsPath } from './run-records';
import { temporalUrl } from './temporal-url';
import { RUN_WORDS } from './words';

const PAGE = 50;
const RUN = '/runs/:run{[1-9][0-9]{0,14}}';

/** One run: how far it is, how it ended, what became of each record; the same as a file, and live. */
export function mountRun(pages: Hono<ServiceEnv>, parts: ServiceParts): void {
  pages.get(RUN, (c) => runPage(c, parts));
  pages.get(`${RUN}/records`, (c) => recordsPage(c, parts));
  pages.post(`${RUN}/records`, (c) => recordsPage(c, parts));
  pages.get(`${RUN}/live`, async (c) => {
    const { id } = await runOf(c, parts);
    const view = viewOf(c);
    return streamLive(c, parts, id, (live) => ({ data: (<Progress view={view} live={live} />).toString() }));
  });
  for (const format of EXPORT_FORMATS)
    pages.get(`${RUN}/export.${format}`, async (c) => {
      const run = await runOf(c, parts);
      const { language, zone } = viewOf(c);
      const { outcome } = await runRecordsAsked(c);
      return sendExport(c, parts, { run, format, filter: { outcome }, reader: { language, zone } });
    });
}

async function runOf(c: Context<ServiceEnv>, { pool }: ServiceParts): Promise<RunDetail> {
  const id = Number(c.req.param('run'));
  const run = await runById(pool, id);
  if (run === null) throw new Refusal('not-found', `there is no run ${id}`);
  return run;
}

async function runPage(c: Context<ServiceEnv>, parts: ServiceParts): Promise<Response> {
  const run = await runOf(c, parts);
  const view = viewOf(c);
  const words = RUN_WORDS[view.language];
  const [live, records] = await Promise.all([
    // Temporal may take its time, the page does not: live events tell the rest
    run.finishedAt === null ? liveOf(parts.client, run, AbortSignal.timeout(PAGE_WAITS_MS)) : null,
    recordsOf(parts, run, {}),
  ]);
  const checks = storedChecks(run.preflight);
  return show(
    c,
    { title: `${words.run} ${run.id}`, crumbs: syncCrumbs(c, run.sync) },
    <div
      id={RUN_PART}
      class="stack"
      hx-get={view.path}
      hx-trigger="ended"
      hx-select={`#${RUN_PART}`}
      hx-swap="outerHTML"
    >
      <div class="columns">
        <RunFacts
          view={view}
          run={run}
          live={live}
          workflowUrl={temporalUrl(parts, run.workflowId, run.workflowRunId)}
        />
        {run.counts !== null && <RunCounts view={view} counts={run.counts} />}
      </div>
      {checks.length > 0 && (
        <details class="card">
          <summary>{words.preflight}</summary>
          <PreflightList language={view.language} caption={words.preflight} checks={checks} />
        </details>
      )}
      <RunRecords view={view} {...records} />
    </div>,
  );
}

/** The records alone, so that narrowing them does not show the rest of the run again. */
async function recordsPage(c: Context<ServiceEnv>, parts: ServiceParts): Promise<Response> {
  const run = await runOf(c, parts);
  const asked = await runRecordsAsked(c);
  if (c.req.method === 'POST' && asked.text === undefined)
    return goTo(c, withQuery(runRecordsPath(run.id), { outcome: asked.outcome }));
  const view = viewOf(c);
  const words = RUN_WORDS[view.language];
  const title = `${words.run} ${run.id}`;
  return show(
    c,
    {
      title: `${words.records} (${title.toLowerCase()})`,
      crumbs: [...syncCrumbs(c, run.sync), { label: title, href: `/runs/${run.id}` }],
    },
    <RunRecords view={view} {...(await recordsOf(parts, run, asked))} />,
  );
}

async function recordsOf(
  { pool, configuration }: ServiceParts,
  run: RunDetail,
  asked: RunRecordsAsked,
): Promise<Omit<RunRecordsProps, 'view'>> {
  const [page, counts] = await Promise.all([
    listRunOutcomes(pool, run.id, { ...asked, limit: PAGE }),
    runOutcomeCounts(pool, run.id),
  ]);
  return { run, asked, page, counts, reasons: reasonsFor(configuration, run.sync) };
}
