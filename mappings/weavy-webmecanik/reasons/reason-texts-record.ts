import type { CrmReason, ReasonTexts } from './reason-codes';

type RecordCode = Extract<
  CrmReason,
  | 'no-email'
  | 'no-key'
  | 'unreadable-record'
  | 'counterpart-deleted'
  | 'merged-in-mautic'
  | 'duplicate-set'
  | 'code-taken'
  | 'became-contact'
>;

/** What people have to know about whole records. */
export const RECORD_TEXTS: ReasonTexts<RecordCode> = {
  'no-email': {
    fr: {
      what: 'Des contacts n’ont pas d’adresse e-mail.',
      why: 'Un contact est reconnu à son e-mail : sans lui, la fiche n’est pas synchronisée.',
      next: 'Saisissez l’e-mail dans la plateforme où il manque.',
    },
    en: {
      what: 'Some contacts have no e-mail address.',
      why: 'A contact is known by its e-mail: without one, the record is not synchronised.',
      next: 'Enter the e-mail on the platform where it is missing.',
    },
  },
  'no-key': {
    fr: {
      what: 'La clé choisie pour les sociétés est vide sur des fiches.',
      why: 'Sans clé, rien ne dit quelle société leur correspond : elles ne sont ni reliées ni créées.',
      next: 'Remplissez la clé (nom, SIRET ou identifiant) sur ces fiches.',
    },
    en: {
      what: 'The key chosen for companies is blank in some records.',
      why: 'Without a key nobody can tell which company is which: they are neither linked nor created.',
      next: 'Fill in the key (name, SIRET or identifier) of these records.',
    },
  },
  'unreadable-record': {
    fr: {
      what: 'La plateforme a répondu pour cette fiche sous une forme incompréhensible.',
      why: 'Elle n’est pas synchronisée ; les autres fiches continuent.',
      next: 'Corrigez sur la plateforme les champs nommés, puis réessayez.',
    },
    en: {
      what: 'What the platform answered for this record cannot be understood.',
      why: 'It is not synchronised; the other records go on.',
      next: 'Correct the named fields on the platform, then try again.',
    },
  },
  'counterpart-deleted': {
    fr: {
      what: 'L’une des deux fiches reliées a été supprimée sur sa plateforme.',
      why: 'Passerelle ne supprime rien et ne recrée rien de lui-même : la fiche qui reste n’est plus modifiée.',
      next: 'Décidez de recréer la fiche supprimée ou de délier celle qui reste.',
    },
    en: {
      what: 'One of the two linked records was deleted on its platform.',
      why: 'Passerelle deletes nothing and creates nothing again by itself: the one that is left is no longer changed.',
      next: 'Decide whether to create the deleted record again or to unlink the one that is left.',
    },
  },
  'merged-in-mautic': {
    fr: {
      what: 'Deux contacts reliés ont été fusionnés dans Webmecanik.',
      why: 'Le Contact weavy qui porte l’e-mail du contact conservé le suit désormais ; l’autre n’est plus relié.',
      next: 'Si les deux Contacts weavy sont la même personne, fusionnez-les aussi dans weavy.',
    },
    en: {
      what: 'Two linked contacts were merged in Webmecanik.',
      why: 'The weavy Contact with the surviving contact’s e-mail follows it from now on; the other is linked no more.',
      next: 'If both weavy Contacts are the same person, merge them in weavy too.',
    },
  },
  'duplicate-set': {
    fr: {
      what: 'Plusieurs fiches d’une même plateforme portent la même clé.',
      why: 'Une seule est mise à jour : la fiche reliée, sinon la plus récente, sinon celle de plus petit code.',
      next: 'Fusionnez ces fiches, ou corrigez la clé de celles qui sont différentes.',
    },
    en: {
      what: 'Several records of one platform bear the same key.',
      why: 'One of them is updated: the linked one, else the latest changed, else the one with the lowest code.',
      next: 'Merge these records, or correct the key of those that are different ones.',
    },
  },
  'code-taken': {
    fr: {
      what: 'Le code prévu pour cette fiche dans weavy est déjà celui d’une autre.',
      why: 'La fiche n’est pas créée, pour ne pas écraser celle qui porte ce code.',
      next: 'Changez dans weavy le code de l’autre fiche, puis réessayez, ou arrêtez pour celle-ci.',
    },
    en: {
      what: 'The code that this record would get in weavy already belongs to another one.',
      why: 'The record is not created, so that the one bearing this code is not overwritten.',
      next: 'Change the other record’s code in weavy and try again, or stop for this one.',
    },
  },
  'became-contact': {
    fr: {
      what: 'Un Entrant est devenu un Contact dans weavy.',
      why: 'Le contact de Webmecanik suit désormais ce Contact ; l’Entrant n’est plus modifié.',
      next: 'Rien à faire.',
    },
    en: {
      what: 'An Entrant became a Contact in weavy.',
      why: 'The Webmecanik contact follows this Contact from now on; the Entrant is no longer changed.',
      next: 'Nothing to do.',
    },
  },
};
