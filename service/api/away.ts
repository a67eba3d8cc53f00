import { HTTPException } from 'hono/http-exception';
import { Refusal } from '../../operations/refusal';
import { PlatformFailure } from '../../platforms/failure';

/** Statuses of gRPC that say that the server is away, too slow or shutting down, not that the question was wrong. */
const TEMPORAL_AWAY: readonly unknown[] = [1, 4, 13, 14];
/** And that it is there and takes no more just now: of one workflow or Schedule, or of all. */
const TEMPORAL_BUSY = 8;
/** States of Postgres: no connection, no room for one, an end asked for. */
const POSTGRES_AWAY = /^(08...|53300|57P0[123]|57014)$/;
const NETWORK_AWAY = /^(ECONN\w+|ETIMEDOUT|EPIPE|ENOTFOUND|EHOSTUNREACH)$/;
/** What the Postgres client says without a code of its own. */
const CONNECTION_LOST =
  /Connection terminated|timeout exceeded when trying to connect|client has encountered/i;

/**
 * An error as whoever asked is told: what is away for now is a refusal of the kind `unavailable`, what takes no more a
 * 429, anything else is itself.
 * Messages of Temporal and Postgres stay out, because they may repeat values.
 */
export function asTold(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof Refusal || error instanceof HTTPException) return error;
  if (error instanceof PlatformFailure) return new Refusal('unavailable', error.message);
  const code = 'code' in error ? error.code : undefined;
  if (code === TEMPORAL_BUSY)
    return new HTTPException(429, {
      message: 'Temporal takes no more of this just now: ask again in a moment.',
    });
  if (typeof code === 'number' && TEMPORAL_AWAY.includes(code)) return away('Temporal');
  if (typeof code === 'string' && (POSTGRES_AWAY.test(code) || NETWORK_AWAY.test(code)))
    return away('Postgres');
  if (CONNECTION_LOST.test(error.message)) return away('Postgres');
  return error.cause === undefined ? error : causeAsTold(error, error.cause);
}

function causeAsTold(error: Error, cause: unknown): unknown {
  const told = asTold(cause);
  return told === cause ? error : told;
}

function away(who: string): Refusal {
  return new Refusal('unavailable', `${who} does not answer just now: ask again in a moment`);
}
