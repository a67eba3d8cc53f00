import type { Language } from '../../../mappings/reason-types';
import { oneKindText } from '../../../operations/weavy-webmecanik/crm-words';

const KINDS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  partner: { fr: 'Partenaire', en: 'Partner' },
  participant: { fr: 'Participant', en: 'Participant' },
  product: { fr: 'Produit', en: 'Product' },
  team: { fr: 'Équipe', en: 'Team' },
  circuit: { fr: 'Circuit', en: 'Circuit' },
  poi: { fr: 'Point d’intérêt', en: 'Point of interest' },
  track: { fr: 'Tracé', en: 'Track' },
  record: { fr: 'Fiche', en: 'Record' },
  attention: { fr: 'Point à traiter', en: 'Attention item' },
};

/** What is written to, in words; a kind that this release does not know as it is. */
export function kindText(kind: string, language: Language): string {
  return KINDS[kind]?.[language] ?? oneKindText(kind, language);
}
