import type { CompanySpecial, ContactSpecial } from './slots';

/** One record, or the two that are one, as record ids (`weavy/customercontact/C-000003`); null where that side has none. */
export interface NotedRecord {
  weavy: string | null;
  mautic: string | null;
}

type Noted =
  | ContactSpecial
  | CompanySpecial
  | 'anonymousVisitor'
  | 'knownToBoth'
  | 'weavyAlone'
  | 'mauticAlone';

/**
 * Records by what a demonstration or a test may want of them. `knownToBoth`, `weavyAlone` and `mauticAlone` are all
 * contacts, special or not. Of `emailTwiceInWeavy` the second weavy contact is named: the first is the one a place
 * before. `newEmailTwice` are pairs that stand together.
 */
export type CrmNotes = Record<Noted, NotedRecord[]>;

export function noNotes(): CrmNotes {
  return {
    knownToBoth: [],
    weavyAlone: [],
    mauticAlone: [],
    anonymousVisitor: [],
    emailOtherCase: [],
    weavyLater: [],
    mauticLater: [],
    weavyBlank: [],
    mauticBlank: [],
    phoneOtherSpelling: [],
    bounced: [],
    bouncedAndDated: [],
    unsubscribed: [],
    manual: [],
    apostrophe: [],
    accents: [],
    tagged: [],
    codeWithSpace: [],
    codeWithSlash: [],
    emailTwiceInWeavy: [],
    newEmailTwice: [],
    sameSecond: [],
    countryCodeAndName: [],
    unknownCountry: [],
    tooLongForMautic: [],
    noEmail: [],
    leftOverEntrant: [],
    companyNameOtherCase: [],
    companyNameDoubleSpaces: [],
    companyNameTwice: [],
    companyWithoutName: [],
    companyWeavyLater: [],
    companyMauticLater: [],
    companyWeavyBlank: [],
    companyMauticBlank: [],
    companyPhoneOtherSpelling: [],
    companySameSecond: [],
    companyUnknownCountry: [],
    companyTooLongForMautic: [],
    companyCodeWithSpace: [],
    companyCodeWithSlash: [],
  };
}
