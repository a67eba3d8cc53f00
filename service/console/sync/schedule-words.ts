import type { Language } from '../../../mappings/reason-types';
import type { ScheduleState } from '../../../operations/sync-schedule';
import { durationText } from '../view';

const FR = {
  next: 'Prochain passage',
  paused: 'planification suspendue',
  none: 'aucune planification',
  unknown: 'inconnu\u00a0: Temporal ne répond pas',
  asking: 'inconnu pour le moment',
  every: 'tous les',
  cron: 'à ces heures (cron)',
};
const EN: typeof FR = {
  next: 'Next run',
  paused: 'schedule paused',
  none: 'no schedule',
  unknown: 'unknown: Temporal does not answer',
  asking: 'unknown so far',
  every: 'every',
  cron: 'at these times (cron)',
};
export const SCHEDULE_WORDS = { fr: FR, en: EN } as const satisfies Record<Language, typeof FR>;

/** `tous les 15 min`, `cron 0 6 * * * (Europe/Paris)`. */
export function timesText({ everyMs, cron, timeZone }: ScheduleState, language: Language): string {
  const words = SCHEDULE_WORDS[language];
  return [
    ...everyMs.map((ms) => `${words.every} ${spanText(ms / 1_000)}`),
    ...cron.map((expression) => `cron ${expression} (${timeZone})`),
  ].join(', ');
}

/** Spans of whole hours and minutes without their zeros. */
function spanText(seconds: number): string {
  if (seconds % 86_400 === 0) return seconds === 86_400 ? '24 h' : `${seconds / 86_400} × 24 h`;
  if (seconds % 3_600 === 0) return `${seconds / 3_600} h`;
  if (seconds % 60 === 0) return `${seconds / 60} min`;
  return durationText(seconds);
}
