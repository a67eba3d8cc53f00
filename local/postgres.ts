import { randomBytes } from 'node:crypto';
import { chown, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { environment } from '../config/environment';
import { freePort } from './free-port';
import { type OwnedProcess, startOwnedProcess } from './owned-process';
import { createCluster, DATABASE, OWNER } from './postgres-cluster';
import { type Account, accountForPostgres, postgresProgram, temporaryFolderFor } from './postgres-program';

const GIVE_UP_AFTER_MS = 60_000;
const ASK_AGAIN_AFTER_MS = 25;
/** A port found free may be taken by another program before the server binds it: then other ports are tried. */
const ATTEMPTS = 3;

export interface PostgresOptions {
  /** Folder that keeps the data over restarts, made when absent. Without it the data goes when the server stops. */
  dataDir?: string;
  /** Port of 127.0.0.1; a free one when not given. */
  port?: number;
  /** `test` gives up safety against a power cut for speed. Default `full`. */
  durability?: 'full' | 'test';
}

/** A PostgreSQL that answers. `existing` was named by DATABASE_URL and is left alone by `stop`. */
export type LocalPostgres =
  | { kind: 'started'; url: string; pid: number; stop(): Promise<void> }
  | { kind: 'existing'; url: string; stop(): Promise<void> };

/**
 * A PostgreSQL for this machine: the one that DATABASE_URL names, else a real server from npm, started on 127.0.0.1
 * with a password of its own; it ends with this process, however that ends. Throws when it does not start.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<LocalPostgres> {
  const url = environment.DATABASE_URL;
  if (url !== undefined) return { kind: 'existing', url, stop: async () => undefined };
  return startOwnPostgres(options);
}

/** The same, whatever DATABASE_URL says: always a server of our own. */
export async function startOwnPostgres(
  options: PostgresOptions = {},
): Promise<Extract<LocalPostgres, { kind: 'started' }>> {
  const account = await accountForPostgres();
  const temporaryFolder = await mkdtemp(join(await temporaryFolderFor(account), 'passerelle-postgres-'));
  try {
    if (account !== undefined) await chown(temporaryFolder, account.uid, account.gid);
    const program = await postgresProgram(account, join(temporaryFolder, 'program'));
    const home = resolve(options.dataDir ?? join(temporaryFolder, 'data'));
    await mkdir(home, { recursive: true });
    const password = await createCluster({
      program,
      home,
      account,
      password: randomBytes(18).toString('hex'),
    });
    return await startServer({ options, account, temporaryFolder, program, home, password });
  } catch (error) {
    await rm(temporaryFolder, { recursive: true, force: true });
    throw error;
  }
}

interface Prepared {
  options: PostgresOptions;
  account: Account | undefined;
  temporaryFolder: string;
  program: string;
  home: string;
  password: string;
}

async function startServer(prepared: Prepared): Promise<Extract<LocalPostgres, { kind: 'started' }>> {
  const cluster = join(prepared.home, 'cluster');
  let reason = '';
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const port = prepared.options.port ?? (await freePort());
    const server = await startOwnedProcess({
      command: join(prepared.program, 'postgres'),
      args: serverArguments(cluster, port, prepared.options.durability ?? 'full'),
      logFile: join(prepared.temporaryFolder, 'postgres.log'),
      stopSignal: 'SIGINT', // "fast": open transactions are rolled back, nobody is waited for
      stopWithin: 20,
      temporaryFolder: prepared.temporaryFolder,
      account: prepared.account,
    });
    if (await serves(server, cluster)) {
      const url = `postgres://${OWNER}:${prepared.password}@127.0.0.1:${port}/${DATABASE}`;
      return { kind: 'started', url, pid: server.pid, stop: server.stop };
    }
    reason = await server.lastLines();
    if (server.isRunning()) await server.stop();
    if (!reason.includes('Address already in use')) break;
  }
  throw new Error(`PostgreSQL did not start on ${cluster}:\n${reason}`);
}

function serverArguments(cluster: string, port: number, durability: 'full' | 'test'): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(durability === 'test' && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return ['-D', cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** The server itself writes into its process file when it takes connections; its own tools wait for the same line. */
async function serves(server: OwnedProcess, cluster: string): Promise<boolean> {
  const deadline = Date.now() + GIVE_UP_AFTER_MS;
  while (server.isRunning() && Date.now() < deadline) {
    const lines = (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
    if (lines[0] === String(server.pid) && lines[7]?.trim() === 'ready') return true;
    await pause(ASK_AGAIN_AFTER_MS);
  }
  return false;
}
