import type { ServerOptions } from '../core/server-parts';
import type { WeavyFieldInput } from './fields';
import type { WeavyState } from './state';

export interface WeavySimulatorOptions extends ServerOptions {
  credentials: { projectCode: string; userName: string; password: string };
  /** The one company whose data this project holds; a search for another finds nothing. Default: the project code. */
  companyCode?: string | undefined;
  /** Default: no records. */
  initial?: WeavyState | undefined;
  /** Fields that the project has beside the standard ones. Default: none. */
  customFields?: readonly WeavyFieldInput[] | undefined;
  /** Default 43200. */
  tokenTtlSeconds?: number | undefined;
  /** Added to the `expiresIn` that is told, for a server that forgets its tokens early. Default 0. */
  expiresInSkewSeconds?: number | undefined;
  /** UTC, told at each sign-in. Default: the password does not expire. */
  passwordExpiryUTC?: string | undefined;
  /** How far weavy's clock is ahead of this machine's. Default 0. */
  clockSkewMs?: number | undefined;
  /** IANA zone of `srvDate`. Default UTC. */
  timeZone?: string | undefined;
  /** An accepted PUT that changes no value moves the change time (`bumps`, default) or leaves it (`keeps`). */
  unchangedPut?: 'bumps' | 'keeps' | undefined;
  /** How text and codes compare, everywhere. Default `insensitive`. */
  textCase?: 'insensitive' | 'sensitive' | undefined;
  /** How long a created row stays out of searches. Reading it by code always works. Default 0. */
  searchLagMs?: number | undefined;
}
