import type { Command } from 'commander';
import { startLocalStack } from '../demo/planexpo-inwink/stack';
import { startServers } from '../demo/servers';
import { stopOnce } from './demo';

/** `passerelle dev`: the demo's stack, kept up until Ctrl-C. */
export function devCommand(program: Command): void {
  program
    .command('dev')
    .description('start everything locally with sample data and keep it up; Ctrl-C stops it')
    .option('--records <n>', 'how many dossiers', '120')
    .option('--json', 'print one JSON object with the addresses')
    .addHelpText('after', '\nExample:\n  passerelle dev --records 300')
    .action(async (options: { records: string; json?: boolean }) => {
      const servers = await startServers();
      let stopStack: () => Promise<void> = async () => {};
      const stop = stopOnce(async () => {
        await stopStack();
        await servers.stop();
      });
      try {
        const { address, namespace, uiUrl } = servers.temporal;
        const stack = await startLocalStack({
          dossiers: Number(options.records),
          seed: 1,
          databaseUrl: servers.databaseUrl,
          temporal: { address, namespace, uiUrl },
        });
        stopStack = stack.stop;
        await stack.startWorker();
        print(options, {
          temporalUi: uiUrl ?? address,
          planexpo: stack.urls.planexpo,
          inwink: stack.urls.inwink,
          variables: stack.variables,
          sync: stack.sync,
        });
        await new Promise(() => {}); // until a signal
      } catch (error) {
        await stop();
        throw error;
      }
    });
}

interface Addresses {
  temporalUi: string;
  planexpo: string;
  inwink: string;
  sync: string;
  variables: Record<string, string>;
}

function print(options: { json?: boolean }, up: Addresses): void {
  if (options.json) {
    process.stdout.write(`${JSON.stringify(up)}\n`);
    return;
  }
  const exports = Object.entries(up.variables).map(([name, value]) => `  export ${name}='${value}'`);
  process.stdout.write(
    [
      'Everything is up. Ctrl-C stops it.',
      `  Temporal UI         ${up.temporalUi}`,
      `  Planexpo simulator  ${up.planexpo}/_sim/stats`,
      `  Inwink simulator    ${up.inwink}/_sim/stats`,
      '',
      'In another terminal:',
      ...exports,
      `  npx passerelle check ${up.sync}`,
      `  npx passerelle run ${up.sync}`,
      `  npx passerelle attention ${up.sync}`,
      '',
    ].join('\n'),
  );
}
