import type { Prerequisites } from './mask';
import type { Bilingual } from './mask-problem';
import { languages } from './mask-problem';
import { labelKey } from './mask-text';

/** The three sheets of the seed. Excel allows 31 characters. */
export const sheetLabels = {
  prerequisites: { fr: 'Prérequis techniques', en: 'Technical prerequisites' },
  fields: { fr: 'Champs par défaut', en: 'Default fields' },
  products: { fr: 'Produits et options', en: 'Products and options' },
} as const satisfies Record<string, Bilingual>;

export type SheetKey = keyof typeof sheetLabels;

/** Very hidden: holds what the drop-down lists offer. Never read back. */
export const LIST_SHEET = '_lists';

/** Columns A to D of the third sheet, in the order the seed fixes. */
export const productColumns = [
  {
    key: 'planexpoName',
    letter: 'A',
    label: { fr: 'Produit ou option Planexpo', en: 'Planexpo product or option' },
  },
  { key: 'planexpoId', letter: 'B', label: { fr: 'ID Planexpo', en: 'Planexpo ID' } },
  { key: 'inwinkName', letter: 'C', label: { fr: 'Produit Inwink', en: 'Inwink product' } },
  { key: 'inwinkId', letter: 'D', label: { fr: 'ID du produit Inwink', en: 'Inwink product ID' } },
] as const satisfies ReadonlyArray<{ key: string; letter: string; label: Bilingual }>;

export type ProductColumn = (typeof productColumns)[number]['key'];

export type PrerequisiteCode = keyof Prerequisites;
export type AnswerKind = 'date' | 'yes-no' | 'text';

export interface PrerequisiteLabel {
  code: PrerequisiteCode;
  kind: AnswerKind;
  label: Bilingual;
  explanation: Bilingual;
}

/** One row each on the first sheet, in this order (seed; settled question 11). */
export const prerequisiteLabels: readonly PrerequisiteLabel[] = [
  {
    code: 'salesOpenedOn',
    kind: 'date',
    label: { fr: 'Commercialisation ouverte le', en: 'Sales opened on' },
    explanation: {
      fr: 'Date d’ouverture de la commercialisation. La synchronisation commence après elle, jamais avant.',
      en: 'The day sales opened. The synchronisation starts after it, never before.',
    },
  },
  {
    code: 'offerFrozen',
    kind: 'yes-no',
    label: { fr: 'Offre commerciale figée', en: 'Commercial offer frozen' },
    explanation: {
      fr: 'Oui quand l’offre est entièrement configurée dans Planexpo et que les produits à synchroniser ne changeront plus, d’un côté comme de l’autre.',
      en: 'Yes once the offer is fully set up in Planexpo and the products to synchronise will no longer change on either side.',
    },
  },
  {
    code: 'planexpoManagerInformed',
    kind: 'yes-no',
    label: { fr: 'Chargé de projet Planexpo informé', en: 'Planexpo project manager informed' },
    explanation: {
      fr: 'Oui quand votre chargé de projet Planexpo sait que la synchronisation est mise en place.',
      en: 'Yes once your Planexpo project manager knows that the synchronisation is being set up.',
    },
  },
  {
    code: 'inwinkManagerInformed',
    kind: 'yes-no',
    label: { fr: 'Chargé de projet Inwink informé', en: 'Inwink project manager informed' },
    explanation: {
      fr: 'Oui quand votre chargé de projet Inwink sait que la synchronisation est mise en place.',
      en: 'Yes once your Inwink project manager knows that the synchronisation is being set up.',
    },
  },
  {
    code: 'planexpoEvent',
    kind: 'text',
    label: { fr: 'Événement Planexpo', en: 'Planexpo event' },
    explanation: {
      fr: 'Rempli à l’export: l’événement dont les dossiers sont lus.',
      en: 'Filled in at export: the event whose dossiers are read.',
    },
  },
  {
    code: 'inwinkEvent',
    kind: 'text',
    label: { fr: 'Événement Inwink', en: 'Inwink event' },
    explanation: {
      fr: 'Rempli à l’export: l’événement qui reçoit partenaires et participants.',
      en: 'Filled in at export: the event that receives partners and participants.',
    },
  },
  {
    code: 'confirmedBy',
    kind: 'text',
    label: { fr: 'Confirmé par (fonction)', en: 'Confirmed by (role)' },
    explanation: {
      fr: 'La fonction de la personne qui confirme ce document, par exemple « responsable exposants ».',
      en: 'The role of whoever confirms this document, for example "exhibitor manager".',
    },
  },
  {
    code: 'confirmedOn',
    kind: 'date',
    label: { fr: 'Confirmé le', en: 'Confirmed on' },
    explanation: { fr: 'La date de cette confirmation.', en: 'The day of that confirmation.' },
  },
];

/** Whether the text is this label in one of the languages. */
export function isLabel(text: string, label: Bilingual): boolean {
  const key = labelKey(text);
  return languages.some((language) => labelKey(label[language]) === key);
}
