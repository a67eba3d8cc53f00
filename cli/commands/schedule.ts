import type { Command } from 'commander';
import type { SyncConfiguration } from '../../config/schema';
import type { Language } from '../../mappings/reason-types';
import type { OperationContext } from '../../operations/context';
import {
  putSchedule,
  putWatchSchedule,
  readSchedule,
  removeSchedule,
  type ScheduleState,
  setPaused,
  type Times,
} from '../../operations/sync-schedule';
import { syncOf } from '../../operations/syncs';
import { scheduleId, watchScheduleId } from '../../workflows/names';
import { answer, COLON, timeText } from '../answer';
import { withCommonOptions } from '../common-options';
import { type CommonOptions, UsageError, withContext } from '../context';

interface ScheduleOptions extends CommonOptions {
  cron?: string;
  every?: string;
  pause?: boolean;
  resume?: boolean;
  show?: boolean;
  remove?: boolean;
}

type Act = 'apply' | 'pause' | 'resume' | 'show' | 'remove';
type Did = 'created' | 'updated' | 'paused' | 'resumed' | 'shown' | 'removed' | 'absent';

const WORDS = {
  fr: {
    created: 'Planification créée.',
    updated: 'Planification mise à jour.',
    paused: 'Planification suspendue ; un passage en cours se termine.',
    resumed: 'Planification reprise.',
    shown: '',
    removed: 'Planification supprimée ; un passage en cours se termine.',
    absent: "Aucune planification n'existe pour cette synchronisation.",
    every: 'Toutes les',
    cron: 'Expression cron',
    next: 'Prochains passages',
    suspended: 'Suspendue',
    watch: 'Recherche des tracés modifiés dans Cirkwi',
    noWatch: 'non planifiée',
  },
  en: {
    created: 'Schedule created.',
    updated: 'Schedule updated.',
    paused: 'Schedule paused; a run under way goes on to its end.',
    resumed: 'Schedule resumed.',
    shown: '',
    removed: 'Schedule removed; a run under way goes on to its end.',
    absent: 'There is no schedule for this sync.',
    every: 'Every',
    cron: 'Cron expression',
    next: 'Next runs',
    suspended: 'Paused',
    watch: 'Watch over tracks edited in Cirkwi',
    noWatch: 'not scheduled',
  },
} as const satisfies Record<Language, Record<string, string>>;

/** `passerelle schedule SYNC`: the Temporal Schedules that run a sync, and its watch where it has one, by themselves. */
export function scheduleCommand(program: Command): void {
  const command = program
    .command('schedule')
    .argument('<sync>', 'name of the sync in the configuration')
    .description('run a sync by itself: without an option, at the times that the configuration gives')
    .option('--cron <expression>', 'at these times, in the time zone of the configuration')
    .option('--every <duration>', 'at this interval, such as 15m or 1h')
    .option('--pause', 'start no more runs until --resume')
    .option('--resume', 'start runs again')
    .option('--show', 'only show the times')
    .option('--remove', 'remove the schedule');
  withCommonOptions(
    command,
    'schedule salon-2027 --every 15m',
    'schedule salon-2027 --cron "0 6-20 * * 1-5"',
    'schedule itineraires --every 1h',
  ).action((slug: string, options: ScheduleOptions) =>
    withContext(options, async (context) => {
      const sync = syncOf(context.configuration, slug);
      const did = await act(context, slug, sync, options);
      const { schedule, watch } = await statesOf(context, slug, sync, did);
      const told = { sync: slug, did, schedule, ...(watch === undefined ? {} : { watch }) };
      answer(options, told, () => scheduleText(did, schedule, watch, sync.language));
    }),
  );
}

async function act(
  context: OperationContext,
  slug: string,
  sync: SyncConfiguration,
  options: ScheduleOptions,
): Promise<Did> {
  const asked = actOf(options);
  const times = asked === 'apply' ? timesOf(slug, sync, options) : null;
  const client = await context.temporal();
  const { actor } = context;
  const ids = idsOf(slug, sync);
  const onEach = async (change: (id: string) => Promise<boolean>): Promise<boolean> => {
    const found: boolean[] = [];
    for (const id of ids) found.push(await change(id));
    return found.includes(true);
  };
  switch (asked) {
    case 'apply': {
      const did = await putSchedule(client, { slug, pair: sync.pair }, times ?? { timeZone: 'UTC' });
      if (sync.pair === 'pivot-cirkwi')
        await putWatchSchedule(client, { slug, pair: sync.pair }, sync.policies.trackWatchEvery);
      return did;
    }
    case 'pause':
      return present(await onEach((id) => setPaused(client, id, { to: 'paused', actor })), 'paused', slug);
    case 'resume':
      return present(await onEach((id) => setPaused(client, id, { to: 'running', actor })), 'resumed', slug);
    case 'remove':
      return (await onEach((id) => removeSchedule(client, id))) ? 'removed' : 'absent';
    case 'show':
      return (await onEach(async (id) => (await readSchedule(client, id)) !== null)) ? 'shown' : 'absent';
  }
}

/** The Schedules of a sync: its runs, and the watch where the pair has one. */
function idsOf(slug: string, { pair }: SyncConfiguration): string[] {
  return pair === 'pivot-cirkwi' ? [scheduleId(slug), watchScheduleId(slug)] : [scheduleId(slug)];
}

interface States {
  schedule: ScheduleState | null;
  /** Undefined for a pair that watches nothing. */
  watch: ScheduleState | null | undefined;
}

async function statesOf(
  context: OperationContext,
  slug: string,
  sync: SyncConfiguration,
  did: Did,
): Promise<States> {
  if (did === 'removed') return { schedule: null, watch: sync.pair === 'pivot-cirkwi' ? null : undefined };
  const client = await context.temporal();
  const [schedule = null, watch] = await Promise.all(idsOf(slug, sync).map((id) => readSchedule(client, id)));
  return { schedule, watch };
}

function actOf(options: ScheduleOptions): Act {
  const { cron, every } = options;
  const asked = (['pause', 'resume', 'show', 'remove'] as const).filter((name) => options[name]);
  const times = cron !== undefined || every !== undefined;
  if (asked.length + (times ? 1 : 0) > 1 || (cron !== undefined && every !== undefined)) {
    throw new UsageError(
      'pass one of --cron, --every, --pause, --resume, --show, --remove: they exclude each other',
    );
  }
  return asked[0] ?? 'apply';
}

function timesOf(slug: string, sync: SyncConfiguration, { cron, every }: ScheduleOptions): Times {
  if (every !== undefined && !/^[1-9]\d{0,6}(s|m|h|d)$/.test(every))
    throw new UsageError(`"${every}" is not an interval: write 30s, 15m, 1h or 1d`);
  const timeZone = sync.schedule?.timeZone ?? 'Europe/Paris'; // the default of the configuration
  if (cron !== undefined || every !== undefined) return { cron, every, timeZone };
  const configured = sync.schedule;
  if (configured?.every !== undefined || configured?.cron !== undefined) return { ...configured, timeZone };
  throw new UsageError(
    `the configuration gives no times for "${slug}": pass --every or --cron, or add schedule: to the sync`,
  );
}

function present(found: boolean, did: Did, slug: string): Did {
  if (found) return did;
  throw new UsageError(`there is no schedule for "${slug}" yet: make one with "passerelle schedule ${slug}"`);
}

function scheduleText(
  did: Did,
  schedule: ScheduleState | null,
  watch: States['watch'],
  language: Language,
): string {
  const words = WORDS[language];
  const lines: string[] = [words[did], ...(schedule === null ? [] : stateLines(schedule, language))];
  if (watch === null && schedule !== null) lines.push(`${words.watch}${COLON[language]}${words.noWatch}`);
  if (watch != null)
    lines.push(
      `${words.watch}${COLON[language].trimEnd()}`,
      ...stateLines(watch, language).map((line) => `  ${line}`),
    );
  return lines.filter((line) => line !== '').join('\n');
}

function stateLines(state: ScheduleState, language: Language): string[] {
  const words = WORDS[language];
  const colon = COLON[language];
  const next = state.next.slice(0, 3).map((at) => timeText(at, language));
  return [
    ...(state.everyMs.length === 0
      ? []
      : [`${words.every}${colon}${state.everyMs.map((ms) => `${ms / 60_000} min`).join(', ')}`]),
    ...(state.cron.length === 0
      ? []
      : [`${words.cron}${colon}${state.cron.join(' | ')} (${state.timeZone})`]),
    state.paused
      ? `${words.suspended}${state.note === null ? '' : `${colon}${state.note}`}`
      : `${words.next}${colon}${next.join(', ')}`,
  ];
}
