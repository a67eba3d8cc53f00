import type { OfferReason, ReasonTexts } from './reason-codes';

type TargetCode = Extract<
  OfferReason,
  'not-verified' | 'edited-in-cirkwi' | 'identity-ambiguous' | 'target-refused' | 'target-failing'
>;

/** What a person has to look at in Cirkwi. */
export const TARGET_TEXTS: ReasonTexts<TargetCode> = {
  'not-verified': {
    fr: {
      what: 'L’offre est dans le flux depuis plus longtemps que le délai fixé, mais Cirkwi ne la montre pas.',
      why: 'L’import de Cirkwi n’a pas eu lieu, ou il a refusé cet objet.',
      next: 'Vérifiez dans Cirkwi la date et le rapport du dernier import, puis réessayez.',
    },
    en: {
      what: 'The offer has been in the feed for longer than the set time, but Cirkwi does not show it.',
      why: 'Cirkwi’s import did not take place, or it refused this object.',
      next: 'Check date and report of the last import in Cirkwi, then try again.',
    },
  },
  'edited-in-cirkwi': {
    fr: {
      what: 'Des champs de cet objet ont été modifiés dans Cirkwi.',
      why: 'PIVOT est la référence : le prochain import les remplace.',
      next: 'Reportez dans PIVOT les modifications que vous voulez garder.',
    },
    en: {
      what: 'Fields of this object were edited in Cirkwi.',
      why: 'PIVOT is the master: the next import replaces them.',
      next: 'Make the edits that you want to keep in PIVOT.',
    },
  },
  'identity-ambiguous': {
    fr: {
      what: 'Deux objets de Cirkwi se réclament de la même offre PIVOT.',
      why: 'Passerelle ne sait pas lequel vérifier, et aucun tracé n’est repris de l’un ni de l’autre.',
      next: 'Supprimez dans Cirkwi l’objet en trop, puis réessayez.',
    },
    en: {
      what: 'Two objects in Cirkwi claim the same PIVOT offer.',
      why: 'Passerelle cannot tell which one to verify, and takes no track back from either.',
      next: 'Delete the extra object in Cirkwi, then try again.',
    },
  },
  'target-refused': {
    fr: {
      what: 'Cirkwi refuse cet objet.',
      why: 'L’offre n’y est pas à jour ; les autres continuent.',
      next: 'Corrigez dans PIVOT ce que la réponse nomme, puis réessayez.',
    },
    en: {
      what: 'Cirkwi refuses this object.',
      why: 'The offer is not up to date there; the others go on.',
      next: 'Correct in PIVOT what the reply names, then try again.',
    },
  },
  'target-failing': {
    fr: {
      what: 'Cirkwi ne répond pas comme il faut pour cet objet, malgré plusieurs tentatives.',
      why: 'L’offre n’y est pas à jour ; les autres continuent.',
      next: 'Réessayez plus tard ; si cela dure, contactez Cirkwi.',
    },
    en: {
      what: 'Cirkwi keeps failing on this object, despite several attempts.',
      why: 'The offer is not up to date there; the others go on.',
      next: 'Try again later; if it lasts, contact Cirkwi.',
    },
  },
};
