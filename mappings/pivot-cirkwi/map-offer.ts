import type { FieldNote, Fields } from '../fields';
import { cleanText } from '../normalise/text';
import { normaliseUrl } from '../normalise/url';
import type { CirkwiObject } from './cirkwi-object';
import { distinctCodes, type UnknownCode } from './code-lists/code-list';
import { poiCategory } from './code-lists/poi-categories';
import { hasNoTag, publicTag } from './code-lists/public-tags';
import { mapLocomotions } from './map-locomotions';
import { mapPlace } from './map-place';
import { mapImages, mapTexts } from './map-texts';
import { type Notes, note, storable, wholeNumber } from './mapping-notes';
import { objectFields } from './object-fields';
import { ITINERARY_TYPE, type Offer } from './offer';
import { tracksOf } from './offer-media';
import type { Publication } from './publication-rule';
import { OfferReason } from './reasons';

export interface OfferMappingRules {
  publication: Pick<Publication, 'tagCirkwi' | 'tagNetwork'>;
  /** The checked GPX in our store, by content hash, with the date of its media (ISO 8601). Null: none yet. */
  track: { hash: string; modifiedAt: string | null } | null;
  /** ISO 3166 alpha-2, for places that name no country. */
  defaultCountry?: string;
}

/** An offer in Cirkwi's terms. */
export interface MappedOffer {
  object: CirkwiObject;
  /** The object for plans and audit; see `objectFields`. */
  fields: Fields;
  /** Codes that no list knows, each once: their fields are left out. */
  unknownCodes: UnknownCode[];
  notes: FieldNote[];
  /** Why the offer cannot be published at all: the record is refused. */
  problems: { field: string; reason: OfferReason }[];
  /** What people may want to know about an offer that is published all the same: no track, several tracks. */
  remarks: OfferReason[];
}

/**
 * The object that stands for an offer in the feed: an itinerary is a circuit, anything else a POI. Pure and total: it
 * answers for every offer the schema admits and never throws; the order in which PIVOT tells specs and relations does
 * not matter. Nothing in it names PIVOT's own address of a track (settled question 21).
 */
export function mapOffer(offer: Offer, rules: OfferMappingRules): MappedOffer {
  const notes: Notes = [];
  const informations = mapTexts(offer, notes);
  const { images, media } = mapImages(offer, notes);
  const themes = offer.themes.filter((theme) => !hasNoTag(theme));
  const tags = listed(themes, publicTag, 'public-tags');
  const isCircuit = offer.type === ITINERARY_TYPE;
  const code = cleanText(offer.code) || offer.code;
  const changes = [offer.modifiedAt, ...media.map((one) => one.modifiedAt)];
  if (isCircuit && rules.track !== null) changes.push(rules.track.modifiedAt);

  const common = {
    code,
    ...datesOf(offer.createdAt, changes),
    shownOnCirkwi: rules.publication.tagCirkwi,
    shownOnNetwork: rules.publication.tagNetwork,
    informations,
    images,
    publicTags: tags.entries,
    // Cirkwi may not echo our codes: by this tag an object is known as ours all the same (settled question 19).
    privateTags: [code],
    address: mapPlace(offer.start, rules.defaultCountry, notes),
    website: websiteOf(offer.website, notes),
  };
  const own = isCircuit ? circuitOf(offer, rules, notes) : poiOf(offer);
  const object: CirkwiObject = { ...common, ...own.part };

  return {
    object,
    fields: objectFields(object),
    unknownCodes: distinctCodes([...tags.unknown, ...own.unknown]).map((one) => ({
      ...one,
      code: storable(one.code),
    })),
    notes,
    problems: informations[0]?.title ? [] : [{ field: 'title.fr', reason: OfferReason.missingName }],
    remarks: isCircuit ? trackRemarks(offer, rules) : [],
  };
}

function circuitOf(offer: Offer, rules: OfferMappingRules, notes: Notes) {
  const { locomotions, unknown } = mapLocomotions(offer, notes);
  const metres = (raw: number | null, field: string) => wholeNumber(raw, { field, notes });
  const part = {
    kind: 'circuit' as const,
    // An empty form and a walk of no length look the same in PIVOT.
    distanceM: wholeNumber(offer.distanceKm, { field: 'distance', notes, factor: 1000, min: 0 }) || null,
    accessibility: offer.access,
    track: rules.track?.hash ?? null,
    locomotions,
    altitudeMinM: metres(offer.altitudeMinM, 'altitude_minimum'),
    altitudeMaxM: metres(offer.altitudeMaxM, 'altitude_maximum'),
    climbM: unsigned(metres(offer.climbM, 'denivele_positif')),
    descentM: unsigned(metres(offer.descentM, 'denivele_negatif')),
  };
  return { part, unknown };
}

function poiOf(offer: Offer) {
  const { entries, unknown } = listed([offer.type], poiCategory, 'poi-categories');
  return { part: { kind: 'poi' as const, categories: entries }, unknown };
}

/** The entries of one of Cirkwi's lists, each once and in the order of their ids, and the codes that have none. */
function listed<Code extends string | number>(
  codes: readonly Code[],
  entryOf: (code: Code) => { id: number; name: string } | null,
  list: UnknownCode['list'],
): { entries: { id: number; name: string }[]; unknown: UnknownCode[] } {
  const entries = new Map<number, { id: number; name: string }>();
  const unknown: UnknownCode[] = [];
  for (const code of codes) {
    const entry = entryOf(code);
    if (entry === null) unknown.push({ list, code: String(code) });
    else entries.set(entry.id, { id: entry.id, name: entry.name });
  }
  return { entries: [...entries.values()].sort((a, b) => a.id - b.id), unknown };
}

/**
 * Unix seconds. Modified: the latest of the offer, the photos that are used and the track, because a file replaced
 * inside its media does not touch the offer's own date. A date that nobody gives is the other one, else 0.
 */
function datesOf(
  createdAt: string | null,
  changes: readonly (string | null)[],
): { createdAt: number; modifiedAt: number } {
  const created = unixSeconds(createdAt);
  const changed = changes.map(unixSeconds).filter((time) => time !== null);
  const modified = changed.length === 0 ? created : Math.max(...changed);
  return { createdAt: created ?? modified ?? 0, modifiedAt: modified ?? 0 };
}

/** Only times with an offset: the others would read differently on another machine. */
function unixSeconds(iso: string | null): number | null {
  if (iso === null || !/T.*(?:Z|[+-]\d{2}:?\d{2})$/u.test(iso)) return null;
  const time = Math.floor(Date.parse(iso) / 1000);
  return time >= 0 ? time : null; // null for NaN too
}

function websiteOf(raw: string | null, notes: Notes): string | null {
  const { value, note: code } = normaliseUrl(raw);
  if (code !== undefined) note(notes, 'lien', code, raw ?? '', value ?? null);
  return value ?? null;
}

function trackRemarks(offer: Offer, rules: OfferMappingRules): OfferReason[] {
  const tracks = tracksOf(offer).length;
  if (tracks > 1) return [OfferReason.severalTracks];
  return tracks === 0 && rules.track === null ? [OfferReason.noTrack] : [];
}

/** PIVOT's climbs are positive both ways; one that bears a sign means the same. */
function unsigned(metres: number | null): number | null {
  return metres === null ? null : Math.abs(metres);
}
