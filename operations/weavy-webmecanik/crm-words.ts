import type { Language } from '../../mappings/reason-types';
import { RECORD_KINDS, type RecordKind } from '../../mappings/weavy-webmecanik/crm-record';

/** Several records of one kind, as people of both platforms call them. */
const KINDS: Readonly<Record<RecordKind, Readonly<Record<Language, string>>>> = {
  'weavy/customer': { fr: 'Tiers', en: 'Tiers' },
  'weavy/customercontact': { fr: 'Contacts', en: 'Contacts' },
  'weavy/marketinginbound': { fr: 'Entrants', en: 'Entrants' },
  'mautic/company': { fr: 'sociétés Webmecanik', en: 'Webmecanik companies' },
  'mautic/contact': { fr: 'contacts Webmecanik', en: 'Webmecanik contacts' },
};

export function kindText(kind: RecordKind, language: Language): string {
  return KINDS[kind][language];
}

const STATES: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  live: { fr: 'présente', en: 'there' },
  deleted: { fr: 'supprimée', en: 'deleted' },
  unreadable: { fr: 'illisible', en: 'unreadable' },
  proposed: { fr: 'à relier', en: 'to be linked' },
  active: { fr: 'reliées', en: 'linked' },
  orphaned: { fr: 'orphelines', en: 'orphaned' },
  stopped: { fr: 'déliées', en: 'unlinked by a person' },
};

/** The state of a record or of a link; one that this release does not know as it is. */
export function stateText(state: string, language: Language): string {
  return STATES[state]?.[language] ?? state;
}

const COUPLES: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  company: { fr: 'sociétés', en: 'companies' },
  person: { fr: 'personnes', en: 'people' },
};

export function coupleKindText(kind: string, language: Language): string {
  return COUPLES[kind]?.[language] ?? kind;
}

const ONE: Readonly<Record<RecordKind, Readonly<Record<Language, string>>>> = {
  'weavy/customer': { fr: 'Tiers weavy', en: 'weavy Tiers' },
  'weavy/customercontact': { fr: 'Contact weavy', en: 'weavy Contact' },
  'weavy/marketinginbound': { fr: 'Entrant weavy', en: 'weavy Entrant' },
  'mautic/company': { fr: 'société Webmecanik', en: 'Webmecanik company' },
  'mautic/contact': { fr: 'contact Webmecanik', en: 'Webmecanik contact' },
};

/** The side and the object that a change is written to; another pair's kinds as they are. */
export function oneKindText(kind: string, language: Language): string {
  const known = RECORD_KINDS.find((each) => each === kind);
  return known === undefined ? kind : ONE[known][language];
}
