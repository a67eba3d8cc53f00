import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environment } from '../config/environment';
import { freePort } from './free-port';
import { type OwnedProcess, startOwnedProcess } from './owned-process';
import { findTemporalBinary } from './temporal-binary';
import { waitUntilTemporalServes } from './temporal-serves';

/** What an operator can search workflows by. All of type Keyword: a server on SQL has room for ten of those. */
export const SEARCH_ATTRIBUTES = ['sync', 'pair', 'record', 'outcome'] as const;

/** A port found free may be taken by another program before the server binds it: then other ports are tried. */
const ATTEMPTS = 3;

export interface TemporalOptions {
  /** Ports of 127.0.0.1; free ones are taken when not given. */
  port?: number;
  uiPort?: number;
  namespace?: string;
  /** SQLite file that keeps the workflows over restarts; without it they live in memory. */
  databaseFile?: string;
  /** Names of Keyword search attributes. */
  searchAttributes?: readonly string[];
  /** More arguments of `temporal server start-dev`, such as `--dynamic-config-value`, `name=value`. */
  extraArgs?: string[];
}

/**
 * A Temporal server that answers. `started` is ours: with its UI, its process id, and stopped by `stop`. `existing` was
 * named by TEMPORAL_ADDRESS and is left alone by `stop`.
 */
export type LocalTemporal =
  | { kind: 'started'; address: string; namespace: string; uiUrl: string; pid: number; stop(): Promise<void> }
  | { kind: 'existing'; address: string; namespace: string; uiUrl: undefined; stop(): Promise<void> };

/**
 * A Temporal server for this machine: the one that TEMPORAL_ADDRESS names, else a development server started on
 * 127.0.0.1 (see `findTemporalBinary`) that ends with this process, however that ends. Resolves once it serves the
 * namespace with its search attributes. Throws when there is no server to be had or it does not start.
 */
export async function startTemporal(options: TemporalOptions = {}): Promise<LocalTemporal> {
  const existing = environment.TEMPORAL_ADDRESS;
  if (existing !== undefined) {
    const namespace = options.namespace ?? environment.TEMPORAL_NAMESPACE ?? 'default';
    return { kind: 'existing', address: existing, namespace, uiUrl: undefined, stop: async () => undefined };
  }
  return startDevelopmentServer(options);
}

/** The same, whatever TEMPORAL_ADDRESS says: always a server of our own. */
export async function startDevelopmentServer(
  options: TemporalOptions = {},
): Promise<Extract<LocalTemporal, { kind: 'started' }>> {
  const binary = await findTemporalBinary();
  const reasons: string[] = [];
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const port = options.port ?? (await freePort());
    const uiPort = options.uiPort ?? (await freePort());
    const started = await attemptStart(binary, { ...options, port, uiPort });
    if ('pid' in started) return started;
    reasons.push(started.reason);
    if (!started.reason.includes('address already in use')) break;
  }
  throw new Error(`The Temporal server did not start: ${reasons.at(-1)}`);
}

async function attemptStart(
  binary: string,
  options: TemporalOptions & { port: number; uiPort: number },
): Promise<Extract<LocalTemporal, { kind: 'started' }> | { reason: string }> {
  const { namespace = 'default', searchAttributes = SEARCH_ATTRIBUTES } = options;
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'passerelle-temporal-'));
  const server = await startOwnedProcess({
    command: binary,
    args: serverArguments(options, namespace, searchAttributes),
    logFile: join(temporaryFolder, 'temporal.log'),
    stopSignal: 'SIGTERM',
    stopWithin: 10,
    temporaryFolder,
  });
  const address = `127.0.0.1:${options.port}`;
  const serves = await waitUntilTemporalServes({ address, namespace, searchAttributes, server });
  if (!serves) return failedStart(server, temporaryFolder);
  const uiUrl = `http://127.0.0.1:${options.uiPort}`;
  return { kind: 'started', address, namespace, uiUrl, pid: server.pid, stop: server.stop };
}

async function failedStart(server: OwnedProcess, temporaryFolder: string): Promise<{ reason: string }> {
  const printed = await server.lastLines();
  const how = server.isRunning() ? 'it does not answer' : await server.ended;
  await server.stop();
  await rm(temporaryFolder, { recursive: true, force: true });
  return { reason: `${how}\n${printed}` };
}

function serverArguments(
  options: TemporalOptions & { port: number; uiPort: number },
  namespace: string,
  searchAttributes: readonly string[],
): string[] {
  const listen = ['--ip', '127.0.0.1', '--port', String(options.port), '--ui-port', String(options.uiPort)];
  const attributes = searchAttributes.flatMap((name) => ['--search-attribute', `${name}=Keyword`]);
  const database = options.databaseFile === undefined ? [] : ['--db-filename', options.databaseFile];
  const ours = ['--namespace', namespace, '--log-level', 'warn', ...listen, ...attributes, ...database];
  return ['server', 'start-dev', ...ours, ...(options.extraArgs ?? [])];
}
