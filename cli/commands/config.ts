import type { Command } from 'commander';
import { stringify } from 'yaml';
import { environment, environmentVariables } from '../../config/environment';
import { loadConfiguration, redactConfiguration } from '../../config/load';
import type { CommonOptions } from '../context';

/** `passerelle config`: the configuration as the processes understand it, defaults filled in, secrets left out. */
export function configCommand(program: Command): void {
  program
    .command('config')
    .description('check the configuration and print it with its defaults; secrets are not shown')
    .option('--config <file>', 'configuration file')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  passerelle config --config passerelle.yaml')
    .action((options: CommonOptions) => {
      const configuration = loadConfiguration(
        options.config ?? environment.PASSERELLE_CONFIG,
        environmentVariables,
      );
      const shown = redactConfiguration(configuration);
      process.stdout.write(options.json ? `${JSON.stringify(shown)}\n` : `${stringify(shown)}\n`);
    });
}
