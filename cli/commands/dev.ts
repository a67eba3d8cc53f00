import type { Command } from 'commander';
import { DEMO_PAIRS, type DemoStack, startDemoStack } from '../demo/demo-stack';
import { startServers } from '../demo/servers';
import { stopOnce } from '../demo/stop-once';
import { pairsOf, recordsOf } from './demo';

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
    .option('--records <n>', 'how many dossiers, or offers, for each pair')
    .option('--json', 'print one JSON object with the addresses')
    .addHelpText('after', '\nExample:\n  passerelle dev --records 300')
    .action(async (options: DevCommandOptions) => {
      const pairs = pairsOf(options.sync);
      const records = recordsOf(options.records);
      const servers = await startServers();
      let stopStack: () => Promise<void> = async () => {};
      const stop = stopOnce(async () => {
        await stopStack();
        await servers.stop();
      });
      try {
        const { databaseUrl, temporal } = servers;
        const stack = await startDemoStack({ pairs, records, seed: 1, databaseUrl, temporal });
        stopStack = stack.stop;
        await Promise.all([stack.startWorker(), stack.startService()]);
        const up = addressesOf(stack, temporal.uiUrl ?? temporal.address);
        process.stdout.write(`${options.json ? JSON.stringify(up) : text(up)}\n`);
        await new Promise(() => {}); // until a signal
      } catch (error) {
        await stop();
        throw error;
      }
    });
}

interface Addresses {
  temporalUi: string;
  service: string;
  /** By platform. */
  simulators: Record<string, string>;
  /** What Cirkwi imports; absent without that pair. */
  feeds?: { circuits: string; pois: string };
  syncs: Array<{ sync: string; pair: string }>;
  /** What a command in another terminal needs. */
  variables: Record<string, string>;
}

function addressesOf(stack: DemoStack, temporalUi: string): Addresses {
  const { 'planexpo-inwink': expo, 'pivot-cirkwi': routes } = stack;
  return {
    temporalUi,
    service: stack.serviceUrl,
    simulators: {
      ...expo?.urls,
      ...(routes === null ? {} : { pivot: routes.urls.pivot, cirkwi: routes.urls.cirkwi }),
    },
    ...(routes === null
      ? {}
      : { feeds: { circuits: `${routes.urls.feed}/circuits.xml`, pois: `${routes.urls.feed}/pois.xml` } }),
    syncs: Object.entries(stack.configuration.syncs).map(([sync, { pair }]) => ({ sync, pair })),
    variables: stack.variables,
  };
}

function text(up: Addresses): string {
  const line = (what: string, where: string) => `  ${what.padEnd(20)}${where}`;
  return [
    'Everything is up. Ctrl-C stops it.',
    line('Temporal UI', up.temporalUi),
    line('Service', `${up.service}/healthz`),
    ...Object.entries(up.simulators).map(([name, url]) => line(`Simulator ${name}`, `${url}/_sim/stats`)),
    ...(up.feeds === undefined
      ? []
      : [line('Feed of circuits', up.feeds.circuits), line('Feed of points', up.feeds.pois)]),
    '',
    'In another terminal:',
    ...Object.entries(up.variables).map(([name, value]) => `  export ${name}='${value}'`),
    ...up.syncs.flatMap((sync) => ['', ...examples(sync, up)]),
  ].join('\n');
}

/** Commands to begin with. */
function examples({ sync, pair }: Addresses['syncs'][number], { simulators }: Addresses): string[] {
  const commands = [
    `  npx passerelle check ${sync}`,
    `  npx passerelle run ${sync}`,
    `  npx passerelle attention ${sync}`,
  ];
  if (pair !== 'pivot-cirkwi') return commands;
  return [
    ...commands,
    `  curl -X POST ${simulators.cirkwi}/_sim/pull      # Cirkwi's daily import, now`,
    `  npx passerelle run ${sync} --full`,
  ];
}
