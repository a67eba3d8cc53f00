import type { Command } from 'commander';
import { DEMO_PAIRS, pairsOf, recordsOf } from '../demo/demo-pairs';

interface DevCommandOptions {
  sync?: string;
  records?: string;
  json?: boolean;
}

/** `passerelle dev`: the demo's stack with a worker and the service, kept up until Ctrl-C. */
export function devCommand(program: Command): void {
  program
    .command('dev')
    .description('start everything locally with sample data and keep it up; Ctrl-C stops it')
    .option('--sync <pair>', `only this pair (${DEMO_PAIRS.join(', ')}); otherwise all of them`)
    .option('--records <n>', 'how many dossiers, offers or contacts, for each pair')
    .option('--json', 'print one JSON object with the addresses')
    .addHelpText('after', '\nExample:\n  passerelle dev --records 300')
    .action(async (options: DevCommandOptions) => {
      const sample = { pairs: pairsOf(options.sync), records: recordsOf(options.records, 1) };
      // loaded when asked for: no worker carries the simulators with it; `import()` of a file would need its extension
      const { keepUp, addressesText }: typeof import('../demo/keep-up') = require('../demo/keep-up');
      await keepUp(sample, (up) => {
        process.stdout.write(`${options.json ? JSON.stringify(up) : addressesText(up)}\n`);
      });
    });
}
