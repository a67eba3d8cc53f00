import type { Pair } from '../config/schema';
import type { Language } from '../mappings/reason-types';

/** What people call the records of a pair, and the sentences that agree with that word. */
export interface RecordWords {
  /** As the head of a column or at the start of a line. */
  One: string;
  Many: string;
  noneRead: string;
  noneStuck: string;
  readAgain: string;
  resumed: string;
  decisionApplied: string;
}

const DOSSIER = {
  fr: {
    One: 'Dossier',
    Many: 'Dossiers',
    noneRead: 'aucun dossier lu pour le moment',
    noneStuck: 'Aucun dossier retenu, refusé ou en attente.',
    readAgain: 'Dossiers relus maintenant',
    resumed: 'Le dossier est à nouveau synchronisé.',
    decisionApplied: 'Le dossier est relu et la décision appliquée maintenant.',
  },
  en: {
    One: 'Dossier',
    Many: 'Dossiers',
    noneRead: 'no dossier read so far',
    noneStuck: 'No dossier is held, refused or waiting.',
    readAgain: 'Dossiers read again now',
    resumed: 'The dossier is synchronised again.',
    decisionApplied: 'The dossier is read again and the decision put into effect now.',
  },
} as const satisfies Record<Language, RecordWords>;

const OFFER = {
  fr: {
    One: 'Offre',
    Many: 'Offres',
    noneRead: 'aucune offre lue pour le moment',
    noneStuck: 'Aucune offre retenue, refusée ou en attente.',
    readAgain: 'Offres relues maintenant',
    resumed: 'L’offre est à nouveau synchronisée.',
    decisionApplied: 'L’offre est relue et la décision appliquée maintenant.',
  },
  en: {
    One: 'Offer',
    Many: 'Offers',
    noneRead: 'no offer read so far',
    noneStuck: 'No offer is held, refused or waiting.',
    readAgain: 'Offers read again now',
    resumed: 'The offer is synchronised again.',
    decisionApplied: 'The offer is read again and the decision put into effect now.',
  },
} as const satisfies Record<Language, RecordWords>;

const CRM_RECORD = {
  fr: {
    One: 'Fiche',
    Many: 'Fiches',
    noneRead: 'aucune fiche lue pour le moment',
    noneStuck: 'Aucune fiche retenue, refusée ou en attente.',
    readAgain: 'Fiches relues maintenant',
    resumed: 'La fiche est à nouveau synchronisée.',
    decisionApplied: 'La fiche est relue et la décision appliquée maintenant.',
  },
  en: {
    One: 'Record',
    Many: 'Records',
    noneRead: 'no record read so far',
    noneStuck: 'No record is held, refused or waiting.',
    readAgain: 'Records read again now',
    resumed: 'The record is synchronised again.',
    decisionApplied: 'The record is read again and the decision put into effect now.',
  },
} as const satisfies Record<Language, RecordWords>;

const WORDS = {
  'planexpo-inwink': DOSSIER,
  'pivot-cirkwi': OFFER,
  'weavy-webmecanik': CRM_RECORD,
} as const satisfies Record<Pair, Record<Language, RecordWords>>;

export function recordWords(pair: Pair, language: Language): RecordWords {
  return WORDS[pair][language];
}
