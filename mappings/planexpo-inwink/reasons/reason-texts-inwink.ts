import type { ReasonCode, ReasonTexts } from './reason-codes';

type InwinkCode = Extract<
  ReasonCode,
  | 'target-deleted'
  | 'participant-deleted'
  | 'ambiguous-target'
  | 'duplicate-target'
  | 'participant-exists'
  | 'target-refused'
  | 'target-failing'
  | 'field-altered'
  | 'field-altered-twice'
>;

/** What a person has to look at in Inwink. */
export const INWINK_TEXTS: ReasonTexts<InwinkCode> = {
  'target-deleted': {
    fr: {
      what: 'Le partenaire de ce dossier a été supprimé dans Inwink.',
      why: 'La synchronisation de ce dossier est arrêtée : rien n’est recréé sans votre accord.',
      next: 'Décidez de recréer le partenaire, de relier le dossier à un autre, ou d’arrêter.',
    },
    en: {
      what: 'This dossier’s partner was deleted in Inwink.',
      why: 'The dossier’s synchronisation stands still: nothing is created again without your consent.',
      next: 'Decide whether to recreate the partner, relink the dossier to another one, or stop.',
    },
  },
  'participant-deleted': {
    fr: {
      what: 'Le participant de ce dossier a été supprimé dans Inwink.',
      why: 'La synchronisation de ce dossier est arrêtée : rien n’est recréé sans votre accord.',
      next: 'Décidez de recréer le participant, de relier le dossier à un autre, ou d’arrêter.',
    },
    en: {
      what: 'This dossier’s participant was deleted in Inwink.',
      why: 'The dossier’s synchronisation stands still: nothing is created again without your consent.',
      next: 'Decide whether to recreate the participant, relink the dossier to another one, or stop.',
    },
  },
  'ambiguous-target': {
    fr: {
      what: 'Plusieurs partenaires Inwink portent le numéro de ce dossier.',
      why: 'Choisir au hasard écraserait peut-être la mauvaise fiche.',
      next: 'Indiquez l’identifiant du bon partenaire, ou arrêtez la synchronisation du dossier.',
    },
    en: {
      what: 'Several Inwink partners carry this dossier’s number.',
      why: 'Picking one at random might overwrite the wrong sheet.',
      next: 'Give the id of the right partner, or stop synchronising the dossier.',
    },
  },
  'duplicate-target': {
    fr: {
      what: 'Un second partenaire Inwink porte le numéro d’un dossier déjà relié.',
      why: 'La synchronisation continue avec le premier ; le second n’est jamais touché et peut être visible.',
      next: 'Vérifiez dans Inwink s’il faut retirer le second partenaire.',
    },
    en: {
      what: 'A second Inwink partner carries the number of a dossier that is already linked.',
      why: 'Synchronisation goes on with the first; the second is never touched and may be visible.',
      next: 'Check in Inwink whether the second partner should go.',
    },
  },
  'participant-exists': {
    fr: {
      what: 'Un participant avec cet e-mail existait déjà dans Inwink.',
      why: 'Le relier remplacerait ses champs par ceux du dossier.',
      next: 'Décidez de l’adopter ou de le laisser tel quel.',
    },
    en: {
      what: 'A participant with this e-mail was already in Inwink.',
      why: 'Linking it would replace its fields with those of the dossier.',
      next: 'Decide whether to adopt it or to leave it alone.',
    },
  },
  'target-refused': {
    fr: {
      what: 'Inwink a refusé l’écriture de ce dossier.',
      why: 'Il n’est pas à jour dans Inwink ; les autres dossiers continuent.',
      next: 'Corrigez les champs nommés dans Planexpo, puis relancez le dossier.',
    },
    en: {
      what: 'Inwink refused to store this dossier.',
      why: 'It is not up to date in Inwink; the other dossiers go on.',
      next: 'Correct the named fields in Planexpo, then retry the dossier.',
    },
  },
  'target-failing': {
    fr: {
      what: 'Inwink n’a pas pu traiter ce dossier malgré plusieurs essais.',
      why: 'Il n’est pas à jour dans Inwink et reste à faire.',
      next: 'Relancez-le plus tard ; si cela dure, prévenez votre chargé de projet Inwink.',
    },
    en: {
      what: 'Inwink could not process this dossier in several attempts.',
      why: 'It is not up to date in Inwink and stays due.',
      next: 'Retry it later; if this lasts, tell your Inwink project manager.',
    },
  },
  'field-altered': {
    fr: {
      what: 'Inwink a enregistré une autre valeur que celle envoyée.',
      why: 'La valeur d’Inwink est retenue et n’est pas réécrite sans cesse.',
      next: 'Vérifiez que la valeur affichée convient.',
    },
    en: {
      what: 'Inwink stored another value than the one sent.',
      why: 'Inwink’s value is accepted and not rewritten for ever.',
      next: 'Check that the value shown is acceptable.',
    },
  },
  'field-altered-twice': {
    fr: {
      what: 'Inwink a transformé deux fois de la même façon la valeur du même champ.',
      why: 'Ce champ est en pause pour ce dossier ; les autres champs continuent.',
      next: 'Acceptez la valeur d’Inwink, ou reprenez l’envoi une fois la cause corrigée.',
    },
    en: {
      what: 'Inwink altered the value of the same field in the same way twice.',
      why: 'This field is paused for this dossier; the other fields go on.',
      next: 'Accept Inwink’s value, or resume once the cause is corrected.',
    },
  },
};
