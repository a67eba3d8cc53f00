import type { DifferenceKind } from '../../mappings/planexpo-inwink/reconcile/reconcile-difference';
import type { Language } from '../../mappings/reason-types';
import type { DossiersReconciled, ShownDossierDifference } from '../../operations/planexpo-inwink/reconcile';
import { COLON, valueText } from '../answer';
import type { ReconciliationText } from '../commands/reconcile';
import { table } from '../table';

const KINDS: Readonly<Record<DifferenceKind, Readonly<Record<Language, string>>>> = {
  missing: { fr: 'absent d’Inwink', en: 'missing in Inwink' },
  'target-gone': { fr: 'relié, disparu d’Inwink', en: 'linked, gone from Inwink' },
  duplicate: { fr: 'en double dans Inwink', en: 'duplicate in Inwink' },
  unlinked: { fr: 'dans Inwink sans lien', en: 'in Inwink without a link' },
  'dossier-gone': { fr: 'relié, dossier supprimé', en: 'linked, dossier gone' },
  drift: { fr: 'champ différent', en: 'field differs' },
  'quantity-lower': { fr: 'quantité trop basse', en: 'quantity too low' },
};

const WORDS = {
  fr: {
    read: 'Lu',
    dossiers: 'dossiers',
    unreadable: 'illisibles',
    partners: 'partenaires',
    participants: 'participants',
    inStep: 'en phase',
    of: 'sur',
    kind: 'Différence',
    record: 'Dossier',
    ids: 'Fiches Inwink',
    field: 'Champ',
    held: 'Inwink',
    wanted: 'Planexpo',
  },
  en: {
    read: 'Read',
    dossiers: 'dossiers',
    unreadable: 'unreadable',
    partners: 'partners',
    participants: 'participants',
    inStep: 'in step',
    of: 'of',
    kind: 'Difference',
    record: 'Dossier',
    ids: 'Inwink records',
    field: 'Field',
    held: 'Inwink',
    wanted: 'Planexpo',
  },
} as const satisfies Record<Language, Record<string, string>>;

export function dossiersText({ totals, shown }: DossiersReconciled, language: Language): ReconciliationText {
  const { read, inStep, expected } = totals;
  const words = WORDS[language];
  return {
    head: [
      `${words.read}${COLON[language]}${read.dossiers} ${words.dossiers} (${read.unreadable} ${words.unreadable}), ${read.partners} ${words.partners}, ${read.participants} ${words.participants}.`,
      `${inStep} ${words.of} ${expected} ${words.inStep}.`,
    ],
    kindText: (kind) => KINDS[kind as DifferenceKind][language], // the keys of the counts are the kinds
    table: () => differencesTable(shown, language),
  };
}

function differencesTable(shown: readonly ShownDossierDifference[], language: Language): string {
  const words = WORDS[language];
  const values = shown.some((one) => 'held' in one);
  return table(
    [
      { head: words.kind, share: 2 },
      { head: words.record, share: 2 },
      { head: words.ids, share: 3 },
      { head: words.field, share: 2 },
      ...(values
        ? [
            { head: words.held, share: 2 },
            { head: words.wanted, share: 2 },
          ]
        : []),
    ],
    shown.map((one) => [
      `${KINDS[one.kind][language]} (${one.entity})`,
      [one.record ?? '-', one.publicId ?? ''].filter((id) => id !== '').join('\n'),
      one.targetIds.join('\n') || '-',
      one.field ?? '-',
      ...('held' in one ? [valueText(one.held), valueText(one.wanted)] : []),
    ]),
  );
}
