import { type FaultBook, faultBook } from './fault-book';
import { type Journal, journal } from './journal';
import type { Platform } from './platform';
import { type RetryAfterWindows, retryAfterWindows } from './retry-after-windows';
import { type Router, router } from './router';
import { type StatsKeeper, statsKeeper } from './stats';
import { type RateLimit, type TokenBuckets, tokenBuckets } from './token-bucket';

/** What every simulator can be told; each adds its own. */
export interface ServerOptions {
  /** Default: any free one. */
  port?: number | undefined;
  /** Address to bind. Default 127.0.0.1: this machine only. */
  host?: string | undefined;
  /** Per client. */
  limits?: RateLimit | undefined;
  /** Added to every request before it takes effect. Default 0. */
  latencyMs?: number | undefined;
  /** Keep only the last writes in the journal. Default: all of them. */
  journalLimit?: number | undefined;
  /** How old a Retry-After window must be before a request in it counts as late. Default 250. */
  retryAfterGraceMs?: number | undefined;
}

/** The parts that one running server shares between its platform routes and its control routes. */
export interface ServerParts {
  platform: Platform;
  route: Router;
  faults: FaultBook;
  journal: Journal;
  stats: StatsKeeper;
  windows: RetryAfterWindows;
  buckets: TokenBuckets;
  latencyMs: number;
  /** Fires when the server stops: ends every pause. */
  stopping: AbortSignal;
}

export function serverParts(platform: Platform, options: ServerOptions, stopping: AbortSignal): ServerParts {
  return {
    platform,
    route: router(platform.routes),
    faults: faultBook(),
    journal: journal(options.journalLimit),
    stats: statsKeeper(options.retryAfterGraceMs ?? 250),
    windows: retryAfterWindows(),
    buckets: tokenBuckets(options.limits ?? 'none'),
    latencyMs: options.latencyMs ?? 0,
    stopping,
  };
}
