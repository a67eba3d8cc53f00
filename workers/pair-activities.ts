import type { PlatformName } from '../config/schema';

/** What one pair brings to a worker: work on our own queue, and the calls to each of its platforms on theirs. */
export interface PairActivities {
  main: object;
  platforms: ReadonlyArray<{ platform: PlatformName; queue: string; activities: object }>;
}
