import type { CrmReason, ReasonTexts } from './reason-codes';

type FieldCode = Extract<
  CrmReason,
  | 'email-taken'
  | 'unknown-value'
  | 'too-long'
  | 'malformed-value'
  | 'field-altered'
  | 'field-altered-twice'
  | 'tie-held'
  | 'field-gone'
  | 'field-often-paused'
>;

/** What people have to know about single fields. The other fields of the record go on. */
export const FIELD_TEXTS: ReasonTexts<FieldCode> = {
  'email-taken': {
    fr: {
      what: 'La nouvelle adresse e-mail appartient déjà à une autre fiche de l’autre plateforme.',
      why: 'L’écrire fusionnerait deux personnes : seul l’e-mail attend, les autres champs continuent.',
      next: 'Corrigez l’e-mail, ou fusionnez vous-même les deux fiches, puis réessayez.',
    },
    en: {
      what: 'The new e-mail address already belongs to another record on the other platform.',
      why: 'Writing it would merge two people: the e-mail alone waits, the other fields go on.',
      next: 'Correct the e-mail, or merge the two records yourself, then try again.',
    },
  },
  'unknown-value': {
    fr: {
      what: 'La valeur ne figure pas dans la liste fermée de l’autre plateforme.',
      why: 'Ce champ n’est pas écrit ; les autres champs de la fiche continuent.',
      next: 'Ajoutez la valeur à la liste, ou choisissez-en une autre, puis réessayez.',
    },
    en: {
      what: 'The value is not in the closed list of the other platform.',
      why: 'This field is not written; the record’s other fields go on.',
      next: 'Add the value to the list, or choose another one, then try again.',
    },
  },
  'too-long': {
    fr: {
      what: 'Le texte est plus long que ce que l’autre plateforme peut garder.',
      why: 'Il n’est pas coupé : ce champ n’est pas écrit, les autres champs continuent.',
      next: 'Raccourcissez le texte, ou allongez le champ sur l’autre plateforme, puis réessayez.',
    },
    en: {
      what: 'The text is longer than the other platform can hold.',
      why: 'It is not cut off: this field is not written, the other fields go on.',
      next: 'Shorten the text, or lengthen the field on the other platform, then try again.',
    },
  },
  'malformed-value': {
    fr: {
      what: 'La valeur n’a pas la forme que la correspondance annonce (nombre, date, oui ou non).',
      why: 'Ce champ n’est pas écrit ; les autres champs de la fiche continuent.',
      next: 'Corrigez la valeur, ou la forme indiquée dans la correspondance, puis réessayez.',
    },
    en: {
      what: 'The value is not of the form that the mapping announces (number, date, yes or no).',
      why: 'This field is not written; the record’s other fields go on.',
      next: 'Correct the value, or the form given in the mapping, then try again.',
    },
  },
  'field-altered': {
    fr: {
      what: 'La plateforme a gardé autre chose que la valeur envoyée.',
      why: 'L’écriture a réussi ; ce que la plateforme garde est pris comme valeur commune, sans nouvel envoi.',
      next: 'Vérifiez si la valeur gardée vous convient ; sinon, adaptez le champ ou sa longueur.',
    },
    en: {
      what: 'The platform kept something else than the value that was sent.',
      why: 'The write succeeded; what the platform keeps counts as agreed, and nothing is sent again.',
      next: 'See whether the kept value suits you; if not, adapt the field or its length.',
    },
  },
  'field-altered-twice': {
    fr: {
      what: 'La plateforme a modifié une deuxième fois la valeur envoyée pour ce champ.',
      why: 'Le champ est en pause pour cette fiche, afin que les deux côtés ne se répondent pas sans fin.',
      next: 'Corrigez la cause et reprenez le champ, ou acceptez ce que la plateforme garde.',
    },
    en: {
      what: 'The platform altered the value sent for this field a second time.',
      why: 'The field is paused for this record, so that the two sides do not answer each other for ever.',
      next: 'Mend the cause and resume the field, or accept what the platform keeps.',
    },
  },
  'tie-held': {
    fr: {
      what: 'Le champ a été modifié des deux côtés, et rien ne dit lequel l’a été en dernier.',
      why: 'Le réglage demande alors de n’écrire ni d’un côté ni de l’autre.',
      next: 'Choisissez la valeur à garder.',
    },
    en: {
      what: 'The field was edited on both sides, and nothing tells which edit came last.',
      why: 'The setting then asks to write to neither side.',
      next: 'Choose the value to keep.',
    },
  },
  'field-gone': {
    fr: {
      what: 'Un champ de la correspondance n’existe plus sur sa plateforme.',
      why: 'Ce champ est en pause pour toutes les fiches ; tout le reste continue.',
      next: 'Rétablissez le champ, ou retirez-le de la correspondance, puis réessayez.',
    },
    en: {
      what: 'A field of the mapping no longer exists on its platform.',
      why: 'This field is paused for all records; everything else goes on.',
      next: 'Restore the field, or take it out of the mapping, then try again.',
    },
  },
  'field-often-paused': {
    fr: {
      what: 'Le même champ est en pause sur plusieurs fiches.',
      why: 'La cause est sans doute dans la correspondance ou dans le réglage du champ, non dans les fiches.',
      next: 'Vérifiez ce champ avec la commande mapping check, corrigez, puis réessayez.',
    },
    en: {
      what: 'The same field is paused in several records.',
      why: 'The cause is likely the mapping or the field’s own set-up, not the records.',
      next: 'Look at this field with the mapping check command, correct it, then try again.',
    },
  },
};
