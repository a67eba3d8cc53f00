import type { Command } from 'commander';
import type { Configuration } from '../../config/schema';
import { type SyncStatus, syncStatus } from '../../operations/sync-status';
import { syncOf } from '../../operations/syncs';
import { answer } from '../answer';
import { withCommonOptions } from '../common-options';
import { type CommonOptions, ExitCode, withContext } from '../context';
import { statusText } from '../status-text';

/** `passerelle status [SYNC]`: where each sync stands. Exits with 3 while something waits for a person. */
export function statusCommand(program: Command): void {
  const command = program
    .command('status')
    .argument('[sync]', 'name of one sync; without it, all of them')
    .option('--runs <number>', 'how many of the last runs to show', '5')
    .description('show where each sync stands: records, last runs, limits, next run');
  withCommonOptions(command, 'status salon-2027', 'status itineraires --json').action(
    (slug: string | undefined, options: CommonOptions & { runs: string }) =>
      withContext(options, async (context) => {
        const { configuration } = context;
        if (slug !== undefined) syncOf(configuration, slug);
        const slugs = slug === undefined ? Object.keys(configuration.syncs) : [slug];
        const shown = Math.min(50, Math.max(0, Number.parseInt(options.runs, 10) || 0));
        const syncs: SyncStatus[] = [];
        for (const one of slugs) syncs.push(await syncStatus(context, one, shown));
        answer(options, { syncs }, () => allText(configuration, syncs));
        if (syncs.some((sync) => sync.attention > 0)) process.exitCode = ExitCode.attention;
      }),
  );
}

function allText(configuration: Configuration, syncs: readonly SyncStatus[]): string {
  return syncs
    .map((sync) => {
      const { pair, language } = syncOf(configuration, sync.sync);
      return statusText(sync, pair, language);
    })
    .join('\n\n');
}
