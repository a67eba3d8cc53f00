import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { ensureSearchAttributes } from '../../activities/search-attributes';
import { connectClient } from '../../activities/temporal-client';
import { parseConfiguration } from '../../config/load';
import type { Configuration, Pair } from '../../config/schema';
import { createPool, type Pool } from '../../db/pool';
import { ensureSync } from '../../db/runs';
import { type PasserelleProcess, startWorkerProcess } from './passerelle-process';

/** What every local stack has, whatever its pair. */
export interface StackBase {
  sync: string;
  configuration: Configuration;
  configurationFile: string;
  /** What a process needs to work on this stack. */
  variables: Record<string, string>;
  client: Client;
  pool: Pool;
  /** `variables` are added to the stack's own, such as another log level. */
  startWorker(variables?: Record<string, string>): Promise<PasserelleProcess>;
  stop(): Promise<void>;
}

export type Closers = Array<() => Promise<unknown>>;

/** Runs `build`; what it put into `closers` is closed again when it fails, or when its stack is stopped. */
export async function stoppable<T>(
  build: (closers: Closers, stop: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const closers: Closers = [];
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close().catch(() => undefined);
  };
  try {
    return await build(closers, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Writes the configuration, connects to both servers and makes the sync known. The database must be migrated. */
export async function stackBase(
  closers: Closers,
  stop: () => Promise<void>,
  options: {
    sync: string;
    pair: Pair;
    /** Text of the configuration file, and the secrets that it names. */
    text: string;
    secrets: Record<string, string>;
    databaseUrl: string;
    temporal: { address: string; namespace: string };
  },
): Promise<StackBase> {
  const folder = await mkdtemp(join(tmpdir(), 'passerelle-demo-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  const configurationFile = join(folder, 'passerelle.yaml');
  await writeFile(configurationFile, options.text);
  const configuration = parseConfiguration(configurationFile, options.text, options.secrets);

  const { client, close } = await connectClient({ ...options.temporal });
  closers.push(close);
  await ensureSearchAttributes(client);
  const pool = createPool(options.databaseUrl, 5);
  closers.push(() => pool.end());
  await ensureSync(pool, options.sync, options.pair);

  const variables = {
    ...options.secrets,
    PASSERELLE_CONFIG: configurationFile,
    DATABASE_URL: options.databaseUrl,
    TEMPORAL_ADDRESS: options.temporal.address,
    TEMPORAL_NAMESPACE: options.temporal.namespace,
  };
  return {
    sync: options.sync,
    configuration,
    configurationFile,
    variables,
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
