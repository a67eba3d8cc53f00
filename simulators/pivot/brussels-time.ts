/** Both forms in which PIVOT writes dates (documented): ISO 8601 with offset, and day first without a zone. */
const DAY_FIRST = /^(\d\d)-(\d\d)-(\d{4}) (\d\d):(\d\d):(\d\d)$/;

/** Milliseconds since 1970; null for a text that is neither form. */
export function instantOf(text: string): number | null {
  const parts = DAY_FIRST.exec(text);
  if (!parts) {
    const instant = Date.parse(text);
    return Number.isNaN(instant) ? null : instant;
  }
  const [day = 0, month = 0, year = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  return wall - offsetMs(wall - offsetMs(wall));
}

/** `2026-05-04T16:20:11+02:00`, to the second. */
export function isoDate(instant: number): string {
  const offset = offsetMs(instant);
  return `${new Date(instant + offset).toISOString().slice(0, 19)}+0${offset / 3_600_000}:00`;
}

/** `04-05-2026 16:20:11`, the wall clock of Brussels (assumed zone: the operator is Belgian). */
export function dayFirstDate(instant: number): string {
  const wall = new Date(instant + offsetMs(instant)).toISOString();
  return `${wall.slice(8, 10)}-${wall.slice(5, 7)}-${wall.slice(0, 4)} ${wall.slice(11, 19)}`;
}

/** Central European time: summer from the last Sunday of March to the last of October, at 01:00 UTC. */
function offsetMs(instant: number): number {
  const year = new Date(instant).getUTCFullYear();
  const isSummer = instant >= lastSunday(year, 2) && instant < lastSunday(year, 9);
  return (isSummer ? 2 : 1) * 3_600_000;
}

function lastSunday(year: number, month: number): number {
  const lastDay = new Date(Date.UTC(year, month + 1, 0, 1));
  return lastDay.getTime() - lastDay.getUTCDay() * 86_400_000;
}
