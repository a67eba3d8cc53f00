import { ServiceError } from '@temporalio/client';
import type { Context, Hono } from 'hono';
import { z } from 'zod';
import { planIdsToApply } from '../../../db/lists/plan-ids';
import { listPlanEntriesPage, type PlanListRow, planSummary } from '../../../db/lists/plans';
import { type RunDetail, runById } from '../../../db/lists/runs';
import type { Language } from '../../../mappings/reason-types';
import { Refusal } from '../../../operations/refusal';
import { MOST_CHOSEN, requestRun } from '../../../operations/request-run';
import { reasonsFor } from '../../../operations/syncs';
import { withLinks } from '../../../operations/weavy-webmecanik/plan-link';
import { requireRole } from '../../access/require-role';
import { formListsOf, formOf } from '../../form';
import { operationContext, type ServiceEnv, type ServiceParts } from '../../parts';
import { paths } from '../paths';
import { goTo, show } from '../show';
import { type View, viewOf } from '../view';
import { type Asked, askedInAddress, askedInForm, PAGE } from './asked';
import { type EntryView, PlanPage, type PlanParts } from './plan-page';
import { PLAN_WORDS } from './words';

/** A plan before it happens: read, filter, choose, apply. */
export function mountPlan(pages: Hono<ServiceEnv>, parts: ServiceParts): void {
  const path = '/runs/:id{\\d{1,15}}/plan';
  pages.get(path, (c) => showPlan(c, parts, askedInAddress(c.req.query())));
  // a search changes nothing: it is posted so that no name gets into an address
  pages.post(path, async (c) => showPlan(c, parts, askedInForm(await formOf(c))));
  pages.post(`${path}/apply`, requireRole('operate'), (c) => apply(c, parts));
}

async function showPlan(c: Context<ServiceEnv>, parts: ServiceParts, asked: Asked): Promise<Response> {
  const view = viewOf(c);
  const run = await runOf(c, parts);
  const plan = await planParts(parts, run, asked, view);
  const words = PLAN_WORDS[view.language];
  const crumbs = [
    { label: run.sync, href: paths.sync(run.sync) },
    { label: words.run(run.id), href: paths.run(run.id) },
  ];
  return show(c, { title: words.title(run.id), crumbs }, <PlanPage view={view} plan={plan} />);
}

async function runOf(c: Context<ServiceEnv>, { pool }: ServiceParts): Promise<RunDetail> {
  const run = await runById(pool, Number(c.req.param('id')));
  if (run !== null) return run;
  throw new Refusal('not-found', PLAN_WORDS[viewOf(c).language].refused['not-found']);
}

async function planParts(
  { configuration, pool }: ServiceParts,
  run: RunDetail,
  asked: Asked,
  { language }: View,
): Promise<PlanParts> {
  const pair = configuration.syncs[run.sync]?.pair ?? null;
  const [summary, page] = await Promise.all([
    planSummary(pool, run.id),
    listPlanEntriesPage(pool, run.id, { ...asked, limit: PAGE }),
  ]);
  const reasons = reasonsFor(configuration, run.sync);
  const told = page.rows.map((entry) => toldOf(entry, reasons, language));
  const rows = pair === 'weavy-webmecanik' ? await withLinks(pool, run.sync, told) : told;
  return { run, pair, summary, asked, entries: { rows, next: page.next } };
}

function toldOf(entry: PlanListRow, reasons: ReturnType<typeof reasonsFor>, language: Language): EntryView {
  return { ...entry, reasonText: entry.reason === null ? null : reasons.text(entry.reason, language).what };
}

const chosenSchema = z.object({
  which: z.enum(['ticked', 'filter', 'all']),
  record: z.preprocess(
    (value) => (value === undefined ? [] : [value].flat()),
    z.array(z.string().max(300)).max(MOST_CHOSEN),
  ),
});

async function apply(c: Context<ServiceEnv>, parts: ServiceParts): Promise<Response> {
  const words = PLAN_WORDS[viewOf(c).language];
  const run = await runOf(c, parts);
  const body = await formListsOf(c);
  const chosen = chosenSchema.safeParse(body);
  const records = chosen.success ? await chosenRecords(parts, run.id, chosen.data, askedInForm(body)) : [];
  if (records?.length === 0) return goTo(c, paths.plan(run.id), { kind: 'bad', text: words.nothingTicked });
  try {
    const context = operationContext(parts, c.get('principal'));
    const started = await requestRun(context, run.sync, { mode: 'apply', planRun: run.id, records });
    if (started.run === null) return goTo(c, paths.sync(run.sync), { kind: 'calm', text: words.startedSoon });
    return goTo(c, paths.run(started.run), { kind: 'good', text: words.started });
  } catch (error) {
    if (!(error instanceof Refusal || error instanceof ServiceError)) throw error;
    const kind = error instanceof Refusal ? error.kind : 'unavailable';
    return goTo(c, paths.plan(run.id), { kind: 'bad', text: words.refused[kind] });
  }
}

/** Ids of the choice; undefined for the whole plan. One more than may be chosen is refused by the operation. */
async function chosenRecords(
  { pool }: ServiceParts,
  runId: number,
  { which, record }: z.infer<typeof chosenSchema>,
  { after: _after, ...filter }: Asked,
): Promise<string[] | undefined> {
  if (which === 'all') return undefined;
  if (which === 'ticked') return record;
  return planIdsToApply(pool, runId, { ...filter, limit: MOST_CHOSEN + 1 });
}
