import type { Outcome } from '../outcomes';
import type { Queryable } from '../pool';
import type { Counts, RunMode, RunOutcome } from '../runs';
import { type Page, pageOf } from './page';
import { searchCondition } from './search';
import { sumOf, toldAgain } from './told-again';

/** A run in a list. */
export interface RunListRow {
  id: number;
  sync: string;
  mode: RunMode;
  trigger: string;
  fullRead: boolean;
  onlyRecord: string | null;
  /** The plan that it applies. */
  planRun: number | null;
  overrides: string[];
  workflowId: string;
  workflowRunId: string;
  phase: string;
  outcome: RunOutcome | null;
  reason: string | null;
  counts: Counts | null;
  writes: number;
  attention: number;
  planned: number | null;
  startedAt: Date;
  finishedAt: Date | null;
}

/** The columns of a `RunListRow`; `run` is the name that the statement gives the table. */
export const runColumns = (run: string): string =>
  `${run}.id, ${run}.sync, ${run}.mode, ${run}.trigger, ${run}.full_read as "fullRead", ${run}.only_record as "onlyRecord",
  ${run}.plan_run as "planRun", ${run}.overrides, ${run}.workflow_id as "workflowId", ${run}.workflow_run_id as "workflowRunId",
  ${run}.phase, ${run}.outcome, ${run}.reason, ${run}.counts, ${run}.writes, ${run}.attention, ${run}.planned,
  ${run}.started_at as "startedAt", ${run}.finished_at as "finishedAt"`;

/** Runs, the newest first, from before the run `before`. */
export async function listRuns(
  db: Queryable,
  asked: { sync?: string | undefined; before?: number | undefined; limit: number },
): Promise<Page<RunListRow>> {
  const { rows } = await db.query<RunListRow>(
    `select ${runColumns('r')} from run r
     where ($1::text is null or r.sync = $1) and ($2::bigint is null or r.id < $2) order by r.id desc limit $3`,
    [asked.sync ?? null, asked.before ?? null, asked.limit + 1],
  );
  return pageOf(rows, asked.limit, (row) => row.id);
}

/** A run alone, with what a list leaves out. */
export interface RunDetail extends RunListRow {
  /** Checks of the preflight as they were stored, or null before it. */
  preflight: unknown;
  /** Whether it holds its sync's place now. */
  holdsPlace: boolean;
  /** Runs that applied this plan, the oldest first. */
  appliedBy: number[];
  /** Who asked for it by name; null for a Schedule, a command or another service. */
  requestedBy: string | null;
}

export async function runById(db: Queryable, runId: number): Promise<RunDetail | null> {
  const { rows } = await db.query<RunDetail>(
    `select ${runColumns('r')}, r.preflight,
       exists (select 1 from run_place p where p.sync = r.sync and p.run_id = r.id) as "holdsPlace",
       (select coalesce(jsonb_agg(a.id order by a.id), '[]') from run a where a.plan_run = r.id) as "appliedBy",
       (select q.actor from run_request q where q.workflow_run_id = r.workflow_run_id) as "requestedBy"
     from run r where r.id = $1`,
    [runId],
  );
  return rows[0] ?? null;
}

/** A run in a small chart. */
export interface RunBar {
  id: number;
  mode: RunMode;
  outcome: RunOutcome | null;
  counts: Counts | null;
  writes: number;
  attention: number;
  startedAt: Date;
  /** Null while it works. */
  seconds: number | null;
}

/** The last `n` runs and applied plans of each sync, the oldest first. Plans alone are left out: they changed nothing. */
export async function recentRunBars(
  db: Queryable,
  syncs: readonly string[],
  n: number,
): Promise<Map<string, RunBar[]>> {
  const { rows } = await db.query<RunBar & { sync: string }>(
    `select s.sync, r.id, r.mode, r.outcome, r.counts, r.writes, r.attention, r.started_at as "startedAt",
       extract(epoch from r.finished_at - r.started_at)::float8 as seconds
     from unnest($1::text[]) as s(sync) cross join lateral (
       select * from run where sync = s.sync and mode <> 'plan' order by id desc limit $2) r
     order by r.id`,
    [syncs, n],
  );
  const bars = new Map<string, RunBar[]>(syncs.map((sync) => [sync, []]));
  for (const { sync, ...bar } of rows) bars.get(sync)?.push(bar);
  return bars;
}

/**
 * Records that a run passed over, by what became of them: those that `listRunOutcomes` lists. Of many records it may be some
 * seconds old.
 */
export async function runOutcomeCounts(
  db: Queryable,
  runId: number,
): Promise<Partial<Record<Outcome, number>>> {
  return toldAgain(db, `outcomes ${runId}`, () => countOutcomes(db, runId), sumOf);
}

async function countOutcomes(db: Queryable, runId: number): Promise<Partial<Record<Outcome, number>>> {
  const { rows } = await db.query<{ outcome: Outcome; n: number }>(
    'select outcome, count(*)::int as n from run_outcome where run_id = $1 group by outcome',
    [runId],
  );
  return Object.fromEntries(rows.map((row) => [row.outcome, row.n]));
}

/** What became of one record in a run. */
export interface RunOutcomeRow {
  recordId: string;
  publicId: string | null;
  name: string | null;
  kind: string | null;
  outcome: Outcome;
  reason: string | null;
  writes: number;
  at: Date;
}

export interface RunOutcomeFilter {
  outcome?: Outcome | undefined;
  /** Part of an id, a public id or a name. */
  text?: string | undefined;
}

/** What became of the records of a run, in the order of their ids, from behind `after`. */
export async function listRunOutcomes(
  db: Queryable,
  runId: number,
  asked: RunOutcomeFilter & { after?: string | undefined; limit: number },
): Promise<Page<RunOutcomeRow, string>> {
  const params: unknown[] = [runId, asked.after ?? '', asked.limit + 1, asked.outcome ?? null];
  const { rows } = await db.query<RunOutcomeRow>(
    `select o.record_id as "recordId", s.public_id as "publicId", s.name, s.kind, o.outcome, o.reason, o.writes, o.at
     from run_outcome o
     left join staged_record s on s.sync = (select sync from run where id = $1) and s.record_id = o.record_id
     where o.run_id = $1 and o.record_id > $2 and ($4::text is null or o.outcome = $4) and ${searchCondition('s', asked.text, params)}
     order by o.record_id limit $3`,
    params,
  );
  return pageOf(rows, asked.limit, (row) => row.recordId);
}

const EXPORT_PAGE = 1_000;

/** All of them, a thousand at a time: nothing but one page is held while a file is written. */
export async function* streamRunOutcomes(
  db: Queryable,
  runId: number,
  filter: RunOutcomeFilter,
): AsyncGenerator<RunOutcomeRow[], void, undefined> {
  let after: string | null = '';
  while (after !== null) {
    const page: Page<RunOutcomeRow, string> = await listRunOutcomes(db, runId, {
      ...filter,
      after,
      limit: EXPORT_PAGE,
    });
    if (page.rows.length > 0) yield page.rows;
    after = page.next;
  }
}
