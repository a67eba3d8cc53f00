import type { Contexts } from '../../activities/contexts';
import { reconcile } from '../../activities/planexpo-inwink/reconcile';
import type {
  Difference,
  DifferenceKind,
} from '../../mappings/planexpo-inwink/reconcile/reconcile-difference';
import type { Language } from '../../mappings/reason-types';
import { COLON, valueText } from '../answer';
import type { PairReconciliation, ReconcileAsked } from '../commands/reconcile';
import { UsageError } from '../context';
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

/** Values of fields are personal data here: they are shown when they are asked for. */
export async function reconcileDossiers(
  contexts: Contexts,
  { sync, limit, options, language }: ReconcileAsked,
): Promise<PairReconciliation> {
  if (options.tracks) throw new UsageError('--tracks is for syncs of the pair pivot-cirkwi');
  const context = contexts.of('planexpo-inwink')(sync);
  const found = await reconcile(context, { quantities: options.quantities ? 'compare' : 'leave' });
  const { differences, ...totals } = found;
  const shown = differences.slice(0, limit).map((one) => (options.values ? one : withoutValues(one)));
  const counts = countsOf(differences);
  const { read, inStep, expected } = totals;
  const words = WORDS[language];
  return {
    totals,
    counts,
    shown,
    total: differences.length,
    head: [
      `${words.read}${COLON[language]}${read.dossiers} ${words.dossiers} (${read.unreadable} ${words.unreadable}), ${read.partners} ${words.partners}, ${read.participants} ${words.participants}.`,
      `${inStep} ${words.of} ${expected} ${words.inStep}.`,
    ],
    kindText: (kind) => KINDS[kind as DifferenceKind][language], // the keys of the counts are the kinds
    table: () => differencesTable(shown, language),
  };
}

type Shown = Difference | ReturnType<typeof withoutValues>;

function withoutValues({ held: _held, wanted: _wanted, ...difference }: Difference) {
  return difference;
}

function countsOf(differences: readonly Difference[]): Record<DifferenceKind, number> {
  const counts = {
    missing: 0,
    'target-gone': 0,
    duplicate: 0,
    unlinked: 0,
    'dossier-gone': 0,
    drift: 0,
    'quantity-lower': 0,
  };
  for (const { kind } of differences) counts[kind] += 1;
  return counts;
}

function differencesTable(shown: readonly Shown[], language: Language): string {
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
