import type { CrmReason, ReasonTexts } from './reason-codes';

type ScopeCode = Extract<
  CrmReason,
  | 'not-selected'
  | 'duplicate-key'
  | 'not-mapped'
  | 'entrant-alone'
  | 'deleted-at-platform'
  | 'stopped-by-decision'
  | 'changed-since-plan'
  | 'busy-elsewhere'
  | 'create-unsettled'
  | 'company-not-yet'
>;

/** Why a record is left alone, or waits. Nothing is wrong with any of these. */
export const SCOPE_TEXTS: ReasonTexts<ScopeCode> = {
  'not-selected': {
    fr: {
      what: 'Ce contact de Webmecanik est inconnu de weavy et n’est pas de ceux qui deviennent un Entrant.',
      why: 'Le réglage inbounds.create choisit les contacts dont weavy veut.',
      next: 'Rien à faire ; pour l’envoyer, donnez-lui le tag ou le segment choisi dans Webmecanik.',
    },
    en: {
      what: 'This Webmecanik contact is unknown to weavy, and is not one of those that become an Entrant.',
      why: 'The setting inbounds.create selects the contacts that weavy wants.',
      next: 'Nothing to do; to send it, give it the selected tag or segment in Webmecanik.',
    },
  },
  'duplicate-key': {
    fr: {
      what: 'Une autre fiche porte la même clé, et c’est elle qui est synchronisée.',
      why: 'Une seule fiche par clé est mise à jour ; l’ensemble des doublons est signalé à part.',
      next: 'Fusionnez les doublons dans la plateforme qui les porte.',
    },
    en: {
      what: 'Another record bears the same key, and that one is synchronised.',
      why: 'One record per key is updated; the whole set of duplicates is reported on its own.',
      next: 'Merge the duplicates on the platform that holds them.',
    },
  },
  'not-mapped': {
    fr: {
      what: 'Cet objet ne fait pas partie de la correspondance des champs.',
      why: 'Seuls les objets que la correspondance nomme sont synchronisés.',
      next: 'Rien à faire ; pour le synchroniser, ajoutez l’objet à la correspondance.',
    },
    en: {
      what: 'This object is not part of the mapping.',
      why: 'Only objects that the mapping names are synchronised.',
      next: 'Nothing to do; to synchronise it, add the object to the mapping.',
    },
  },
  'entrant-alone': {
    fr: {
      what: 'Cet Entrant de weavy n’est relié à aucun contact de Webmecanik.',
      why: 'Les Entrants sont écrits dans weavy ; leur contenu n’est jamais repris dans Webmecanik.',
      next: 'Rien à faire ; converti en Contact dans weavy, il sera synchronisé.',
    },
    en: {
      what: 'This Entrant in weavy is linked to no Webmecanik contact.',
      why: 'Entrants are written to weavy; what they hold is never taken back to Webmecanik.',
      next: 'Nothing to do; once weavy turns it into a Contact, it is synchronised.',
    },
  },
  'deleted-at-platform': {
    fr: {
      what: 'Cette fiche est supprimée et n’a jamais été synchronisée.',
      why: 'Une fiche supprimée n’est ni envoyée ni recréée.',
      next: 'Rien à faire.',
    },
    en: {
      what: 'This record is deleted, and was never synchronised.',
      why: 'A deleted record is neither sent nor created again.',
      next: 'Nothing to do.',
    },
  },
  'stopped-by-decision': {
    fr: {
      what: 'La synchronisation de cette fiche a été arrêtée par une décision.',
      why: 'Les deux plateformes la gardent telle quelle, quoi qu’il arrive de l’autre côté.',
      next: 'Pour la reprendre, relancez la fiche avec la commande retry.',
    },
    en: {
      what: 'Somebody decided to stop synchronising this record.',
      why: 'Both platforms keep it as it is, whatever happens on the other side.',
      next: 'To take it up again, use the retry command on the record.',
    },
  },
  'changed-since-plan': {
    fr: {
      what: 'La fiche a changé d’un côté ou de l’autre depuis l’établissement du plan.',
      why: 'Appliquer le plan écrirait ce que vous n’avez pas vu.',
      next: 'Établissez un nouveau plan.',
    },
    en: {
      what: 'The record changed on one side or the other after the plan was made.',
      why: 'Applying the plan would write what you have not seen.',
      next: 'Make a new plan.',
    },
  },
  'busy-elsewhere': {
    fr: {
      what: 'Un autre traitement travaille en ce moment sur cette fiche.',
      why: 'Deux traitements à la fois pourraient se contredire : celui-ci attend son tour.',
      next: 'Rien à faire : la fiche est reprise au passage suivant.',
    },
    en: {
      what: 'Another attempt is working on this record at the moment.',
      why: 'Two at once could contradict each other: this one waits for its turn.',
      next: 'Nothing to do: the following run takes the record up.',
    },
  },
  'create-unsettled': {
    fr: {
      what: 'Une création a été envoyée sans que sa réponse revienne.',
      why: 'La fiche existe peut-être déjà : elle est cherchée avant d’être créée, pour ne jamais l’être deux fois.',
      next: 'Rien à faire : le passage suivant la retrouve, ou la crée.',
    },
    en: {
      what: 'A create was sent and its answer never came back.',
      why: 'The record may exist already: it is looked for before it is created, so that there are never two.',
      next: 'Nothing to do: the following run finds it, or creates it.',
    },
  },
  'company-not-yet': {
    fr: {
      what: 'Le Tiers de ce contact n’a pas encore de société dans Webmecanik.',
      why: 'Le contact est synchronisé ; son rattachement attend que la société existe.',
      next: 'Rien à faire : le passage suivant rattache le contact. Si cela dure, vérifiez la clé du Tiers dans weavy.',
    },
    en: {
      what: 'The Tiers of this contact has no company in Webmecanik yet.',
      why: 'The contact is synchronised; being attached to its company waits until that exists.',
      next: 'Nothing to do: the following run attaches the contact. If it lasts, check the key of the Tiers in weavy.',
    },
  },
};
