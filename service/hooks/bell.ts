import { setTimeout as sleep } from 'node:timers/promises';

/** Wakes one that waits. A ring while nobody waits is heard by the next wait. */
export function createBell() {
  let hasRung = false;
  let wakeUp: (() => void) | null = null;
  return {
    ring(): void {
      hasRung = true;
      wakeUp?.();
    },
    /** Until it rings, at most so long. */
    async wait(mostMs: number): Promise<void> {
      const timeUp = new AbortController();
      if (!hasRung) {
        const rung = new Promise<void>((resolve) => {
          wakeUp = resolve;
        });
        await Promise.race([rung, pause(mostMs, timeUp.signal)]);
      }
      timeUp.abort();
      wakeUp = null;
      hasRung = false;
    },
    /** So long, whatever rings, unless `stopping` is aborted. */
    pause,
  };
}

async function pause(ms: number, stopping: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal: stopping }).catch(() => undefined); // the only way to fail is to be ended early
}
