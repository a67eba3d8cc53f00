import type { Budget } from '../../platforms/budget';

/** A budget of one process that keeps the pauses a platform asks for, and says how many there were. */
export function waitingBudget(): Budget & { pauses: number[] } {
  const pauses: number[] = [];
  let pausedUntil = 0;
  return {
    pauses,
    async acquire() {
      for (let left = pausedUntil - Date.now(); left > 0; left = pausedUntil - Date.now()) {
        await new Promise((resolve) => setTimeout(resolve, left));
      }
    },
    async pause(ms) {
      pauses.push(ms);
      pausedUntil = Math.max(pausedUntil, Date.now() + ms);
    },
  };
}
