import * as isoCountries from 'i18n-iso-countries';
import { normaliseCountry } from '../normalise/country';
import type { Side } from './crm-record';

/**
 * Names of Mautic's country field that differ from the everyday English ones (its list is documented; a version that
 * says otherwise shows in the closed list that the instance gives).
 */
const MAUTIC_NAMES: Readonly<Record<string, string>> = {
  BL: 'Saint Barthelemy',
  BN: 'Brunei',
  BQ: 'Bonaire, Saint Eustatius and Saba',
  CI: 'Ivory Coast',
  CN: 'China',
  FK: 'Falkland Islands',
  FM: 'Micronesia',
  GM: 'Gambia',
  GW: 'Guinea Bissau',
  IR: 'Iran',
  LA: 'Laos',
  MD: 'Moldova',
  MF: 'Saint Martin',
  MK: 'Macedonia',
  PS: 'Palestine',
  RE: 'Réunion',
  RU: 'Russia',
  SH: 'Saint Helena, Ascension and Tristan da Cunha',
  SY: 'Syria',
  SZ: 'Swaziland',
  TL: 'East Timor',
  TR: 'Turkey',
  TW: 'Taiwan',
  TZ: 'Tanzania',
  US: 'United States',
  VA: 'Holy See',
  VG: 'Virgin Islands (British)',
  VI: 'Virgin Islands (U.S.)',
};

/** Countries that Mautic's list leaves out (documented): sending one would have the whole record refused. */
const NOT_IN_MAUTIC = new Set('AS CC CW CX FO IM IO NF SX TF UM XK'.split(' '));

const CODES_OF_MAUTIC = new Map(
  Object.entries(MAUTIC_NAMES).map(([code, name]) => [name.toLowerCase(), code]),
);

/** ISO alpha-2 code of what a side holds, a code or a name; null for what names no country (Mautic's `Unknown`, say). */
export function countryCodeOf(side: Side, text: string): string | null {
  const own = side === 'mautic' ? CODES_OF_MAUTIC.get(text.toLowerCase()) : undefined;
  return own ?? normaliseCountry(text).value ?? null;
}

/** Mautic's name for an ISO alpha-2 code, or null when its list has no such country. */
export function mauticCountryOf(code: string): string | null {
  if (NOT_IN_MAUTIC.has(code)) return null;
  return MAUTIC_NAMES[code] ?? isoCountries.getName(code, 'en') ?? null;
}
