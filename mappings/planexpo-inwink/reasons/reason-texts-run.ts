import type { ReasonCode, ReasonTexts } from './reason-codes';

type RunCode = Extract<
  ReasonCode,
  | 'product-drift'
  | 'product-missing-at-target'
  | 'quantity-higher-at-target'
  | 'malformed-quantity'
  | 'unmapped-product'
  | 'mask-missing'
  | 'changed-since-plan'
  | 'guard-stopped'
  | 'access-lost'
>;

/** Products, the mask, and the run as a whole. */
export const RUN_TEXTS: ReasonTexts<RunCode> = {
  'product-drift': {
    fr: {
      what: 'Un produit du masque a changé depuis l’import (nom, lot ou suppression), dans Planexpo ou dans Inwink.',
      why: 'Sa ligne du masque n’est plus synchronisée ; tout le reste l’est.',
      next: 'Remettez le produit en l’état, ou importez un masque à jour.',
    },
    en: {
      what: 'A product of the mask changed since the import (name, pack size or removal), in Planexpo or in Inwink.',
      why: 'Its mask row is no longer synchronised; everything else is.',
      next: 'Put the product back as it was, or import an updated mask.',
    },
  },
  'product-missing-at-target': {
    fr: {
      what: 'Le produit partenaire indiqué par le masque est introuvable dans Inwink.',
      why: 'Sa quantité n’est pas envoyée ; le partenaire reste synchronisé.',
      next: 'Rétablissez le produit dans Inwink, ou importez un masque avec le bon identifiant.',
    },
    en: {
      what: 'The partner product that the mask names cannot be found in Inwink.',
      why: 'Its quantity is not sent; the partner stays in step.',
      next: 'Restore the product in Inwink, or import a mask with the right id.',
    },
  },
  'quantity-higher-at-target': {
    fr: {
      what: 'Inwink détient une quantité plus élevée que le dossier.',
      why: 'Inwink n’accepte pas de baisse : la quantité la plus haute y est conservée.',
      next: 'Si la baisse doit être visible, corrigez-la à la main avec votre chargé de projet Inwink.',
    },
    en: {
      what: 'Inwink holds a higher quantity than the dossier.',
      why: 'Inwink accepts no decrease: the highest quantity stays there.',
      next: 'If the decrease must show, have it corrected by hand with your Inwink project manager.',
    },
  },
  'malformed-quantity': {
    fr: {
      what: 'Une quantité du dossier n’est pas un nombre entier plausible.',
      why: 'Elle n’est pas envoyée, car Inwink ne permet pas de la baisser ensuite.',
      next: 'Corrigez la quantité dans Planexpo.',
    },
    en: {
      what: 'A quantity of the dossier is not a plausible whole number.',
      why: 'It is not sent, because Inwink would not let it be lowered afterwards.',
      next: 'Correct the quantity in Planexpo.',
    },
  },
  'unmapped-product': {
    fr: {
      what: 'Le dossier contient un produit dont le masque ne parle pas.',
      why: 'Ce produit n’est pas envoyé vers Inwink.',
      next: 'Ajoutez-le au masque s’il doit être synchronisé, ou laissez-y ses colonnes C et D vides.',
    },
    en: {
      what: 'The dossier holds a product that the mask does not speak of.',
      why: 'This product is not sent to Inwink.',
      next: 'Add it to the mask if it is to be synchronised, or list it there with columns C and D empty.',
    },
  },
  'mask-missing': {
    fr: {
      what: 'Aucun masque de synchronisation n’est en vigueur.',
      why: 'Sans lui, aucun produit ni option ne peut être envoyé.',
      next: 'Complétez le masque et importez-le avec la commande mask import.',
    },
    en: {
      what: 'No synchronisation mask is in force.',
      why: 'Without one, no product or option can be sent.',
      next: 'Fill in the mask and import it with the mask import command.',
    },
  },
  'changed-since-plan': {
    fr: {
      what: 'Le dossier ou sa fiche Inwink a changé depuis l’établissement du plan.',
      why: 'Appliquer le plan écraserait ce que vous n’avez pas vu.',
      next: 'Établissez un nouveau plan.',
    },
    en: {
      what: 'The dossier or its Inwink record changed after the plan was made.',
      why: 'Applying the plan would overwrite what you have not seen.',
      next: 'Make a new plan.',
    },
  },
  'guard-stopped': {
    fr: {
      what: 'Le passage allait retirer ou vider plus de fiches que la limite fixée.',
      why: 'Un tel volume vient souvent d’une erreur ; rien n’a été écrit.',
      next: 'Vérifiez le plan ; s’il est juste, autorisez-le une fois.',
    },
    en: {
      what: 'The run was about to withdraw or blank more records than the set limit.',
      why: 'Such a number often comes from a mistake; nothing was written.',
      next: 'Check the plan; if it is right, allow it once.',
    },
  },
  'access-lost': {
    fr: {
      what: 'Une plateforme refuse les identifiants ou les droits de Passerelle.',
      why: 'Le passage est arrêté et aucune tentative n’est répétée.',
      next: 'Renouvelez la clé ou les droits, vérifiez avec la commande check, puis relancez.',
    },
    en: {
      what: 'A platform refuses Passerelle’s credentials or rights.',
      why: 'The run has stopped and nothing is tried again.',
      next: 'Renew the key or the rights, verify with the check command, then run again.',
    },
  },
};
