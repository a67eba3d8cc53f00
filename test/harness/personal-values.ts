import { normaliseEmail } from '../../mappings/normalise/email';
import { normalisePhone } from '../../mappings/normalise/phone';
import { cleanText } from '../../mappings/normalise/text';
import { normaliseUrl } from '../../mappings/normalise/url';

/** Where both platforms keep what tells of a person or a company. */
const TEXTS = new Set([
  ...['name', 'company', 'position', 'firstname', 'lastname', 'first_name', 'last_name'],
  ...['line1', 'line2', 'city', 'postal_code', 'street', 'street2', 'zipCode', 'country', 'address'],
]);
const EMAILS = new Set(['email']);
const PHONES = new Set(['phone', 'mobilePhone', 'phone_1', 'phone_2']);
const SITES = new Set(['website']);
const REGIONS = ['FR', 'GB', 'DE', 'BE'];

/** A shorter value (`fr`, `Mr`, a stand number) is a part of many words; one of up to six letters is looked for as a word. */
const SHORTEST = 4;
const SHORTEST_ANYWHERE = 7;

/** Every name, address, e-mail and phone number in these records of either platform: as typed, and as we would send it. */
export function personalValues(records: unknown): string[] {
  const found = new Set<string>();
  collect('', records, found);
  return [...found].filter(isTelling);
}

/** Those of the values that a text holds, whatever their letter case. */
export function valuesIn(text: string, values: string[]): string[] {
  const searched = text.toLowerCase();
  return values.filter((value) => {
    const sought = value.toLowerCase();
    if (!searched.includes(sought)) return false;
    return value.length >= SHORTEST_ANYWHERE || asWord(sought).test(searched);
  });
}

function collect(key: string, value: unknown, found: Set<string>): void {
  if (typeof value === 'string') {
    for (const form of formsOf(key, value)) found.add(form);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (name === 'items' || name === 'products') continue; // products have names too, and those are nobody's
    collect(Array.isArray(value) ? key : name, inner, found);
  }
}

function formsOf(key: string, raw: string): string[] {
  const typed = [raw.trim(), cleanText(raw)];
  if (TEXTS.has(key)) return typed;
  if (EMAILS.has(key)) return [...typed, normaliseEmail(raw).value ?? ''];
  if (SITES.has(key)) return [...typed, normaliseUrl(raw).value ?? ''];
  if (PHONES.has(key)) return [...typed, ...REGIONS.map((region) => normalisePhone(raw, region).value ?? '')];
  return [];
}

function isTelling(value: string): boolean {
  const isNumber = /^\d+$/.test(value);
  return value.length >= (isNumber ? SHORTEST_ANYWHERE : SHORTEST);
}

function asWord(value: string): RegExp {
  const literal = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'u');
}
