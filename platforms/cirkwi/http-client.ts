import type { CallContext } from '../budget';
import { FailureKind, PlatformFailure } from '../failure';
import { createHttp, type Http } from '../http';
import { basicAuthorization, type CirkwiAccountOptions } from './account';
import type { CirkwiListing, CirkwiReadBack } from './client';
import {
  type CirkwiKind,
  type FeedPage,
  feedPageSchema,
  feedQuery,
  feeds,
  isWholeGpx,
  paths,
  readFeed,
  readFeedProblem,
  readSiteProblem,
  trackSchema,
} from './contract';
import { cirkwiRules } from './rules';

export { createCirkwiPush } from './http-push';

export interface CirkwiOptions extends CirkwiAccountOptions {
  /** Host of the public pages (`https://www.cirkwi.com`): tracks are exported there, without authentication. */
  siteUrl: string;
  widgetId: string;
}

type Page = Parameters<CirkwiReadBack['list']>[0];

/**
 * Reads back from Cirkwi over HTTP. Nothing here writes, so every failure but a refusal can be repeated. Throws
 * `PlatformFailure`, or an `AbortError` when the caller's signal ends the call. An answer that is no XML, is cut off,
 * or holds another number of objects than it says is a `Defect`, never an empty or shorter list.
 */
export function createCirkwiClient(options: CirkwiOptions): CirkwiReadBack {
  const authorization = basicAuthorization(options);
  const shared = {
    platform: 'cirkwi',
    timeoutMs: options.timeoutMs ?? cirkwiRules.timeoutMs,
    budget: options.budget,
    random: options.random,
  };
  const feed = createHttp({
    ...shared,
    baseUrl: options.baseUrl,
    authorize: { header: async () => authorization },
    readProblem: readFeedProblem,
  });
  const site = createHttp({
    ...shared,
    baseUrl: options.siteUrl,
    authorize: { header: async () => null },
    readProblem: readSiteProblem,
  });
  const readPage: ReadPage = (query, call) => page(feed, options, query, call);

  return {
    list: (query, call) => list(readPage, query, call),
    listIds: (kind, call) => listIds(readPage, kind, call),
    fetchTrack: (id, { maxBytes }, call) => fetchTrack(site, id, maxBytes, call),
  };
}

type ReadPage = (query: Page, call?: CallContext) => Promise<FeedPage>;

function page(http: Http, options: CirkwiOptions, query: Page, call?: CallContext): Promise<FeedPage> {
  return http.request({
    method: 'GET',
    path: paths.feed(options.user, options.code, query.kind),
    route: routeOf(query.kind),
    query: feedQuery(options.widgetId, query),
    repeatable: 'safe',
    reply: { as: 'text', accept: 'application/xml, text/xml', read: readFeed(query.kind) },
    schema: feedPageSchema(query.kind),
    ...call,
  });
}

async function list(readPage: ReadPage, query: Page, call?: CallContext): Promise<CirkwiListing> {
  const { kind, first, rows } = query;
  // a smaller page than the one asked for would make the caller skip what it did not get
  if (!Number.isInteger(rows) || rows < 0 || rows > cirkwiRules.maxRows) {
    throw new RangeError(`A page of Cirkwi's feed has 0 to ${cirkwiRules.maxRows} rows.`);
  }
  const { entries, total, first: start } = await readPage(query, call);
  if (start !== null && start !== first) throw defect(kind, 'starts elsewhere than it was asked to');
  if (entries.length !== Math.max(0, Math.min(rows, total - first))) {
    throw defect(kind, 'holds another number of objects than its count says');
  }
  return { entries, total, first };
}

/** The listing alone names every id (assumed); where it does not, they are collected page by page. */
async function listIds(readPage: ReadPage, kind: CirkwiKind, call?: CallContext): Promise<string[]> {
  const { ids, total } = await readPage({ kind, first: 0, rows: 0 }, call);
  const listed = new Set(ids);
  if (ids.length === total && listed.size === total) return [...listed];

  const collected = new Set<string>();
  for (let first = 0; first < total; first += cirkwiRules.maxRows) {
    const rows = cirkwiRules.maxRows;
    const found = await list(readPage, { kind, first, rows }, call);
    if (found.total !== total) throw changedMeanwhile(kind);
    for (const { id } of found.entries) collected.add(id);
  }
  if (collected.size === total) return [...collected];
  throw defect(kind, 'names an object twice, so that another one may be missing');
}

async function fetchTrack(
  http: Http,
  id: string,
  maxBytes: number,
  call?: CallContext,
): Promise<Uint8Array | null> {
  const route = '/fr/exporter-gpx/{id}';
  try {
    const bytes = await http.request({
      method: 'GET',
      path: paths.track(id),
      route,
      repeatable: 'safe',
      reply: { as: 'bytes', accept: 'application/gpx+xml, application/xml, */*', maxBytes },
      schema: trackSchema,
      ...call,
    });
    if (isWholeGpx(bytes)) return bytes;
  } catch (error) {
    if (error instanceof PlatformFailure && error.kind === FailureKind.missing) return null;
    throw error;
  }
  const message = `Cirkwi answered GET ${route} with something else than a whole GPX file.`;
  throw new PlatformFailure(FailureKind.defect, message, { platform: 'cirkwi', operation: `GET ${route}` });
}

function routeOf(kind: CirkwiKind): string {
  return `/flux/{user}/{code}/${feeds[kind].file}`;
}

function defect(kind: CirkwiKind, what: string): PlatformFailure {
  return failure(FailureKind.defect, kind, what);
}

function changedMeanwhile(kind: CirkwiKind): PlatformFailure {
  return failure(FailureKind.transient, kind, 'changed while it was read. The call can be repeated');
}

function failure(kind: FailureKind, of: CirkwiKind, what: string): PlatformFailure {
  const message = `Cirkwi's feed at ${routeOf(of)} ${what}.`;
  return new PlatformFailure(kind, message, { platform: 'cirkwi', operation: `GET ${routeOf(of)}` });
}
