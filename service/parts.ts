import type { HttpBindings } from '@hono/node-server';
import type { Client, Connection } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Configuration } from '../config/schema';
import type { Pool } from '../db/pool';
import type { Language } from '../mappings/reason-types';
import type { OperationContext } from '../operations/context';
import type { Principal, SignedIn } from './access/principal';

export type ServiceLogger = Pick<Logger, 'info' | 'warn' | 'error'>;

/** What every part of the service works with. Nothing is connected before it is used. */
export interface ServiceParts {
  configuration: Configuration;
  pool: Pool;
  connection: Connection;
  client: Client;
  namespace: string;
  /** Hears ids, routes and statuses: no address with its query, no body, no name (promise 8). */
  logger: ServiceLogger | null;
  /** Whether people come over TLS: cookies are then sent over TLS only. */
  isSecure: boolean;
  /** Aborted when the service is told to stop: long answers end. */
  stopping: AbortSignal;
}

/** What a request carries from one handler to the next. */
export interface ServiceEnv {
  Bindings: HttpBindings;
  Variables: {
    requestId: string;
    /** Behind `requireScope` (API) and `requireSignedIn` (console). */
    principal: Principal;
    /** Behind `requireSignedIn` only. */
    signedIn: SignedIn;
    language: Language;
  };
}

/** The same for one request, in the name of whoever asks. */
export function operationContext(parts: ServiceParts, principal: Principal): OperationContext {
  const { configuration, pool, client } = parts;
  return { configuration, pool, temporal: async () => client, actor: principal.actor };
}
