import type { Command } from 'commander';

/** What every command takes, and an example of its use at the end of its help. */
export function withCommonOptions(command: Command, ...examples: string[]): Command {
  return command
    .option('--config <file>', 'configuration file (default: PASSERELLE_CONFIG, else passerelle.yaml)')
    .option('--json', 'print one JSON value and nothing else')
    .addHelpText('after', `\nExample:\n${examples.map((example) => `  passerelle ${example}`).join('\n')}`);
}
