import * as countries from 'i18n-iso-countries';
import type { CirkwiAddress } from './cirkwi-object';
import { type Notes, note, textOf, wholeNumber } from './mapping-notes';
import { LANGUAGES, type OfferPlace } from './offer';

/** Decimals of a degree, as other producers of the feed round them (documented): about a centimetre. */
const DECIMALS = 7;

/** The offer's place, the start of an itinerary. PIVOT's INS code goes where the schema has `code_insee` (assumed). */
export function mapPlace(
  place: OfferPlace | null,
  defaultCountry: string | undefined,
  notes: Notes,
): CirkwiAddress | null {
  if (place === null) return null;
  const text = (raw: string | null | undefined, field: string) => textOf(raw, `adresse.${field}`, notes);
  const language = LANGUAGES.find((one) => (place.town[one] ?? '').trim() !== '');

  return {
    number: text(place.number, 'num'),
    street: text(place.street, 'rue'),
    town: language === undefined ? null : text(place.town[language], 'ville'),
    postcode: text(place.postcode, 'cp'),
    insCode: text(place.insCode, 'code_insee'),
    country: countryOf(place.country, defaultCountry, notes),
    position: positionOf(place, notes),
    altitudeM: wholeNumber(place.altitudeM, { field: 'adresse.altitude', notes }),
  };
}

function countryOf(
  raw: string | null,
  defaultCountry: string | undefined,
  notes: Notes,
): CirkwiAddress['country'] {
  const code = raw?.trim().toUpperCase() || defaultCountry;
  if (code === undefined) return null;
  const name = countries.getName(code, 'fr');
  if (name !== undefined) return { code, name };
  note(notes, 'adresse.pays', 'unknown-value', code, null);
  return null;
}

/** Both or none. 0/0 lies in the sea off Africa: forms that were left empty say so. */
function positionOf({ latitude, longitude }: OfferPlace, notes: Notes): CirkwiAddress['position'] {
  if (latitude === null || longitude === null) return null;
  const isOnEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180; // false for NaN
  if (isOnEarth && (latitude !== 0 || longitude !== 0)) {
    return { latitude: rounded(latitude), longitude: rounded(longitude) };
  }
  note(notes, 'adresse.position', 'malformed', `${latitude} ${longitude}`, null);
  return null;
}

function rounded(degrees: number): number {
  return Number(degrees.toFixed(DECIMALS)) + 0; // + 0: no negative zero
}
