import { z } from 'zod';
import { objectStates } from '../../db/feed-objects';
import { currentFeed, type FeedKind } from '../../db/feeds';
import type { Pool } from '../../db/pool';
import { cursorMovedAt, openEditStates } from '../../db/reading';
import { getCursor } from '../../db/staging';

const KINDS = ['circuits', 'pois'] as const satisfies FeedKind[];

/** What a sync of this pair has beside others: `status --json` prints it under `offers`. */
export interface OffersStatus {
  /** Objects by how far they came. */
  objects: Record<string, number>;
  /** The documents that Cirkwi is served now; none before the first publication. */
  feeds: Array<{ kind: FeedKind; objects: number; bytes: number; publishedAt: string }>;
  /** When somebody with the secret last asked for the circuits, and what was answered. */
  lastVisit: { at: string; status: number; transfer: string } | null;
  /** Tracks edited in Cirkwi that are not over, by what they wait for. */
  openEdits: Record<string, number>;
  /** The last look for edited tracks that went through. */
  lastLookAt: string | null;
}

/** Written by the service; a form that this release does not know counts as no visit. */
const visitSchema = z
  .object({ at: z.string(), status: z.number(), transfer: z.string() })
  .nullable()
  .catch(null);

export async function offersStatus(pool: Pool, slug: string): Promise<OffersStatus> {
  const feeds: OffersStatus['feeds'] = [];
  for (const kind of KINDS) {
    const feed = await currentFeed(pool, slug, kind);
    if (feed === null) continue;
    const { objects, bytes, publishedAt } = feed;
    feeds.push({ kind, objects, bytes, publishedAt: publishedAt.toISOString() });
  }
  return {
    objects: await objectStates(pool, slug),
    feeds,
    lastVisit: visitSchema.parse(await getCursor(pool, slug, 'feed-visit/circuits')),
    openEdits: await openEditStates(pool, slug),
    lastLookAt: (await cursorMovedAt(pool, slug, 'watch'))?.toISOString() ?? null,
  };
}
