import { instantOf } from './brussels-time';
import type { Criterion, Operator, PivotSearch } from './criteria';
import { ARCHIVED, type PivotOffer, specValue } from './offer';
import type { OfferView } from './offer-book';
import { FIELD } from './urns';

type Parameters = ReadonlyMap<string, string>;

/** What a search looks at. `storedQuery` throws a refusal for a code that the caller may not use. */
export interface SearchGround {
  offers: OfferView;
  storedQuery(id: string): PivotSearch;
}

/** Every offer that a search finds, without an order. Archived offers are never found (documented). */
export function found(search: PivotSearch, parameters: Parameters, ground: SearchGround): PivotOffer[] {
  const matches = matcher(search.criteria, parameters, ground);
  const hits: PivotOffer[] = [];
  for (const offer of ground.offers.all()) {
    if (offer.estActive !== ARCHIVED && (matches === null || matches(offer))) hits.push(offer);
  }
  return search.exportLinks ? linked(hits, search.exportLinks, ground.offers) : hits;
}

function linked(
  hits: readonly PivotOffer[],
  { urn, reverse }: { urn: string; reverse: boolean },
  offers: OfferView,
): PivotOffer[] {
  const ends = hits.flatMap((hit) =>
    reverse
      ? offers.linksTo(hit.codeCgt).flatMap((link) => (link.urn === urn ? link.source : []))
      : (hit.relOffre ?? []).flatMap((link) =>
          link.urn === urn ? (offers.get(link.offre.codeCgt) ?? []) : [],
        ),
  );
  return [...new Set(ends)].filter((offer) => offer.estActive !== ARCHIVED);
}

type Matches = (offer: PivotOffer) => boolean;

/** Null = the criterion does not count, because a parameter in it was given no value (documented). */
function matcher(criterion: Criterion, parameters: Parameters, ground: SearchGround): Matches | null {
  switch (criterion.kind) {
    case 'group':
      return groupMatcher(criterion, parameters, ground);
    case 'query': {
      const stored = ground.storedQuery(criterion.id);
      const codes = new Set(found(stored, criterion.parameters, ground).map((offer) => offer.codeCgt));
      return (offer) => codes.has(offer.codeCgt);
    }
    case 'basket': {
      const codes = new Set(criterion.codes.map((code) => code.toUpperCase()));
      return (offer) => codes.has(offer.codeCgt.toUpperCase());
    }
    case 'link':
      return (offer) => hasLink(offer, criterion, ground.offers) === criterion.exists;
    case 'near':
      return nearMatcher(criterion, parameters);
    case 'field': {
      const values = filled(criterion.values, parameters);
      return values && ((offer) => fieldMatches(offer, criterion, values));
    }
  }
}

function groupMatcher(
  group: Extract<Criterion, { kind: 'group' }>,
  parameters: Parameters,
  ground: SearchGround,
): Matches | null {
  const parts = group.parts.map((part) => matcher(part, parameters, ground)).filter((part) => part !== null);
  if (parts.length === 0) return null;
  return group.type === 'and'
    ? (offer) => parts.every((part) => part(offer))
    : (offer) => parts.some((part) => part(offer));
}

/** `${name}` gives way to the parameter's value, or values parted by `|`. */
function filled(values: readonly string[], parameters: Parameters): string[] | null {
  const result: string[] = [];
  for (const value of values) {
    const name = /^\$\{(.+)\}$/.exec(value)?.[1];
    const given = name === undefined ? value : parameters.get(name);
    if (given === undefined) return null;
    result.push(...(name === undefined ? [given] : given.split('|')));
  }
  return result;
}

function nearMatcher(
  { latitude, longitude, radiusKm }: Extract<Criterion, { kind: 'near' }>,
  parameters: Parameters,
): Matches | null {
  const given = filled([latitude, longitude, radiusKm], parameters)?.map(Number);
  if (!given) return null;
  const [lat = 0, lon = 0, radius = 0] = given;
  return ({ adresse1 }) => {
    const north = (Number(adresse1?.latitude ?? Number.NaN) - lat) * 111.32;
    const east = (Number(adresse1?.longitude ?? Number.NaN) - lon) * 111.32 * Math.cos((lat * Math.PI) / 180);
    return Math.hypot(north, east) <= radius;
  };
}

/** `parent` looks at the relations that the offer holds, `child` at those that point to it (assumed reading). */
function hasLink(
  offer: PivotOffer,
  { urn, target }: Extract<Criterion, { kind: 'link' }>,
  offers: OfferView,
): boolean {
  const holds = (offer.relOffre ?? []).some((link) => link.urn === urn);
  if (target === 'parent' || (target === 'both' && holds)) return holds;
  return offers.linksTo(offer.codeCgt).some((link) => link.urn === urn);
}

function fieldMatches(
  offer: PivotOffer,
  { field, operator, target }: Extract<Criterion, { kind: 'field' }>,
  values: readonly string[],
): boolean {
  if (target === 'type') return (offer.spec ?? []).some((spec) => values.includes(spec.urn));
  const held = target === 'value' ? heldValues(offer, field) : heldValues(offer, TARGET_FIELD[target]);
  return compares(held, operator, values);
}

const TARGET_FIELD = { status: FIELD.state, datemod: FIELD.modified, datecre: FIELD.created } as const;

/** The value of a field, in each form in which it may be asked for; none when the offer does not have it. */
function heldValues(offer: PivotOffer, field: string): string[] {
  switch (field) {
    case FIELD.type:
      return [String(offer.typeOffre.idTypeOffre), `urn:typ:${offer.typeOffre.idTypeOffre}`];
    case FIELD.state:
      return [String(offer.estActive), `urn:val:etatedit:${offer.estActive}`];
    case FIELD.code:
      return [offer.codeCgt];
    case FIELD.name:
      return offer.nom ? [offer.nom] : [];
    case FIELD.modified:
      return [offer.dateModification];
    case FIELD.created:
      return [offer.dateCreation];
    case FIELD.visibility:
      return offer.visibilite === undefined ? [] : [String(offer.visibilite)];
    default: {
      const value = specValue(offer, field);
      return value === null || value === '' ? [] : [value];
    }
  }
}

function compares(held: readonly string[], operator: Operator, values: readonly string[]): boolean {
  const [first = '', second = ''] = values;
  const some = (test: (value: string) => boolean): boolean => held.some(test);
  switch (operator) {
    case 'exist':
      return held.length > 0;
    case 'dontexist':
      return held.length === 0;
    case 'equal':
      return some((value) => value === first);
    case 'notequal':
      return !some((value) => value === first);
    case 'in':
      return some((value) => values.includes(value));
    case 'like':
      return some((value) => like(value, first));
    case 'notlike':
      return !some((value) => like(value, first));
    case 'lesser':
      return some((value) => order(value, first) < 0);
    case 'lesserequal':
      return some((value) => order(value, first) <= 0);
    case 'greater':
      return some((value) => order(value, first) > 0);
    case 'greaterequal':
      return some((value) => order(value, first) >= 0);
    case 'between':
      return some((value) => order(value, first) >= 0 && order(value, second) <= 0);
  }
}

/** Without case; `%` stands for anything at either end, and is understood when it is not there (assumed). */
function like(value: string, pattern: string): boolean {
  return value.toLowerCase().includes(pattern.replaceAll('%', '').toLowerCase());
}

/** NaN, which no comparison accepts, when the two are not of one kind. */
function order(value: string, bound: string): number {
  return measure(value) - measure(bound);
}

/** A number, or a date; `dd/MM/yyyy` is the form in which searches give dates (assumed, as in another criterion). */
function measure(text: string): number {
  if (/^[+-]?\d+([.,]\d+)?$/.test(text.trim())) return Number(text.replace(',', '.'));
  const day = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(text);
  return instantOf(day ? `${day[1]}-${day[2]}-${day[3]} 00:00:00` : text) ?? Number.NaN;
}
