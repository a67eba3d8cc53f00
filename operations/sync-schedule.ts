import {
  type Client,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type ScheduleSpec,
} from '@temporalio/client';
import { TypedSearchAttributes, type Workflow } from '@temporalio/common';
import {
  MAIN_QUEUE,
  pairAttribute,
  runWorkflowId,
  scheduleId,
  syncAttribute,
  watchScheduleId,
  watchWorkflowId,
} from '../workflows/names';
import type { syncRun } from '../workflows/sync-run';
import type { trackWatch } from '../workflows/track-watch';
import { Refusal } from './refusal';

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

/** Puts the sync's Schedule as it should be, however often it is asked. A pause stays. Rejects with a refusal for a cron expression that the server does not take. */
export async function putSchedule(
  client: Client,
  sync: { slug: string; pair: string },
  times: Times,
): Promise<'created' | 'updated'> {
  return put<typeof syncRun>(client, scheduleId(sync.slug), sync, {
    spec: specOf(times),
    workflowType: 'syncRun',
    workflowId: runWorkflowId(sync.slug),
    args: [{ sync: sync.slug, mode: 'run', trigger: 'schedule' }],
    staticSummary: `run of ${sync.slug}`,
  });
}

/** The same for the watch over tracks that people edit in Cirkwi. */
export async function putWatchSchedule(
  client: Client,
  sync: { slug: string; pair: string },
  everyMs: number,
): Promise<'created' | 'updated'> {
  return put<typeof trackWatch>(client, watchScheduleId(sync.slug), sync, {
    spec: { intervals: [{ every: everyMs }], jitter: JITTER },
    workflowType: 'trackWatch',
    workflowId: watchWorkflowId(sync.slug),
    args: [{ sync: sync.slug, trigger: 'schedule' }],
    staticSummary: `watch of ${sync.slug}`,
  });
}

interface Started<W extends Workflow> {
  spec: ScheduleSpec;
  workflowType: string;
  workflowId: string;
  args: Parameters<W>;
  staticSummary: string;
}

async function put<W extends Workflow>(
  client: Client,
  id: string,
  sync: { slug: string; pair: string },
  { spec, ...started }: Started<W>,
): Promise<'created' | 'updated'> {
  const typedSearchAttributes = attributesOf(sync);
  const options = {
    spec,
    action: { type: 'startWorkflow' as const, taskQueue: MAIN_QUEUE, ...started, typedSearchAttributes },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: CATCH_UP_WINDOW },
    typedSearchAttributes,
  };
  try {
    await client.schedule.create({ scheduleId: id, ...options });
    return 'created';
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw unusableTimes(error);
  }
  try {
    await client.schedule.getHandle(id).update(({ state }) => ({ ...options, state }));
    return 'updated';
  } catch (error) {
    throw unusableTimes(error);
  }
}

/** A Schedule as Temporal has it, by its id; null when there is none. */
export async function readSchedule(client: Client, id: string): Promise<ScheduleState | null> {
  const found = await orNothing(() => client.schedule.getHandle(id).describe());
  if (found === null) return null;
  return {
    id,
    paused: found.state.paused,
    note: found.state.note ?? null,
    everyMs: (found.spec.intervals ?? []).map((interval) => interval.every),
    cron: (found.spec.calendars ?? []).map((calendar) => calendar.comment ?? ''),
    timeZone: found.spec.timezone || 'UTC',
    next: found.info.nextActionTimes,
  };
}

/** Answers whether there was one. Runs under way go on. */
export async function deleteSchedule(client: Client, id: string): Promise<boolean> {
  const done = await orNothing(async () => {
    await client.schedule.getHandle(id).delete();
    return true;
  });
  return done ?? false;
}

/** Answers whether there is one to pause or resume. Temporal is not told who did it: that is in the audit (promise 8). */
export async function setPaused(client: Client, id: string, to: 'paused' | 'running'): Promise<boolean> {
  const handle = client.schedule.getHandle(id);
  const done = await orNothing(async () => {
    if (to === 'paused') await handle.pause('paused in Passerelle');
    else await handle.unpause('resumed in Passerelle');
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
  if (error instanceof TypeError)
    return new Refusal('invalid', `Temporal refuses these times: ${error.message}`);
  return error;
}
