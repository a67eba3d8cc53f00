import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { ActivityGuard } from '../activities/failures';
import { createApplyActivities } from '../activities/planexpo-inwink/apply';
import { createDecisionActivities } from '../activities/planexpo-inwink/decisions';
import { createDossierActivities } from '../activities/planexpo-inwink/dossier';
import { createPlanActivities } from '../activities/planexpo-inwink/plan';
import { createPreflightActivities } from '../activities/planexpo-inwink/preflight';
import { createReadActivities } from '../activities/planexpo-inwink/read';
import { createRunActivities } from '../activities/planexpo-inwink/runs';
import { createSignalActivities } from '../activities/signals';
import { connectClient } from '../activities/temporal-client';
import type { Configuration } from '../config/schema';
import { markAccessLost } from '../db/budget';
import { assertMigrated } from '../db/migrate';
import { createPool } from '../db/pool';
import { INWINK_QUEUE, MAIN_QUEUE, PLANEXPO_QUEUE } from '../workflows/names';
import { createContexts, inFlightOf, poolSizeOf } from './contexts';

export interface RunningWorker {
  /** Ends when the worker was stopped; rejects when it broke. */
  done: Promise<void>;
  /** Takes no new work, lets what is under way end, closes the pool and the connections. */
  stop(): Promise<void>;
}

export interface WorkerSettings {
  configuration: Configuration;
  databaseUrl: string;
  /** `host:port`; without it Temporal's own loader reads TEMPORAL_ADDRESS and the rest. */
  temporalAddress?: string | undefined;
  namespace?: string | undefined;
  identity?: string;
}

/** How long running activities may go on after a stop was asked: above one call's timeout. */
const GRACE = '40s';

/** Starts one worker process: workflows and local work on one queue, each platform's calls on a queue of its own. */
export async function startWorker(settings: WorkerSettings): Promise<RunningWorker> {
  const { configuration } = settings;
  const pool = createPool(settings.databaseUrl, poolSizeOf(configuration));
  await assertMigrated(pool);
  const { connectionOptions, namespace } = temporalOptions(settings);
  const native = await NativeConnection.connect(connectionOptions);
  const { client, close } = await connectClient({ ...connectionOptions, namespace });
  const find = createContexts(configuration, pool);
  const preflight = createPreflightActivities(find);
  const runs = createRunActivities(find, () => client.workflow);
  const onAccessLost = async (lost: { sync: string; platform: string }) => {
    const { sourceAccount, targetAccount } = find(lost.sync);
    await markAccessLost(pool, lost.platform === 'planexpo' ? sourceAccount : targetAccount);
  };
  const shared: Omit<WorkerOptions, 'taskQueue'> = {
    connection: native,
    namespace,
    shutdownGraceTime: GRACE,
    interceptors: { activity: [() => ({ inbound: new ActivityGuard(onAccessLost) })] },
    ...(settings.identity === undefined ? {} : { identity: settings.identity }),
  };

  const workers = await Promise.all([
    Worker.create({
      ...shared,
      ...workflowCode(),
      taskQueue: MAIN_QUEUE,
      activities: {
        ...createDossierActivities(find),
        ...runs,
        ...createSignalActivities(() => client.workflow),
        judgePreflight: preflight.judgePreflight,
      },
    }),
    Worker.create({
      ...shared,
      taskQueue: PLANEXPO_QUEUE,
      activities: { ...createReadActivities(find), probePlanexpo: preflight.probePlanexpo },
      maxConcurrentActivityTaskExecutions: Math.max(1, inFlightOf(configuration, 'planexpo')),
    }),
    Worker.create({
      ...shared,
      taskQueue: INWINK_QUEUE,
      activities: {
        ...createApplyActivities(find),
        ...createPlanActivities(find),
        ...createDecisionActivities(find),
        probeInwink: preflight.probeInwink,
      },
      maxConcurrentActivityTaskExecutions: Math.max(1, inFlightOf(configuration, 'inwink')),
    }),
  ]);

  const running = Promise.all(workers.map((worker) => worker.run()));
  const done = running
    .catch((error: unknown) => {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      throw error;
    })
    .finally(async () => {
      await pool.end();
      await close();
      await native.close();
    })
    .then(() => undefined);
  return {
    done,
    async stop() {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await done;
    },
  };
}

/** The prebuilt bundle of a production build, else the sources. */
function workflowCode(): Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath'> {
  const bundle = join(__dirname, '..', 'workflow-bundle.js');
  if (existsSync(bundle)) return { workflowBundle: { codePath: bundle } };
  return { workflowsPath: require.resolve('../workflows') };
}

function temporalOptions(settings: WorkerSettings) {
  const loaded = loadClientConnectConfig();
  const connectionOptions =
    settings.temporalAddress === undefined
      ? loaded.connectionOptions
      : { ...loaded.connectionOptions, address: settings.temporalAddress };
  return { connectionOptions, namespace: settings.namespace ?? loaded.namespace ?? 'default' };
}
