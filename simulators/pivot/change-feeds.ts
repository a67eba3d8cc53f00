import type { PivotOffer } from './offer';

/** What one call to a stored query showed: code -> the date on which a change is judged. */
type Snapshot = ReadonlyMap<string, string>;

export interface FeedItem {
  code: string;
  /** 0 entered the result, 1 changed, 2 left it: nothing is said about PIVOT itself. */
  operation: 0 | 1 | 2;
}

/**
 * The two files that PIVOT keeps for each key and stored query (documented): `lastcall`, the result of the latest call,
 * and the reference, the last result that was acknowledged.
 */
export interface ChangeFeeds {
  /** Any call to the stored query becomes `lastcall`, a plain or a paged one too (deduced from the manual's words). */
  called(key: string, query: string, result: readonly PivotOffer[]): void;
  /** What changed since the reference. Becomes `lastcall`. */
  diff(key: string, query: string, result: readonly PivotOffer[]): FeedItem[];
  /** Makes `lastcall` the reference, whoever asked for it. False when there was no call (assumed). */
  acknowledge(key: string, query: string): boolean;
  clear(key: string, query: string): void;
  /** The platform loses its references; `lastcall` stays. All of them, or those of one query. Answers how many. */
  loseReferences(query: string | null): number;
  clearAll(): void;
}

export function changeFeeds(): ChangeFeeds {
  const feeds = new Map<string, { query: string; lastcall: Snapshot | null; reference: Snapshot | null }>();
  const feedOf = (key: string, query: string) => {
    const id = JSON.stringify([key, query]);
    const feed = feeds.get(id) ?? { query, lastcall: null, reference: null };
    feeds.set(id, feed);
    return feed;
  };

  return {
    called(key, query, result) {
      feedOf(key, query).lastcall = snapshotOf(result);
    },
    diff(key, query, result) {
      const feed = feedOf(key, query);
      feed.lastcall = snapshotOf(result);
      return difference(feed.lastcall, feed.reference ?? new Map());
    },
    acknowledge(key, query) {
      const feed = feedOf(key, query);
      if (feed.lastcall === null) return false;
      feed.reference = feed.lastcall;
      return true;
    },
    clear: (key, query) => void feeds.delete(JSON.stringify([key, query])),
    loseReferences(query) {
      const lost = [...feeds.values()].filter(
        (feed) => feed.reference !== null && (query === null || feed.query === query),
      );
      for (const feed of lost) feed.reference = null;
      return lost.length;
    },
    clearAll: () => feeds.clear(),
  };
}

/** Judged on the modification date alone (assumed, as observed): a new file in a linked media is not seen. */
function snapshotOf(offers: readonly PivotOffer[]): Snapshot {
  return new Map(offers.map((offer) => [offer.codeCgt, offer.dateModification]));
}

function difference(now: Snapshot, reference: Snapshot): FeedItem[] {
  const items: FeedItem[] = [];
  for (const [code, date] of now) {
    const before = reference.get(code);
    if (before === undefined) items.push({ code, operation: 0 });
    else if (before !== date) items.push({ code, operation: 1 });
  }
  for (const code of reference.keys()) if (!now.has(code)) items.push({ code, operation: 2 });
  return items;
}
