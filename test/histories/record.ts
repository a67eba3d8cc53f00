import { startPivotCirkwiStack } from '../../cli/demo/pivot-cirkwi/stack';
import { startLocalStack } from '../../cli/demo/planexpo-inwink/stack';
import { startWeavyWebmecanikStack } from '../../cli/demo/weavy-webmecanik/stack';
import { createScratchDatabase } from '../../db/scratch-database';
import { startOwnPostgres } from '../../local/postgres';
import { startDevelopmentServer } from '../../local/temporal';
import { openScene as openOfferScene } from '../pivot-cirkwi/engine/scene';
import { openScene as openDossierScene } from '../planexpo-inwink/engine/scene';
import { openScene as openCrmScene } from '../weavy-webmecanik/engine/scene';
import { pivotCirkwiCases } from './pivot-cirkwi-cases';
import { planexpoInwinkCases } from './planexpo-inwink-cases';
import { recorderOf } from './recorder';
import { weavyWebmecanikCases } from './weavy-webmecanik-cases';

/**
 * Writes the histories that today's workflows must replay: `<workflow>/<case>.<version of the package>.json`. Those of
 * earlier versions stay until no such execution can be open any more. Start it with `npm run histories:record -- PAIR`:
 * only the histories of that pair are written anew.
 */

/** Few enough for a small run to continue as new, and more than the smallest run needs. */
const SUGGEST_CONTINUE_AS_NEW_AT = 80;

interface Servers {
  databaseUrl: string;
  temporal: { address: string; namespace: string };
}

const PAIRS: Readonly<Record<string, (servers: Servers) => Promise<void>>> = {
  'planexpo-inwink': recordDossiers,
  'pivot-cirkwi': recordOffers,
  'weavy-webmecanik': recordCrm,
};

async function recordDossiers(servers: Servers): Promise<void> {
  const stack = await startLocalStack({ dossiers: 30, seed: 1, requestsPerSecond: 'none', ...servers });
  const scene = await openDossierScene({ ...stack, temporalAddress: servers.temporal.address });
  try {
    const recorder = await recorderOf(scene, stack.client);
    for (const each of planexpoInwinkCases) {
      await scene.stack.inwink.clearFaults();
      await each(recorder);
    }
  } finally {
    await scene.close();
  }
}

async function recordOffers(servers: Servers): Promise<void> {
  const stack = await startPivotCirkwiStack({ offers: 24, seed: 1, requestsPerSecond: 'none', ...servers });
  const scene = await openOfferScene({ ...stack, temporalAddress: servers.temporal.address });
  try {
    const recorder = await recorderOf(scene, stack.client);
    for (const each of pivotCirkwiCases) await each(recorder);
  } finally {
    await scene.close();
  }
}

async function recordCrm(servers: Servers): Promise<void> {
  const policies = {
    firstRun: 'auto',
    retry: { initialInterval: '100ms', maximumInterval: '1s', maximumAttempts: 3 },
  };
  const stack = await startWeavyWebmecanikStack({
    records: 0,
    seed: 1,
    requestsPerSecond: 'none',
    policies,
    ...servers,
  });
  const scene = await openCrmScene({ ...stack, temporalAddress: servers.temporal.address });
  try {
    const recorder = await recorderOf(scene, stack.client);
    for (const each of weavyWebmecanikCases) await each(recorder);
  } finally {
    await scene.close();
  }
}

/** Servers of its own, used once. */
async function withServers(work: (servers: Servers) => Promise<void>): Promise<void> {
  const stops: Array<() => Promise<unknown>> = [];
  try {
    const postgres = await startOwnPostgres({ durability: 'test' });
    stops.push(postgres.stop);
    const database = await createScratchDatabase(postgres.url);
    const temporal = await startDevelopmentServer({
      extraArgs: [
        '--dynamic-config-value',
        `limit.historyCount.suggestContinueAsNew=${SUGGEST_CONTINUE_AS_NEW_AT}`,
      ],
    });
    stops.push(temporal.stop);
    await work({ databaseUrl: database.url, temporal });
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

const pair = process.argv[2] ?? '';
const record = PAIRS[pair];
const done =
  record === undefined
    ? Promise.reject(new Error(`name the pair to record: ${Object.keys(PAIRS).join(', ')}`))
    : withServers(record);
done.catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
});
