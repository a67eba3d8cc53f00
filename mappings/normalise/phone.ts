import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js';
import { asTyped, cleanText, type Normalised, type RawText } from './text';

/** Between several numbers typed into one field. */
const SEPARATORS = /\s*(?:[/;|,]|\s(?:ou|or|et|and|puis)\s)\s*/iu;
/** Fewest and most digits of something that a person could still dial (E.164 allows 15). */
const DIALLABLE = { fewest: 6, most: 15 };

/**
 * E.164 when the text is one number that is valid in `region` (ISO alpha-2; FR when the code is unknown) or
 * international.
 *
 * When a number can only be had by leaving something out (an extension, a second number, words around it), the first
 * one is sent and noted as `malformed`. What has 6 to 15 digits and is no valid number is kept as typed, cleaned, with
 * the same note: a person can still read it. Anything else (`NC`, `-`, two digits) is left out with that note.
 */
export function normalisePhone(raw: RawText, region: string): Normalised {
  if (raw === undefined || raw === null) return { value: raw };
  const text = cleanText(raw);
  if (text === '') return { value: null };
  const country = knownRegion(region);

  const whole = parse(text.replace(/^tel:\s*/iu, ''), country, 'whole');
  if (whole !== null)
    return whole.ext ? { value: whole.number, note: 'malformed' } : asTyped(raw, whole.number);

  for (const part of text.split(SEPARATORS)) {
    const found = parse(part, country, 'within') ?? parse(digitsOnly(part), country, 'whole');
    if (found !== null) return { value: found.number, note: 'malformed' };
  }
  return { value: isDiallable(text) ? text : undefined, note: 'malformed' };
}

function parse(text: string, country: CountryCode, where: 'whole' | 'within'): PhoneNumber | null {
  const found = parsePhoneNumberFromString(text, { defaultCountry: country, extract: where === 'within' });
  return found?.isValid() ? found : null;
}

/** The leading number of `01 23 45 67 89 poste 12`, which the parser gives up on. */
function digitsOnly(text: string): string {
  return /^[^\d+]*(\+?[\d\s().-]+)/u.exec(text)?.[1]?.trim() ?? '';
}

function isDiallable(text: string): boolean {
  const digits = text.replace(/\P{Nd}/gu, '').length;
  return digits >= DIALLABLE.fewest && digits <= DIALLABLE.most;
}

function knownRegion(region: string): CountryCode {
  const code = region.toUpperCase();
  return isSupportedCountry(code) ? code : 'FR';
}
