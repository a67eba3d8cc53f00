import type { Command } from 'commander';
import type { Language } from '../../mappings/reason-types';
import { type Reconciled, reconcileSync } from '../../operations/reconcile';
import { syncOf } from '../../operations/syncs';
import { answer } from '../answer';
import { withCommonOptions } from '../common-options';
import { type CommonOptions, ExitCode, UsageError, withContext } from '../context';
import { offersText } from '../pivot-cirkwi/reconcile-text';
import { dossiersText } from '../planexpo-inwink/reconcile-text';
import { crmText } from '../weavy-webmecanik/reconcile-text';

interface ReconcileOptions extends CommonOptions {
  quantities?: boolean;
  tracks?: boolean;
  values?: boolean;
  limit: string;
}

/** What the comparison of a pair found, in the words of its platforms. */
export interface ReconciliationText {
  head: string[];
  kindText(kind: string): string;
  table(): string;
}

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
    withContext(options, async (context) => {
      const { language } = syncOf(context.configuration, sync);
      const found = await reconcileSync(context, sync, { ...options, limit: limitOf(options.limit) });
      const { totals, counts, shown, total, runUnderWay } = found;
      const omitted = total - shown.length;
      answer(options, { sync, ...totals, counts, differences: shown, omitted, runUnderWay }, () =>
        reportText(found, language),
      );
      if (total > 0) process.exitCode = ExitCode.attention;
    }),
  );
}

function limitOf(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new UsageError(`--limit: "${text}" is not a number from 0 to 999999`);
}

function pairText(found: Reconciled, language: Language): ReconciliationText {
  switch (found.pair) {
    case 'planexpo-inwink':
      return dossiersText(found, language);
    case 'pivot-cirkwi':
      return offersText(found, language);
    case 'weavy-webmecanik':
      return crmText(found, language);
  }
}

function reportText(found: Reconciled, language: Language): string {
  const words = WORDS[language];
  const text = pairText(found, language);
  const lines = [...text.head, ...(found.runUnderWay ? [words.running] : [])];
  if (found.total === 0) return [...lines, words.none].join('\n');
  for (const [kind, n] of Object.entries(found.counts))
    if (n > 0) lines.push(`  ${n} ${text.kindText(kind)}`);
  if (found.shown.length > 0) lines.push(text.table());
  const omitted = found.total - found.shown.length;
  if (omitted > 0) lines.push(`${omitted} ${words.more}`);
  return lines.join('\n');
}
