import { mixedSeed, type SeededRandom, seededRandom } from '../../core/seeded-random';

/** Where a record is known before the first run. */
export type Presence = 'both' | 'weavy' | 'mautic';

/** What is special about a person, in the words of the notes. */
export type ContactSpecial =
  | 'emailOtherCase'
  | 'weavyLater'
  | 'mauticLater'
  | 'weavyBlank'
  | 'mauticBlank'
  | 'phoneOtherSpelling'
  | 'bounced'
  | 'bouncedAndDated'
  | 'unsubscribed'
  | 'manual'
  | 'apostrophe'
  | 'accents'
  | 'tagged'
  | 'codeWithSpace'
  | 'codeWithSlash'
  | 'emailTwiceInWeavy'
  | 'newEmailTwice'
  | 'sameSecond'
  | 'countryCodeAndName'
  | 'unknownCountry'
  | 'tooLongForMautic'
  | 'noEmail'
  | 'leftOverEntrant';

/** What is special about a company. */
export type CompanySpecial =
  | 'companyNameOtherCase'
  | 'companyNameDoubleSpaces'
  | 'companyNameTwice'
  | 'companyWithoutName'
  | 'companyWeavyLater'
  | 'companyMauticLater'
  | 'companyWeavyBlank'
  | 'companyMauticBlank'
  | 'companyPhoneOtherSpelling'
  | 'companySameSecond'
  | 'companyUnknownCountry'
  | 'companyTooLongForMautic'
  | 'companyCodeWithSpace'
  | 'companyCodeWithSlash';

/** A record before its contents. */
export interface CrmSlot<Special> {
  position: number;
  presence: Presence;
  special: Special | null;
  random: SeededRandom;
}

/** Half of all are known to both sides; a quarter stands on each side alone (settled question 41). */
const PRESENCES = ['both', 'weavy', 'both', 'mautic'] as const;

/**
 * Among 120 persons. Even places are known to both; of the odd ones every other is weavy's alone, from 1 on, and every
 * other Mautic's, from 3 on.
 */
const CONTACT_SPECIALS: ReadonlyMap<number, ContactSpecial> = new Map([
  [2, 'emailOtherCase'],
  [4, 'weavyLater'],
  [6, 'mauticLater'],
  [8, 'weavyBlank'],
  [10, 'mauticBlank'],
  [12, 'phoneOtherSpelling'],
  [14, 'bounced'],
  [16, 'unsubscribed'],
  [18, 'manual'],
  [20, 'apostrophe'],
  [22, 'accents'],
  [24, 'tagged'],
  [26, 'codeWithSpace'],
  [28, 'codeWithSlash'],
  [33, 'emailTwiceInWeavy'],
  [36, 'sameSecond'],
  [38, 'sameSecond'],
  [40, 'sameSecond'],
  [41, 'noEmail'],
  [42, 'bouncedAndDated'],
  [43, 'noEmail'],
  [44, 'tooLongForMautic'],
  [45, 'tooLongForMautic'],
  [46, 'unknownCountry'],
  [48, 'countryCodeAndName'],
  [49, 'newEmailTwice'],
  [53, 'newEmailTwice'],
  [57, 'apostrophe'],
  [59, 'apostrophe'],
  [61, 'unknownCountry'],
  [63, 'leftOverEntrant'],
  [67, 'tagged'],
  [71, 'bounced'],
  [77, 'codeWithSlash'],
  [81, 'accents'],
  [83, 'accents'],
  [93, 'emailTwiceInWeavy'],
]);

/** Among 32 companies, on places of the same kinds. */
const COMPANY_SPECIALS: ReadonlyMap<number, CompanySpecial> = new Map([
  [2, 'companyNameOtherCase'],
  [4, 'companyNameDoubleSpaces'],
  [5, 'companyWithoutName'],
  [6, 'companyWeavyLater'],
  [7, 'companyWithoutName'],
  [8, 'companyMauticLater'],
  [10, 'companyWeavyBlank'],
  [12, 'companyMauticBlank'],
  [14, 'companyPhoneOtherSpelling'],
  [16, 'companySameSecond'],
  [17, 'companyNameTwice'],
  [18, 'companyCodeWithSpace'],
  [20, 'companyCodeWithSlash'],
  [22, 'companyUnknownCountry'],
  [24, 'companyTooLongForMautic'],
]);

const CONTACT_CYCLE = 120;
const COMPANY_CYCLE = 32;

export function contactSlot(position: number, seed: number): CrmSlot<ContactSpecial> {
  return slotAt(position, mixedSeed(seed, 1), CONTACT_SPECIALS.get(position % CONTACT_CYCLE) ?? null);
}

export function companySlot(position: number, seed: number): CrmSlot<CompanySpecial> {
  return slotAt(position, mixedSeed(seed, 2), COMPANY_SPECIALS.get(position % COMPANY_CYCLE) ?? null);
}

function slotAt<Special>(position: number, seed: number, special: Special | null): CrmSlot<Special> {
  return {
    position,
    presence: presenceAt(position),
    special,
    random: seededRandom(mixedSeed(seed, position)),
  };
}

export function presenceAt(position: number): Presence {
  return PRESENCES[position % PRESENCES.length] ?? 'both';
}
