import { randomUUID } from 'node:crypto';
import type { PivotOffer } from './offer';
import type { OfferView } from './offer-book';
import { refusal } from './refusals';

/** One answer, frozen when it was asked for. */
export interface FrozenResult {
  token: string;
  offers: readonly PivotOffer[];
  /** The platform at that moment, for what the offers link to. */
  view: OfferView;
  itemsPerPage: number;
  pagesCount: number;
}

export interface PageCache {
  freeze(offers: readonly PivotOffer[], view: OfferView, itemsPerPage: number): FrozenResult;
  /** Throws the refusal CCM006 for a token or a page that is not there (any more). */
  page(token: string, page: number): { result: FrozenResult; offers: readonly PivotOffer[] };
  expireAll(): void;
}

/** Assumed: PIVOT keeps pages as files; here the oldest answers go, so that a long test run does not keep them all. */
const MOST_ANSWERS = 50;

export function pageCache(ttlMs: number): PageCache {
  const answers = new Map<string, { result: FrozenResult; at: number }>();

  return {
    freeze(offers, view, itemsPerPage) {
      const pagesCount = Math.ceil(offers.length / itemsPerPage);
      const result = { token: randomUUID(), offers, view, itemsPerPage, pagesCount };
      answers.set(result.token, { result, at: Date.now() });
      const [oldest] = answers.keys();
      if (answers.size > MOST_ANSWERS && oldest !== undefined) answers.delete(oldest);
      return result;
    },
    page(token, page) {
      const answer = answers.get(token);
      const isKept = answer !== undefined && Date.now() - answer.at <= ttlMs;
      if (!isKept || !Number.isInteger(page) || page < 1 || page > Math.max(1, answer.result.pagesCount))
        throw refusal('unknown-page');
      const { result } = answer;
      return {
        result,
        offers: result.offers.slice((page - 1) * result.itemsPerPage, page * result.itemsPerPage),
      };
    },
    expireAll: () => answers.clear(),
  };
}
