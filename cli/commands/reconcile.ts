import type { Command } from 'commander';
import { type Reconciliation, reconcile } from '../../activities/planexpo-inwink/reconcile';
import { placeOf } from '../../db/runs';
import type {
  Difference,
  DifferenceKind,
} from '../../mappings/planexpo-inwink/reconcile/reconcile-difference';
import type { Language } from '../../mappings/reason-types';
import { createContexts } from '../../workers/contexts';
import { answer, COLON, valueText } from '../answer';
import { withCommonOptions } from '../common-options';
import { type CommonOptions, ExitCode, syncOf, UsageError, withContext } from '../context';
import { table } from '../table';

interface ReconcileOptions extends CommonOptions {
  quantities?: boolean;
  values?: boolean;
  limit: string;
}

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
    none: 'Aucune différence.',
    kind: 'Différence',
    record: 'Dossier',
    ids: 'Fiches Inwink',
    field: 'Champ',
    held: 'Inwink',
    wanted: 'Planexpo',
    more: 'différences de plus : --limit',
    running: 'Un passage est en cours : une partie des différences peut être son travail.',
  },
  en: {
    read: 'Read',
    dossiers: 'dossiers',
    unreadable: 'unreadable',
    partners: 'partners',
    participants: 'participants',
    inStep: 'in step',
    of: 'of',
    none: 'No difference.',
    kind: 'Difference',
    record: 'Dossier',
    ids: 'Inwink records',
    field: 'Field',
    held: 'Inwink',
    wanted: 'Planexpo',
    more: 'more differences: --limit',
    running: 'A run is under way: some of the differences may be its work in progress.',
  },
} as const satisfies Record<Language, Record<string, string>>;

/** `passerelle reconcile SYNC`: a full comparison of both sides that changes nothing. Exits with 3 when they differ. */
export function reconcileCommand(program: Command): void {
  const command = program
    .command('reconcile')
    .argument('<sync>', 'name of the sync in the configuration')
    .description(
      'read both sides anew and list what is missing, duplicate, orphaned or different; changes nothing',
    )
    .option('--quantities', 'also compare the quantities of products: one call for each partner')
    .option('--values', 'show the values of fields that differ (personal data)')
    .option('--limit <number>', 'how many differences to list', '100');
  withCommonOptions(command, 'reconcile salon-2027', 'reconcile salon-2027 --quantities --json').action(
    (slug: string, options: ReconcileOptions) =>
      withContext(options, async ({ configuration, pool }) => {
        const { language } = syncOf(configuration, slug);
        const limit = limitOf(options.limit);
        const underWay = (await placeOf(pool, slug)) !== null;
        const context = createContexts(configuration, pool).of('planexpo-inwink')(slug);
        const found = await reconcile(context, { quantities: options.quantities ? 'compare' : 'leave' });
        const shown = found.differences
          .slice(0, limit)
          .map((one) => (options.values ? one : withoutValues(one)));
        const { differences, ...totals } = found;
        const report = {
          sync: slug,
          ...totals,
          counts: countsOf(differences),
          differences: shown,
          omitted: differences.length - shown.length,
          runUnderWay: underWay,
        };
        answer(options, report, () => reportText(found, shown, underWay, language));
        if (differences.length > 0) process.exitCode = ExitCode.attention;
      }),
  );
}

function limitOf(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new UsageError(`--limit: "${text}" is not a number from 0 to 999999`);
}

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

function reportText(
  { read, inStep, expected, differences }: Reconciliation,
  shown: ReadonlyArray<Difference | ReturnType<typeof withoutValues>>,
  underWay: boolean,
  language: Language,
): string {
  const words = WORDS[language];
  const lines = [
    `${words.read}${COLON[language]}${read.dossiers} ${words.dossiers} (${read.unreadable} ${words.unreadable}), ${read.partners} ${words.partners}, ${read.participants} ${words.participants}.`,
    `${inStep} ${words.of} ${expected} ${words.inStep}.`,
  ];
  if (underWay) lines.push(words.running);
  if (differences.length === 0) return [...lines, words.none].join('\n');
  for (const [kind, n] of Object.entries(countsOf(differences)))
    if (n > 0) lines.push(`  ${n} ${KINDS[kind as DifferenceKind][language]}`); // the keys of the counts are the kinds
  if (shown.length > 0) lines.push(differencesTable(shown, language));
  const omitted = differences.length - shown.length;
  if (omitted > 0) lines.push(`${omitted} ${words.more}`);
  return lines.join('\n');
}

function differencesTable(
  shown: ReadonlyArray<Difference | ReturnType<typeof withoutValues>>,
  language: Language,
): string {
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
