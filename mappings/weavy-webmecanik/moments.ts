import type { Side } from './crm-record';

const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * A date or date-time as `YYYY-MM-DDTHH:MM:SS` in UTC; one without a zone is UTC already (settled for weavy; Mautic's
 * database is). Null for anything else, the 30th of February included.
 */
export function readMoment(text: string): string | null {
  const [, day, minute = '00:00', second = '00', zone = 'Z'] = MOMENT.exec(text) ?? [];
  if (day === undefined) return null;
  const wall = `${day}T${minute}:${second}`;
  if (toSecond(Date.parse(`${wall}Z`)) !== wall) return null;
  const moment = toSecond(Date.parse(`${wall}${zone.toUpperCase()}`));
  return moment?.length === wall.length ? moment : null;
}

function toSecond(instant: number): string | null {
  return Number.isNaN(instant) ? null : new Date(instant).toISOString().replace(/\.\d+Z$/, '');
}

/** Mautic keeps no seconds (documented); weavy's one form is the documented one. */
export function spellMoment(side: Side, moment: string): string {
  return side === 'weavy' ? moment : moment.slice(0, 16).replace('T', ' ');
}

/** weavy has no plain date among its formats: a day is its midnight. */
export function spellDay(side: Side, moment: string): string {
  const day = moment.slice(0, 10);
  return side === 'weavy' ? `${day}T00:00:00` : day;
}
