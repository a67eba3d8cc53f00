import type { ReasonCode, ReasonTexts } from './reason-codes';

type DossierCode = Extract<
  ReasonCode,
  | 'unknown-status'
  | 'unreadable-record'
  | 'missing-name'
  | 'depth'
  | 'cancelled-after-sync'
  | 'refused-after-sync'
  | 'deleted-at-source'
  | 'cancelled-parent'
  | 'no-email'
  | 'malformed-email'
  | 'malformed-value'
  | 'unknown-value'
  | 'shared-email-differs'
>;

/** What a person has to look at in Planexpo. */
export const DOSSIER_TEXTS: ReasonTexts<DossierCode> = {
  'unknown-status': {
    fr: {
      what: 'Planexpo donne à ce dossier un statut que Passerelle ne connaît pas.',
      why: 'Sans savoir s’il est validé, on ne peut ni le publier ni le retirer.',
      next: 'Vérifiez le statut dans Planexpo ; s’il est nouveau, signalez-le à votre chargé de projet.',
    },
    en: {
      what: 'Planexpo gives this dossier a status that Passerelle does not know.',
      why: 'Without knowing whether it is validated, it can be neither published nor withdrawn.',
      next: 'Check the status in Planexpo; if it is a new one, tell your project manager.',
    },
  },
  'unreadable-record': {
    fr: {
      what: 'Planexpo a répondu pour ce dossier sous une forme incompréhensible.',
      why: 'Il n’est pas synchronisé ; les autres dossiers continuent.',
      next: 'Corrigez dans Planexpo les champs nommés, ou transmettez ce point à votre chargé de projet.',
    },
    en: {
      what: 'What Planexpo answered for this dossier cannot be understood.',
      why: 'It is not synchronised; the other dossiers go on.',
      next: 'Correct the named fields in Planexpo, or hand this item to your project manager.',
    },
  },
  'missing-name': {
    fr: {
      what: 'Le nom de la société est vide.',
      why: 'Inwink exige un nom pour chaque partenaire.',
      next: 'Saisissez le nom de la société dans le dossier Planexpo.',
    },
    en: {
      what: 'The company name is empty.',
      why: 'Inwink requires a name for each partner.',
      next: 'Enter the company name in the Planexpo dossier.',
    },
  },
  depth: {
    fr: {
      what: 'Ce dossier est le co-exposant d’un co-exposant, ou de lui-même.',
      why: 'Un partenaire Inwink n’a qu’un seul niveau de rattachement.',
      next: 'Rattachez-le dans Planexpo à l’exposant principal du stand.',
    },
    en: {
      what: 'This dossier is the co-exhibitor of a co-exhibitor, or of itself.',
      why: 'Inwink partners are attached to each other on one level only.',
      next: 'Attach it in Planexpo to the main exhibitor of the stand.',
    },
  },
  'cancelled-after-sync': {
    fr: {
      what: 'Le dossier a été annulé alors que son partenaire est déjà dans Inwink.',
      why: 'Le partenaire peut rester visible du public pour un exposant qui ne vient plus.',
      next: 'Décidez de dépublier le partenaire ou de le garder.',
    },
    en: {
      what: 'The dossier was cancelled although its partner is already in Inwink.',
      why: 'The public may still see a partner for an exhibitor who no longer comes.',
      next: 'Decide whether to unpublish the partner or to keep it.',
    },
  },
  'refused-after-sync': {
    fr: {
      what: 'Le dossier a été refusé alors que son partenaire est déjà dans Inwink.',
      why: 'Le partenaire peut rester visible du public pour un exposant qui n’est pas admis.',
      next: 'Décidez de dépublier le partenaire ou de le garder.',
    },
    en: {
      what: 'The dossier was refused although its partner is already in Inwink.',
      why: 'The public may still see a partner for an exhibitor who is not admitted.',
      next: 'Decide whether to unpublish the partner or to keep it.',
    },
  },
  'deleted-at-source': {
    fr: {
      what: 'Le dossier n’existe plus dans Planexpo.',
      why: 'Son partenaire reste dans Inwink sans plus recevoir de mise à jour.',
      next: 'Décidez de dépublier le partenaire ou de le garder.',
    },
    en: {
      what: 'The dossier no longer exists in Planexpo.',
      why: 'Its partner stays in Inwink without any further update.',
      next: 'Decide whether to unpublish the partner or to keep it.',
    },
  },
  'cancelled-parent': {
    fr: {
      what: 'L’exposant principal est annulé, refusé ou supprimé, mais ce co-exposant est toujours validé.',
      why: 'On ne sait pas si le co-exposant vient encore, ni sur quel stand.',
      next: 'Annulez le co-exposant ou rattachez-le à un autre exposant, ou décidez ici de son partenaire.',
    },
    en: {
      what: 'The main exhibitor is cancelled, refused or deleted, but this co-exhibitor is still validated.',
      why: 'Nobody can tell whether the co-exhibitor still comes, or to which stand.',
      next: 'Cancel the co-exhibitor or attach it to another exhibitor, or decide here about its partner.',
    },
  },
  'no-email': {
    fr: {
      what: 'Le contact de réservation n’a pas d’adresse e-mail.',
      why: 'Inwink reconnaît les personnes à leur e-mail : le partenaire est envoyé, le participant non.',
      next: 'Ajoutez l’e-mail du contact dans Planexpo.',
    },
    en: {
      what: 'The booking contact has no e-mail address.',
      why: 'Inwink knows people by their e-mail: the partner is sent, the participant is not.',
      next: 'Add the contact’s e-mail in Planexpo.',
    },
  },
  'malformed-email': {
    fr: {
      what: 'L’adresse e-mail du contact de réservation n’est pas valable.',
      why: 'Elle est traitée comme absente : le partenaire est envoyé, le participant non.',
      next: 'Corrigez l’e-mail du contact dans Planexpo (une seule adresse).',
    },
    en: {
      what: 'The booking contact’s e-mail address is not valid.',
      why: 'It is treated as missing: the partner is sent, the participant is not.',
      next: 'Correct the contact’s e-mail in Planexpo (one address only).',
    },
  },
  'malformed-value': {
    fr: {
      what: 'Une valeur du dossier n’a pas la forme attendue (téléphone, site web).',
      why: 'Elle est envoyée en partie ou telle quelle, ou laissée de côté ; le reste du dossier est synchronisé.',
      next: 'Corrigez la valeur dans Planexpo.',
    },
    en: {
      what: 'A value of the dossier is not in the expected form (phone, web site).',
      why: 'It is sent in part or as typed, or left out; the rest of the dossier is synchronised.',
      next: 'Correct the value in Planexpo.',
    },
  },
  'unknown-value': {
    fr: {
      what: 'Une valeur ne figure pas dans la liste qu’Inwink accepte (pays, civilité, langue).',
      why: 'Ce champ n’est pas envoyé ; le reste du dossier est synchronisé.',
      next: 'Corrigez la valeur dans Planexpo.',
    },
    en: {
      what: 'A value is not in the list that Inwink accepts (country, civility, language).',
      why: 'This field is not sent; the rest of the dossier is synchronised.',
      next: 'Correct the value in Planexpo.',
    },
  },
  'shared-email-differs': {
    fr: {
      what: 'Plusieurs dossiers donnent le même e-mail avec des informations différentes.',
      why: 'Inwink ne garde qu’un participant par e-mail : un seul dossier en fixe les champs.',
      next: 'Vérifiez que l’e-mail est bien celui du contact, et accordez les dossiers dans Planexpo.',
    },
    en: {
      what: 'Several dossiers give the same e-mail with different details.',
      why: 'Inwink keeps one participant per e-mail: only one dossier sets its fields.',
      next: 'Check that the e-mail is the contact’s own, and make the dossiers agree in Planexpo.',
    },
  },
};
