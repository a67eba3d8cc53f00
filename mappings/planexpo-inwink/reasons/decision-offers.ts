import type { DecisionOffer as AnyDecisionOffer } from '../../reason-types';
import { SHARED_DECISIONS } from '../../shared-decisions';
import type { ReasonCode } from './reason-codes';

/** What a person can answer to an attention item. */
export type DecisionCode =
  | 'recreate'
  | 'relink'
  | 'stop'
  | 'unpublish'
  | 'keep'
  | 'resume'
  | 'accept'
  | 'adopt'
  | 'leave-alone'
  | 'retry'
  | 'allow-once'
  | 'acknowledge';

export interface DecisionOffer extends AnyDecisionOffer {
  code: DecisionCode;
  /** What the decision needs beside its code: the id of an Inwink record. */
  argument?: 'inwink-id';
}

const OFFERS: Readonly<Record<DecisionCode, DecisionOffer>> = {
  recreate: {
    code: 'recreate',
    label: { fr: 'Recréer', en: 'Recreate' },
    effect: {
      fr: 'Crée une nouvelle fiche dans Inwink à partir du dossier, puis la tient à jour.',
      en: 'Creates a new record in Inwink from the dossier, then keeps it in step.',
    },
  },
  relink: {
    code: 'relink',
    argument: 'inwink-id',
    label: { fr: 'Relier à une fiche existante', en: 'Relink to an existing record' },
    effect: {
      fr: 'Relie le dossier à la fiche Inwink indiquée, dont les champs synchronisés sont remplacés.',
      en: 'Links the dossier to the given Inwink record, whose synchronised fields are replaced.',
    },
  },
  stop: {
    code: 'stop',
    label: { fr: 'Arrêter pour ce dossier', en: 'Stop for this dossier' },
    effect: {
      fr: 'Ne synchronise plus ce dossier ; Inwink reste tel quel.',
      en: 'No longer synchronises this dossier; Inwink stays as it is.',
    },
  },
  unpublish: {
    code: 'unpublish',
    label: { fr: 'Dépublier le partenaire', en: 'Unpublish the partner' },
    effect: {
      fr: 'Passe le partenaire en brouillon dans Inwink ; rien n’est supprimé.',
      en: 'Turns the partner into a draft in Inwink; nothing is deleted.',
    },
  },
  keep: {
    code: 'keep',
    label: { fr: 'Garder le partenaire', en: 'Keep the partner' },
    effect: {
      fr: 'Laisse le partenaire publié, sans autre mise à jour tant que le dossier n’est pas à nouveau valide.',
      en: 'Leaves the partner published, with no further update until the dossier is valid again.',
    },
  },
  resume: {
    code: 'resume',
    label: { fr: 'Reprendre l’envoi du champ', en: 'Resume sending the field' },
    effect: {
      fr: 'Envoie à nouveau le champ au prochain passage.',
      en: 'Sends the field again at the next run.',
    },
  },
  accept: {
    code: 'accept',
    label: { fr: 'Accepter la valeur d’Inwink', en: 'Accept Inwink’s value' },
    effect: {
      fr: 'Garde la valeur d’Inwink ; le champ n’est renvoyé que si la valeur change dans Planexpo.',
      en: 'Keeps Inwink’s value; the field is sent again only when its value changes in Planexpo.',
    },
  },
  adopt: {
    code: 'adopt',
    label: { fr: 'Adopter le participant', en: 'Adopt the participant' },
    effect: {
      fr: 'Relie le dossier à ce participant et remplace ses champs ; les anciennes valeurs sont conservées dans l’historique.',
      en: 'Links the dossier to this participant and replaces its fields; the former values stay in the history.',
    },
  },
  'leave-alone': {
    code: 'leave-alone',
    label: { fr: 'Ne pas y toucher', en: 'Leave it alone' },
    effect: {
      fr: 'N’envoie pas le contact de ce dossier ; le partenaire reste synchronisé.',
      en: 'Does not send this dossier’s contact; the partner stays in step.',
    },
  },
  retry: {
    code: 'retry',
    label: { fr: 'Réessayer', en: 'Try again' },
    effect: {
      fr: 'Relit le dossier et tente à nouveau de le synchroniser.',
      en: 'Reads the dossier again and tries once more to bring it in step.',
    },
  },
  ...SHARED_DECISIONS,
};

/** Reasons that offer more than to be acknowledged. */
const BY_REASON: Readonly<Partial<Record<ReasonCode, readonly DecisionCode[]>>> = {
  'unknown-status': ['retry', 'stop'],
  'unreadable-record': ['retry', 'acknowledge'],
  'cancelled-after-sync': ['unpublish', 'keep'],
  'refused-after-sync': ['unpublish', 'keep'],
  'deleted-at-source': ['unpublish', 'keep'],
  'cancelled-parent': ['unpublish', 'keep'],
  'target-deleted': ['recreate', 'relink', 'stop'],
  'participant-deleted': ['recreate', 'relink', 'stop'],
  'ambiguous-target': ['relink', 'stop'],
  'participant-exists': ['adopt', 'leave-alone'],
  'target-refused': ['retry', 'stop'],
  'target-failing': ['retry', 'stop'],
  'field-altered-twice': ['resume', 'accept'],
  'guard-stopped': ['allow-once', 'acknowledge'],
  'access-lost': ['retry', 'acknowledge'],
};

/** The offers of a reason that raises an attention item, most helpful first. */
export function offersOf(code: ReasonCode): DecisionOffer[] {
  return (BY_REASON[code] ?? ['acknowledge']).map((decision) => OFFERS[decision]);
}
