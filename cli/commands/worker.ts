import type { Command } from 'commander';
import { environment, environmentVariables } from '../../config/environment';
import { loadConfiguration } from '../../config/load';
import { createLogger, installRuntime } from '../../workers/logging';
import { startWorker } from '../../workers/start-worker';
import { type CommonOptions, databaseUrl } from '../context';

/** `passerelle worker`: does the work of every configured sync until it is told to stop. */
export function workerCommand(program: Command): void {
  program
    .command('worker')
    .description('run a worker: workflows, and the calls to every configured platform')
    .option('--config <file>', 'configuration file')
    .option('--json', 'print one JSON object when the worker is ready')
    .addHelpText('after', '\nExample:\n  passerelle worker')
    .action(async (options: CommonOptions) => {
      const configuration = loadConfiguration(
        options.config ?? environment.PASSERELLE_CONFIG,
        environmentVariables,
      );
      installRuntime(createLogger(environment.PASSERELLE_LOG_LEVEL));
      const worker = await startWorker({ configuration, databaseUrl: databaseUrl() });
      const syncs = Object.keys(configuration.syncs);
      process.stdout.write(
        options.json
          ? `${JSON.stringify({ ready: true, syncs })}\n`
          : `Worker ready for ${syncs.join(', ')}. Ctrl-C stops it.\n`,
      );
      await worker.done; // Temporal's runtime turns SIGINT and SIGTERM into a shutdown that lets work end
    });
}
