import type { CrmReason, ReasonTexts } from './reason-codes';

type PlatformCode = Extract<
  CrmReason,
  'missing-right' | 'target-refused' | 'target-failing' | 'guard-stopped' | 'access-lost'
>;

/** What people have to look at in the platforms, and what stops a run as a whole. */
export const PLATFORM_TEXTS: ReasonTexts<PlatformCode> = {
  'missing-right': {
    fr: {
      what: 'Il manque un droit sur un objet de l’une des plateformes.',
      why: 'Ce que ce droit permet n’est pas fait pour cet objet ; les autres objets continuent.',
      next: 'Accordez le droit nommé (dans weavy : la colonne du studio à cocher), puis réessayez.',
    },
    en: {
      what: 'A right on an object of one of the platforms is missing.',
      why: 'What this right allows is not done for that object; the other objects go on.',
      next: 'Grant the named right (in weavy: the column to tick in the studio), then try again.',
    },
  },
  'target-refused': {
    fr: {
      what: 'La plateforme refuse cette fiche.',
      why: 'Elle n’y est pas à jour ; les autres fiches continuent.',
      next: 'Corrigez ce que la réponse nomme, puis réessayez ; une fiche corrigée est aussi reprise au passage suivant.',
    },
    en: {
      what: 'The platform refuses this record.',
      why: 'It is not up to date there; the other records go on.',
      next: 'Correct what the reply names, then try again; the following run takes a corrected record up as well.',
    },
  },
  'target-failing': {
    fr: {
      what: 'La plateforme ne répond pas comme il faut pour cette fiche, malgré plusieurs tentatives.',
      why: 'Elle n’y est pas à jour ; les autres fiches continuent.',
      next: 'Réessayez plus tard ; si cela dure, contactez le support de la plateforme.',
    },
    en: {
      what: 'The platform keeps failing on this record, despite several attempts.',
      why: 'It is not up to date there; the other records go on.',
      next: 'Try again later; if it lasts, contact the platform’s support.',
    },
  },
  'guard-stopped': {
    fr: {
      what: 'Le passage viderait plus de champs que la limite fixée.',
      why: 'Une lecture incomplète ou une erreur de masse peut en être la cause : rien n’a été écrit.',
      next: 'Regardez le plan ; s’il est juste, autorisez le passage une fois.',
    },
    en: {
      what: 'The run would blank more fields than the set limit.',
      why: 'An incomplete read or a mistake in bulk may be behind it: nothing was written.',
      next: 'Look at the plan; if it is right, allow the run once.',
    },
  },
  'access-lost': {
    fr: {
      what: 'Une des deux plateformes refuse l’accès.',
      why: 'Rien n’est synchronisé tant que l’accès n’est pas rétabli ; rien n’est perdu.',
      next: 'Vérifiez les identifiants et les droits, puis réessayez.',
    },
    en: {
      what: 'One of the two platforms refuses access.',
      why: 'Nothing is synchronised until access is restored; nothing is lost.',
      next: 'Check the credentials and the rights, then try again.',
    },
  },
};
