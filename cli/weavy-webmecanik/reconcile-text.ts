import type { Language } from '../../mappings/reason-types';
import { RECORD_KINDS } from '../../mappings/weavy-webmecanik/crm-record';
import type {
  Difference,
  DifferenceKind,
} from '../../mappings/weavy-webmecanik/reconcile/reconcile-difference';
import { kindText } from '../../operations/weavy-webmecanik/crm-words';
import type { CrmReconciled, ShownCrmDifference } from '../../operations/weavy-webmecanik/reconcile';
import { COLON, valueText } from '../answer';
import type { ReconciliationText } from '../commands/reconcile';
import { excerpts } from '../excerpts';
import { table } from '../table';

const KINDS: Readonly<Record<DifferenceKind, Readonly<Record<Language, string>>>> = {
  differs: { fr: 'champ différent', en: 'field differs' },
  'not-as-master': { fr: 'pas comme le côté prioritaire', en: 'not as the side with priority' },
  'bounce-missing': { fr: 'NPAI absent de weavy', en: 'bounce (NPAI) not in weavy' },
  orphan: { fr: 'relié, l’autre fiche a disparu', en: 'linked, the other record is gone' },
  missing: { fr: 'sans fiche en face', en: 'nothing on the other side' },
  unlinked: { fr: 'des deux côtés, sans lien', en: 'on both sides, not linked' },
  duplicate: { fr: 'en double', en: 'duplicate' },
  'entrant-doubled': { fr: 'Entrant en double', en: 'Entrant there twice' },
  'not-readable': { fr: 'table illisible, non comparée', en: 'table not readable, not compared' },
};

const WORDS = {
  fr: {
    read: 'Lu',
    unreadable: 'illisibles',
    couples: 'liens',
    inStep: 'en phase',
    of: 'sur',
    accepted:
      'champs diffèrent avec une raison connue (gardés par la plateforme, en pause, laissés à un côté)',
    unknown: 'contacts selon leur segment : non vérifiés',
    kind: 'Différence',
    records: 'Fiches',
    field: 'Champ',
    rule: 'Prochain passage',
  },
  en: {
    read: 'Read',
    unreadable: 'unreadable',
    couples: 'links',
    inStep: 'in step',
    of: 'of',
    accepted: 'fields differ for a known reason (kept so by the platform, paused, left to one side)',
    unknown: 'contacts depend on their segment: not checked',
    kind: 'Difference',
    records: 'Records',
    field: 'Field',
    rule: 'Next run',
  },
} as const satisfies Record<Language, Record<string, string>>;

export function crmText({ totals, shown }: CrmReconciled, language: Language): ReconciliationText {
  return {
    head: headLines(totals, language),
    kindText: (kind) => KINDS[kind as DifferenceKind][language], // the keys of the counts are the kinds
    table: () => differencesTable(shown, language),
  };
}

function headLines(
  { read, inStep, expected, accepted, unknown }: CrmReconciled['totals'],
  language: Language,
): string[] {
  const words = WORDS[language];
  const rows = RECORD_KINDS.filter((kind) => read[kind] > 0).map(
    (kind) => `${read[kind]} ${kindText(kind, language)}`,
  );
  return [
    `${words.read}${COLON[language]}${[...rows, `${read.couples} ${words.couples}`].join(', ')} (${read.unreadable} ${words.unreadable}).`,
    `${inStep} ${words.of} ${expected} ${words.inStep}.`,
    ...(accepted === 0 ? [] : [`${accepted} ${words.accepted}.`]),
    ...(unknown === 0 ? [] : [`${unknown} ${words.unknown}.`]),
  ];
}

function differencesTable(shown: readonly ShownCrmDifference[], language: Language): string {
  const words = WORDS[language];
  const values = shown.some((one) => 'weavy' in one);
  return table(
    [
      { head: words.kind, share: 2 },
      { head: words.records, share: 4 },
      { head: words.field, share: 2 },
      ...(values ? ['weavy', 'Webmecanik'].map((head) => ({ head, share: 2 })) : []),
      { head: words.rule, share: 2 },
    ],
    shown.map((one) => [
      KINDS[one.kind][language],
      one.records.join('\n'),
      fieldText(one),
      ...(values ? ('weavy' in one ? excerpts(valueText(one.weavy), valueText(one.mautic)) : ['', '']) : []),
      one.rule ?? '-',
    ]),
  );
}

function fieldText({ field, mauticField }: Pick<Difference, 'field' | 'mauticField'>): string {
  if (field === null) return '-';
  return mauticField === null ? field : `${field} - ${mauticField}`;
}
