import { deleteOldAnnouncements } from '../../db/hooks';
import type { Pool } from '../../db/pool';
import { REMEMBERED_DAYS } from './announced-values';

const DAY_MS = 86_400_000;

/** Once a day, forgets announcements that were delivered long ago; a failure is made good at the next look. */
export function sweeper(pool: Pool, now: () => number = Date.now): () => Promise<void> {
  let sweptAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (now() - sweptAt < DAY_MS) return;
    await deleteOldAnnouncements(pool, REMEMBERED_DAYS).then(
      () => {
        sweptAt = now();
      },
      () => undefined,
    );
  };
}
