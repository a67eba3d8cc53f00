import { param, type Route, type SimReply, type SimRequest } from '../core/http-message';
import { CIRKWI_ATTRIBUTES, type CirkwiKind, cirkwiObject } from './cirkwi-object';
import type { PivotSearch } from './criteria';
import { xmlOf } from './document';
import { callerOf, mayUse } from './keys';
import { ITINERARY, MEDIA_TYPE, type PivotOffer, PUBLISHABLE, specValue } from './offer';
import type { OfferView } from './offer-book';
import { itemsPerPageOf, type Result, searched, usableQuery } from './query-routes';
import { refusal } from './refusals';
import { ROOT } from './root';
import { baseOf } from './showing';
import { CIRKWI } from './urns';
import type { PivotWorld } from './world';

/** PIVOT's own export for Cirkwi, under the paths of the manual and of the newer cheat sheet. XML only (documented). */
export function cirkwiRoutes(world: PivotWorld): Route[] {
  return (['circuits', 'pois'] as const).flatMap((kind) => {
    const read = (path: string, handle: (request: SimRequest) => SimReply): Route => ({
      method: 'GET',
      template: `${ROOT}/cirkwi/${kind}${path}`,
      access: 'client',
      purpose: 'read',
      handle,
    });
    const whole = (request: SimRequest, { offers, view }: Result): SimReply =>
      feedReply(request, kind, offers, view);
    return [
      read('', (request) => whole(request, marked(world, request, kind, EVERYTHING))),
      read('/offer/{codeCgt}', (request) => whole(request, oneOffer(world, request, kind))),
      read('/query/paginated/{token}/{page}', (request) => laterPage(world, request, kind)),
      read('/query/{id}/paginated', (request) => firstPage(world, request, kind)),
      read('/query/{id}', (request) => whole(request, ofQuery(world, request, kind))),
      read('/{id}', (request) => whole(request, ofQuery(world, request, kind))),
    ];
  });
}

const EVERYTHING: PivotSearch = {
  criteria: { kind: 'group', type: 'and', parts: [] },
  sort: null,
  exportLinks: null,
};

/** Publishable, of this kind, and with the filter or a tag (documented: either of two marks is enough). */
function marked(world: PivotWorld, request: SimRequest, kind: CirkwiKind, search: PivotSearch): Result {
  const { offers, view } = searched(world, request, search);
  const isMarked = (offer: PivotOffer): boolean =>
    Object.values(CIRKWI).some((urn) => specValue(offer, urn) === 'true');
  return {
    offers: offers.filter(
      (offer) => isOfKind(offer, kind) && offer.estActive === PUBLISHABLE && isMarked(offer),
    ),
    view,
  };
}

function isOfKind({ typeOffre: { idTypeOffre } }: PivotOffer, kind: CirkwiKind): boolean {
  if (idTypeOffre === MEDIA_TYPE) return false;
  return (idTypeOffre === ITINERARY) === (kind === 'circuits');
}

function ofQuery(world: PivotWorld, request: SimRequest, kind: CirkwiKind): Result {
  const key = callerOf(world, request.headers, request.query);
  return marked(world, request, kind, usableQuery(world, key, param(request, 'id')).search);
}

/** Marked or not (assumed). */
function oneOffer(world: PivotWorld, request: SimRequest, kind: CirkwiKind): Result {
  const code = param(request, 'codeCgt');
  const offer = world.offers.get(code);
  if (!offer || !isOfKind(offer, kind)) throw refusal('unknown-record', code);
  if (!mayUse(callerOf(world, request.headers, request.query), offer)) throw refusal('foreign-record', code);
  return { offers: [offer], view: world.offers };
}

function firstPage(world: PivotWorld, request: SimRequest, kind: CirkwiKind): SimReply {
  const { offers, view } = ofQuery(world, request, kind);
  const frozen = world.pages.freeze(offers, view, itemsPerPageOf(request));
  const { token, itemsPerPage, pagesCount } = frozen;
  const counts = { count: offers.length, itemsPerPage, pagesCount, token };
  return feedReply(request, kind, offers.slice(0, itemsPerPage), view, counts);
}

function laterPage(world: PivotWorld, request: SimRequest, kind: CirkwiKind): SimReply {
  const { result, offers } = world.pages.page(param(request, 'token'), Number(param(request, 'page')));
  const { token, itemsPerPage, pagesCount, view } = result;
  const counts = { count: result.offers.length, itemsPerPage, pagesCount, token };
  return feedReply(request, kind, offers, view, counts);
}

function feedReply(
  request: SimRequest,
  kind: CirkwiKind,
  offers: readonly PivotOffer[],
  view: OfferView,
  counts: Record<string, unknown> = {},
): SimReply {
  const objects = offers.map((offer) => cirkwiObject(offer, view, baseOf(request)));
  const members = { version: '2', ...counts, [kind === 'circuits' ? 'circuit' : 'poi']: objects };
  const content = xmlOf({ root: kind, members, attributes: CIRKWI_ATTRIBUTES, namespace: 'none' });
  return { status: 200, body: undefined, raw: { type: 'application/xml;charset=UTF-8', content } };
}
