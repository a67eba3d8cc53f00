import type { Command } from 'commander';
import type { SyncConfiguration } from '../../config/schema';
import type { Language } from '../../mappings/reason-types';
import { answer, COLON, timeText } from '../answer';
import { withCommonOptions } from '../common-options';
import { type CommandContext, type CommonOptions, syncOf, UsageError, withContext } from '../context';
import {
  putSchedule,
  readSchedule,
  removeSchedule,
  type ScheduleState,
  setPaused,
  type Times,
} from '../sync-schedule';

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
  },
} as const satisfies Record<Language, Record<string, string>>;

/** `passerelle schedule SYNC`: the Temporal Schedule that runs a sync by itself. */
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
  ).action((slug: string, options: ScheduleOptions) =>
    withContext(options, async (context) => {
      const sync = syncOf(context.configuration, slug);
      const did = await act(context, slug, sync, options);
      const state = did === 'removed' ? null : await readSchedule(await context.temporal(), slug);
      answer(options, { sync: slug, did, schedule: state }, () => scheduleText(did, state, sync.language));
    }),
  );
}

async function act(
  context: CommandContext,
  slug: string,
  sync: SyncConfiguration,
  options: ScheduleOptions,
): Promise<Did> {
  const asked = actOf(options);
  const times = asked === 'apply' ? timesOf(slug, sync, options) : null;
  const client = await context.temporal();
  const { actor } = context;
  switch (asked) {
    case 'apply':
      return putSchedule(client, { slug, pair: sync.pair }, times ?? { timeZone: 'UTC' });
    case 'pause':
      return present(await setPaused(client, slug, { to: 'paused', actor }), 'paused', slug);
    case 'resume':
      return present(await setPaused(client, slug, { to: 'running', actor }), 'resumed', slug);
    case 'remove':
      return (await removeSchedule(client, slug)) ? 'removed' : 'absent';
    case 'show':
      return (await readSchedule(client, slug)) === null ? 'absent' : 'shown';
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

function scheduleText(did: Did, state: ScheduleState | null, language: Language): string {
  const words = WORDS[language];
  const colon = COLON[language];
  const lines: string[] = [words[did]];
  if (state !== null) {
    if (state.everyMs.length > 0)
      lines.push(`${words.every}${colon}${state.everyMs.map((ms) => `${ms / 60_000} min`).join(', ')}`);
    if (state.cron.length > 0)
      lines.push(`${words.cron}${colon}${state.cron.join(' | ')} (${state.timeZone})`);
    lines.push(
      state.paused
        ? `${words.suspended}${state.note === null ? '' : `${colon}${state.note}`}`
        : `${words.next}${colon}${state.next
            .slice(0, 3)
            .map((at) => timeText(at, language))
            .join(', ')}`,
    );
  }
  return lines.filter((line) => line !== '').join('\n');
}
