import { startRun } from '../../operations/start-run';
import type { DemoPair } from './demo-pairs';
import { type DemoStack, startDemoStack } from './demo-stack';
import { letIn } from './let-in';
import { startServers } from './servers';
import { stopOnce } from './stop-once';

/** Where everything is. */
export interface Addresses {
  temporalUi: string;
  service: string;
  console: {
    url: string;
    /** Signs an administrator in, once. */
    signIn: string;
  };
  /** By platform. */
  simulators: Record<string, string>;
  /** What Cirkwi imports; absent without that pair. */
  feeds?: { circuits: string; pois: string };
  syncs: Array<{ sync: string; pair: string }>;
  /** What a command in another terminal needs. */
  variables: Record<string, string>;
}

/** Starts the whole stack with a worker and the service, tells where everything is, and keeps it up until a signal. */
export async function keepUp(
  sample: { pairs: readonly DemoPair[]; records: Readonly<Record<DemoPair, number>> },
  tell: (up: Addresses) => void,
): Promise<never> {
  const servers = await startServers();
  let stopStack: () => Promise<void> = async () => {};
  const stop = stopOnce(async () => {
    await stopStack();
    await servers.stop();
  });
  try {
    const { databaseUrl, temporal } = servers;
    const stack = await startDemoStack({ ...sample, seed: 1, databaseUrl, temporal });
    stopStack = stack.stop;
    await Promise.all([stack.startWorker(), stack.startService()]);
    const signIn = await letIn(stack);
    await beginRuns(stack);
    tell(addressesOf(stack, temporal.uiUrl ?? temporal.address, signIn));
    return await new Promise<never>(() => {}); // until a signal
  } catch (error) {
    await stop();
    throw error;
  }
}

/** So that there is something to look at. */
async function beginRuns(stack: DemoStack): Promise<void> {
  const { client, configuration } = stack;
  for (const [sync, { pair }] of Object.entries(configuration.syncs))
    await startRun(client, pair, { sync, mode: 'run', trigger: 'manual' });
}

function addressesOf(stack: DemoStack, temporalUi: string, signIn: string): Addresses {
  const { 'planexpo-inwink': expo, 'pivot-cirkwi': routes, 'weavy-webmecanik': crm } = stack;
  return {
    temporalUi,
    service: stack.serviceUrl,
    console: { url: stack.serviceUrl, signIn },
    simulators: {
      ...expo?.urls,
      ...(routes === null ? {} : { pivot: routes.urls.pivot, cirkwi: routes.urls.cirkwi }),
      ...crm?.urls,
    },
    ...(routes === null
      ? {}
      : { feeds: { circuits: `${routes.urls.feed}/circuits.xml`, pois: `${routes.urls.feed}/pois.xml` } }),
    syncs: Object.entries(stack.configuration.syncs).map(([sync, { pair }]) => ({ sync, pair })),
    variables: stack.variables,
  };
}

/** The same for people, with commands to begin with. */
export function addressesText(up: Addresses): string {
  const line = (what: string, where: string) => `  ${what.padEnd(20)}${where}`;
  return [
    'Everything is up, and a first run of each sync has begun. Ctrl-C stops it.',
    line('Console', up.console.url),
    line('  sign in (once)', up.console.signIn),
    line('Temporal UI', up.temporalUi),
    line('API', `${up.service}/api/v1`),
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
