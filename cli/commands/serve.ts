import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { Command } from 'commander';
import { environment, environmentVariables } from '../../config/environment';
import { loadConfiguration } from '../../config/load';
import { NotBindable } from '../../service/bindable';
import { startService } from '../../service/start-service';
import { createLogger } from '../../workers/logging';
import { answer } from '../answer';
import { withCommonOptions } from '../common-options';
import { type CommonOptions, databaseUrl, UsageError } from '../context';
import { untilStopped } from '../until-stopped';

/** `passerelle serve`: the HTTP service, until it is told to stop. */
export function serveCommand(program: Command): void {
  const command = program
    .command('serve')
    .description(
      'run the HTTP service on PASSERELLE_HOST and PASSERELLE_PORT, with /healthz, /readyz and the feeds',
    );
  withCommonOptions(command, 'serve').action(async (options: CommonOptions) => {
    const configuration = loadConfiguration(
      options.config ?? environment.PASSERELLE_CONFIG,
      environmentVariables,
    );
    const { connectionOptions, namespace } = loadClientConnectConfig();
    const stopped = untilStopped();
    const service = await startService({
      configuration,
      databaseUrl: databaseUrl(),
      temporal: { ...connectionOptions, namespace: namespace ?? 'default' },
      host: environment.PASSERELLE_HOST,
      port: environment.PASSERELLE_PORT,
      logger: createLogger(environment.PASSERELLE_LOG_LEVEL),
    }).catch(explainPort);
    answer(
      options,
      { ready: true, url: service.url, syncs: Object.keys(configuration.syncs) },
      () => `Service at ${service.url} (${service.url}/readyz). Ctrl-C stops it.`,
    );
    await stopped;
    await service.stop();
  });
}

function explainPort(error: unknown): never {
  if (error instanceof NotBindable) throw new UsageError(error.message);
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE' || code === 'EACCES' || code === 'EADDRNOTAVAIL')
    throw new UsageError(
      `${environment.PASSERELLE_HOST}:${environment.PASSERELLE_PORT} cannot be used (${code}): set PASSERELLE_HOST and PASSERELLE_PORT`,
    );
  throw error;
}
