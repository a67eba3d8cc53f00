import { seededRandom } from '../core/seeded-random';
import { dayFirstDate, instantOf, isoDate } from './brussels-time';
import { type ChangeFeeds, changeFeeds } from './change-feeds';
import type { PivotSearch } from './criteria';
import { type KeyRing, pivotKeySchema } from './keys';
import type { PivotFile, PivotState } from './offer';
import { type OfferBook, offerBook } from './offer-book';
import type { PivotSimulatorOptions } from './options';
import { type PageCache, pageCache } from './page-cache';
import { readQuery } from './query-document';
import { type Thesaurus, thesaurus } from './thesaurus';

export interface StoredQuery {
  codeCgt: string;
  operator?: number | undefined;
  search: PivotSearch;
}

/** Everything one simulated PIVOT holds. */
export interface PivotWorld extends KeyRing {
  offers: OfferBook;
  queries: Map<string, StoredQuery>;
  feeds: ChangeFeeds;
  pages: PageCache;
  /** Uploads that no media refers to yet, by temporary name. */
  uploads: Map<string, PivotFile>;
  thesaurus: Thesaurus;
  /** Code -> when searches begin to find it, for what was made a moment ago. */
  unindexed: Map<string, number>;
  /** Codes of offers that a call gave more than one track, see the summary. */
  severalTracks: Set<string>;
  options: Pick<PivotSimulatorOptions, 'emptyLists' | 'leftItems'> & { defaultContent: 0 | 2 };
  /** A date as replies show it. */
  shownDate(stored: string): string;
  /** The date of a change made now: later than the one before, to the second, so that no change hides behind another. */
  nextDate(before: string | null): string;
  shuffled<T>(items: readonly T[]): T[];
  /** Numbers that are never given out twice. */
  nextNumber(): number;
  load(state: PivotState): void;
}

export function pivotWorld(options: PivotSimulatorOptions): PivotWorld {
  const random = seededRandom(options.seed ?? 1);
  let number = 0;
  const keys = options.credentials.keys.map((id) => pivotKeySchema.parse({ id }));
  const world: PivotWorld = {
    keys: new Map(),
    offers: offerBook(),
    queries: new Map(),
    feeds: changeFeeds(),
    pages: pageCache(options.pagesTtlMs ?? 30 * 60_000),
    uploads: new Map(),
    thesaurus: thesaurus(options.filters ?? 'one-candidate'),
    unindexed: new Map(),
    severalTracks: new Set(),
    options: { ...options, defaultContent: options.defaultContent ?? 2 },
    shownDate: (stored) => shownDate(stored, options.dates ?? 'as-stored'),
    nextDate(before) {
      const earlier = before === null ? null : instantOf(before);
      return isoDate(Math.max(Date.now(), (earlier ?? 0) + 1000));
    },
    shuffled(items) {
      const result = [...items];
      for (let place = result.length - 1; place > 0; place -= 1) {
        const other = random.below(place + 1);
        // Both places exist: they are within the array's length.
        [result[place], result[other]] = [
          result[other] as (typeof result)[0],
          result[place] as (typeof result)[0],
        ];
      }
      return result;
    },
    nextNumber() {
      number += 1;
      return number;
    },
    load(state) {
      world.keys = new Map(keys.map((key) => [key.id, key]));
      world.offers.replaceAll(state.offers);
      world.queries = new Map(
        state.queries.map(({ codeCgt, operator, query }) => [
          codeCgt.toUpperCase(),
          { codeCgt, operator, search: readQuery(query) },
        ]),
      );
      world.feeds.clearAll();
      world.pages.expireAll();
      world.uploads.clear();
      world.severalTracks.clear();
      world.unindexed.clear();
    },
  };
  return world;
}

function shownDate(stored: string, form: 'as-stored' | 'iso' | 'day-first'): string {
  if (form === 'as-stored') return stored;
  const instant = instantOf(stored);
  if (instant === null) return stored;
  return form === 'iso' ? isoDate(instant) : dayFirstDate(instant);
}
