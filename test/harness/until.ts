import { setTimeout as pause } from 'node:timers/promises';

const GIVE_UP_MS = 30_000;
const LOOK_EVERY_MS = 20;

/** Looks again and again until there is something to see: anything but null, undefined and false. */
export async function until<T>(what: string, look: () => Promise<T | null | undefined | false>): Promise<T> {
  const deadline = Date.now() + GIVE_UP_MS;
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== undefined && seen !== false) return seen;
    if (Date.now() > deadline) throw new Error(`not within half a minute: ${what}`);
    await pause(LOOK_EVERY_MS);
  }
}
