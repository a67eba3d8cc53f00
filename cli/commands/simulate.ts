import { type Command, InvalidArgumentError } from 'commander';
import { environmentVariables } from '../../config/environment';
import { answer } from '../answer';
import { withCommonOptions } from '../common-options';
import { type CommonOptions, UsageError } from '../context';
import { untilStopped } from '../until-stopped';

interface SimulateOptions extends CommonOptions {
  host: string;
  planexpoPort: number;
  inwinkPort: number;
  event: string;
  records: number;
  seed: number;
}

/** What both simulators allow: the pace of the demo (settled question 8). */
const LIMITS = { requestsPerSecond: 200, burst: 50 };

const CLIENT_ID = 'passerelle';
/** Good for simulators only; a deployment names its own in the environment. */
const MADE_UP = { apiKey: 'demo-planexpo-key', clientSecret: 'demo-inwink-secret' };

/** `passerelle simulate`: both platforms as HTTP servers with sample data, until Ctrl-C. */
export function simulateCommand(program: Command): void {
  const command = program
    .command('simulate')
    .description('run the simulators alone, with sample data, to try a configuration without a real platform')
    .option('--host <address>', 'address to bind', '127.0.0.1')
    .option('--planexpo-port <port>', 'port of Planexpo; 0 takes a free one', whole, 9101)
    .option('--inwink-port <port>', 'port of Inwink; 0 takes a free one', whole, 9102)
    .option('--event <id>', 'id of the event on both', 'salon-demo')
    .option('--records <number>', 'how many sample dossiers', whole, 120)
    .option('--seed <number>', 'the same seed makes the same sample', whole, 1);
  withCommonOptions(command, 'simulate --records 400').action(async (options: SimulateOptions) => {
    const stopped = untilStopped();
    const running = await start(options).catch(explainPort);
    const { planexpo, inwink } = running.addresses;
    answer(options, running.addresses, () =>
      [
        `Planexpo: ${planexpo.url}, event ${planexpo.event}, API key ${planexpo.apiKey}`,
        `Inwink:   ${inwink.url}, event ${inwink.event}, client ${inwink.clientId}, secret ${inwink.clientSecret}`,
        `          tokens at ${inwink.tokenUrl}`,
        `What they saw: ${planexpo.url}/_sim/stats and ${inwink.url}/_sim/stats. Ctrl-C stops them.`,
      ].join('\n'),
    );
    await stopped;
    await running.stop();
  });
}

async function start(options: SimulateOptions) {
  const { startPlanexpoSimulator, startInwinkSimulator, sampleExpo } = simulators();
  const { planexpo, inwink } = sampleExpo({ dossiers: options.records, seed: options.seed });
  const apiKey = environmentVariables.PLANEXPO_API_KEY;
  const clientSecret = environmentVariables.INWINK_CLIENT_SECRET;
  const shared = {
    event: { id: options.event, name: options.event },
    limits: LIMITS,
    host: options.host,
    seed: options.seed,
  };
  const source = await startPlanexpoSimulator({
    ...shared,
    port: options.planexpoPort,
    credentials: { apiKeys: [apiKey ?? MADE_UP.apiKey] },
    initial: planexpo,
  });
  const target = await startInwinkSimulator({
    ...shared,
    port: options.inwinkPort,
    credentials: { clientId: CLIENT_ID, clientSecret: clientSecret ?? MADE_UP.clientSecret },
    initial: inwink,
  }).catch(async (error: unknown) => {
    await source.close();
    throw error;
  });
  return {
    addresses: {
      planexpo: {
        url: source.url,
        event: options.event,
        apiKey: apiKey === undefined ? MADE_UP.apiKey : '(PLANEXPO_API_KEY)',
      },
      inwink: {
        url: target.url,
        event: options.event,
        tokenUrl: `${target.url}/oauth/token`,
        clientId: CLIENT_ID,
        clientSecret: clientSecret === undefined ? MADE_UP.clientSecret : '(INWINK_CLIENT_SECRET)',
      },
    },
    stop: async () => {
      await Promise.all([source.close(), target.close()]);
    },
  };
}

/** Loaded when asked for: no other command carries the simulators with it. `import()` of a file would need its extension here. */
function simulators() {
  const planexpo: typeof import('../../simulators/planexpo') = require('../../simulators/planexpo');
  const inwink: typeof import('../../simulators/inwink') = require('../../simulators/inwink');
  const sample: typeof import('../../simulators/sample-data') = require('../../simulators/sample-data');
  return { ...planexpo, ...inwink, ...sample };
}

function whole(text: string): number {
  if (/^\d{1,7}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is not a whole number.');
}

function explainPort(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE')
    throw new UsageError('a port is taken: pass --planexpo-port and --inwink-port (0 takes a free one)');
  throw error;
}
