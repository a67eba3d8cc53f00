const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;

/** Clocks are set back or forward by less than this; only changes this near to a bound can touch it. */
const NEAR_MS = 3 * HOUR_MS;

const DATE_TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(\.\d+)?Z?$/;

/**
 * Milliseconds since 1970 of a date-time that weavy keeps in UTC: `2026-03-01T08:15:22`, or with a space, a fraction or
 * a Z (all seen). Null for everything else, so that a change time that cannot be read is an unknown one.
 */
export function readUtc(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const [, day, time, fraction = ''] = DATE_TIME.exec(value.trim()) ?? [];
  if (day === undefined || time === undefined) return null;
  const instant = Date.parse(`${day}T${time}${fraction.slice(0, 4)}Z`);
  // the 30th of February would be read as a day of March
  if (Number.isNaN(instant) || !new Date(instant).toISOString().startsWith(`${day}T${time}`)) return null;
  return instant;
}

/** Wall-clock times of one zone, as filters on weavy's change time take them (documented form, no offset). */
export interface WallClock {
  /** The first whole second that may hold a change at `from` or later. */
  atOrAfter(window: Window): string;
  /** The first whole second after everything that may hold a change at `to` or earlier. */
  endOf(window: Window): string;
}

/** Both ends inclusive, ms UTC. */
interface Window {
  from: number;
  to: number;
}

/**
 * The window on the wall clock of `timeZone`. Where clocks are set back inside it, one wall time stands for two moments:
 * the window then takes in all of them, never less. Throws a `RangeError` for a zone that does not exist.
 */
export function wallClockOf(timeZone: string): WallClock {
  const offsetAt = offsetReader(timeZone);
  return {
    atOrAfter({ from, to }) {
      const offset = Math.min(offsetAt(from), offsetAt(Math.min(to, from + NEAR_MS)));
      return written(Math.floor((from + offset) / SECOND_MS) * SECOND_MS);
    },
    endOf({ from, to }) {
      const offset = Math.max(offsetAt(to), offsetAt(Math.max(from, to - NEAR_MS)));
      // a stamp may have been rounded up to its second
      return written((Math.ceil((to + offset) / SECOND_MS) + 1) * SECOND_MS);
    },
  };
}

function written(wallMs: number): string {
  return new Date(wallMs).toISOString().slice(0, 19);
}

/** Milliseconds that the zone's clocks are ahead of UTC at a moment. */
function offsetReader(timeZone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (instant) => {
    const second = Math.floor(instant / SECOND_MS) * SECOND_MS;
    const parts = new Map(format.formatToParts(second).map(({ type, value }) => [type, Number(value)]));
    const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
    const wall = Date.UTC(
      part('year'),
      part('month') - 1,
      part('day'),
      part('hour'),
      part('minute'),
      part('second'),
    );
    return wall - second;
  };
}
