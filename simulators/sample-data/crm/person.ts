import type { MauticContact } from '../../mautic/state';
import type { WeavyRow } from '../../weavy/state';
import type { ContactSpecial, CrmSlot } from './slots';
import { contactMoment, type Moments, mauticTime, momentsOf, weavyTime } from './times';
import {
  firstNameAt,
  JOB_TITLES,
  LAST_NAMES,
  LONG_JOB_TITLE,
  lastNameAt,
  plainLetters,
  somePlace,
  UNKNOWN_COUNTRY,
} from './words';

/** What both sides say about a person when they agree, each in its own spelling. */
export interface Person {
  weavy: WeavyRow['fields'];
  mautic: MauticContact['fields'];
  moments: Moments;
}

/** Interests that can be chosen from in Mautic. */
export const INTERESTS = ['salons', 'formation', 'nouveautes', 'promotions'] as const;

const ACCENTED = { firstName: 'Zoé-Éloïse', lastName: 'Çà-Exemplaire', city: 'Mœurs-la-Nœuvre' };

/** Mautic's number of the person at this place: every 21st number is an anonymous visitor's. */
export function mauticContactId(position: number): number {
  return position + 1 + Math.floor(position / 20);
}

export function weavyContactCode({ position, special }: CrmSlot<ContactSpecial>): string {
  const number = String(position + 1).padStart(6, '0');
  if (special === 'codeWithSpace') return `C ${number}`;
  return special === 'codeWithSlash' ? `C/${number}` : `C-${number}`;
}

/** An e-mail of the person at this place, unless `special` takes that of another: see `personOf`. */
function emailOf({ position, special }: CrmSlot<ContactSpecial>): string | null {
  if (special === 'noEmail') return null;
  if (special === 'apostrophe') return `p${position + 1}.o'neil@fictiva.example`;
  // The person before is known to both sides (J16).
  if (special === 'emailTwiceInWeavy') return plainEmail(position - 1);
  // Both of a pair stand on weavy alone, four places apart (J17).
  if (special === 'newEmailTwice') return `pair-${Math.floor(position / 8)}@fictiva.example`;
  return plainEmail(position);
}

function plainEmail(position: number): string {
  const name = [firstNameAt(position), lastNameAt(position)].map(plainLetters);
  return `${name.join('.')}.${position + 1}@client-${position % 7}.example`;
}

/** The person of a slot on both sides, with what is special about it; each side is used only where it is known. */
export function personOf(slot: CrmSlot<ContactSpecial>): Person {
  const person = cleanPerson(slot);
  return {
    ...withDifference(person, slot),
    moments: momentsOf(contactMoment(slot.position), slot.position, laterSide(slot.special)),
  };
}

function cleanPerson(slot: CrmSlot<ContactSpecial>): Pick<Person, 'weavy' | 'mautic'> {
  const { position, special, random } = slot;
  const place = somePlace(random);
  const email = emailOf(slot);
  const number = () =>
    `${place.phonePrefix} ${digits(random.below(10 ** place.phoneDigits), place.phoneDigits)}`;
  const isAccented = special === 'accents';
  const firstName = isAccented ? ACCENTED.firstName : firstNameAt(position);
  const lastName = isAccented ? ACCENTED.lastName : random.pick(LAST_NAMES);
  const jobTitle = special === 'tooLongForMautic' ? LONG_JOB_TITLE : random.pick(JOB_TITLES);
  const phone = number();
  const mobile = position % 3 === 0 ? number() : null;
  const city = isAccented ? ACCENTED.city : place.city;
  const interests =
    position % 5 === 0 ? `${INTERESTS[0]}|${random.pick(INTERESTS.slice(1) as OneOrMore)}` : null;
  const newsletter = position % 2 === 0;
  const meeting = position % 6 === 0 ? contactMoment(position) - 30 * 86_400_000 : null;
  return {
    weavy: {
      email,
      firstName,
      lastName,
      jobTitle,
      phoneNumber: phone,
      mobilePhoneNumber: mobile,
      postalCode: place.postalCode,
      city,
      generictype_ID_country: special === 'unknownCountry' ? UNKNOWN_COUNTRY : place.countryCode,
      baseculture_ID: place.culture,
      spe_newsletter: newsletter,
      spe_interets: interests,
      spe_dernierRendezVous: meeting === null ? null : `${weavyTime(meeting).slice(0, 16)}:00`,
    },
    mautic: {
      email,
      firstname: firstName,
      lastname: lastName,
      position: jobTitle.length > 64 ? null : jobTitle,
      phone,
      mobile,
      zipcode: place.postalCode,
      city,
      country: special === 'unknownCountry' ? null : place.countryName,
      preferred_locale: place.locale,
      newsletter,
      interests,
      last_meeting: meeting === null ? null : weavyTime(meeting).slice(0, 16).replace('T', ' '),
    },
  };
}

/** `slice` forgets that some are left. */
type OneOrMore = [string, ...string[]];

function withDifference({ weavy, mautic }: Pick<Person, 'weavy' | 'mautic'>, slot: CrmSlot<ContactSpecial>) {
  switch (slot.special) {
    case 'emailOtherCase':
      return { weavy, mautic: { ...mautic, email: String(mautic.email).toUpperCase() } };
    case 'weavyLater':
    case 'mauticLater':
    case 'sameSecond':
      return { weavy, mautic: { ...mautic, position: 'Ancien poste', city: 'Autreville' } };
    case 'weavyBlank':
      return { weavy: { ...weavy, jobTitle: null, phoneNumber: '' }, mautic };
    case 'mauticBlank':
      return { weavy, mautic: { ...mautic, position: null, phone: '' } };
    case 'phoneOtherSpelling':
      return { weavy, mautic: { ...mautic, phone: respelled(String(mautic.phone)) } };
    case 'bouncedAndDated':
      return { weavy: { ...weavy, bouncedEmailDetected: '2025-04-11T10:00:00' }, mautic };
    default:
      return { weavy, mautic };
  }
}

/** The same number with points in place of spaces. */
export function respelled(phone: string): string {
  return phone.replaceAll(' ', '.');
}

function laterSide(special: ContactSpecial | null): 'weavy' | 'mautic' | 'neither' | null {
  if (special === 'weavyLater') return 'weavy';
  if (special === 'mauticLater') return 'mautic';
  return special === 'sameSecond' ? 'neither' : null;
}

export function digits(number: number, length: number): string {
  return String(number).padStart(length, '0');
}

const REASONS: Partial<Record<ContactSpecial, number>> = {
  unsubscribed: 1,
  bounced: 2,
  bouncedAndDated: 2,
  manual: 3,
};

/** `tiers`: the code of the company in weavy. */
export function weavyContactOf(
  slot: CrmSlot<ContactSpecial>,
  person: Person,
  tiers: string | null,
): WeavyRow {
  return {
    id: weavyContactCode(slot),
    fields: { ...person.weavy, customer_ID: tiers },
    srvDateUTC: weavyTime(person.moments.weavyMs),
  };
}

/** `company`: its number in Mautic. */
export function mauticContactOf(
  slot: CrmSlot<ContactSpecial>,
  { mautic, moments }: Person,
  company: number | null,
): MauticContact {
  const reason = slot.special === null ? undefined : REASONS[slot.special];
  const added = moments.neverEditedInMautic ? moments.mauticMs : moments.mauticMs - 90 * 86_400_000;
  return {
    id: mauticContactId(slot.position),
    fields: mautic,
    dateAdded: mauticTime(added),
    dateModified: moments.neverEditedInMautic ? null : mauticTime(moments.mauticMs),
    dateIdentified: mauticTime(added),
    doNotContact: reason === undefined ? [] : [{ reason, channel: 'email' }],
    tags: slot.special === 'tagged' ? ['crm'] : [],
    segments: slot.position % 10 === 7 ? ['prospects'] : [],
    companies: company === null ? [] : [{ id: company, primary: true }],
    points: (slot.position * 7) % 50,
  };
}

/** A visitor of a website that left no name. */
export function anonymousVisitor(number: number): MauticContact {
  const seen = mauticTime(contactMoment(number * 20));
  return { id: number * 21 + 21, fields: {}, dateAdded: seen, dateModified: seen, points: 1 };
}

/** What the public connector left behind: an Entrant named after Mautic's number. */
export function leftOverEntrant(slot: CrmSlot<ContactSpecial>, { mautic, moments }: Person): WeavyRow {
  return {
    id: `lead${mauticContactId(slot.position)}`,
    fields: { email: mautic.email ?? null, lastName: mautic.lastname ?? null },
    srvDateUTC: weavyTime(moments.mauticMs - 3_600_000),
  };
}
