import { hostname, userInfo } from 'node:os';
import type { Client } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { connectClient } from '../activities/temporal-client';
import { environment, environmentVariables } from '../config/environment';
import { loadConfiguration } from '../config/load';
import { assertMigrated } from '../db/migrate';
import { createPool } from '../db/pool';
import type { OperationContext } from '../operations/context';

/** Exit codes of every command (docs: command line). */
export const ExitCode = { done: 0, failed: 1, usage: 2, attention: 3 } as const;

/** A mistake of the caller: printed as one line, without a stack, exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What was asked for did not happen, for a reason that the message tells in full: printed without a stack, exit code 1. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
}

/** Options that every command takes. */
export interface CommonOptions {
  json?: boolean;
  config?: string;
}

/**
 * Loads the configuration, opens the database, runs the command, closes everything. Connections are made on first use;
 * who acts is the account on this machine.
 */
export async function withContext<T>(
  options: CommonOptions,
  work: (context: OperationContext) => Promise<T>,
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
