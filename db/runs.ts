import { toJsonb } from './jsonb';
import type { Pool, Queryable } from './pool';

export type RunMode = 'run' | 'plan' | 'apply';
export type RunOutcome =
  | 'completed'
  | 'completed-with-attention'
  | 'planned'
  | 'stopped'
  | 'failed'
  | 'cancelled';

/** What a run counts: source records of the sync's main kind, by what became of them. They add up to `read`. */
export interface Counts {
  read: number;
  created: number;
  updated: number;
  unchanged: number;
  withdrawn: number;
  skipped: number;
  waiting: number;
  held: number;
  refused: number;
}

/** Sums rows into the buckets of a run; `read` counts every row, so that one without a bucket shows up as a gap. */
export function countsOf(rows: Array<{ bucket: string | null; n: number }>): Counts {
  const counts: Counts = {
    read: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    withdrawn: 0,
    skipped: 0,
    waiting: 0,
    held: 0,
    refused: 0,
  };
  for (const { bucket, n } of rows) {
    counts.read += n;
    if (bucket !== null && bucket !== 'read' && bucket in counts) counts[bucket as keyof Counts] += n; // `in` proved the key
  }
  return counts;
}

export interface RunRow {
  id: number;
  sync: string;
  mode: RunMode;
  trigger: string;
  full_read: boolean;
  only_record: string | null;
  plan_run: number | null;
  overrides: string[];
  workflow_id: string;
  workflow_run_id: string;
  phase: string;
  outcome: RunOutcome | null;
  reason: string | null;
  preflight: unknown;
  counts: Counts | null;
  writes: number;
  attention: number;
  planned: number | null;
  started_at: Date;
  finished_at: Date | null;
}

const COLUMNS = `id, sync, mode, trigger, full_read, only_record, plan_run, overrides, workflow_id, workflow_run_id, phase, outcome, reason,
  preflight, counts, writes, attention, planned, started_at, finished_at`;

export async function ensureSync(db: Queryable, slug: string, pair: string): Promise<void> {
  await db.query('insert into sync (slug, pair) values ($1, $2) on conflict (slug) do nothing', [slug, pair]);
}

/** Opens the run of one workflow execution; the same execution asking again gets the same run. */
export async function openRun(
  db: Queryable,
  run: {
    sync: string;
    mode: RunMode;
    trigger: string;
    fullRead: boolean;
    onlyRecord: string | null;
    planRun: number | null;
    overrides: string[];
    workflowId: string;
    workflowRunId: string;
  },
): Promise<RunRow> {
  const { rows } = await db.query<RunRow>(
    `insert into run (sync, mode, trigger, full_read, only_record, plan_run, overrides, workflow_id, workflow_run_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (workflow_run_id) do update set outcome = null, reason = null, finished_at = null
     returning ${COLUMNS}`,
    [
      run.sync,
      run.mode,
      run.trigger,
      run.fullRead,
      run.onlyRecord,
      run.planRun,
      run.overrides,
      run.workflowId,
      run.workflowRunId,
    ],
  );
  return only(rows);
}

/** Takes the sync's place for a run, or answers who holds it. */
export async function takePlace(
  db: Queryable,
  place: { sync: string; runId: number; workflowId: string; workflowRunId: string },
): Promise<{ holder: { runId: number; workflowId: string; workflowRunId: string } }> {
  const { rows } = await db.query<{ run_id: number; workflow_id: string; workflow_run_id: string }>(
    `with taken as (
       insert into run_place (sync, run_id, workflow_id, workflow_run_id) values ($1, $2, $3, $4)
       on conflict (sync) do nothing returning run_id, workflow_id, workflow_run_id
     )
     select * from taken union all
     select run_id, workflow_id, workflow_run_id from run_place where sync = $1 and not exists (select 1 from taken)`,
    [place.sync, place.runId, place.workflowId, place.workflowRunId],
  );
  const row = rows[0];
  if (row === undefined) return takePlace(db, place); // released between the two halves of the statement
  return { holder: { runId: row.run_id, workflowId: row.workflow_id, workflowRunId: row.workflow_run_id } };
}

/** Frees the place, if that run still holds it. */
export async function releasePlace(db: Queryable, sync: string, runId: number): Promise<void> {
  await db.query('delete from run_place where sync = $1 and run_id = $2', [sync, runId]);
}

export async function setPhase(db: Queryable, runId: number, phase: string): Promise<void> {
  await db.query('update run set phase = $2 where id = $1', [runId, phase]);
}

export async function savePreflight(db: Queryable, runId: number, preflight: unknown): Promise<void> {
  await db.query('update run set preflight = $2 where id = $1', [runId, toJsonb(preflight)]);
}

export async function closeRun(
  db: Queryable,
  runId: number,
  end: {
    outcome: RunOutcome;
    reason: string | null;
    counts: Counts | null;
    writes: number;
    attention: number;
    planned: number | null;
  },
): Promise<void> {
  await db.query(
    `update run set outcome = $2, reason = $3, counts = $4, writes = $5, attention = $6, planned = $7, phase = 'closed', finished_at = now()
     where id = $1 and finished_at is null`,
    [
      runId,
      end.outcome,
      end.reason,
      end.counts === null ? null : toJsonb(end.counts),
      end.writes,
      end.attention,
      end.planned,
    ],
  );
}

export async function getRun(db: Queryable, runId: number): Promise<RunRow | null> {
  const { rows } = await db.query<RunRow>(`select ${COLUMNS} from run where id = $1`, [runId]);
  return rows[0] ?? null;
}

export async function latestRuns(db: Queryable, sync: string, limit: number): Promise<RunRow[]> {
  const { rows } = await db.query<RunRow>(
    `select ${COLUMNS} from run where sync = $1 order by id desc limit $2`,
    [sync, limit],
  );
  return rows;
}

export async function lastFullAt(db: Queryable, sync: string): Promise<Date | null> {
  const { rows } = await db.query<{ last_full_at: Date | null }>(
    'select last_full_at from sync where slug = $1',
    [sync],
  );
  return rows[0]?.last_full_at ?? null;
}

export async function markFull(db: Queryable, sync: string): Promise<void> {
  await db.query('update sync set last_full_at = now() where slug = $1', [sync]);
}

export async function placeOf(
  db: Pool,
  sync: string,
): Promise<{ run_id: number; workflow_id: string } | null> {
  const { rows } = await db.query<{ run_id: number; workflow_id: string }>(
    'select run_id, workflow_id from run_place where sync = $1',
    [sync],
  );
  return rows[0] ?? null;
}

/** The run that an execution opened; null until it has. */
export async function runOfExecution(db: Queryable, workflowRunId: string): Promise<number | null> {
  const { rows } = await db.query<{ id: number }>('select id from run where workflow_run_id = $1', [
    workflowRunId,
  ]);
  return rows[0]?.id ?? null;
}

/** Notes who asked for the run of this execution. */
export async function saveRunRequest(db: Queryable, workflowRunId: string, actor: string): Promise<void> {
  await db.query(
    'insert into run_request (workflow_run_id, actor) values ($1, $2) on conflict (workflow_run_id) do nothing',
    [workflowRunId, actor],
  );
}

function only<T>(rows: T[]): T {
  const row = rows[0];
  if (row === undefined) throw new Error('the database answered no row where exactly one is due');
  return row;
}
