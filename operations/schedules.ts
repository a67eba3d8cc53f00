import type { Client } from '@temporalio/client';
import type { SyncConfiguration } from '../config/schema';
import { writeAudit } from '../db/audit';
import { ensureSync } from '../db/runs';
import { scheduleId, watchScheduleId } from '../workflows/names';
import type { OperationContext } from './context';
import { Refusal } from './refusal';
import {
  deleteSchedule,
  putSchedule,
  putWatchSchedule,
  readSchedule,
  type ScheduleState,
  setPaused,
  type Times,
} from './sync-schedule';
import { syncOf } from './syncs';

/** One of both: an interval such as `15m`, or a cron expression in the time zone of the configuration. */
export type AskedTimes = Pick<Times, 'every' | 'cron'>;

/** The Schedules of a sync; null where there is none. */
export interface ScheduleStates {
  schedule: ScheduleState | null;
  /** Of a pair that watches over tracks only. */
  watch?: ScheduleState | null;
}

/** Lets a sync run by itself: at these times, or at those of the configuration. Its watch, where it has one, goes along. A pause stays. */
export async function applySchedule(
  context: OperationContext,
  slug: string,
  asked: AskedTimes = {},
): Promise<'created' | 'updated'> {
  const sync = syncOf(context.configuration, slug);
  const times = timesOf(slug, sync, asked);
  const client = await context.temporal();
  const named = { slug, pair: sync.pair };
  const did = await putSchedule(client, named, times);
  if (sync.pair === 'pivot-cirkwi') await putWatchSchedule(client, named, sync.policies.trackWatchEvery);
  await note(context, slug, 'schedule.apply', times.cron ?? times.every ?? null);
  return did;
}

/** Starts no more runs until it is resumed; one under way goes on. */
export async function pauseSchedule(context: OperationContext, slug: string): Promise<void> {
  const found = await onEach(context, slug, (client, id) => setPaused(client, id, 'paused'));
  if (!found) throw noSchedule(slug);
  await note(context, slug, 'schedule.pause', null);
}

/** Starts runs again. */
export async function resumeSchedule(context: OperationContext, slug: string): Promise<void> {
  const found = await onEach(context, slug, (client, id) => setPaused(client, id, 'running'));
  if (!found) throw noSchedule(slug);
  await note(context, slug, 'schedule.resume', null);
}

/** Answers whether there was one. A run under way goes on. */
export async function removeSchedule(context: OperationContext, slug: string): Promise<boolean> {
  const found = await onEach(context, slug, deleteSchedule);
  if (found) await note(context, slug, 'schedule.remove', null);
  return found;
}

/** The Schedules as Temporal has them. */
export async function scheduleStates(context: OperationContext, slug: string): Promise<ScheduleStates> {
  const sync = syncOf(context.configuration, slug);
  const client = await context.temporal();
  const [schedule = null, watch] = await Promise.all(idsOf(slug, sync).map((id) => readSchedule(client, id)));
  return { schedule, ...(watch === undefined ? {} : { watch }) };
}

/** The Schedules of a sync: its runs, and the watch where the pair has one. */
function idsOf(slug: string, { pair }: SyncConfiguration): string[] {
  return pair === 'pivot-cirkwi' ? [scheduleId(slug), watchScheduleId(slug)] : [scheduleId(slug)];
}

async function onEach(
  context: OperationContext,
  slug: string,
  change: (client: Client, id: string) => Promise<boolean>,
): Promise<boolean> {
  const ids = idsOf(slug, syncOf(context.configuration, slug));
  const client = await context.temporal();
  const found: boolean[] = [];
  for (const id of ids) found.push(await change(client, id));
  return found.includes(true);
}

function timesOf(slug: string, sync: SyncConfiguration, { cron, every }: AskedTimes): Times {
  if (cron !== undefined && every !== undefined)
    throw new Refusal('invalid', 'an interval and a cron expression exclude each other: give one of them');
  if (every !== undefined && !/^[1-9]\d{0,6}(s|m|h|d)$/.test(every))
    throw new Refusal('invalid', `"${every}" is not an interval: write 30s, 15m, 1h or 1d`);
  const timeZone = sync.schedule?.timeZone ?? 'Europe/Paris'; // the default of the configuration
  if (cron !== undefined || every !== undefined) return { cron, every, timeZone };
  const configured = sync.schedule;
  if (configured?.every !== undefined || configured?.cron !== undefined) return { ...configured, timeZone };
  throw new Refusal(
    'invalid',
    `the configuration gives no times for "${slug}": pass --every or --cron, or add schedule: to the sync`,
  );
}

function noSchedule(slug: string): Refusal {
  return new Refusal(
    'not-found',
    `there is no schedule for "${slug}" yet: make one with "passerelle schedule ${slug}"`,
  );
}

/** Temporal is what holds a Schedule, so the note follows the act: one that a crash lost did happen all the same. */
async function note(
  { configuration, pool, actor }: OperationContext,
  slug: string,
  rule: string,
  times: string | null,
): Promise<void> {
  await ensureSync(pool, slug, syncOf(configuration, slug).pair);
  await writeAudit(pool, {
    sync: slug,
    runId: null,
    recordId: null,
    kind: 'schedule',
    targetId: null,
    operation: 'decision',
    changes: times === null ? [] : [{ field: 'times', before: null, after: times, rule }],
    rule,
    actor,
  });
}
