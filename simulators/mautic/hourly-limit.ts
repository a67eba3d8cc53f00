import { type Problem, Refusal } from '../core/http-message';
import type { MauticClock } from './clock';
import type { MauticSettings } from './options';

const WINDOW_MS = 3_600_000;

/** The instance's own limit: so many calls per 3600 s, none by default. It asks for no pause (assumed: no Retry-After). */
export interface HourlyLimit {
  /** Counts a call and answers the headers that tell about the limit (names assumed). Throws `Refusal` when it is used up. */
  take(): Record<string, string>;
  clear(): void;
}

export function hourlyLimit(clock: MauticClock, settings: () => MauticSettings): HourlyLimit {
  let openedAt = 0;
  let used = 0;

  return {
    take() {
      const limit = settings().hourlyLimit;
      if (limit === 0) return {};
      if (clock.ms() >= openedAt + WINDOW_MS) {
        openedAt = clock.ms();
        used = 0;
      }
      used += 1;
      const headers = {
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': String(Math.max(0, limit - used)),
        'x-ratelimit-reset': String(Math.ceil((openedAt + WINDOW_MS) / 1000)),
      };
      if (used > limit) throw new Refusal(overLimit(limit, headers));
      return headers;
    },
    clear() {
      openedAt = 0;
      used = 0;
    },
  };
}

function overLimit(limit: number, headers: Record<string, string>): Problem {
  const message = `You exceeded the rate limit of ${limit} API calls per hour.`;
  return { status: 429, code: 'TooManyRequests', message, headers };
}
