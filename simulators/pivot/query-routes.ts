import { param, type Route, type SimReply, type SimRequest } from '../core/http-message';
import type { JsonObject } from '../core/value-path';
import type { PivotSearch } from './criteria';
import { documentReply, resultReply } from './document';
import { callerOf, mayUse, type PivotKey } from './keys';
import { ARCHIVED, type PivotOffer } from './offer';
import type { OfferView } from './offer-book';
import { offerForm, offersDocument } from './offer-form';
import type { FrozenResult } from './page-cache';
import { option, queryParameters } from './path-options';
import { readQuery } from './query-document';
import { refusal } from './refusals';
import { ROOT } from './root';
import { found } from './search';
import { showingOf } from './showing';
import type { PivotWorld, StoredQuery } from './world';

const DEFAULT_ITEMS_PER_PAGE = 20;

/** Searches: stored, posted, paged, and the change list of a stored one. */
export function queryRoutes(world: PivotWorld): Route[] {
  const read = (method: string, path: string, handle: (request: SimRequest) => SimReply): Route => ({
    method,
    template: `${ROOT}/query${path}`,
    access: 'client',
    purpose: 'read',
    handle,
  });
  return [
    read('GET', '/paginated/{token}/{page}', (request) => laterPage(world, request)),
    read('GET', '/{id}/paginated', (request) => firstPage(world, request, storedResult(world, request))),
    read('GET', '/{id}/diff', (request) => changeList(world, request)),
    read('GET', '/{id}/ack', (request) => {
      const { key, query } = feedOf(world, request);
      return resultReply(request, world.feeds.acknowledge(key.id, query.codeCgt));
    }),
    read('DELETE', '/{id}/clear', (request) => {
      const { key, query } = feedOf(world, request);
      world.feeds.clear(key.id, query.codeCgt);
      return resultReply(request, true);
    }),
    read('GET', '/{id}', (request) => wholeAnswer(world, request, storedResult(world, request))),
    read('POST', '/paginated', (request) => firstPage(world, request, postedResult(world, request))),
    read('POST', '', (request) => wholeAnswer(world, request, postedResult(world, request))),
  ];
}

/** What a search found, in the order of the answer. */
export interface Result {
  offers: PivotOffer[];
  view: OfferView;
}

function storedResult(world: PivotWorld, request: SimRequest): Result {
  const { key, query } = feedOf(world, request);
  const result = searched(world, request, query.search);
  world.feeds.called(key.id, query.codeCgt, result.offers);
  return result;
}

/** A posted search leaves the change lists alone (documented: no diff mode). */
function postedResult(world: PivotWorld, request: SimRequest): Result {
  if (request.body === undefined) throw refusal('bad-request', 'a Query document was expected');
  return searched(world, request, readQuery(request.body));
}

/** Sorted as the query asks, else in an order that changes from call to call (documented). */
export function searched(world: PivotWorld, request: SimRequest, search: PivotSearch): Result {
  const key = callerOf(world, request.headers, request.query);
  const view = world.offers.frozen();
  if (request.findsNothing) return { offers: [], view };
  const ground = { offers: view, storedQuery: (id: string) => usableQuery(world, key, id).search };
  const now = Date.now();
  const offers = found(search, queryParameters(request), ground).filter(
    (offer) => mayUse(key, offer) && (world.unindexed.get(offer.codeCgt) ?? 0) <= now,
  );
  return { offers: search.sort ? sorted(offers, search.sort) : world.shuffled(offers), view };
}

/** By name or by code; other fields are not sorted on here. */
function sorted(offers: PivotOffer[], sort: { field: string; descending: boolean }): PivotOffer[] {
  const value = (offer: PivotOffer): string =>
    sort.field.endsWith('nomofr') ? (offer.nom ?? '') : offer.codeCgt;
  const ascending = offers.toSorted((a, b) => value(a).localeCompare(value(b), 'fr'));
  return sort.descending ? ascending.reverse() : ascending;
}

function wholeAnswer(world: PivotWorld, request: SimRequest, { offers, view }: Result): SimReply {
  return documentReply(request, offersDocument(world, forms(world, request, offers, view)));
}

function changeList(world: PivotWorld, request: SimRequest): SimReply {
  const { key, query } = feedOf(world, request);
  const { offers, view } = searched(world, request, query.search);
  const items = world.feeds.diff(key.id, query.codeCgt, offers);
  const showing = showingOf(world, request, view);
  const shown = world.shuffled(items).map(({ code, operation }): JsonObject => {
    const offer = view.get(code);
    const isBare = operation === 2 && world.options.leftItems !== 'whole';
    if (isBare || !offer || offer.estActive === ARCHIVED) return { codeCgt: code, operation };
    return { ...offerForm(world, offer, showing), operation };
  });
  return documentReply(request, offersDocument(world, shown));
}

/** Throws a refusal (400) for what is no number of items. */
export function itemsPerPageOf(request: SimRequest): number {
  const text = option(request, 'itemsperpage') ?? String(DEFAULT_ITEMS_PER_PAGE);
  const itemsPerPage = Number(text);
  if (Number.isInteger(itemsPerPage) && itemsPerPage >= 1) return itemsPerPage;
  throw refusal('bad-request', `itemsperpage is a whole number from 1 on, not "${text}"`);
}

function firstPage(world: PivotWorld, request: SimRequest, { offers, view }: Result): SimReply {
  const itemsPerPage = itemsPerPageOf(request);
  const frozen = world.pages.freeze(offers, view, itemsPerPage);
  return pageReply(world, request, frozen, offers.slice(0, itemsPerPage));
}

/** Shown as the request for this page asks: the content level has to be named again (assumed). */
function laterPage(world: PivotWorld, request: SimRequest): SimReply {
  const { result, offers } = world.pages.page(param(request, 'token'), Number(param(request, 'page')));
  return pageReply(world, request, result, request.findsNothing ? [] : offers);
}

function pageReply(
  world: PivotWorld,
  request: SimRequest,
  { token, offers: all, view, itemsPerPage, pagesCount }: FrozenResult,
  offers: readonly PivotOffer[],
): SimReply {
  const counts = { count: all.length, itemsPerPage, pagesCount, token };
  return documentReply(request, offersDocument(world, forms(world, request, offers, view), counts));
}

function forms(
  world: PivotWorld,
  request: SimRequest,
  offers: readonly PivotOffer[],
  view: OfferView,
): JsonObject[] {
  const showing = showingOf(world, request, view);
  return offers.map((offer) => offerForm(world, offer, showing));
}

function feedOf(world: PivotWorld, request: SimRequest): { key: PivotKey; query: StoredQuery } {
  const key = callerOf(world, request.headers, request.query);
  return { key, query: usableQuery(world, key, param(request, 'id')) };
}

/** A stored query, by its code without case. Throws: 404 unknown, 403 another operator's. */
export function usableQuery(world: PivotWorld, key: PivotKey, id: string): StoredQuery {
  const query = world.queries.get(id.toUpperCase());
  if (!query) throw refusal('unknown-record', id);
  if (!mayUse(key, query)) throw refusal('foreign-record', id);
  return query;
}
