import { currentFeed, feedChunks } from '../../db/feeds';
import type { Pool } from '../../db/pool';

const FEEDS = { circuit: 'circuits', poi: 'pois' } as const;
/** The start of an object's element, as `renderObject` writes it. */
const OBJECT = /<(?:circuit|poi) id_(?:circuit|poi)="([^"]*)"/g;
/** Longer than any such start: what may continue in the next piece. */
const CARRIED = 400;

/** Codes of the objects that stand in the documents as they are served, read piece by piece. */
export async function servedCodes(
  pool: Pool,
  sync: string,
): Promise<Record<'circuit' | 'poi', ReadonlySet<string>>> {
  return { circuit: await codesIn(pool, sync, 'circuit'), poi: await codesIn(pool, sync, 'poi') };
}

async function codesIn(pool: Pool, sync: string, kind: 'circuit' | 'poi'): Promise<Set<string>> {
  const codes = new Set<string>();
  const feed = await currentFeed(pool, sync, FEEDS[kind]);
  if (feed === null) return codes;
  let carried = '';
  for await (const chunk of feedChunks(pool, feed.version)) {
    // codes are ASCII, so that a character cut between two pieces does not matter
    const text = carried + chunk.toString('latin1');
    for (const [, code] of text.matchAll(OBJECT)) if (code !== undefined) codes.add(code);
    carried = text.slice(-CARRIED);
  }
  return codes;
}
