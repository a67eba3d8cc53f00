import type { Language } from '../../mappings/reason-types';
import type { RecordKind } from '../../mappings/weavy-webmecanik/crm-record';

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
