import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { ensureSearchAttributes } from '../../activities/search-attributes';
import { connectClient } from '../../activities/temporal-client';
import { parseConfiguration } from '../../config/load';
import type { Configuration } from '../../config/schema';
import { createPool, type Pool } from '../../db/pool';
import { ensureSync } from '../../db/runs';
import { type SimulatorControl, simulatorControl } from '../../simulators/control';
import { startInwinkSimulator } from '../../simulators/inwink';
import { startPlanexpoSimulator } from '../../simulators/planexpo';
import { type SampleExpo, sampleExpo, sampleMaskRows } from '../../simulators/sample-data';
import { demoConfiguration, demoSecrets, EVENT, SYNC } from './demo-configuration';
import { importSampleMask } from './sample-mask';
import { startWorkerProcess, type WorkerProcess } from './worker-process';

export interface StackOptions {
  dossiers: number;
  seed: number;
  databaseUrl: string;
  temporal: { address: string; namespace: string; uiUrl?: string | undefined };
  /** Requests a second each simulator allows, and the configuration uses. @default 200 (settled question 8) */
  requestsPerSecond?: number | 'none';
  latencyMs?: number;
  searchLagMs?: number;
  embedCoExhibitors?: boolean;
  /** Inwink takes participants without an e-mail. */
  allowNoEmail?: boolean;
  /** Policies of the sync beside the demo's own. */
  policies?: Record<string, unknown>;
}

/** Both platforms as simulators, a configured sync with its mask, and workers as processes of their own. */
export interface LocalStack {
  sync: string;
  expo: SampleExpo;
  configuration: Configuration;
  configurationFile: string;
  /** What a process needs to work on this stack. */
  variables: Record<string, string>;
  planexpo: SimulatorControl;
  inwink: SimulatorControl;
  urls: { planexpo: string; inwink: string };
  client: Client;
  pool: Pool;
  /** `variables` are added to the stack's own, such as another log level. */
  startWorker(variables?: Record<string, string>): Promise<WorkerProcess>;
  stop(): Promise<void>;
}

/** The database must be migrated. Stops again everything that it started, also when the start fails half-way. */
export async function startLocalStack(options: StackOptions): Promise<LocalStack> {
  const closers: Array<() => Promise<unknown>> = [];
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close().catch(() => undefined);
  };
  try {
    return await build(options, closers, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function build(
  options: StackOptions,
  closers: Array<() => Promise<unknown>>,
  stop: () => Promise<void>,
): Promise<LocalStack> {
  const expo = sampleExpo({ dossiers: options.dossiers, seed: options.seed });
  const rate = options.requestsPerSecond ?? 200;
  const served = {
    event: EVENT,
    limits: rate === 'none' ? ('none' as const) : { requestsPerSecond: rate, burst: Math.ceil(rate / 4) },
    latencyMs: options.latencyMs ?? 0,
    seed: options.seed,
  };
  const planexpo = await startPlanexpoSimulator({
    ...served,
    credentials: { apiKeys: [demoSecrets.DEMO_PLANEXPO_KEY] },
    initial: expo.planexpo,
    embedCoExhibitors: options.embedCoExhibitors,
  });
  closers.push(() => planexpo.close());
  const inwink = await startInwinkSimulator({
    ...served,
    credentials: { clientId: 'passerelle-demo', clientSecret: demoSecrets.DEMO_INWINK_SECRET },
    initial: expo.inwink,
    searchLagMs: options.searchLagMs ?? 0,
    allowNoEmail: options.allowNoEmail,
  });
  closers.push(() => inwink.close());

  const folder = await mkdtemp(join(tmpdir(), 'passerelle-demo-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  const configurationFile = join(folder, 'passerelle.yaml');
  const text = demoConfiguration({
    planexpoUrl: planexpo.url,
    inwinkUrl: inwink.url,
    rate,
    uiUrl: options.temporal.uiUrl,
    policies: options.policies ?? {},
  });
  await writeFile(configurationFile, text);
  const configuration = parseConfiguration(configurationFile, text, demoSecrets);

  const { client, close } = await connectClient({
    address: options.temporal.address,
    namespace: options.temporal.namespace,
  });
  closers.push(close);
  await ensureSearchAttributes(client);
  const pool = createPool(options.databaseUrl, 5);
  closers.push(() => pool.end());
  await ensureSync(pool, SYNC, 'planexpo-inwink');
  await importSampleMask(pool, SYNC, expo, sampleMaskRows(expo));

  const variables = {
    ...demoSecrets,
    PASSERELLE_CONFIG: configurationFile,
    DATABASE_URL: options.databaseUrl,
    TEMPORAL_ADDRESS: options.temporal.address,
    TEMPORAL_NAMESPACE: options.temporal.namespace,
  };
  return {
    sync: SYNC,
    expo,
    configuration,
    configurationFile,
    variables,
    planexpo: simulatorControl(planexpo.url),
    inwink: simulatorControl(inwink.url),
    urls: { planexpo: planexpo.url, inwink: inwink.url },
    client,
    pool,
    async startWorker(more = {}) {
      const worker = await startWorkerProcess({ ...variables, ...more });
      closers.push(() => worker.stop());
      return worker;
    },
    stop,
  };
}
