/**
 * The spans in which callers were asked to stay away. A caller over its limit has its own span; faults can ask
 * everyone, and can close the whole server meanwhile. Requests are counted against the span open at their arrival.
 */
export interface RetryAfterWindows {
  ask(client: string, nowMs: number, lengthMs: number): void;
  /** Everyone is asked, and everyone who comes anyway is turned away. */
  close(nowMs: number, lengthMs: number): void;
  /** Milliseconds for which the server stays closed; 0 when it is open. */
  closedForMs(nowMs: number): number;
  /** Age of the open span that covers this client, `null` when there is none. */
  ageFor(client: string, nowMs: number): number | null;
  clear(): void;
}

/** In place of a client: the span is for all of them. */
export const EVERYONE = '*';

export function retryAfterWindows(): RetryAfterWindows {
  const windows = new Map<string, { openedAt: number; until: number }>();
  let closedUntil = 0;

  const ask = (client: string, nowMs: number, lengthMs: number): void => {
    const current = windows.get(client);
    const openedAt = current && current.until > nowMs ? current.openedAt : nowMs;
    windows.set(client, { openedAt, until: Math.max(nowMs + lengthMs, current?.until ?? 0) });
  };
  const age = (client: string, nowMs: number): number | null => {
    const window = windows.get(client);
    return window && window.until > nowMs ? nowMs - window.openedAt : null;
  };

  return {
    ask,
    close(nowMs, lengthMs) {
      ask(EVERYONE, nowMs, lengthMs);
      closedUntil = Math.max(closedUntil, nowMs + lengthMs);
    },
    closedForMs: (nowMs) => Math.max(0, closedUntil - nowMs),
    ageFor: (client, nowMs) => age(EVERYONE, nowMs) ?? age(client, nowMs),
    clear() {
      windows.clear();
      closedUntil = 0;
    },
  };
}
