import type { Command } from 'commander';
import { ensureSearchAttributes } from '../../activities/search-attributes';
import { LATEST_MIGRATION, migrate } from '../../db/migrate';
import { connectTemporal, databaseUrl } from '../context';

/** `passerelle migrate`: brings the database and the Temporal namespace to what this release needs. */
export function migrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('set up the database and the search attributes; safe to repeat, and to start twice')
    .option('--config <file>', 'configuration file (not needed here)')
    .option('--json', 'print one JSON object')
    .option('--skip-temporal', 'only the database')
    .addHelpText('after', '\nExample:\n  passerelle migrate')
    .action(async (options: { json?: boolean; skipTemporal?: boolean }) => {
      await migrate(databaseUrl());
      let added: string[] = [];
      if (!options.skipTemporal) {
        const { client, close } = await connectTemporal();
        added = await ensureSearchAttributes(client).finally(close);
      }
      const report = { schema: LATEST_MIGRATION, searchAttributesAdded: added };
      process.stdout.write(
        options.json
          ? `${JSON.stringify(report)}\n`
          : `Database at ${LATEST_MIGRATION}; search attributes added: ${added.join(', ') || 'none'}\n`,
      );
    });
}
