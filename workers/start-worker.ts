import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { ActivityGuard } from '../activities/failures';
import { createApplyActivities } from '../activities/planexpo-inwink/apply';
import type { SyncContext } from '../activities/planexpo-inwink/context';
import { createDecisionActivities } from '../activities/planexpo-inwink/decisions';
import { createDossierActivities } from '../activities/planexpo-inwink/dossier';
import { createPlanActivities } from '../activities/planexpo-inwink/plan';
import { createPreflightActivities } from '../activities/planexpo-inwink/preflight';
import { createReadActivities } from '../activities/planexpo-inwink/read';
import { createRunActivities } from '../activities/planexpo-inwink/runs';
import { createSignalActivities } from '../activities/signals';
import { connectClient } from '../activities/temporal-client';
import type { Configuration } from '../config/schema';
import { openItem } from '../db/attention';
import { markAccessLost } from '../db/budget';
import { assertMigrated } from '../db/migrate';
import { createPool } from '../db/pool';
import { ReasonCode } from '../mappings/planexpo-inwink/reasons';
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
  const find = createContexts(configuration, pool);
  const preflight = createPreflightActivities(find);
  const guard = new ActivityGuard((lost) => noteAccessLost(find(lost.sync), lost.platform));
  const shared: Omit<WorkerOptions, 'taskQueue'> = {
    connection: native,
    namespace,
    shutdownGraceTime: GRACE,
    interceptors: { activity: [() => ({ inbound: guard })] },
    ...(settings.identity === undefined ? {} : { identity: settings.identity }),
  };

  return Promise.all([
    Worker.create({
      ...shared,
      ...workflowCode(),
      taskQueue: MAIN_QUEUE,
      activities: {
        ...createDossierActivities(find),
        ...createRunActivities(find, () => client.workflow),
        ...createSignalActivities(() => client.workflow),
        // what was found stays in Postgres: it names people and products, and results go into histories
        judgePreflight: async (input: Parameters<typeof preflight.judgePreflight>[0]) => {
          const { failed, trouble } = await preflight.judgePreflight(input);
          return { failed, trouble };
        },
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
  const account = platform === 'planexpo' ? context.sourceAccount : context.targetAccount;
  await markAccessLost(context.pool, account);
  await openItem(context.pool, context.slug, null, {
    recordId: null,
    reason: ReasonCode.accessLost,
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
