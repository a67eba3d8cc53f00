import {
  type Client,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type ScheduleSpec,
} from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { MAIN_QUEUE, pairAttribute, runWorkflowId, scheduleId, syncAttribute } from '../workflows/names';
import type { syncRun } from '../workflows/sync-run';
import { UsageError } from './context';

/** A time missed by more than this (server away) is left out: the next one reads everything anyway. */
const CATCH_UP_WINDOW = '10m';
/** Syncs that share an hour do not all start in the same second. */
const JITTER = '10s';

/** When a sync runs by itself. */
export interface Times {
  every?: string | undefined;
  cron?: string | undefined;
  timeZone: string;
}

export interface ScheduleState {
  id: string;
  paused: boolean;
  note: string | null;
  everyMs: number[];
  cron: string[];
  timeZone: string;
  next: Date[];
}

/** Puts the sync's Schedule as it should be, however often it is asked. A pause stays. Rejects with UsageError for a cron expression that the server does not take. */
export async function putSchedule(
  client: Client,
  sync: { slug: string; pair: string },
  times: Times,
): Promise<'created' | 'updated'> {
  const options = {
    spec: specOf(times),
    action: {
      type: 'startWorkflow' as const,
      workflowType: 'syncRun',
      workflowId: runWorkflowId(sync.slug),
      taskQueue: MAIN_QUEUE,
      args: [{ sync: sync.slug, mode: 'run', trigger: 'schedule' }] satisfies Parameters<typeof syncRun>,
      staticSummary: `run of ${sync.slug}`,
      typedSearchAttributes: attributesOf(sync),
    },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: CATCH_UP_WINDOW },
    typedSearchAttributes: attributesOf(sync),
  };
  try {
    await client.schedule.create<typeof syncRun>({ scheduleId: scheduleId(sync.slug), ...options });
    return 'created';
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw unusableTimes(error);
  }
  try {
    await client.schedule
      .getHandle(scheduleId(sync.slug))
      .update<typeof syncRun>(({ state }) => ({ ...options, state }));
    return 'updated';
  } catch (error) {
    throw unusableTimes(error);
  }
}

/** The sync's Schedule as Temporal has it; null when there is none. */
export async function readSchedule(client: Client, slug: string): Promise<ScheduleState | null> {
  const id = scheduleId(slug);
  const found = await orNothing(() => client.schedule.getHandle(id).describe());
  if (found === null) return null;
  return {
    id,
    paused: found.state.paused,
    note: found.state.note ?? null,
    everyMs: (found.spec.intervals ?? []).map((interval) => interval.every),
    cron: (found.spec.calendars ?? []).map((calendar) => calendar.comment ?? ''),
    timeZone: found.spec.timezone ?? 'UTC',
    next: found.info.nextActionTimes,
  };
}

/** Answers whether there was one. Runs under way go on. */
export async function removeSchedule(client: Client, slug: string): Promise<boolean> {
  const done = await orNothing(async () => {
    await client.schedule.getHandle(scheduleId(slug)).delete();
    return true;
  });
  return done ?? false;
}

/** Answers whether there is one to pause or resume. */
export async function setPaused(
  client: Client,
  slug: string,
  change: { to: 'paused' | 'running'; actor: string },
): Promise<boolean> {
  const handle = client.schedule.getHandle(scheduleId(slug));
  const done = await orNothing(async () => {
    if (change.to === 'paused') await handle.pause(`paused by ${change.actor}`);
    else await handle.unpause(`resumed by ${change.actor}`);
    return true;
  });
  return done ?? false;
}

async function orNothing<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return null;
    throw error;
  }
}

function specOf({ every, cron, timeZone }: Times): ScheduleSpec {
  return {
    ...(every === undefined ? {} : { intervals: [{ every: every as Every }] }), // checked where it was read
    // the server turns the expression into calendars and keeps only the comment of it
    ...(cron === undefined ? {} : { cronExpressions: [`${cron} # ${cron}`] }),
    timezone: timeZone,
    jitter: JITTER,
  };
}

type Every = `${number}${'s' | 'm' | 'h' | 'd'}`;

function attributesOf(sync: { slug: string; pair: string }): TypedSearchAttributes {
  return new TypedSearchAttributes([
    { key: syncAttribute, value: sync.slug },
    { key: pairAttribute, value: sync.pair },
  ]);
}

/** The client tells a specification that the server refuses by this type. */
function unusableTimes(error: unknown): unknown {
  if (error instanceof TypeError) return new UsageError(`Temporal refuses these times: ${error.message}`);
  return error;
}
