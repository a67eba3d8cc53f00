import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { Refusal } from '../../operations/refusal';
import type { ServiceParts } from '../parts';
import { lookAtRun, type RunLive, type RunSources } from './run-live';

/** However many people watch a run, its workflow is asked this often at most. */
const LOOK_EVERY_MS = 1_000;

type WatchParts = Pick<ServiceParts, 'pool' | 'client' | 'stopping'>;

/** One run that somebody watches: looked at once for all of them. */
interface Watched {
  latest: RunLive | null;
  /** Grows with each change of `latest`. */
  version: number;
  isOver: boolean;
  /** What made the watch impossible, such as a number that is no run. */
  failure: unknown;
  wake: Set<() => void>;
  watchers: number;
  stop: AbortController;
}

/** By the client of the service, so that two services in one process stay apart. */
const watchedOf = new WeakMap<Client, Map<number, Watched>>();

/**
 * How far a run is: at once, then whenever that changes, and once more when it is over, which ends it. A reader that is
 * slow misses steps between, never the last one. Ends also when `signal` or the service is told to stop. Rejects with a
 * refusal when there is no such run; while the database or Temporal is away it waits.
 */
export async function* watchRun(
  parts: WatchParts,
  runId: number,
  signal: AbortSignal,
): AsyncGenerator<RunLive, void, undefined> {
  const ended = AbortSignal.any([signal, parts.stopping]);
  if (ended.aborted) return;
  const watched = join(parts, runId);
  let seen = 0;
  try {
    for (;;) {
      if (ended.aborted) return;
      if (watched.failure !== null) throw watched.failure;
      if (watched.version > seen && watched.latest !== null) {
        seen = watched.version;
        yield watched.latest;
        continue;
      }
      if (watched.isOver) return;
      await nextChange(watched, ended);
    }
  } finally {
    leave(parts, runId, watched);
  }
}

function join(parts: WatchParts, runId: number): Watched {
  const all = watchedOf.get(parts.client) ?? new Map<number, Watched>();
  watchedOf.set(parts.client, all);
  const known = all.get(runId);
  if (known !== undefined) {
    known.watchers += 1;
    return known;
  }
  const stop = new AbortController();
  const watched: Watched = {
    latest: null,
    version: 0,
    isOver: false,
    failure: null,
    wake: new Set(),
    watchers: 1,
    stop,
  };
  all.set(runId, watched);
  void keepLooking(parts, runId, watched);
  return watched;
}

/** The last one to go ends the looking. A run that is over is forgotten at once: whoever comes later looks anew. */
function leave({ client }: WatchParts, runId: number, watched: Watched): void {
  watched.watchers -= 1;
  if (watched.watchers > 0) return;
  watched.stop.abort();
  const all = watchedOf.get(client);
  if (all?.get(runId) === watched) all.delete(runId);
}

async function keepLooking(parts: RunSources & WatchParts, runId: number, watched: Watched): Promise<void> {
  const signal = AbortSignal.any([watched.stop.signal, parts.stopping]);
  while (!signal.aborted && !watched.isOver && watched.failure === null) {
    await lookOnce(parts, runId, watched, signal);
    if (watched.isOver || watched.failure !== null) break;
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
  wakeAll(watched);
}

async function lookOnce(
  parts: RunSources,
  runId: number,
  watched: Watched,
  signal: AbortSignal,
): Promise<void> {
  const found = await lookAtRun(parts, runId, signal).catch(() => 'database-away' as const);
  if (found === 'database-away' || signal.aborted) return;
  if (found === null) {
    watched.failure = new Refusal('not-found', `there is no run ${runId}`);
    return;
  }
  watched.isOver = found.outcome !== null;
  if (JSON.stringify(found) === JSON.stringify(watched.latest)) return;
  watched.latest = found;
  watched.version += 1;
  wakeAll(watched);
}

function wakeAll({ wake }: Watched): void {
  for (const each of [...wake]) each();
}

/** Resolves at the next change, and when there is nothing to wait for any more. */
function nextChange({ wake }: Watched, ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      wake.delete(done);
      ended.removeEventListener('abort', done);
      resolve();
    };
    wake.add(done);
    ended.addEventListener('abort', done, { once: true });
  });
}
