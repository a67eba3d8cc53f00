import type { Command } from 'commander';
import { type Contexts, createContexts } from '../../activities/contexts';
import type { Pair } from '../../config/schema';
import { placeOf } from '../../db/runs';
import type { Language } from '../../mappings/reason-types';
import { syncOf } from '../../operations/syncs';
import { answer } from '../answer';
import { withCommonOptions } from '../common-options';
import { type CommonOptions, ExitCode, UsageError, withContext } from '../context';
import { reconcileOffers } from '../pivot-cirkwi/reconcile';
import { reconcileDossiers } from '../planexpo-inwink/reconcile';
import { reconcileCrm } from '../weavy-webmecanik/reconcile';

interface ReconcileOptions extends CommonOptions {
  quantities?: boolean;
  tracks?: boolean;
  values?: boolean;
  limit: string;
}

export interface ReconcileAsked {
  sync: string;
  limit: number;
  options: Pick<ReconcileOptions, 'quantities' | 'tracks' | 'values'>;
  language: Language;
}

/** What the comparison of a pair found, in the words of its platforms. */
export interface PairReconciliation {
  /** What was read, expected and in step: keys of the JSON. */
  totals: object;
  counts: Record<string, number>;
  /** The differences to be listed, without their values unless these were asked for. */
  shown: readonly object[];
  /** All differences. */
  total: number;
  head: string[];
  kindText(kind: string): string;
  table(): string;
}

const PAIRS: Readonly<
  Record<Pair, (contexts: Contexts, asked: ReconcileAsked) => Promise<PairReconciliation>>
> = {
  'planexpo-inwink': reconcileDossiers,
  'pivot-cirkwi': reconcileOffers,
  'weavy-webmecanik': reconcileCrm,
};

const WORDS = {
  fr: {
    none: 'Aucune différence.',
    more: 'différences de plus : --limit',
    running: 'Un passage est en cours : une partie des différences peut être son travail.',
  },
  en: {
    none: 'No difference.',
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
    .option('--quantities', 'Inwink: also compare the quantities of products, one call for each partner')
    .option('--tracks', 'PIVOT: also fetch every GPX file and compare it, one call for each itinerary')
    .option('--values', 'show the values of fields that differ (personal data)')
    .option('--limit <number>', 'how many differences to list', '100');
  withCommonOptions(
    command,
    'reconcile salon-2027',
    'reconcile salon-2027 --quantities --json',
    'reconcile itineraires --tracks',
  ).action((sync: string, options: ReconcileOptions) =>
    withContext(options, async ({ configuration, pool }) => {
      const { language, pair } = syncOf(configuration, sync);
      const limit = limitOf(options.limit);
      const runUnderWay = (await placeOf(pool, sync)) !== null;
      const contexts = createContexts(configuration, pool);
      const found = await PAIRS[pair](contexts, { sync, limit, options, language });
      const report = {
        sync,
        ...found.totals,
        counts: found.counts,
        differences: found.shown,
        omitted: found.total - found.shown.length,
        runUnderWay,
      };
      answer(options, report, () => reportText(found, runUnderWay, language));
      if (found.total > 0) process.exitCode = ExitCode.attention;
    }),
  );
}

function limitOf(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new UsageError(`--limit: "${text}" is not a number from 0 to 999999`);
}

function reportText(found: PairReconciliation, runUnderWay: boolean, language: Language): string {
  const words = WORDS[language];
  const lines = [...found.head, ...(runUnderWay ? [words.running] : [])];
  if (found.total === 0) return [...lines, words.none].join('\n');
  for (const [kind, n] of Object.entries(found.counts))
    if (n > 0) lines.push(`  ${n} ${found.kindText(kind)}`);
  if (found.shown.length > 0) lines.push(found.table());
  const omitted = found.total - found.shown.length;
  if (omitted > 0) lines.push(`${omitted} ${words.more}`);
  return lines.join('\n');
}
