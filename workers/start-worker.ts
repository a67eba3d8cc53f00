import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { createContexts, inFlightOf, poolSizeOf } from '../activities/contexts';
import { ActivityGuard } from '../activities/failures';
import { createRunActivities } from '../activities/runs/runs';
import { createSignalActivities } from '../activities/signals';
import type { SyncContext } from '../activities/sync-context';
import { connectClient } from '../activities/temporal-client';
import { type Configuration, sourcePlatformOf } from '../config/schema';
import { openItem } from '../db/attention';
import { markAccessLost } from '../db/budget';
import { assertMigrated } from '../db/migrate';
import { createPool } from '../db/pool';
import { SharedReason } from '../mappings/reasons';
import { MAIN_QUEUE } from '../workflows/names';
import { pivotCirkwiActivities } from './pivot-cirkwi-activities';
import { planexpoInwinkActivities } from './planexpo-inwink-activities';
import { weavyWebmecanikActivities } from './weavy-webmecanik-activities';

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
  const closers: Array<() => Promise<unknown>> = [];
  const close = async () => {
    for (const each of closers.splice(0).reverse()) await each().catch(() => undefined);
  };
  try {
    const workers = await createWorkers(settings, closers);
    return run(workers, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function createWorkers(
  settings: WorkerSettings,
  closers: Array<() => Promise<unknown>>,
): Promise<Worker[]> {
  const { configuration } = settings;
  const pool = createPool(settings.databaseUrl, poolSizeOf(configuration));
  closers.push(() => pool.end());
  await assertMigrated(pool);
  const { connectionOptions, namespace } = temporalOptions(settings);
  const native = await NativeConnection.connect(connectionOptions);
  closers.push(() => native.close());
  const { client, close } = await connectClient({ ...connectionOptions, namespace });
  closers.push(close);
  const contexts = createContexts(configuration, pool);
  const guard = new ActivityGuard((lost) => noteAccessLost(contexts.any(lost.sync), lost.platform));
  const shared: Omit<WorkerOptions, 'taskQueue'> = {
    connection: native,
    namespace,
    shutdownGraceTime: GRACE,
    interceptors: { activity: [() => ({ inbound: guard })] },
    ...(settings.identity === undefined ? {} : { identity: settings.identity }),
  };
  const pairs = [
    planexpoInwinkActivities(contexts),
    pivotCirkwiActivities(contexts, () => client.workflow),
    weavyWebmecanikActivities(contexts),
  ];

  return Promise.all([
    Worker.create({
      ...shared,
      ...workflowCode(),
      taskQueue: MAIN_QUEUE,
      activities: Object.assign(
        {
          ...createRunActivities(contexts.any, () => client.workflow),
          ...createSignalActivities(() => client.workflow),
        },
        ...pairs.map((pair) => pair.main),
      ),
    }),
    ...pairs
      .flatMap((pair) => pair.platforms)
      .map(({ platform, queue, activities }) =>
        Worker.create({
          ...shared,
          taskQueue: queue,
          activities,
          maxConcurrentActivityTaskExecutions: Math.max(1, inFlightOf(configuration, platform)),
        }),
      ),
  ]);
}

/** Runs the workers until they are stopped; when one breaks, the others stop too. */
function run(workers: Worker[], close: () => Promise<void>): RunningWorker {
  const stopAll = () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  const running = workers.map((worker) =>
    worker.run().catch((error: unknown) => {
      stopAll();
      throw error;
    }),
  );
  const done = Promise.allSettled(running).then(async (ends) => {
    await close();
    const broken = ends.find((end) => end.status === 'rejected');
    if (broken !== undefined) throw broken.reason;
  });
  return {
    done,
    async stop() {
      stopAll();
      await done;
    },
  };
}

/** No worker goes on knocking, and a person is told which account it is. */
async function noteAccessLost(context: SyncContext, platform: string): Promise<void> {
  const account = platform === sourcePlatformOf(context.pair) ? context.sourceAccount : context.targetAccount;
  await markAccessLost(context.pool, account);
  await openItem(context.pool, context.slug, null, {
    recordId: null,
    reason: SharedReason.accessLost,
    place: account,
    detail: { account, platform },
    severity: 'action',
  });
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
