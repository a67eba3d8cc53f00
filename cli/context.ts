import { hostname, userInfo } from 'node:os';
import type { Client } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import { connectClient } from '../activities/temporal-client';
import { environment, environmentVariables } from '../config/environment';
import { loadConfiguration } from '../config/load';
import type { Configuration, Pair, SyncConfiguration } from '../config/schema';
import { assertMigrated } from '../db/migrate';
import { createPool, type Pool } from '../db/pool';
import type { Reasons } from '../mappings/reason-types';
import { reasonsOf } from '../mappings/reasons';

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

/** The same for a command that knows one pair only. */
export function syncOfPair<P extends Pair>(
  configuration: Configuration,
  slug: string,
  pair: P,
): Extract<SyncConfiguration, { pair: P }> {
  const sync = syncOf(configuration, slug);
  if (isOfPair(sync, pair)) return sync;
  throw new UsageError(`sync "${slug}" is of the pair ${sync.pair}: this command is for ${pair}`);
}

function isOfPair<P extends Pair>(
  sync: SyncConfiguration,
  pair: P,
): sync is Extract<SyncConfiguration, { pair: P }> {
  return sync.pair === pair;
}

/** Reasons speak for themselves where a sync left the configuration and its items stayed. */
const UNKNOWN: Reasons = {
  isCode: () => false,
  text: (code) => ({ what: code, why: '', next: '' }),
  weight: () => 'silent',
  decisions: () => [],
};

/** The words of a sync's reasons. */
export function reasonsFor(configuration: Configuration, slug: string): Reasons {
  const sync = configuration.syncs[slug];
  return sync === undefined ? UNKNOWN : reasonsOf(sync.pair);
}
