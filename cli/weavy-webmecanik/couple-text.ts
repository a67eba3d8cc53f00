import type { Language } from '../../mappings/reason-types';
import type { Direction } from '../../mappings/weavy-webmecanik/field-mapping';
import type { CoupleView, FieldView, SideView } from '../../operations/weavy-webmecanik/couple-view';
import { stateText } from '../../operations/weavy-webmecanik/crm-words';
import { COLON, timeText, valueText } from '../answer';
import { excerpts } from '../excerpts';
import { table } from '../table';

const WORDS = {
  fr: {
    both: 'Les deux côtés',
    none: 'aucune fiche en face',
    state: 'Lien',
    alone: 'aucun',
    changed: 'modifiée le',
    read: 'connue ainsi depuis le',
    gone: 'disparue',
    paused: 'Champs en pause',
    company: 'Société donnée d’après le Tiers',
    bounced: 'NPAI vu le',
    unsettled: 'Une écriture est en cours, ou est restée sans réponse.',
    duplicates: 'Autres fiches de même clé',
    field: 'Champ',
    base: 'Accord',
    standing: 'Situation',
    same: 'identique',
    differs: 'différent',
    'one-side': 'un seul côté',
    isPaused: 'en pause',
  },
  en: {
    both: 'Both sides',
    none: 'nothing on the other side',
    state: 'Link',
    alone: 'none',
    changed: 'changed',
    read: 'known so since',
    gone: 'gone',
    paused: 'Paused fields',
    company: 'Company given after the Tiers',
    bounced: 'Bounce first seen',
    unsettled: 'A write is under way, or ended without an answer.',
    duplicates: 'Other records with the same key',
    field: 'Field',
    base: 'Agreed',
    standing: 'Standing',
    same: 'same',
    differs: 'differs',
    'one-side': 'one side only',
    isPaused: 'paused',
  },
} as const satisfies Record<Language, Record<string, string>>;

const ARROWS = { both: '<->', toMautic: '->', toWeavy: '<-' } as const satisfies Record<Direction, string>;

/** Both records side by side with what they last agreed on, for people. */
export function coupleLines(couple: CoupleView, language: Language): string[] {
  const words = WORDS[language];
  const colon = COLON[language];
  const state = couple.state === null ? words.alone : stateText(couple.state, language);
  return [
    `${words.both}${colon.trimEnd()}`,
    ...sideLines('weavy', couple.weavy, language),
    ...sideLines('Webmecanik', couple.mautic, language),
    `  ${words.state}${colon}${state}${couple.origin === null ? '' : ` (${couple.origin})`}`,
    ...(couple.pausedFields.length === 0
      ? []
      : [`  ${words.paused}${colon}${couple.pausedFields.join(', ')}`]),
    ...(couple.madeCompany === null ? [] : [`  ${words.company}${colon}${couple.madeCompany}`]),
    ...(couple.bouncedAt === null
      ? []
      : [`  ${words.bounced}${colon}${timeText(couple.bouncedAt, language)}`]),
    ...(couple.duplicates.length === 0
      ? []
      : [`  ${words.duplicates}${colon}${couple.duplicates.join(', ')}`]),
    ...(couple.isUnsettled ? [`  ${words.unsettled}`] : []),
    ...(couple.fields.length === 0 ? [] : [fieldsTable(couple.fields, language)]),
  ];
}

function sideLines(name: string, side: SideView | null, language: Language): string[] {
  const words = WORDS[language];
  if (side === null) return [`  ${name}${COLON[language]}${words.none}`];
  const notes = [
    ...(side.gone ? [words.gone] : []),
    ...(side.changedAt === null ? [] : [`${words.changed} ${timeText(side.changedAt, language)}`]),
    ...(side.knownSince === null ? [] : [`${words.read} ${timeText(side.knownSince, language)}`]),
  ];
  return [
    `  ${name}${COLON[language]}${side.record}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`,
    ...(side.url === null ? [] : [`    ${side.url}`]),
  ];
}

function fieldsTable(fields: readonly FieldView[], language: Language): string {
  const words = WORDS[language];
  return table(
    [
      { head: words.field, share: 3 },
      { head: 'weavy', share: 3 },
      { head: 'Webmecanik', share: 3 },
      { head: words.base, share: 3 },
      { head: words.standing, share: 2 },
    ],
    fields.map((field) => [
      `${field.weavyField} ${ARROWS[field.direction]} ${field.mauticField}`,
      ...excerpts(valueText(field.weavy), valueText(field.mautic)),
      baseText(field),
      standingText(field, language),
    ]),
  );
}

/** One value where both sides agreed on the same, two where a platform spells or keeps it in its own way. */
function baseText({ base }: FieldView): string {
  if (base === null) return '';
  const [weavy, mautic] = excerpts(valueText(base.weavy), valueText(base.mautic));
  return weavy === mautic ? weavy : `${weavy} | ${mautic}`;
}

function standingText({ standing, rule }: FieldView, language: Language): string {
  const words = WORDS[language];
  const text = standing === 'paused' ? words.isPaused : words[standing];
  return rule === null ? text : `${text}\n${rule}`;
}
