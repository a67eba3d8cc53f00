import type { Bilingual } from './mask-problem';

export interface DefaultField {
  sent: 'partner' | 'participant';
  planexpo: Bilingual;
  inwink: Bilingual;
  optional: 'yes' | 'no';
}

const both = (text: string): Bilingual => ({ fr: text, en: text });

/** What is always synchronised, in the order of the seed's two lists. Documentation for people: the mapping does not read it. */
export const defaultFields: readonly DefaultField[] = [
  partner('ID public du dossier', 'Public dossier ID', both('planexpo_public_order_id')),
  partner('ID privé du dossier', 'Private dossier ID', both('planexpo_order_id')),
  partner('Relation exposant / co-exposant', 'Exhibitor / co-exhibitor relation', {
    fr: 'Partenaire parent',
    en: 'Parent partner',
  }),
  partner('Nom de la société', 'Company name', { fr: 'Nom du partenaire', en: 'Partner name' }),
  partner('Adresse postale de la société', 'Postal address of the company', { fr: 'Adresse', en: 'Address' }),
  partner('Statut « Validé »', 'Status "validated"', {
    fr: 'Statut « Published » (publié)',
    en: 'Status "Published"',
  }),
  partner('Numéro de stand', 'Stand number', { fr: 'Numéro de stand', en: 'Booth number' }),
  optionalPartner('Espace', 'Space', { fr: 'Espace', en: 'Space' }),
  optionalPartner('Allée', 'Aisle', { fr: 'Allée', en: 'Aisle' }),
  partner('Site web', 'Website', { fr: 'Site web', en: 'Website' }),
  participant('Civilité', 'Civility', { fr: 'Civilité', en: 'Title' }),
  participant('Nom', 'Last name', { fr: 'Nom', en: 'Last name' }),
  participant('Prénom', 'First name', { fr: 'Prénom', en: 'First name' }),
  participant('Société', 'Company', { fr: 'Société', en: 'Company' }),
  participant('Poste / fonction', 'Position', { fr: 'Poste / fonction', en: 'Position' }),
  participant('Téléphone 1', 'Phone 1', { fr: 'Téléphone 1', en: 'Phone 1' }),
  participant('Téléphone 2', 'Phone 2', { fr: 'Téléphone 2', en: 'Phone 2' }),
  participant('Langue préférée', 'Preferred language', { fr: 'Langue préférée', en: 'Preferred language' }),
];

/** How the table is to be read; shown under it. */
export const defaultFieldRules: readonly Bilingual[] = [
  {
    fr: 'Champ absent du dossier: le champ Inwink reste tel quel.',
    en: 'Field absent from the dossier: the Inwink field stays as it is.',
  },
  {
    fr: 'Champ vidé dans Planexpo après avoir eu une valeur: le champ Inwink est vidé aussi.',
    en: 'Field emptied in Planexpo after it had a value: the Inwink field is emptied too.',
  },
  {
    fr: 'Champ facultatif: envoyé quand le dossier le contient; son absence n’arrête rien.',
    en: 'Optional field: sent when the dossier has it; its absence stops nothing.',
  },
  {
    fr: 'Participant: le contact de réservation du dossier. Son e-mail, quand il existe, est envoyé aussi: il sert à le reconnaître.',
    en: 'Participant: the booking contact of the dossier. The e-mail, when there is one, is sent too: it tells who is who.',
  },
  {
    fr: 'Une modification faite dans Inwink sur l’un de ces champs est remplacée par la valeur de Planexpo.',
    en: 'An edit made in Inwink to one of these fields is replaced by the value from Planexpo.',
  },
];

function partner(fr: string, en: string, inwink: Bilingual): DefaultField {
  return { sent: 'partner', planexpo: { fr, en }, inwink, optional: 'no' };
}

function optionalPartner(fr: string, en: string, inwink: Bilingual): DefaultField {
  return { ...partner(fr, en, inwink), optional: 'yes' };
}

function participant(fr: string, en: string, inwink: Bilingual): DefaultField {
  return { sent: 'participant', planexpo: { fr, en }, inwink, optional: 'no' };
}
