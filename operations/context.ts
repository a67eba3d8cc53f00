import type { Client } from '@temporalio/client';
import type { Configuration } from '../config/schema';
import type { Pool } from '../db/pool';

/** What an operation works with, whoever asked for it: a command, a request to the service, a page of the console. */
export interface OperationContext {
  configuration: Configuration;
  pool: Pool;
  /** Connected on first use: what needs no Temporal works without it. Rejects when the server does not answer. */
  temporal(): Promise<Client>;
  /** Who acts, for the audit. */
  actor: string;
}
