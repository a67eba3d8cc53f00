import type { DecisionOffer as AnyDecisionOffer } from '../../reason-types';
import { SHARED_DECISIONS } from '../../shared-decisions';
import type { CrmReason } from './reason-codes';

/** What a person can answer to an attention item. */
export type CrmDecisionCode =
  | 'recreate'
  | 'unlink'
  | 'take-weavy'
  | 'take-mautic'
  | 'resume'
  | 'keep-target'
  | 'retry'
  | 'stop'
  | 'allow-once'
  | 'acknowledge';

export interface DecisionOffer extends AnyDecisionOffer {
  code: CrmDecisionCode;
}

const OFFERS: Readonly<Record<CrmDecisionCode, DecisionOffer>> = {
  recreate: {
    code: 'recreate',
    label: { fr: 'Recréer la fiche', en: 'Create it again' },
    effect: {
      fr: 'Crée à nouveau la fiche supprimée, d’après celle qui reste, et les relie.',
      en: 'Creates the deleted record again from the one that is left, and links the two.',
    },
  },
  unlink: {
    code: 'unlink',
    label: { fr: 'Délier', en: 'Unlink' },
    effect: {
      fr: 'Oublie le lien ; la fiche qui reste n’est plus synchronisée et n’est pas modifiée.',
      en: 'Forgets the link; the record that is left is no longer synchronised, and is not changed.',
    },
  },
  'take-weavy': {
    code: 'take-weavy',
    label: { fr: 'Prendre la valeur de weavy', en: 'Take weavy’s value' },
    effect: {
      fr: 'Écrit dans Webmecanik la valeur actuelle de weavy pour ce champ.',
      en: 'Writes weavy’s present value of this field to Webmecanik.',
    },
  },
  'take-mautic': {
    code: 'take-mautic',
    label: { fr: 'Prendre la valeur de Webmecanik', en: 'Take Webmecanik’s value' },
    effect: {
      fr: 'Écrit dans weavy la valeur actuelle de Webmecanik pour ce champ.',
      en: 'Writes Webmecanik’s present value of this field to weavy.',
    },
  },
  resume: {
    code: 'resume',
    label: { fr: 'Reprendre le champ', en: 'Resume the field' },
    effect: {
      fr: 'Synchronise à nouveau ce champ pour cette fiche, et renvoie la valeur.',
      en: 'Synchronises this field of the record again, and sends the value once more.',
    },
  },
  'keep-target': {
    code: 'keep-target',
    label: { fr: 'Accepter ce que la plateforme garde', en: 'Accept what the platform keeps' },
    effect: {
      fr: 'Considère les deux valeurs comme accordées telles qu’elles sont ; seule une nouvelle modification voyagera.',
      en: 'Takes the two values as agreed the way they are; only a later edit travels.',
    },
  },
  retry: {
    code: 'retry',
    label: { fr: 'Réessayer', en: 'Try again' },
    effect: {
      fr: 'Relit les deux plateformes et tente à nouveau.',
      en: 'Reads both platforms again and tries once more.',
    },
  },
  stop: {
    code: 'stop',
    label: { fr: 'Arrêter pour cette fiche', en: 'Stop for this record' },
    effect: {
      fr: 'Ne synchronise plus cette fiche ; rien n’est modifié ni d’un côté ni de l’autre.',
      en: 'No longer synchronises this record; nothing is changed on either side.',
    },
  },
  ...SHARED_DECISIONS,
};

/** Reasons that offer more than to be acknowledged. */
const BY_REASON: Readonly<Partial<Record<CrmReason, readonly CrmDecisionCode[]>>> = {
  'unreadable-record': ['retry', 'acknowledge'],
  'counterpart-deleted': ['recreate', 'unlink'],
  'code-taken': ['retry', 'stop'],
  'email-taken': ['retry', 'acknowledge'],
  'unknown-value': ['retry', 'acknowledge'],
  'too-long': ['retry', 'acknowledge'],
  'malformed-value': ['retry', 'acknowledge'],
  'field-altered-twice': ['resume', 'keep-target'],
  'tie-held': ['take-weavy', 'take-mautic'],
  'field-gone': ['retry', 'acknowledge'],
  'field-often-paused': ['retry', 'acknowledge'],
  'missing-right': ['retry', 'acknowledge'],
  'target-refused': ['retry', 'stop'],
  'target-failing': ['retry', 'stop'],
  'guard-stopped': ['allow-once', 'acknowledge'],
  'access-lost': ['retry', 'acknowledge'],
};

/** The offers of a reason that raises an attention item, most helpful first. */
export function offersOf(code: CrmReason): DecisionOffer[] {
  return (BY_REASON[code] ?? ['acknowledge']).map((decision) => OFFERS[decision]);
}
