import type { ServerOptions } from '../core/server-parts';
import type { InwinkState } from './state';

export interface InwinkSimulatorOptions extends ServerOptions {
  event: { id: string; name: string };
  /** One OAuth2 client. With `scope`, a token request must name it. */
  credentials: { clientId: string; clientSecret: string; scope?: string | undefined };
  /** Default: no partners, participants or products; the Planexpo custom fields exist. */
  initial?: InwinkState | undefined;
  /** How long a created row stays out of searches. Reading it by id always works. Default 0. */
  searchLagMs?: number | undefined;
  /** A lower quantity is answered 200 with the stored one (`keep`, default), or 409 (`reject`). */
  quantityMode?: 'keep' | 'reject' | undefined;
  /** Accept participants without an e-mail address. Default false. */
  allowNoEmail?: boolean | undefined;
  /** Children of a deleted partner keep pointing at it (default true), or lose their parent. */
  danglingParents?: boolean | undefined;
  /** Default 3600. */
  tokenTtlSeconds?: number | undefined;
  /** Added to the `expires_in` that is told, for a server whose clock is off. Default 0. */
  expiresInSkewSeconds?: number | undefined;
  /** For the ids given to new records. Default 1. */
  seed?: number | undefined;
}
