import type { MauticCompany } from '../../mautic/state';
import type { WeavyRow } from '../../weavy/state';
import { digits, respelled } from './person';
import type { CompanySpecial, CrmSlot } from './slots';
import { companyMoment, type Moments, mauticTime, momentsOf, weavyTime } from './times';
import { COMPANY_STEMS, LONG_ADDRESS, plainLetters, somePlace, UNKNOWN_COUNTRY } from './words';

/** What both sides say about a company, each in its own spelling. */
export interface Company {
  weavy: WeavyRow['fields'];
  mautic: MauticCompany['fields'];
  moments: Moments;
}

export function mauticCompanyId(position: number): number {
  return position + 1;
}

export function weavyCompanyCode({ position, special }: CrmSlot<CompanySpecial>): string {
  const number = String(position + 1).padStart(5, '0');
  if (special === 'companyCodeWithSpace') return `T ${number}`;
  return special === 'companyCodeWithSlash' ? `T/${number}` : `T-${number}`;
}

/** The company of a slot on both sides, with what is special about it; each side is used only where it is known. */
export function companyOf(slot: CrmSlot<CompanySpecial>): Company {
  return {
    ...withDifference(cleanCompany(slot), slot),
    moments: momentsOf(companyMoment(slot.position), slot.position, laterSide(slot.special)),
  };
}

function nameAt(position: number): string {
  return `${COMPANY_STEMS[position % COMPANY_STEMS.length] ?? COMPANY_STEMS[0]} ${position + 1}`;
}

function cleanCompany({
  position,
  special,
  random,
}: CrmSlot<CompanySpecial>): Pick<Company, 'weavy' | 'mautic'> {
  const place = somePlace(random);
  // The name of the company before, which both sides know, in capitals.
  const name = special === 'companyNameTwice' ? nameAt(position - 1).toUpperCase() : nameAt(position);
  const address =
    special === 'companyTooLongForMautic' ? LONG_ADDRESS : `${1 + random.below(90)} ${place.line1}`;
  const phone = `${place.phonePrefix} ${digits(random.below(1000), place.phoneDigits)}`;
  const email = `contact@${plainLetters(nameAt(position))}-${position + 1}.example`;
  const siret = position % 3 === 0 ? String(90_000_000_000_000 + position) : null;
  const employees = position % 4 === 0 ? 3 + random.below(200) : null;
  return {
    weavy: {
      name,
      siret,
      address1: address,
      postalCode: place.postalCode,
      city: place.city,
      phoneNumber: phone,
      email,
      generictype_ID_country: special === 'companyUnknownCountry' ? UNKNOWN_COUNTRY : place.countryCode,
      baseculture_ID: place.culture,
      spe_effectif: employees,
    },
    mautic: {
      companyname: name,
      companysiret: siret,
      companyaddress1: address.length > 64 ? null : address,
      companyzipcode: place.postalCode,
      companycity: place.city,
      companyphone: phone,
      companyemail: email,
      companycountry: special === 'companyUnknownCountry' ? null : place.countryName,
      companynumber_of_employees: employees,
    },
  };
}

function withDifference(
  { weavy, mautic }: Pick<Company, 'weavy' | 'mautic'>,
  { special }: CrmSlot<CompanySpecial>,
): Pick<Company, 'weavy' | 'mautic'> {
  switch (special) {
    case 'companyNameOtherCase':
      return { weavy: { ...weavy, name: String(weavy.name).toUpperCase() }, mautic };
    case 'companyNameDoubleSpaces':
      return { weavy, mautic: { ...mautic, companyname: String(mautic.companyname).replaceAll(' ', '  ') } };
    case 'companyWithoutName':
      return { weavy: { ...weavy, name: ' ' }, mautic: { ...mautic, companyname: null } };
    case 'companyWeavyLater':
    case 'companyMauticLater':
    case 'companySameSecond':
      return {
        weavy,
        mautic: { ...mautic, companyaddress1: '1 ancienne adresse', companycity: 'Autreville' },
      };
    case 'companyWeavyBlank':
      return { weavy: { ...weavy, city: null, phoneNumber: '' }, mautic };
    case 'companyMauticBlank':
      return { weavy, mautic: { ...mautic, companycity: null, companyphone: '' } };
    case 'companyPhoneOtherSpelling':
      return { weavy, mautic: { ...mautic, companyphone: respelled(String(mautic.companyphone)) } };
    default:
      return { weavy, mautic };
  }
}

function laterSide(special: CompanySpecial | null): 'weavy' | 'mautic' | 'neither' | null {
  if (special === 'companyWeavyLater') return 'weavy';
  if (special === 'companyMauticLater') return 'mautic';
  return special === 'companySameSecond' ? 'neither' : null;
}

export function weavyCompanyOf(slot: CrmSlot<CompanySpecial>, { weavy, moments }: Company): WeavyRow {
  return { id: weavyCompanyCode(slot), fields: weavy, srvDateUTC: weavyTime(moments.weavyMs) };
}

export function mauticCompanyOf(slot: CrmSlot<CompanySpecial>, { mautic, moments }: Company): MauticCompany {
  const added = moments.neverEditedInMautic ? moments.mauticMs : moments.mauticMs - 90 * 86_400_000;
  return {
    id: mauticCompanyId(slot.position),
    fields: mautic,
    dateAdded: mauticTime(added),
    dateModified: moments.neverEditedInMautic ? null : mauticTime(moments.mauticMs),
  };
}
