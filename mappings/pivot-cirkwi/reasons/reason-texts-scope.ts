import type { OfferReason, ReasonTexts } from './reason-codes';

type ScopeCode = Extract<
  OfferReason,
  | 'not-ticked'
  | 'not-publishable'
  | 'archived'
  | 'being-edited'
  | 'filter-without-tag'
  | 'tag-without-filter'
  | 'outside-query'
  | 'unticked'
  | 'deleted-at-source'
  | 'no-longer-publishable'
  | 'stopped-by-decision'
  | 'kept-by-decision'
  | 'changed-since-plan'
>;

/** Why an offer is not in the feed, no longer in it, or only half ticked. Nothing is wrong with any of these. */
export const SCOPE_TEXTS: ReasonTexts<ScopeCode> = {
  'not-ticked': {
    fr: {
      what: 'L’offre n’est pas cochée pour Cirkwi dans PIVOT.',
      why: 'Seules les offres cochées (filtre ou tags publics) entrent dans le flux.',
      next: 'Pour la publier, cochez dans PIVOT le filtre Cirkwi et les tags publics voulus.',
    },
    en: {
      what: 'The offer is not ticked for Cirkwi in PIVOT.',
      why: 'Only ticked offers (filter or public tags) enter the feed.',
      next: 'To publish it, tick the Cirkwi filter and the wanted public tags in PIVOT.',
    },
  },
  'not-publishable': {
    fr: {
      what: 'L’offre est cochée pour Cirkwi mais n’est pas publiable dans PIVOT.',
      why: 'Une offre non publiable n’entre dans aucun flux.',
      next: 'Complétez-la dans PIVOT puis rendez-la publiable.',
    },
    en: {
      what: 'The offer is ticked for Cirkwi but not publishable in PIVOT.',
      why: 'An offer that is not publishable enters no feed.',
      next: 'Complete it in PIVOT and make it publishable.',
    },
  },
  archived: {
    fr: {
      what: 'L’offre est archivée dans PIVOT.',
      why: 'Une offre archivée n’a plus sa place dans le flux.',
      next: 'Rien à faire ; si elle est restaurée, elle revient d’elle-même.',
    },
    en: {
      what: 'The offer is archived in PIVOT.',
      why: 'An archived offer no longer has a place in the feed.',
      next: 'Nothing to do; if it is restored, it comes back by itself.',
    },
  },
  'being-edited': {
    fr: {
      what: 'L’offre est en cours d’édition dans PIVOT et n’a jamais été publiée.',
      why: 'Seules les offres publiables entrent dans le flux.',
      next: 'Rendez-la publiable dans PIVOT quand elle est prête.',
    },
    en: {
      what: 'The offer is being edited in PIVOT and was never published.',
      why: 'Only publishable offers enter the feed.',
      next: 'Make it publishable in PIVOT when it is ready.',
    },
  },
  'filter-without-tag': {
    fr: {
      what: 'Le filtre Cirkwi est coché, mais aucun des deux tags publics ne l’est.',
      why: 'L’offre n’est diffusée nulle part : ce sont les tags qui décident de l’affichage.',
      next: 'Cochez dans PIVOT le tag Cirkwi ou Réseau cdf, ou décochez le filtre.',
    },
    en: {
      what: 'The Cirkwi filter is ticked, but neither of the two public tags is.',
      why: 'The offer is shown nowhere: the tags decide where it appears.',
      next: 'Tick the tag Cirkwi or Réseau cdf in PIVOT, or untick the filter.',
    },
  },
  'tag-without-filter': {
    fr: {
      what: 'Un tag public est coché, mais pas le filtre Cirkwi.',
      why: 'Selon la règle de publication choisie, l’offre est publiée quand même ou ne l’est pas.',
      next: 'Cochez aussi le filtre dans PIVOT, ou décochez les tags pour retirer l’offre.',
    },
    en: {
      what: 'A public tag is ticked, but the Cirkwi filter is not.',
      why: 'Depending on the publication rule in force, the offer is published all the same, or is not.',
      next: 'Tick the filter in PIVOT too, or untick the tags to withdraw the offer.',
    },
  },
  'outside-query': {
    fr: {
      what: 'L’offre n’est pas dans la requête PIVOT de cette synchronisation, et n’est pas dans le flux.',
      why: 'Seules les offres de la requête sont publiées.',
      next: 'Rien à faire ; pour la publier, faites-la entrer dans la requête.',
    },
    en: {
      what: 'The offer is outside this sync’s PIVOT query, and not in the feed.',
      why: 'Only offers of the query are published.',
      next: 'Nothing to do; to publish it, make the query include it.',
    },
  },
  unticked: {
    fr: {
      what: 'L’offre a été décochée pour Cirkwi dans PIVOT.',
      why: 'Elle quitte le flux, et Cirkwi la supprime à son prochain import.',
      next: 'Rien à faire ; pour la publier à nouveau, recochez-la dans PIVOT.',
    },
    en: {
      what: 'The offer was unticked for Cirkwi in PIVOT.',
      why: 'It leaves the feed, and Cirkwi deletes it at its next import.',
      next: 'Nothing to do; to publish it again, tick it in PIVOT.',
    },
  },
  'deleted-at-source': {
    fr: {
      what: 'L’offre n’existe plus dans PIVOT.',
      why: 'Elle ne peut plus figurer dans le flux ; Cirkwi la supprime à son prochain import.',
      next: 'Rien à faire.',
    },
    en: {
      what: 'The offer no longer exists in PIVOT.',
      why: 'It can no longer stand in the feed; Cirkwi deletes it at its next import.',
      next: 'Nothing to do.',
    },
  },
  'no-longer-publishable': {
    fr: {
      what: 'L’offre publiée n’est plus publiable dans PIVOT (en cours d’édition, par exemple).',
      why: 'PIVOT la retire alors de tous les flux ; Cirkwi la supprime à son prochain import.',
      next: 'Rendez-la à nouveau publiable dans PIVOT : elle revient au passage suivant.',
    },
    en: {
      what: 'The published offer is no longer publishable in PIVOT (being edited, for instance).',
      why: 'PIVOT takes such an offer out of all feeds; Cirkwi deletes it at its next import.',
      next: 'Make it publishable again in PIVOT: it comes back with the following run.',
    },
  },
  'stopped-by-decision': {
    fr: {
      what: 'La synchronisation de cette offre a été arrêtée par une décision.',
      why: 'Le flux la garde telle quelle, ou sans elle, quoi qu’il arrive dans PIVOT.',
      next: 'Pour la reprendre, relancez l’offre avec la commande retry.',
    },
    en: {
      what: 'Somebody decided to stop synchronising this offer.',
      why: 'The feed keeps it as it is, or stays without it, whatever happens in PIVOT.',
      next: 'To take it up again, use the retry command on the offer.',
    },
  },
  'kept-by-decision': {
    fr: {
      what: 'L’offre a quitté la requête PIVOT, et une décision la garde dans le flux.',
      why: 'Elle y reste telle quelle et ne reçoit plus de mise à jour.',
      next: 'Rien à faire ; son retour dans la requête relance la synchronisation.',
    },
    en: {
      what: 'The offer left the PIVOT query, and somebody decided to keep it in the feed.',
      why: 'It stays there as it is and is no longer updated.',
      next: 'Nothing to do; once it is back in the query, it is synchronised again.',
    },
  },
  'changed-since-plan': {
    fr: {
      what: 'L’offre ou son objet dans le flux a changé depuis l’établissement du plan.',
      why: 'Appliquer le plan publierait ce que vous n’avez pas vu.',
      next: 'Établissez un nouveau plan.',
    },
    en: {
      what: 'The offer or its object in the feed changed after the plan was made.',
      why: 'Applying the plan would publish what you have not seen.',
      next: 'Make a new plan.',
    },
  },
};
