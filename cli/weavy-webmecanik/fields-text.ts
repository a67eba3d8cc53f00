import type { Language } from '../../mappings/reason-types';
import { grantText, type MissingRight, rightsByTable } from '../../mappings/weavy-webmecanik/api-rights';
import { RECORD_KINDS, type RecordKind } from '../../mappings/weavy-webmecanik/crm-record';
import type { FieldUse, FieldView } from '../../operations/weavy-webmecanik/fields-view';
import { table } from '../table';

const WORDS = {
  fr: {
    field: 'Champ',
    label: 'Libellé',
    type: 'Type',
    length: 'Longueur',
    required: 'Requis',
    choices: 'Valeurs',
    custom: 'Perso.',
    mappedTo: 'Relié à',
    bounce: 'NPAI',
    missing: 'Champs illisibles',
  },
  en: {
    field: 'Field',
    label: 'Label',
    type: 'Type',
    length: 'Length',
    required: 'Required',
    choices: 'Values',
    custom: 'Custom',
    mappedTo: 'Mapped to',
    bounce: 'bounce (NPAI)',
    missing: 'Fields that cannot be read',
  },
} as const satisfies Record<Language, Record<string, string>>;

const TITLES: Readonly<Record<RecordKind, Record<Language, string>>> = {
  'weavy/customer': { fr: 'weavy, Tiers (customer)', en: 'weavy, Tiers (customer)' },
  'weavy/customercontact': { fr: 'weavy, Contact (customercontact)', en: 'weavy, Contact (customercontact)' },
  'weavy/marketinginbound': {
    fr: 'weavy, Entrant (marketinginbound)',
    en: 'weavy, Entrant (marketinginbound)',
  },
  'mautic/company': { fr: 'Webmecanik, société (company)', en: 'Webmecanik, company' },
  'mautic/contact': { fr: 'Webmecanik, contact', en: 'Webmecanik, contact' },
};

const YES = '✓';
const NO = '-';

/** One table per object, then what to tick for those that cannot be read. */
export function fieldsText(
  fields: readonly FieldView[],
  missing: readonly MissingRight[],
  language: Language,
): string {
  const words = WORDS[language];
  const drawn = RECORD_KINDS.flatMap((kind) => {
    const own = fields.filter((field) => field.object === kind);
    return own.length === 0 ? [] : [TITLES[kind][language], objectTable(own, language)];
  });
  const grants = rightsByTable(missing).map(
    ({ table: kind, rights }) =>
      `${words.missing}, ${TITLES[kind][language]}${language === 'fr' ? ' : ' : ': '}${grantText(kind, rights, language)}.`,
  );
  return [...drawn, ...grants].join('\n');
}

function objectTable(fields: readonly FieldView[], language: Language): string {
  const words = WORDS[language];
  return table(
    [
      { head: words.field },
      { head: words.label, share: 1 },
      { head: words.type },
      { head: words.length },
      { head: words.required },
      { head: words.choices },
      { head: words.custom },
      { head: words.mappedTo, share: 1 },
    ],
    fields.map((field) => [
      field.name,
      field.label,
      field.type,
      field.length === null ? NO : String(field.length),
      field.required ? YES : NO,
      field.choices === null ? NO : String(field.choices),
      field.custom ? YES : NO,
      field.mappedTo.map((use) => useText(use, language)).join('\n') || NO,
    ]),
  );
}

function useText({ object, field, direction }: FieldUse, language: Language): string {
  return `${object}: ${field ?? WORDS[language].bounce} (${direction})`;
}
