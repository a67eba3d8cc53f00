import type { JsonObject } from '../core/value-path';
import type { PivotDocument } from './document';
import type { PivotKey } from './keys';
import { ARCHIVED, MEDIA_TYPE, type PivotOffer, type PivotReport, type PivotSpec } from './offer';
import type { OfferView } from './offer-book';
import { FIELD, LINK } from './urns';
import type { PivotWorld } from './world';

export type Content = 0 | 1 | 2 | 3 | 4;

/** How a reply shows offers. */
export interface Showing {
  content: Content;
  view: OfferView;
  /** Decides which marketing text is shown; null on routes without a key. */
  key: PivotKey | null;
  /** Where this server was called, for the addresses of files. */
  base: string;
  /** `nofmt`: texts without their markup. */
  texts: 'as-stored' | 'plain';
}

/** Members that XML writes as attributes (documented by the schema). */
export const OFFER_ATTRIBUTES = {
  offres: ['count', 'itemsPerPage', 'pagesCount', 'token'],
  offre: ['codeCgt', 'dateCreation', 'dateModification', 'operation'],
  typeOffre: ['idTypeOffre'],
  estActiveUrn: ['urn'],
  visibiliteUrn: ['urn'],
  paysUrn: ['urn'],
  provinceUrn: ['urn'],
  userGlobalCreation: ['idUserglobal'],
  parcNaturel: ['idPn'],
  organisme: ['idMdt'],
  localite: ['lang'],
  commune: ['lang'],
  label: ['lang'],
  valueLabel: ['lang'],
  spec: ['urn'],
  relOffre: ['urn'],
  relOffreTgt: ['urn'],
  status: ['idStatus'],
  report: ['idStatus'],
} as const satisfies PivotDocument['attributes'];

/** The root of every answer with offers. An empty list is `null` or absent in JSON, as the options say. */
export function offersDocument(
  world: PivotWorld,
  offers: readonly JsonObject[],
  counts: JsonObject = { count: offers.length },
): PivotDocument {
  const list = offers.length > 0 ? { offre: offers } : emptyList(world, 'offre', 'offres');
  return { root: 'offres', members: { ...counts, ...list }, attributes: OFFER_ATTRIBUTES };
}

/** An offer as a reply shows it at a content level (documented levels; what exactly 1 and 4 hold is assumed). */
export function offerForm(world: PivotWorld, offer: PivotOffer, showing: Showing): JsonObject {
  const { content } = showing;
  const head = offerHead(world, offer);
  if (content === 0) return head;
  const summary = {
    ...head,
    nom: offer.nom ?? undefined,
    estActive: offer.estActive,
    estActiveUrn: { urn: `urn:val:etatedit:${offer.estActive}` },
    visibilite: offer.visibilite ?? 10,
    adresse1: offer.adresse1,
    adresse2: offer.adresse2,
    ...(offer.operator === undefined ? {} : { userGlobalCreation: { idUserglobal: offer.operator } }),
  };
  const isSummary = content === 1 || content === 4;
  const whole = {
    ...summary,
    ...(isSummary
      ? { relOffre: relations(world, offer, showing, (urn) => urn === LINK.defaultMedia) }
      : {
          ...listMember(world, offer, 'spec', specs(offer, showing)),
          ...listMember(
            world,
            offer,
            'relOffre',
            relations(world, offer, showing, () => true),
          ),
          ...listMember(world, offer, 'relOffreTgt', reverseRelations(world, offer, showing)),
        }),
  };
  return damaged(offer, whole);
}

/** Content level 0: code, dates, type. */
export function offerHead(world: PivotWorld, offer: PivotOffer): JsonObject {
  return {
    codeCgt: offer.codeCgt,
    dateCreation: world.shownDate(offer.dateCreation),
    dateModification: world.shownDate(offer.dateModification),
    typeOffre: { idTypeOffre: offer.typeOffre.idTypeOffre },
  };
}

/** The report that comes with each write, and from `/audit`. */
export function auditForm(world: PivotWorld, offer: PivotOffer): JsonObject {
  const reports = offer.audit ?? [];
  const errors = reports.filter((report) => report.idStatus.startsWith('ERR')).length;
  const score = Math.max(0, 100 - 20 * errors - 5 * (reports.length - errors));
  const status =
    errors > 0
      ? reportForm({ idStatus: 'ERR0000', message: 'Enregistré, avec des erreurs.' })
      : reportForm({ idStatus: 'OK0000', message: 'Enregistré.' });
  return {
    ...offerHead(world, offer),
    estActive: offer.estActive,
    audit: { score, status, report: reports.length > 0 ? reports.map(reportForm) : undefined },
  };
}

function reportForm({ idStatus, message, context }: PivotReport): JsonObject {
  return { idStatus, message: [{ value: message }], context };
}

function listMember(world: PivotWorld, offer: PivotOffer, name: string, list: JsonObject[]): JsonObject {
  return list.length > 0 ? { [name]: list } : emptyList(world, name, offer.codeCgt);
}

function emptyList(world: PivotWorld, name: string, of: string): JsonObject {
  const form = world.options.emptyLists ?? 'mixed';
  const turn = [...of].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), name.length) % 3;
  const chosen = form === 'mixed' ? (['absent', 'null', 'empty'] as const)[turn] : form;
  if (chosen === 'null') return { [name]: null };
  return chosen === 'empty' ? { [name]: [] } : {};
}

function specs(offer: PivotOffer, { key, base, texts }: Showing): JsonObject[] {
  const stored = offer.spec ?? [];
  const marketing = key ? marketingTexts(stored, key.scope) : [];
  const replaced = new Set(marketing.map((spec) => spec.urn));
  const shown = [...stored.filter((spec) => !replaced.has(spec.urn)), ...marketing];
  return shown.map((spec, place) => {
    const value = (spec.value ?? '').replaceAll('{base}', base);
    const order = (place + 1) * 10;
    return { ...categoryOf(spec), order, ...spec, value: texts === 'plain' ? withoutMarkup(value) : value };
  });
}

const MARKETING = /^((?:nl|en|de):)?urn:fld:descmarket(10|20|30)$/;

/**
 * `urn:fld:descmarket` is computed: the text of the key's own scope (documented); where there is none, the text of the
 * widest other scope (assumed).
 */
function marketingTexts(stored: readonly PivotSpec[], scope: number): PivotSpec[] {
  const best = new Map<string, { scope: number; spec: PivotSpec }>();
  for (const spec of stored) {
    const [, language = '', own] = MARKETING.exec(spec.urn) ?? [];
    if (own === undefined || !spec.value) continue;
    const rank = Number(own) === scope ? 100 : Number(own);
    if (rank <= (best.get(language)?.scope ?? 0)) continue;
    best.set(language, { scope: rank, spec: { ...spec, urn: `${language}${FIELD.marketing}` } });
  }
  return [...best.values()].map(({ spec }) => spec);
}

/** Category and sub-category of a field, enough of them to be real. */
function categoryOf({ urn }: PivotSpec): JsonObject {
  if (urn.includes('filtcat')) return { urnCat: 'urn:cat:ident', urnSubCat: 'urn:cat:ident:filtre' };
  if (urn.includes(':cirkwi:')) return { urnCat: 'urn:cat:cirkwi', urnSubCat: 'urn:cat:cirkwi:tags' };
  if (urn.includes('descmarket'))
    return { urnCat: 'urn:cat:descmarket', urnSubCat: 'urn:cat:descmarket:desc' };
  if (urn.includes('nomofr')) return { urnCat: 'urn:cat:ident', urnSubCat: 'urn:cat:ident:denom' };
  return { urnCat: 'urn:cat:resume', urnSubCat: 'urn:cat:resume:resume' };
}

/** Relations to what is archived are not shown (documented: archived offers vanish). */
function relations(
  world: PivotWorld,
  offer: PivotOffer,
  showing: Showing,
  isWanted: (urn: string) => boolean,
): JsonObject[] {
  return (offer.relOffre ?? []).flatMap(({ urn, offre }) => {
    const target = showing.view.get(offre.codeCgt);
    if (!isWanted(urn) || target?.estActive === ARCHIVED) return [];
    return { urn, offre: target ? linkedForm(world, target, showing) : { codeCgt: offre.codeCgt } };
  });
}

/** The links that point here, as far as their holders are not archived; always as codes and dates. */
function reverseRelations(world: PivotWorld, offer: PivotOffer, { view }: Showing): JsonObject[] {
  return view
    .linksTo(offer.codeCgt)
    .filter(({ source }) => source.estActive !== ARCHIVED)
    .map(({ urn, source }) => ({ urn, offre: offerHead(world, source) }));
}

/** At level 2 code and dates; else the offer itself, without its own relations (assumed: one step, no further). */
function linkedForm(world: PivotWorld, target: PivotOffer, showing: Showing): JsonObject {
  if (showing.content === 2) return offerHead(world, target);
  const { relOffre: _relations, broken: _broken, ...plain } = target;
  const form = offerForm(world, plain, { ...showing, content: 2 });
  const { relOffreTgt: _reverse, relOffre: _none, ...own } = form;
  return own;
}

function withoutMarkup(text: string): string {
  return text.replace(/<[^>]*>/g, '');
}

function damaged({ broken }: PivotOffer, form: JsonObject): JsonObject {
  switch (broken) {
    case 'spec-text':
      return { ...form, spec: 'voir annexe' };
    case 'type-text':
      return { ...form, typeOffre: { idTypeOffre: 'itinéraire' } };
    case 'no-code': {
      const { codeCgt: _code, ...others } = form;
      return others;
    }
    default:
      return form;
  }
}

/** True for a media whose file is a track. */
export function isTrackMedia(offer: PivotOffer): boolean {
  if (offer.typeOffre.idTypeOffre !== MEDIA_TYPE) return false;
  const value = (urn: string): string => offer.spec?.find((spec) => spec.urn === urn)?.value ?? '';
  return value(FIELD.mediaKind).endsWith(':gpx') || value(FIELD.mediaUrl).toLowerCase().endsWith('.gpx');
}
