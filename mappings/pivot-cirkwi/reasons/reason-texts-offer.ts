import type { OfferReason, ReasonTexts } from './reason-codes';

type OfferCode = Extract<
  OfferReason,
  'unreadable-record' | 'missing-name' | 'left-query' | 'unknown-code' | 'guard-stopped' | 'access-lost'
>;

/** What a person has to look at in PIVOT, and what stops a run as a whole. */
export const OFFER_TEXTS: ReasonTexts<OfferCode> = {
  'unreadable-record': {
    fr: {
      what: 'PIVOT a répondu pour cette offre sous une forme incompréhensible.',
      why: 'Elle reste dans le flux telle quelle, ou n’y entre pas ; les autres offres continuent.',
      next: 'Corrigez dans PIVOT les champs nommés, ou transmettez ce point à votre référent PIVOT.',
    },
    en: {
      what: 'What PIVOT answered for this offer cannot be understood.',
      why: 'It stays in the feed as it is, or does not enter it; the other offers go on.',
      next: 'Correct the named fields in PIVOT, or hand this item to your PIVOT contact.',
    },
  },
  'missing-name': {
    fr: {
      what: 'Le nom français de l’offre est vide.',
      why: 'Un objet sans titre ne peut pas être publié sur Cirkwi.',
      next: 'Saisissez le nom de l’offre dans PIVOT.',
    },
    en: {
      what: 'The French name of the offer is empty.',
      why: 'An object without a title cannot be published on Cirkwi.',
      next: 'Enter the name of the offer in PIVOT.',
    },
  },
  'left-query': {
    fr: {
      what: 'L’offre a quitté la requête PIVOT alors qu’elle est toujours cochée et publiable.',
      why: 'La requête a pu être modifiée par erreur : l’offre reste dans le flux telle quelle.',
      next: 'Vérifiez la requête ; puis décidez de retirer l’offre ou de la garder.',
    },
    en: {
      what: 'The offer left the PIVOT query although it is still ticked and publishable.',
      why: 'The query may have been changed by mistake: the offer stays in the feed as it is.',
      next: 'Check the query; then decide whether to withdraw the offer or to keep it.',
    },
  },
  'unknown-code': {
    fr: {
      what: 'PIVOT utilise un code que les listes de correspondance ne connaissent pas.',
      why: 'Le champ concerné n’est pas envoyé pour les offres qui le portent ; tout le reste l’est.',
      next: 'Signalez le code nommé, pour qu’il soit ajouté à la liste de correspondance.',
    },
    en: {
      what: 'PIVOT uses a code that the correspondence lists do not know.',
      why: 'The field in question is not sent for the offers that bear it; everything else is.',
      next: 'Report the named code, so that it is added to the correspondence list.',
    },
  },
  'guard-stopped': {
    fr: {
      what: 'Le passage allait retirer du flux plus d’offres que la limite fixée, ou le vider.',
      why: 'Un tel volume vient souvent d’une erreur ; le dernier flux valable reste servi.',
      next: 'Vérifiez le plan ; s’il est juste, autorisez-le une fois.',
    },
    en: {
      what: 'The run was about to take more offers out of the feed than the set limit, or to empty it.',
      why: 'Such a number often comes from a mistake; the last good feed is still served.',
      next: 'Check the plan; if it is right, allow it once.',
    },
  },
  'access-lost': {
    fr: {
      what: 'Une plateforme refuse les identifiants ou les droits de Passerelle.',
      why: 'Le passage est arrêté, aucune tentative n’est répétée, et le dernier flux valable reste servi.',
      next: 'Renouvelez la clé ou les droits, vérifiez avec la commande check, puis relancez.',
    },
    en: {
      what: 'A platform refuses Passerelle’s credentials or rights.',
      why: 'The run has stopped, nothing is tried again, and the last good feed is still served.',
      next: 'Renew the key or the rights, verify with the check command, then run again.',
    },
  },
};
