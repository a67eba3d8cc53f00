import type { z } from 'zod';
import type { CallContext } from '../budget';
import { ask, contradiction, OFFERS, type PivotAccount } from './account';
import type { OfferChange, OfferPage, PivotSource } from './client';
import { changesSchema, content, itemsPerPage, offersSchema, paths } from './contract';
import { readOffer } from './offer-reader';
import { pivotRules } from './rules';
import { wholeQuery } from './write-documents';

type FirstPage = Parameters<PivotSource['firstPage']>[0];
type LaterPage = Parameters<PivotSource['page']>[0];
type WirePage = z.infer<typeof offersSchema>;

/** All changes or a failure: a list that is shorter than it says was cut off. */
export async function readChanges(
  account: PivotAccount,
  queryId: string,
  call?: CallContext,
): Promise<OfferChange[]> {
  const route = '/query/{id}/diff';
  const read = { path: paths.diff(queryId), route, matrix: [content(0)], schema: changesSchema };
  const { count, offre } = await ask(account, { ...read, method: 'GET', roots: OFFERS }, call);
  if (count !== offre.length)
    throw contradiction(`GET ${route}`, 'holds another number of lines than it says');
  return offre;
}

/** The first page, from a posted query: it makes PIVOT freeze all pages under a token. */
export async function readFirstPage(
  account: PivotAccount,
  query: FirstPage,
  call?: CallContext,
): Promise<OfferPage> {
  const perPage = Math.min(Math.max(1, query.perPage), pivotRules.maxPageSize);
  const route = '/query/paginated';
  const wire = await ask(
    account,
    {
      method: 'POST',
      path: paths.pagedSearch(),
      route,
      matrix: [content(query.content), itemsPerPage(perPage)],
      body: wholeQuery(query.queryId),
      roots: OFFERS,
      schema: offersSchema,
    },
    call,
  );
  return pageOf(wire, { operation: `POST ${route}`, page: 1, token: wire.token, perPage });
}

/** A page of a token. The token that was asked for stays the one to go on with, whatever the answer names. */
export async function readPage(
  account: PivotAccount,
  query: LaterPage,
  call?: CallContext,
): Promise<OfferPage> {
  const route = '/query/paginated/{token}/{page}';
  const read = { path: paths.page(query.token, query.page), route, matrix: [content(query.content)] };
  const asked = { ...read, method: 'GET', roots: OFFERS, schema: offersSchema } as const;
  const wire = await ask(account, asked, call);
  const { page, token } = query;
  return pageOf(wire, { operation: `GET ${route}`, page, token, perPage: null });
}

interface AskedPage {
  operation: string;
  page: number;
  token: string | null;
  perPage: number | null;
}

function pageOf(wire: WirePage, asked: AskedPage): OfferPage {
  const { operation, page, token } = asked;
  const total = wire.count;
  const pages = pagesOf(wire, asked);
  if (pages > 1 && token === null) throw contradiction(operation, 'names no token for its further pages');
  const { length } = wire.offre;
  if (length > total) throw contradiction(operation, 'holds more offers than it says');
  // never an empty list in place of one that could not be read
  if (length === 0 && total > 0) throw contradiction(operation, 'holds none of the offers it counts');
  if (pages === 1 && length !== total) throw contradiction(operation, 'holds fewer offers than it says');
  return { offers: wire.offre.map(readOffer), total, pages, token: token ?? '', page };
}

/** Without offers there are no pages, whatever PIVOT calls the empty one. */
function pagesOf({ count, pagesCount }: WirePage, { operation, perPage }: AskedPage): number {
  if (count === 0) return 0;
  const pages = pagesCount ?? (perPage === null ? null : Math.ceil(count / perPage));
  if (pages === null || !Number.isInteger(pages) || pages < 1) {
    throw contradiction(operation, 'does not say how many pages there are');
  }
  return pages;
}
