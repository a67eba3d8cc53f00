import type { PlatformSummary } from './platform';

/** The counters of `GET /_sim/stats`. Control routes are never counted. */
export interface SimulatorStats {
  platform: string;
  requests: { total: number; byRoute: Record<string, number>; byStatus: Record<string, number> };
  /** Requests received that mean to change something, whatever became of them. */
  writes: number;
  creates: number;
  updates: number;
  externalReferences: number;
  duplicates: number;
  duplicatesByKind: Record<string, number>;
  inFlight: number;
  highestInFlight: number;
  /** Requests received while their sender had been asked to stay away. */
  duringRetryAfter: number;
  /** Those of them that came after the grace period, so they cannot have been on their way already. */
  lateDuringRetryAfter: number;
  answered429: number;
  /** Replies cut off or never sent. */
  unanswered: number;
}

export interface StatsKeeper {
  /** Counts an arrival; the answer is to be called once, when the exchange is over. */
  arrive(route: string): () => void;
  arrivedDuringRetryAfter(ageMs: number): void;
  wroteRequest(): void;
  took(effect: 'created' | 'updated'): void;
  answered(status: number): void;
  leftUnanswered(): void;
  read(platform: string, summary: PlatformSummary): SimulatorStats;
  clear(): void;
}

export function statsKeeper(retryAfterGraceMs: number): StatsKeeper {
  let counters = freshCounters();
  let inFlight = 0;

  return {
    arrive(route) {
      counters.total += 1;
      increment(counters.byRoute, route);
      inFlight += 1;
      counters.highestInFlight = Math.max(counters.highestInFlight, inFlight);
      let present = true;
      return () => {
        if (present) inFlight -= 1;
        present = false;
      };
    },
    arrivedDuringRetryAfter(ageMs) {
      counters.duringRetryAfter += 1;
      if (ageMs > retryAfterGraceMs) counters.lateDuringRetryAfter += 1;
    },
    wroteRequest() {
      counters.writes += 1;
    },
    took(effect) {
      if (effect === 'created') counters.creates += 1;
      else counters.updates += 1;
    },
    answered(status) {
      increment(counters.byStatus, String(status));
      if (status === 429) counters.answered429 += 1;
    },
    leftUnanswered() {
      counters.unanswered += 1;
    },
    read(platform, { externalReferences, duplicates }) {
      const { total, byRoute, byStatus, ...others } = counters;
      return {
        platform,
        requests: { total, byRoute: { ...byRoute }, byStatus: { ...byStatus } },
        ...others,
        externalReferences,
        duplicates: Object.values(duplicates).reduce((sum, count) => sum + count, 0),
        duplicatesByKind: duplicates,
        inFlight,
      };
    },
    clear() {
      counters = freshCounters();
    },
  };
}

interface Counters {
  total: number;
  byRoute: Record<string, number>;
  byStatus: Record<string, number>;
  writes: number;
  creates: number;
  updates: number;
  highestInFlight: number;
  duringRetryAfter: number;
  lateDuringRetryAfter: number;
  answered429: number;
  unanswered: number;
}

function freshCounters(): Counters {
  return {
    total: 0,
    byRoute: {},
    byStatus: {},
    writes: 0,
    creates: 0,
    updates: 0,
    highestInFlight: 0,
    duringRetryAfter: 0,
    lateDuringRetryAfter: 0,
    answered429: 0,
    unanswered: 0,
  };
}

function increment(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}
