import type { ReasonCode, ReasonTexts } from './reason-codes';

type ScopeCode = Extract<
  ReasonCode,
  | 'draft'
  | 'not-validated'
  | 'cancelled'
  | 'refused'
  | 'test-dossier'
  | 'parent-is-test'
  | 'being-edited'
  | 'parent-not-there'
  | 'parent-held'
  | 'stopped-by-decision'
  | 'kept-by-decision'
>;

/** Why a dossier is not synchronised, or not yet. Nothing is wrong with any of these. */
export const SCOPE_TEXTS: ReasonTexts<ScopeCode> = {
  draft: {
    fr: {
      what: 'Le dossier est encore en cours de saisie dans Planexpo.',
      why: 'Seuls les dossiers validés sont envoyés vers Inwink.',
      next: 'Rien à faire : il partira dès sa validation.',
    },
    en: {
      what: 'The dossier is still being filled in in Planexpo.',
      why: 'Only validated dossiers are sent to Inwink.',
      next: 'Nothing to do: it will be sent once it is validated.',
    },
  },
  'not-validated': {
    fr: {
      what: 'Le dossier est soumis mais pas encore validé.',
      why: 'Seuls les dossiers validés sont envoyés vers Inwink.',
      next: 'Validez-le dans Planexpo quand il est prêt.',
    },
    en: {
      what: 'The dossier is submitted but not validated yet.',
      why: 'Only validated dossiers are sent to Inwink.',
      next: 'Validate it in Planexpo when it is ready.',
    },
  },
  cancelled: {
    fr: {
      what: 'Le dossier est annulé et n’a jamais été envoyé.',
      why: 'Un dossier annulé n’a pas sa place dans Inwink.',
      next: 'Rien à faire.',
    },
    en: {
      what: 'The dossier is cancelled and was never sent.',
      why: 'A cancelled dossier has no place in Inwink.',
      next: 'Nothing to do.',
    },
  },
  refused: {
    fr: {
      what: 'Le dossier est refusé et n’a jamais été envoyé.',
      why: 'Un dossier refusé n’a pas sa place dans Inwink.',
      next: 'Rien à faire.',
    },
    en: {
      what: 'The dossier is refused and was never sent.',
      why: 'A refused dossier has no place in Inwink.',
      next: 'Nothing to do.',
    },
  },
  'test-dossier': {
    fr: {
      what: 'C’est un dossier de test.',
      why: 'Les dossiers de test ne sont jamais publiés et ne comptent pas parmi les trois dossiers requis.',
      next: 'Si c’est un vrai dossier, retirez la marque de test dans Planexpo ou dans la configuration.',
    },
    en: {
      what: 'This is a test dossier.',
      why: 'Test dossiers are never published and do not count among the three that are required.',
      next: 'If it is a real one, remove the test mark in Planexpo or in the configuration.',
    },
  },
  'parent-is-test': {
    fr: {
      what: 'L’exposant principal de ce co-exposant est un dossier de test.',
      why: 'Les co-exposants d’un dossier de test ne sont pas publiés.',
      next: 'Si l’exposant principal est réel, retirez sa marque de test.',
    },
    en: {
      what: 'The main exhibitor of this co-exhibitor is a test dossier.',
      why: 'Co-exhibitors of a test dossier are not published.',
      next: 'If the main exhibitor is real, remove its test mark.',
    },
  },
  'being-edited': {
    fr: {
      what: 'Le dossier, déjà publié, est rouvert à la modification dans Planexpo.',
      why: 'Le partenaire Inwink reste tel quel, pour ne pas publier une saisie inachevée.',
      next: 'Validez à nouveau le dossier : ses changements partiront alors.',
    },
    en: {
      what: 'The dossier, already published, is open for editing again in Planexpo.',
      why: 'The Inwink partner stays as it is, so that nothing half-finished is published.',
      next: 'Validate the dossier again: its changes are sent then.',
    },
  },
  'parent-not-there': {
    fr: {
      what: 'L’exposant principal de ce co-exposant n’est pas encore dans Inwink.',
      why: 'Un co-exposant doit être rattaché au partenaire de son exposant principal.',
      next: 'Validez le dossier de l’exposant principal : le co-exposant suivra.',
    },
    en: {
      what: 'The main exhibitor of this co-exhibitor is not in Inwink yet.',
      why: 'A co-exhibitor must be attached to the partner of its main exhibitor.',
      next: 'Validate the main exhibitor’s dossier: the co-exhibitor follows.',
    },
  },
  'parent-held': {
    fr: {
      what: 'Le dossier de l’exposant principal attend une décision.',
      why: 'Le co-exposant dépend de lui et attend avec lui.',
      next: 'Traitez le point d’attention de l’exposant principal.',
    },
    en: {
      what: 'The main exhibitor’s dossier waits for a decision.',
      why: 'The co-exhibitor depends on it and waits with it.',
      next: 'Answer the main exhibitor’s attention item.',
    },
  },
  'stopped-by-decision': {
    fr: {
      what: 'La synchronisation de ce dossier a été arrêtée par une décision.',
      why: 'Plus rien n’est envoyé pour lui ; Inwink reste tel quel.',
      next: 'Pour la reprendre, relancez le dossier avec la commande retry.',
    },
    en: {
      what: 'Somebody decided to stop synchronising this dossier.',
      why: 'Nothing is sent for it any more; Inwink stays as it is.',
      next: 'To take it up again, use the retry command on the dossier.',
    },
  },
  'kept-by-decision': {
    fr: {
      what: 'Le dossier n’est plus valide dans Planexpo, et son partenaire est gardé par une décision.',
      why: 'Le partenaire reste publié et ne reçoit plus de mise à jour.',
      next: 'Rien à faire ; une nouvelle validation relance la synchronisation.',
    },
    en: {
      what: 'The dossier is no longer valid in Planexpo, and somebody decided to keep its partner.',
      why: 'The partner stays published and is no longer updated.',
      next: 'Nothing to do; a new validation starts the synchronisation again.',
    },
  },
};
