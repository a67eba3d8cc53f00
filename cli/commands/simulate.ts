import { type Command, InvalidArgumentError } from 'commander';
import { answer } from '../answer';
import { withCommonOptions } from '../common-options';
import { type CommonOptions, UsageError } from '../context';
import { DEMO_PAIRS, DEMO_RECORDS, pairsOf, recordsOf } from '../demo/demo-pairs';
import { untilStopped } from '../until-stopped';

interface SimulateOptions extends CommonOptions {
  sync?: string;
  host: string;
  planexpoPort: number;
  inwinkPort: number;
  pivotPort: number;
  cirkwiPort: number;
  weavyPort: number;
  mauticPort: number;
  event: string;
  service: string;
  feedSync: string;
  records?: string;
  seed: number;
}

/** What all simulators allow: the pace of the demo (settled question 8). */
const LIMITS = { requestsPerSecond: 200, burst: 50 };

/** `passerelle simulate`: the platforms as HTTP servers with sample data, until Ctrl-C. */
export function simulateCommand(program: Command): void {
  const command = program
    .command('simulate')
    .description('run the simulators alone, with sample data, to try a configuration without a real platform')
    .option('--sync <pair>', `only this pair (${DEMO_PAIRS.join(', ')}); otherwise all of them`)
    .option('--host <address>', 'address to bind', '127.0.0.1')
    .option('--planexpo-port <port>', 'port of Planexpo; 0 takes a free one', whole, 9101)
    .option('--inwink-port <port>', 'port of Inwink; 0 takes a free one', whole, 9102)
    .option('--pivot-port <port>', 'port of PIVOT; 0 takes a free one', whole, 9103)
    .option('--cirkwi-port <port>', 'port of Cirkwi; 0 takes a free one', whole, 9104)
    .option('--weavy-port <port>', 'port of weavy; 0 takes a free one', whole, 9105)
    .option('--mautic-port <port>', 'port of Mautic (Webmecanik); 0 takes a free one', whole, 9106)
    .option('--event <id>', 'id of the event on Planexpo and Inwink', 'salon-demo')
    .option('--service <url>', 'Passerelle’s service, which Cirkwi imports from', 'http://127.0.0.1:8080')
    .option('--feed-sync <sync>', 'the sync whose feeds Cirkwi imports', 'itineraires-demo')
    .option(
      '--records <number>',
      `how many sample dossiers, offers or contacts (default ${Object.values(DEMO_RECORDS).join(', ')})`,
    )
    .option('--seed <number>', 'the same seed makes the same sample', whole, 1);
  withCommonOptions(command, 'simulate --sync pivot-cirkwi --records 400').action(
    async (options: SimulateOptions) => {
      const stopped = untilStopped();
      const running = await start(options).catch(explainPort);
      const addresses = Object.values(running.addresses);
      answer(options, running.addresses, () =>
        [
          ...running.lines,
          `What they saw: ${addresses.map(({ url }) => `${new URL(url).origin}/_sim/stats`).join(', ')}. Ctrl-C stops them.`,
        ].join('\n'),
      );
      await stopped;
      await running.stop();
    },
  );
}

function start(options: SimulateOptions) {
  const { host, seed, event, service, feedSync } = options;
  // loaded when asked for: no worker carries the simulators with it; `import()` of a file would need its extension
  const { startSimulators }: typeof import('../demo/simulate') = require('../demo/simulate');
  return startSimulators({
    host,
    seed,
    event,
    limits: LIMITS,
    pairs: pairsOf(options.sync),
    records: recordsOf(options.records, 1),
    ports: {
      planexpo: options.planexpoPort,
      inwink: options.inwinkPort,
      pivot: options.pivotPort,
      cirkwi: options.cirkwiPort,
      weavy: options.weavyPort,
      mautic: options.mauticPort,
    },
    feeds: { serviceUrl: service, sync: feedSync },
  });
}

function whole(text: string): number {
  if (/^\d{1,7}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is not a whole number.');
}

function explainPort(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    throw new UsageError(
      'a port is taken: pass another one with the option of its platform, such as --weavy-port (0 takes a free one)',
    );
  throw error;
}
