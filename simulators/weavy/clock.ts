import type { WeavySettings } from './settings';

export interface WeavyClock {
  /** Ms since 1970. */
  now(): number;
  /** Now, as the server keeps times: UTC, whole seconds, without an offset. */
  stamp(): string;
  /** The same moment on the wall clock of the server's zone. */
  local(stampUtc: string): string;
}

/** The platform's own clock, which follows its settings while they are turned. */
export function weavyClock(settings: () => WeavySettings): WeavyClock {
  const formats = new Map<string, Intl.DateTimeFormat>();
  const now = (): number => Date.now() + settings().clockSkewMs;

  return {
    now,
    stamp: () => new Date(now()).toISOString().slice(0, 19),
    local(stampUtc) {
      const { timeZone } = settings();
      if (timeZone === 'UTC') return stampUtc;
      const format = formats.get(timeZone) ?? wallClock(timeZone);
      formats.set(timeZone, format);
      return format.format(new Date(`${stampUtc}Z`)).replace(' ', 'T');
    },
  };
}

/** Swedish writes dates as ISO 8601 does. */
function wallClock(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
}
