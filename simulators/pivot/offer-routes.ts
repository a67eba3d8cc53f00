import { param, type Route, type SimReply, type SimRequest } from '../core/http-message';
import { instantOf } from './brussels-time';
import { documentReply, resultReply } from './document';
import { callerOf, mayUse, type PivotKey } from './keys';
import { ARCHIVED, type PivotOffer } from './offer';
import { readOfferEdit } from './offer-document';
import { auditForm, offerForm, offersDocument } from './offer-form';
import { archiveOffer, createOffer, touchHolders, updateOffer } from './offer-writes';
import { refusal } from './refusals';
import { ROOT } from './root';
import { showingOf } from './showing';
import type { PivotWorld } from './world';

/** Documented: an archived offer can be erased only after three months. */
const ARCHIVED_FOR_MS = 90 * 86_400_000;

/** One offer: read, judged, written, archived. Media are offers too. */
export function offerRoutes(world: PivotWorld): Route[] {
  const route = (
    method: string,
    path: string,
    purpose: Route['purpose'],
    handle: (request: SimRequest) => SimReply,
  ): Route => ({ method, template: `${ROOT}/offer${path}`, access: 'client', purpose, handle });
  const caller = (request: SimRequest): PivotKey => callerOf(world, request.headers, request.query);

  return [
    route('GET', '/{codeCgt}/exists', 'read', (request) =>
      resultReply(request, world.offers.get(param(request, 'codeCgt')) !== undefined),
    ),
    route('GET', '/{codeCgt}/audit', 'read', (request) =>
      auditReply(world, request, usableOffer(world, caller(request), request)),
    ),
    route('GET', '/{codeCgt}', 'read', (request) => {
      const offer = usableOffer(world, caller(request), request);
      const form = offerForm(world, offer, showingOf(world, request, world.offers));
      return documentReply(request, offersDocument(world, [form]));
    }),
    route('POST', '', 'write', (request) => {
      const offer = createOffer(world, caller(request), readOfferEdit(request.body));
      if (request.indexLagMs !== null) world.unindexed.set(offer.codeCgt, Date.now() + request.indexLagMs);
      return { ...auditReply(world, request, offer), effect: 'created' };
    }),
    route('PUT', '/{codeCgt}', 'write', (request) => {
      const key = caller(request);
      const offer = updateOffer(world, key, usableOffer(world, key, request), readOfferEdit(request.body));
      return { ...auditReply(world, request, offer), effect: 'updated' };
    }),
    route('DELETE', '/{codeCgt}', 'write', (request) => {
      archiveOffer(world, usableOffer(world, caller(request), request));
      return { ...resultReply(request, 'archived'), effect: 'updated' };
    }),
    route('DELETE', '/{codeCgt}/erase', 'write', (request) =>
      erased(world, request, usableOffer(world, caller(request), request)),
    ),
  ];
}

/** Reading by code does not mind the case, and shows what is archived. Throws: 404 unknown, 403 another operator's. */
function usableOffer(world: PivotWorld, key: PivotKey, request: SimRequest): PivotOffer {
  const code = param(request, 'codeCgt');
  const offer = world.offers.get(code);
  if (!offer) throw refusal('unknown-record', code);
  if (!mayUse(key, offer)) throw refusal('foreign-record', code);
  return offer;
}

function auditReply(world: PivotWorld, request: SimRequest, offer: PivotOffer): SimReply {
  return documentReply(request, offersDocument(world, [auditForm(world, offer)]));
}

function erased(world: PivotWorld, request: SimRequest, offer: PivotOffer): SimReply {
  const since = instantOf(offer.dateModification) ?? Date.now();
  if (offer.estActive !== ARCHIVED || Date.now() - since < ARCHIVED_FOR_MS)
    throw refusal('bad-request', `${offer.codeCgt} has not been in the archive for three months`);
  touchHolders(world, offer);
  world.offers.remove(offer.codeCgt);
  return { ...resultReply(request, 'deleted'), effect: 'updated' };
}
