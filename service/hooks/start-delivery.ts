import type { ServiceParts } from '../parts';
import { createBell } from './bell';
import { backoff, deliverBlock } from './deliver-block';
import { sweeper } from './sweeper';

/** How long at most an announcement that nobody rang for waits: those of another service, or put off ones. */
const LOOK_EVERY_MS = 3_000;
const LONGEST_PAUSE_MS = 30_000;
/** What comes in a burst is told together: one signal for a record, and few statements. */
const GATHER_MS = 50;

export type DeliveryParts = Pick<ServiceParts, 'configuration' | 'pool' | 'connection' | 'client' | 'logger'>;

export interface Delivery {
  /** Something was stored: look now. */
  wake(): void;
  /** Resolves when nothing is under way any more. To be called before the database and Temporal are let go. */
  stop(): Promise<void>;
}

/**
 * Tells the workflows of records what was announced, until it is stopped. While Postgres or Temporal is away announcements
 * wait, and it looks again after pauses that grow to half a minute. Several services may share the work.
 */
export function startDelivery(parts: DeliveryParts): Delivery {
  const stopping = new AbortController();
  const bell = createBell();
  const working = deliver(parts, bell, stopping.signal);
  return {
    wake: () => bell.ring(),
    async stop() {
      stopping.abort();
      bell.ring();
      await working;
    },
  };
}

async function deliver(
  parts: DeliveryParts,
  bell: ReturnType<typeof createBell>,
  stopping: AbortSignal,
): Promise<void> {
  const sweep = sweeper(parts.pool);
  let failures = 0;
  while (!stopping.aborted) {
    const pauseMs = backoff(failures + 1, LONGEST_PAUSE_MS);
    const { away, isMore } = await deliverBlock(parts, stopping, pauseMs);
    if (away !== null) {
      if (failures === 0) parts.logger?.warn({ reason: away }, 'announcements wait');
      failures += 1;
      // what is stored meanwhile rings too: it must not shorten the pause
      await bell.pause(pauseMs, stopping);
      continue;
    }
    if (failures > 0) parts.logger?.info({ failures }, 'announcements are delivered again');
    failures = 0;
    await sweep();
    if (isMore) continue;
    await bell.wait(LOOK_EVERY_MS);
    await bell.pause(GATHER_MS, stopping);
  }
}
