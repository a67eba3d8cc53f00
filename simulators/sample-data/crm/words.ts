import type { SeededRandom } from '../../core/seeded-random';
import { FIRST_NAMES, LAST_NAMES, PLACES } from '../words';

export { COMPANY_STEMS, LAST_NAMES } from '../words';

export const JOB_TITLES = [
  'Directrice commerciale',
  'Responsable marketing',
  'Gérant',
  'Acheteuse',
  'Head of sales',
  'Chargé de clientèle',
] as const;

/** Longer than the 64 characters that a text of Mautic holds by default. */
export const LONG_JOB_TITLE =
  'Directrice adjointe des relations avec les exposants, les partenaires et les collectivités';
export const LONG_ADDRESS =
  'Parc d’activités des Prototypes, bâtiment Maquette, troisième étage, porte de gauche, 12 bis';

/** Both spellings of a country and of a language: weavy keeps codes, Mautic English names and locales. */
interface CrmPlace {
  line1: string;
  postalCode: string;
  city: string;
  countryCode: string;
  countryName: string;
  culture: string;
  locale: string;
  phonePrefix: string;
  phoneDigits: number;
}

const COUNTRIES: Readonly<Record<string, Pick<CrmPlace, 'countryName' | 'culture' | 'locale'>>> = {
  FR: { countryName: 'France', culture: 'FR-FR', locale: 'fr_FR' },
  GB: { countryName: 'United Kingdom', culture: 'EN-GB', locale: 'en_GB' },
  DE: { countryName: 'Germany', culture: 'DE-DE', locale: 'de_DE' },
  BE: { countryName: 'Belgium', culture: 'NL-BE', locale: 'nl_BE' },
};

const CRM_PLACES: readonly CrmPlace[] = PLACES.flatMap((place) => {
  const country = COUNTRIES[place.country];
  return country === undefined ? [] : [{ ...place, ...country, countryCode: place.country }];
});

export function somePlace(random: SeededRandom): CrmPlace {
  const place = CRM_PLACES[random.below(CRM_PLACES.length)];
  if (place === undefined) throw new Error('There is no place to live.');
  return place;
}

/** A code that no list of countries knows. */
export const UNKNOWN_COUNTRY = 'ZX';

/** A name as the first part of an e-mail: without accents and signs. */
export function plainLetters(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[^a-zA-Z-]/g, '')
    .toLowerCase();
}

export function firstNameAt(index: number): string {
  return FIRST_NAMES[index % FIRST_NAMES.length] ?? FIRST_NAMES[0];
}

export function lastNameAt(index: number): string {
  return LAST_NAMES[index % LAST_NAMES.length] ?? LAST_NAMES[0];
}
