import { readSchedule, type ScheduleState } from '../../../operations/sync-schedule';
import { scheduleId } from '../../../workflows/names';
import type { ServiceParts } from '../../parts';

/** A Schedule of a sync; null when it has none, `unknown` when Temporal did not answer in time. */
export type KnownSchedule = ScheduleState | null | 'unknown';

/** What a page may wait for Temporal, ms: everything else it shows is in Postgres. */
export const PAGE_WAITS_MS = 60;
/** What a fragment that a page loads afterwards may wait. */
export const FRAGMENT_WAITS_MS = 4_000;

/** When a sync runs by itself, if Temporal says so within `ms`. */
export function scheduleWithin(
  { client }: Pick<ServiceParts, 'client'>,
  sync: string,
  ms: number,
): Promise<KnownSchedule> {
  const asked = client
    .withDeadline(Date.now() + ms, () => readSchedule(client, scheduleId(sync)))
    .catch(() => 'unknown' as const);
  // the deadline begins with the call: connecting comes before and takes its own time
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<'unknown'>((resolve) => {
    timer = setTimeout(() => resolve('unknown'), ms);
  });
  return Promise.race([asked, tooLate]).finally(() => clearTimeout(timer));
}
