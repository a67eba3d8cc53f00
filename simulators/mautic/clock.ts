/** The clock of the simulated server. */
export interface MauticClock {
  /** Epoch ms. */
  ms(): number;
  /** As records show times: UTC, whole seconds, `2026-03-01T08:15:22+00:00`. */
  now(): string;
  skewMs: number;
}

export function mauticClock(skewMs: number): MauticClock {
  const clock: MauticClock = {
    skewMs,
    ms: () => Date.now() + clock.skewMs,
    now: () => recordTime(clock.ms()),
  };
  return clock;
}

export function recordTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}+00:00`;
}

/** Any ISO time in the form of records. Throws when it is none. */
export function asRecordTime(text: string): string {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new Error(`Not a time: ${text}`);
  return recordTime(ms);
}

/** As the database holds it and filters compare it: `2026-03-01 08:15:22`. */
export function columnTime(time: string | null): string | null {
  return time === null ? null : time.slice(0, 19).replace('T', ' ');
}
