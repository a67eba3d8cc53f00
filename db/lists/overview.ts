import { budgetStates } from '../budget';
import type { Pool, Queryable } from '../pool';
import type { RunMode } from '../runs';
import { standingOf } from './records';
import { type RunListRow, runColumns } from './runs';

/** The run that holds a sync's place. */
export interface UnderWay {
  runId: number;
  workflowId: string;
  mode: RunMode;
  trigger: string;
  phase: string;
  startedAt: Date;
}

/** Where one sync stands, at a glance. */
export interface SyncOverview {
  sync: string;
  /** The last run or applied plan that ended, not a plan alone. */
  lastRun: RunListRow | null;
  underWay: UnderWay | null;
  /** Records by outcome, `not-yet` for those without one. */
  standing: Record<string, number>;
  /** Open items that need a person. */
  openActions: number;
  /** Announcements that no workflow was told yet, and since when the oldest waits. */
  hooksWaiting: number;
  hooksWaitingSince: Date | null;
  lastFullAt: Date | null;
}

export interface Overview {
  /** In the order asked. */
  syncs: SyncOverview[];
  /** Every platform account that was ever called: until when it is paused, since when it is refused. */
  accounts: Array<{ account: string; pausedUntil: Date | null; accessLostAt: Date | null }>;
}

/** Where these syncs stand, in few statements. A sync that never ran has nulls and zeros. */
export async function overview(db: Pool, syncs: readonly string[]): Promise<Overview> {
  const [glances, standing, accounts] = await Promise.all([
    glancesOf(db, syncs),
    standingOf(db, syncs),
    budgetStates(db),
  ]);
  return {
    syncs: glances.map((glance) => ({ ...glance, standing: standing.get(glance.sync) ?? {} })),
    accounts,
  };
}

type Glance = Omit<SyncOverview, 'standing'>;

async function glancesOf(db: Queryable, syncs: readonly string[]): Promise<Glance[]> {
  const { rows } = await db.query<Omit<Glance, 'lastRun' | 'underWay'>>(
    `select q.sync, s.last_full_at as "lastFullAt", i.n as "openActions", h.n as "hooksWaiting", h.since as "hooksWaitingSince"
     from unnest($1::text[]) with ordinality as q(sync, place)
     left join sync s on s.slug = q.sync
     cross join lateral (
       select count(*)::int as n from attention_item a where a.sync = q.sync and a.state = 'open' and a.severity = 'action') i
     cross join lateral (
       select count(*)::int as n, min(received_at) as since from received_hook h where h.sync = q.sync and h.delivered_at is null) h
     order by q.place`,
    [syncs],
  );
  const [lastRuns, underWay] = await Promise.all([lastRunsOf(db, syncs), runsUnderWay(db, syncs)]);
  return rows.map((row) => ({
    ...row,
    lastRun: lastRuns.get(row.sync) ?? null,
    underWay: underWay.get(row.sync) ?? null,
  }));
}

/** The last run or applied plan of each sync that ended. */
async function lastRunsOf(db: Queryable, syncs: readonly string[]): Promise<Map<string, RunListRow>> {
  const { rows } = await db.query<RunListRow>(
    `select ${runColumns('r')} from unnest($1::text[]) as q(sync) cross join lateral (
       select * from run where sync = q.sync and mode <> 'plan' and finished_at is not null order by id desc limit 1) r`,
    [syncs],
  );
  return new Map(rows.map((run) => [run.sync, run]));
}

/** The runs that hold their sync's place, by sync. */
export async function runsUnderWay(db: Queryable, syncs: readonly string[]): Promise<Map<string, UnderWay>> {
  const { rows } = await db.query<UnderWay & { sync: string }>(
    `select p.sync, p.run_id as "runId", p.workflow_id as "workflowId", r.mode, r.trigger, r.phase, r.started_at as "startedAt"
     from run_place p join run r on r.id = p.run_id where p.sync = any($1)`,
    [syncs],
  );
  return new Map(rows.map(({ sync, ...run }) => [sync, run]));
}
