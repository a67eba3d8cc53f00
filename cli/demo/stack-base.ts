import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { stringify } from 'yaml';
import { ensureSearchAttributes } from '../../activities/search-attributes';
import { connectClient } from '../../activities/temporal-client';
import { parseConfiguration } from '../../config/load';
import type { Configuration, Pair } from '../../config/schema';
import { createPool, type Pool } from '../../db/pool';
import { ensureSync } from '../../db/runs';
import { freePort } from '../../local/free-port';
import { type PasserelleProcess, startServiceProcess, startWorkerProcess } from './passerelle-process';

/** Where a stack finds the servers that it does not start itself. The database must be migrated. */
export interface StackServers {
  databaseUrl: string;
  temporal: { address: string; namespace: string; uiUrl?: string | undefined };
}

/** What every local stack has, whatever its pairs. */
export interface SharedStack {
  configuration: Configuration;
  configurationFile: string;
  /** What a process needs to work on this stack. */
  variables: Record<string, string>;
  /** Where the service is, or will be once it is started. */
  serviceUrl: string;
  client: Client;
  pool: Pool;
  /** `variables` are added to the stack's own, such as another log level. A worker knows all syncs of the stack. */
  startWorker(variables?: Record<string, string>): Promise<PasserelleProcess>;
  /** The service listens on the address that the configuration names. One at a time. */
  startService(variables?: Record<string, string>): Promise<PasserelleProcess>;
  stop(): Promise<void>;
}

/** A stack as seen by one of its syncs. */
export interface StackBase extends SharedStack {
  sync: string;
}

/** The simulators of a pair, and its part of the configuration. */
export interface Scene {
  sync: string;
  pair: Pair;
  platforms: Record<string, unknown>;
  syncConfiguration: Record<string, unknown>;
  /** The secrets that the configuration names. */
  secrets: Readonly<Record<string, string>>;
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

/** The address that a stack's service will have: scenes name it in their configuration before it is started. */
export async function serviceAddress(): Promise<{ port: number; url: string }> {
  const port = await freePort();
  return { port, url: `http://127.0.0.1:${port}` };
}

/** Writes one configuration for all scenes, connects to both servers and makes the syncs known. */
export async function sharedStack(
  closers: Closers,
  stop: () => Promise<void>,
  options: StackServers & { scenes: readonly Scene[]; service: { port: number; url: string } },
): Promise<SharedStack> {
  const { scenes, service, databaseUrl, temporal } = options;
  const secrets: Record<string, string> = Object.assign({}, ...scenes.map((scene) => scene.secrets));
  const folder = await mkdtemp(join(tmpdir(), 'passerelle-demo-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  const configurationFile = join(folder, 'passerelle.yaml');
  const text = configurationText(scenes, temporal.uiUrl);
  await writeFile(configurationFile, text);
  const configuration = parseConfiguration(configurationFile, text, secrets);

  const { address, namespace } = temporal;
  const { client, close } = await connectClient({ address, namespace });
  closers.push(close);
  await ensureSearchAttributes(client);
  const pool = createPool(databaseUrl, 5);
  closers.push(() => pool.end());
  for (const { sync, pair } of scenes) await ensureSync(pool, sync, pair);

  const variables = {
    ...secrets,
    PASSERELLE_CONFIG: configurationFile,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
  };
  const stopped = (started: PasserelleProcess) => {
    closers.push(() => started.stop());
    return started;
  };
  return {
    configuration,
    configurationFile,
    variables,
    serviceUrl: service.url,
    client,
    pool,
    startWorker: async (more = {}) => stopped(await startWorkerProcess({ ...variables, ...more })),
    async startService(more = {}) {
      const listen = { PASSERELLE_HOST: '127.0.0.1', PASSERELLE_PORT: String(service.port) };
      return stopped(await startServiceProcess({ ...variables, ...listen, ...more }));
    },
    stop,
  };
}

/** The stack's passerelle.yaml: the real schema, with the simulators' addresses and pace. */
function configurationText(scenes: readonly Scene[], uiUrl: string | undefined): string {
  return stringify({
    platforms: Object.assign({}, ...scenes.map((scene) => scene.platforms)),
    syncs: Object.fromEntries(scenes.map((scene) => [scene.sync, scene.syncConfiguration])),
    ...(uiUrl === undefined ? {} : { temporal: { uiUrl } }),
  });
}
