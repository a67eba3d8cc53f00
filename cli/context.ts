import { hostname, userInfo } from 'node:os';
import type { Client } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { connectClient } from '../activities/temporal-client';
import { environment, environmentVariables } from '../config/environment';
import { loadConfiguration } from '../config/load';
import type { Configuration, SyncConfiguration } from '../config/schema';
import { assertMigrated } from '../db/migrate';
import { createPool, type Pool } from '../db/pool';

/** Exit codes of every command (docs: command line). */
export const ExitCode = { done: 0, failed: 1, usage: 2, attention: 3 } as const;

/** A mistake of the caller: printed as one line, without a stack, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Options that every command takes. */
export interface CommonOptions {
  json?: boolean;
  config?: string;
}

/** What a command works with. Connections are made on first use and closed when the command ends. */
export interface CommandContext {
  configuration: Configuration;
  pool: Pool;
  temporal(): Promise<Client>;
  /** Who acts, for the audit: the account on this machine. */
  actor: string;
}

/** Loads the configuration, opens the database, runs the command, closes everything. */
export async function withContext<T>(
  options: CommonOptions,
  work: (context: CommandContext) => Promise<T>,
): Promise<T> {
  const configuration = loadConfiguration(
    options.config ?? environment.PASSERELLE_CONFIG,
    environmentVariables,
  );
  const pool = createPool(databaseUrl(), 5);
  let connected: Promise<{ client: Client; close(): Promise<void> }> | undefined;
  const temporal = async () => {
    connected ??= connectTemporal();
    return (await connected).client;
  };
  try {
    await assertMigrated(pool);
    return await work({ configuration, pool, temporal, actor: `${userInfo().username}@${hostname()}` });
  } finally {
    await pool.end();
    await connected?.then((c) => c.close()).catch(() => {});
  }
}

/** Connects to the Temporal server that TEMPORAL_ADDRESS and its companions name. */
export async function connectTemporal(): Promise<{ client: Client; close(): Promise<void> }> {
  const { connectionOptions, namespace } = loadClientConnectConfig();
  return connectClient({ ...connectionOptions, namespace: namespace ?? 'default' });
}

export function databaseUrl(): string {
  const url = environment.DATABASE_URL;
  if (url !== undefined) return url;
  throw new UsageError(
    'DATABASE_URL is not set: name the PostgreSQL database of Passerelle, as postgres://user:password@host:port/database',
  );
}

/** The configuration of one sync, or a usage error that lists those there are. */
export function syncOf(configuration: Configuration, slug: string): SyncConfiguration {
  const sync = configuration.syncs[slug];
  if (sync !== undefined) return sync;
  throw new UsageError(
    `sync "${slug}" is not configured (known: ${Object.keys(configuration.syncs).join(', ') || 'none'})`,
  );
}
