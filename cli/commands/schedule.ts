import type { Command } from 'commander';
import type { SyncConfiguration } from '../../config/schema';
import type { Language } from '../../mappings/reason-types';
import type { OperationContext } from '../../operations/context';
import {
  applySchedule,
  pauseSchedule,
  removeSchedule,
  resumeSchedule,
  type ScheduleStates,
  scheduleStates,
} from '../../operations/schedules';
import type { ScheduleState } from '../../operations/sync-schedule';
import { syncOf } from '../../operations/syncs';
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
      const did = await act(context, slug, options);
      const states = did === 'removed' ? nothingLeft(sync) : await scheduleStates(context, slug);
      answer(options, { sync: slug, did, ...states }, () => scheduleText(did, states, sync.language));
    }),
  );
}

/** Temporal may still show a Schedule for a moment after it was removed. */
function nothingLeft({ pair }: SyncConfiguration): ScheduleStates {
  return { schedule: null, ...(pair === 'pivot-cirkwi' ? { watch: null } : {}) };
}

/** Asks for one thing; without an option, for the times of the configuration. */
async function act(context: OperationContext, slug: string, options: ScheduleOptions): Promise<Did> {
  const { cron, every } = options;
  switch (actOf(options)) {
    case 'apply':
      return applySchedule(context, slug, { cron, every });
    case 'pause':
      await pauseSchedule(context, slug);
      return 'paused';
    case 'resume':
      await resumeSchedule(context, slug);
      return 'resumed';
    case 'remove':
      return (await removeSchedule(context, slug)) ? 'removed' : 'absent';
    case 'show': {
      const { schedule, watch } = await scheduleStates(context, slug);
      return schedule !== null || watch != null ? 'shown' : 'absent';
    }
  }
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

function scheduleText(did: Did, { schedule, watch }: ScheduleStates, language: Language): string {
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
