import type { Command } from 'commander';
import type { Language } from '../../mappings/reason-types';
import type { OperationContext } from '../../operations/context';
import { recordToRead } from '../../operations/find-record';
import { countsText, outcomeText } from '../../operations/outcome-words';
import { isTold, planPages } from '../../operations/plan-entries';
import { type RunEnd, runAndWait } from '../../operations/start-run';
import { syncOf } from '../../operations/syncs';
import type { RunReport, SyncRunInput } from '../../workflows/messages';
import { COLON } from '../answer';
import { CommandFailed, type CommonOptions, ExitCode, UsageError, withContext } from '../context';
import { planTable } from '../plan-table';
import { progressBar } from '../progress-bar';

interface RunOptions extends CommonOptions {
  plan?: string;
  full?: boolean;
  only?: string;
  fields?: boolean;
  override?: string[];
}

/** `passerelle run` and `passerelle plan`: the same path, with and without writes. */
export function runCommands(program: Command): void {
  program
    .command('run <sync>')
    .description('bring a sync in step: read, plan, guard, apply, report')
    .option('--plan <id>', 'apply this earlier plan, refusing records that changed since')
    .option('--full', 'read everything and compare every record with its target')
    .option('--only <id>', 'only this record (private id, code, or kind and id such as contact/81)')
    .option('--override <prerequisite...>', 'go on although these prerequisites fail; noted in the audit')
    .option('--config <file>', 'configuration file')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExamples:\n  passerelle run salon-2027\n  passerelle run salon-2027 --plan 12')
    .action((sync: string, options: RunOptions) =>
      withContext(options, async (context) => {
        const mode = options.plan === undefined ? 'run' : 'apply';
        const report = await perform(context, sync, { ...inputOf(options), mode });
        if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`);
        else
          process.stdout.write(
            `${describeReport(report, sync, syncOf(context.configuration, sync).language)}\n`,
          );
        process.exitCode = exitCodeOf(report);
      }),
    );

  program
    .command('plan <sync>')
    .description('show what a run would do, and keep it as a plan that can be applied later')
    .option('--full', 'compare every record with its target')
    .option('--fields', 'show every field of the records that would be created')
    .option('--only <id>', 'only this record (private id, code, or kind and id such as contact/81)')
    .option('--config <file>', 'configuration file')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  passerelle plan salon-2027')
    .action((sync: string, options: RunOptions) =>
      withContext(options, async (context) => {
        const report = await perform(context, sync, { ...inputOf(options), mode: 'plan' });
        await printPlan(context, sync, report, options);
        process.exitCode = exitCodeOf(report);
      }),
    );
}

function inputOf(options: RunOptions): Omit<SyncRunInput, 'sync' | 'mode'> {
  const planRun = options.plan === undefined ? undefined : Number(options.plan);
  if (planRun !== undefined && !Number.isSafeInteger(planRun))
    throw new UsageError(`--plan: "${options.plan}" is not the number of a plan`);
  return {
    trigger: 'manual',
    ...(options.full ? { full: true } : {}),
    ...(options.only === undefined ? {} : { only: options.only }),
    ...(planRun === undefined ? {} : { planRun }),
    ...(options.override === undefined ? {} : { overrides: options.override }),
  };
}

async function perform(
  context: OperationContext,
  sync: string,
  input: Omit<SyncRunInput, 'sync'>,
): Promise<RunReport> {
  const { pair } = syncOf(context.configuration, sync);
  const only = input.only === undefined ? undefined : await recordToRead(context, sync, input.only);
  const asked = { sync, ...input, ...(only === undefined ? {} : { only }) };
  const bar = progressBar();
  const end = await runAndWait(await context.temporal(), pair, asked, bar.update).finally(bar.stop);
  return reportOf(end, sync);
}

function reportOf(end: RunEnd, sync: string): RunReport {
  switch (end.kind) {
    case 'report':
      return end.report;
    case 'busy':
      throw new CommandFailed(
        `a run of ${sync} is under way (workflow ${end.workflowId}): see "passerelle status ${sync}", or wait for its end`,
      );
    case 'failed':
      throw new CommandFailed(`the run failed: ${end.reason}`);
  }
}

function exitCodeOf(report: RunReport): number {
  if (report.outcome === 'completed' || report.outcome === 'planned') return ExitCode.done;
  if (report.outcome === 'completed-with-attention') return ExitCode.attention;
  return report.code === 'prerequisites' ? ExitCode.usage : ExitCode.failed;
}

const WORDS = {
  fr: { run: 'Passage', read: 'lus', writes: 'écritures', apply: 'L’appliquer' },
  en: { run: 'Run', read: 'read', writes: 'writes', apply: 'Apply it' },
} as const;

function describeReport(report: RunReport, sync: string, language: Language): string {
  const words = WORDS[language];
  const colon = COLON[language];
  const why = report.reason === null ? '' : ` (${report.reason})`;
  const lines = [`${words.run} ${report.runId}${colon}${outcomeText(report.outcome, language)}${why}`];
  if (report.counts !== null)
    lines.push(
      `  ${report.counts.read ?? 0} ${words.read} = ${countsText(report.counts, language)}; ${report.writes} ${words.writes}`,
    );
  if (report.attention > 0) {
    const items = {
      fr: `${report.attention} points à traiter`,
      en: `${report.attention} items need a person`,
    };
    lines.push(`  ${items[language]}${colon}passerelle attention ${sync}`);
  }
  return lines.join('\n');
}

async function printPlan(
  context: OperationContext,
  sync: string,
  report: RunReport,
  options: RunOptions,
): Promise<void> {
  if (options.json) return printEntries(context, sync, report);
  const { language, pair } = syncOf(context.configuration, sync);
  const told = planTable({ pair, language, detail: options.fields ? 'all-fields' : 'summary' });
  for await (const page of planPages(context, sync, report.runId)) told.add(page);
  process.stdout.write(`${told.text()}\n${describeReport(report, sync, language)}\n`);
  process.stdout.write(
    `${WORDS[language].apply}${COLON[language]}passerelle run ${sync} --plan ${report.runId}\n`,
  );
}

/** One JSON value, written page by page: the entries of a large sync do not fit into one text. */
async function printEntries(context: OperationContext, sync: string, report: RunReport): Promise<void> {
  process.stdout.write(`${JSON.stringify(report).slice(0, -1)},"entries":[`);
  let separator = '';
  for await (const page of planPages(context, sync, report.runId)) {
    for (const entry of page.filter(isTold)) {
      process.stdout.write(`${separator}${JSON.stringify(entry)}`);
      separator = ',';
    }
  }
  process.stdout.write(']}\n');
}
