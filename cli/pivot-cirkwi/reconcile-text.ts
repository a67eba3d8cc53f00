import type { DifferenceKind } from '../../mappings/pivot-cirkwi/reconcile/reconcile-difference';
import type { Language } from '../../mappings/reason-types';
import type { OffersReconciled, ShownOfferDifference } from '../../operations/pivot-cirkwi/reconcile';
import { COLON, valueText } from '../answer';
import type { ReconciliationText } from '../commands/reconcile';
import { excerpts } from '../excerpts';
import { table } from '../table';

const KINDS: Readonly<Record<DifferenceKind, Readonly<Record<Language, string>>>> = {
  missing: { fr: 'absent du flux', en: 'missing in the feed' },
  extra: { fr: 'de trop dans le flux', en: 'in the feed, not asked for' },
  drift: { fr: 'champ différent dans le flux', en: 'field differs in the feed' },
  'not-in-cirkwi': { fr: 'Cirkwi ne le montre pas tel quel', en: 'not shown in Cirkwi as offered' },
  'edited-in-cirkwi': { fr: 'texte modifié dans Cirkwi', en: 'text edited in Cirkwi' },
  duplicate: { fr: 'en double dans Cirkwi', en: 'duplicate in Cirkwi' },
  orphan: { fr: 'dans Cirkwi, absent du flux', en: 'in Cirkwi, not in the feed' },
};

const WORDS = {
  fr: {
    read: 'Lu',
    offers: 'offres',
    unreadable: 'illisibles',
    offered: 'objets dans le flux',
    circuits: 'circuits',
    pois: 'points d’intérêt dans Cirkwi',
    inStep: 'en phase',
    of: 'sur',
    awaiting: 'peuvent disparaître au prochain import de Cirkwi',
    import: 'import attendu',
    kind: 'Différence',
    record: 'Offre',
    ids: 'Objets Cirkwi',
    field: 'Champ ou motif',
    held: 'Flux',
    wanted: 'PIVOT',
  },
  en: {
    read: 'Read',
    offers: 'offers',
    unreadable: 'unreadable',
    offered: 'objects in the feed',
    circuits: 'circuits',
    pois: 'points of interest in Cirkwi',
    inStep: 'in step',
    of: 'of',
    awaiting: 'may be gone after Cirkwi’s next import',
    import: 'awaits import',
    kind: 'Difference',
    record: 'Offer',
    ids: 'Cirkwi objects',
    field: 'Field or reason',
    held: 'Feed',
    wanted: 'PIVOT',
  },
} as const satisfies Record<Language, Record<string, string>>;

export function offersText({ totals, shown }: OffersReconciled, language: Language): ReconciliationText {
  return {
    head: headLines(totals, language),
    kindText: (kind) => KINDS[kind as DifferenceKind][language], // the keys of the counts are the kinds
    table: () => differencesTable(shown, language),
  };
}

function headLines(
  { read, inStep, expected, awaitingImport }: OffersReconciled['totals'],
  language: Language,
): string[] {
  const words = WORDS[language];
  return [
    `${words.read}${COLON[language]}${read.offers} ${words.offers} (${read.unreadable} ${words.unreadable}), ${read.offered} ${words.offered}, ${read.circuits} ${words.circuits}, ${read.pois} ${words.pois}.`,
    `${inStep} ${words.of} ${expected} ${words.inStep}.`,
    ...(awaitingImport === 0 ? [] : [`${awaitingImport} ${words.awaiting}.`]),
  ];
}

function differencesTable(shown: readonly ShownOfferDifference[], language: Language): string {
  const words = WORDS[language];
  const values = shown.some((one) => 'held' in one);
  return table(
    [
      { head: words.kind, share: 3 },
      { head: words.record },
      { head: words.ids, share: 2 },
      { head: words.field, share: 3 },
      ...(values
        ? [
            { head: words.held, share: 3 },
            { head: words.wanted, share: 3 },
          ]
        : []),
    ],
    shown.map((one) => [
      `${KINDS[one.kind][language]}${one.awaitsImport ? ` (${words.import})` : ''}`,
      one.record,
      one.targetIds.join('\n') || '-',
      one.field ?? one.reason ?? '-',
      ...('held' in one ? excerpts(valueText(one.held), valueText(one.wanted)) : []),
    ]),
  );
}
