import { openItem, resolveItems } from '../db/attention';
import type { Pool } from '../db/pool';
import type { FeedSync } from './feed-access';

export type LookEnd = 'looked' | 'failed';

/** Looks for tracks that somebody edited in Cirkwi and keeps them. A look that rejects or takes longer has failed. */
export type LastLook = (sync: string, withinMs: number) => Promise<LookEnd>;

export const TRACK_LOOK_FAILED = 'track-look-failed';
const PLACE = 'feed';

/**
 * Lets requests of the same moment share a look, but only one that began after they came in: an edit made after a look
 * began may be missed by it. So a request waits out the look under way and shares the next one with all who wait. The
 * answer comes within the time asked for, counted from the request; a shared look never rejects.
 */
export function shareLooks(lastLook: LastLook): LastLook {
  const underWay = new Map<string, { running: Promise<LookEnd>; next: Promise<LookEnd> | null }>();

  function begin(sync: string, withinMs: number): Promise<LookEnd> {
    const looks: { running: Promise<LookEnd>; next: Promise<LookEnd> | null } = {
      running: inTime(() => lastLook(sync, withinMs), withinMs).then((end) => {
        // with somebody waiting the entry stays, until the next look takes its place
        if (looks.next === null) underWay.delete(sync);
        return end;
      }),
      next: null,
    };
    underWay.set(sync, looks);
    return looks.running;
  }

  return (sync, withinMs) =>
    inTime(() => {
      const looks = underWay.get(sync);
      if (looks === undefined) return begin(sync, withinMs);
      looks.next ??= looks.running.then(() => begin(sync, withinMs));
      return looks.next;
    }, withinMs);
}

/**
 * The last look before Cirkwi gets the feed, whose import overwrites what it did not fetch from us (settled question
 * 20): `refuse` when it failed and the policy is strict. Opens an attention item for a look that failed and closes it
 * after one that did not; `onUnnoted` hears when the database did not take that.
 */
export function createTrackGuard(
  pool: Pool,
  look: LastLook,
  onUnnoted: (sync: string, cause: unknown) => void,
): (feed: FeedSync) => Promise<'serve' | 'refuse'> {
  return async ({ slug, sync }) => {
    const { lastLookWithin, protectTracks } = sync.policies;
    const end = await look(slug, lastLookWithin);
    try {
      if (end === 'looked')
        await resolveItems(pool, slug, null, { reasons: [TRACK_LOOK_FAILED], place: PLACE });
      else
        await openItem(pool, slug, null, {
          recordId: null,
          reason: TRACK_LOOK_FAILED,
          place: PLACE,
          detail: { protectTracks, withinMs: lastLookWithin },
          severity: 'action',
        });
    } catch (cause) {
      onUnnoted(slug, cause);
    }
    return end === 'looked' || protectTracks === 'best-effort' ? 'serve' : 'refuse';
  };
}

/** `failed` for what rejects, and for what takes too long. */
function inTime(look: () => Promise<LookEnd>, withinMs: number): Promise<LookEnd> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<LookEnd>((resolve) => {
    timer = setTimeout(() => resolve('failed'), withinMs);
  });
  const looked = Promise.resolve()
    .then(look)
    .catch((): LookEnd => 'failed');
  return Promise.race([looked, tooLate]).finally(() => clearTimeout(timer));
}
