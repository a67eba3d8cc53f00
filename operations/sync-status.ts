import type { SyncConfiguration } from '../config/schema';
import { countOpenItems } from '../db/attention';
import { budgetStates } from '../db/budget';
import { maskInForce } from '../db/masks';
import { standing } from '../db/outcomes';
import { lastFullAt, latestRuns, placeOf, type RunRow } from '../db/runs';
import { scheduleId, watchScheduleId } from '../workflows/names';
import type { OperationContext } from './context';
import { type OffersStatus, offersStatus } from './pivot-cirkwi/offers-status';
import { readSchedule } from './sync-schedule';
import { syncOf } from './syncs';
import { type CrmStatus, crmStatus } from './weavy-webmecanik/crm-status';

/** Where one sync stands: what `status --json` prints for it. Times are ISO 8601. */
export interface SyncStatus {
  sync: string;
  pair: string;
  /** Records by what became of them at their last pass. */
  standing: Record<string, number>;
  attention: number;
  /** The run that holds the sync's place now. */
  underWay: { run: number; workflowId: string } | null;
  runs: RunSummary[];
  lastFullAt: string | null;
  maskVersion: number | null;
  accounts: Array<{ account: string; pausedUntil: string | null; accessLostAt: string | null }>;
  schedule: ScheduleSummary;
  /** Of PIVOT -> Cirkwi only: the feed and the tracks, and the Schedule of the watch over them. */
  offers?: OffersStatus;
  watch?: ScheduleSummary;
  /** Of weavy <-> Webmecanik only: links, readings, clocks, and what stands still. */
  crm?: CrmStatus;
}

export interface ScheduleSummary {
  state: 'none' | 'active' | 'paused' | 'unknown';
  next: string | null;
}

export interface RunSummary {
  run: number;
  mode: string;
  trigger: string;
  phase: string;
  outcome: string | null;
  reason: string | null;
  counts: Record<string, number> | null;
  writes: number;
  attention: number;
  startedAt: string;
  seconds: number | null;
}

/** Where one sync stands; `runs`: how many of its last runs. Everything but the Schedules is in Postgres. */
export async function syncStatus(context: OperationContext, slug: string, runs: number): Promise<SyncStatus> {
  const { configuration, pool } = context;
  const sync = syncOf(configuration, slug);
  const place = await placeOf(pool, slug);
  return {
    sync: slug,
    pair: sync.pair,
    standing: await standing(pool, slug),
    attention: await countOpenItems(pool, slug),
    underWay: place === null ? null : { run: place.run_id, workflowId: place.workflow_id },
    runs: (await latestRuns(pool, slug, runs)).map(summaryOf),
    lastFullAt: iso(await lastFullAt(pool, slug)),
    maskVersion: (await maskInForce(pool, slug))?.version ?? null,
    accounts: await accountsOf(context, sync),
    schedule: await scheduleOf(context, scheduleId(slug)),
    ...(sync.pair === 'pivot-cirkwi'
      ? {
          offers: await offersStatus(pool, slug),
          watch: await scheduleOf(context, watchScheduleId(slug)),
        }
      : {}),
    ...(sync.pair === 'weavy-webmecanik' ? { crm: await crmStatus(pool, slug) } : {}),
  };
}

function summaryOf(run: RunRow): RunSummary {
  const endedAt = run.finished_at?.getTime();
  return {
    run: run.id,
    mode: run.mode,
    trigger: run.trigger,
    phase: run.phase,
    outcome: run.outcome,
    reason: run.reason,
    counts: run.counts === null ? null : { ...run.counts },
    writes: run.writes,
    attention: run.attention,
    startedAt: run.started_at.toISOString(),
    seconds: endedAt === undefined ? null : (endedAt - run.started_at.getTime()) / 1_000,
  };
}

async function accountsOf(
  { pool }: OperationContext,
  sync: SyncConfiguration,
): Promise<SyncStatus['accounts']> {
  return (await budgetStates(pool))
    .filter(({ account }) => account === sync.source || account === sync.target)
    .map(({ account, pausedUntil, accessLostAt }) => ({
      account,
      pausedUntil: iso(pausedUntil),
      accessLostAt: iso(accessLostAt),
    }));
}

/** Temporal may be away just when somebody asks how things stand: the rest of the answer is in Postgres. */
async function scheduleOf(context: OperationContext, id: string): Promise<ScheduleSummary> {
  try {
    const schedule = await readSchedule(await context.temporal(), id);
    if (schedule === null) return { state: 'none', next: null };
    return schedule.paused
      ? { state: 'paused', next: null }
      : { state: 'active', next: iso(schedule.next[0] ?? null) };
  } catch {
    return { state: 'unknown', next: null };
  }
}

function iso(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
