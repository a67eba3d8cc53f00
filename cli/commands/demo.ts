import type { Command } from 'commander';
import { ExitCode } from '../context';
import { DEMO_PAIRS, DEMO_RECORDS, FEWEST, pairsOf, recordsOf, wholeNumber } from '../demo/demo-pairs';

interface DemoCommandOptions {
  sync?: string;
  records?: string;
  killWorker: boolean;
  seed: string;
  json?: boolean;
}

/** `passerelle demo`: everything on this machine, three runs of each pair, a short story, and all of it stopped again. */
export function demoCommand(program: Command): void {
  program
    .command('demo')
    .description('start everything locally with sample data, synchronise, tell what happened, stop')
    .option('--sync <pair>', `only this pair (${DEMO_PAIRS.join(', ')}); otherwise one after the other`)
    .option(
      '--records <n>',
      `how many dossiers, offers or contacts, for each pair (at least ${FEWEST}; default ${Object.values(DEMO_RECORDS).join(', ')})`,
    )
    .option('--kill-worker', 'kill the worker in the middle of the first run of each pair (default)', true)
    .option('--no-kill-worker', 'leave the worker alone')
    .option('--seed <n>', 'seed of the sample data', '1')
    .option('--json', 'print one JSON object as the last line')
    .addHelpText('after', '\nExample:\n  passerelle demo --sync pivot-cirkwi --records 500 --kill-worker')
    .action(async (options: DemoCommandOptions) => {
      const output = options.json ? process.stderr : process.stdout;
      const settings = {
        pairs: pairsOf(options.sync),
        records: recordsOf(options.records),
        seed: wholeNumber('--seed', options.seed, 0),
        worker: options.killWorker ? ('kill-in-first-run' as const) : ('leave-alone' as const),
        say: (line: string) => void output.write(`${line}\n`),
      };
      // loaded when asked for: no worker carries the simulators with it; `import()` of a file would need its extension
      const { runDemo }: typeof import('../demo/run-demo') = require('../demo/run-demo');
      const result = await runDemo(settings);
      if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
      process.exitCode = result.ok ? ExitCode.done : ExitCode.failed;
    });
}
