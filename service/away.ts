import { isGrpcServiceError, ServiceError } from '@temporalio/client';

/** States of PostgreSQL in which it takes no work for a while: starting, stopping, cut off, out of connections. */
const DATABASE_AWAY = /^(57P0[123]|08\w{3}|53300|ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|EPIPE)$/;

/** What did not answer, when that is all there is to an error; null for any other error. */
export function awayOf(error: unknown): 'temporal' | 'database' | null {
  if (error instanceof ServiceError || isGrpcServiceError(error)) return 'temporal';
  const { message, code, errors } = partsOf(error);
  // both clients tell this by their text alone
  if (/^Failed to connect before the deadline/.test(message)) return 'temporal';
  if (/^(Connection terminated|timeout exceeded when trying to connect)/.test(message)) return 'database';
  if (DATABASE_AWAY.test(code)) return 'database';
  // a name with several addresses, none of which answered
  return errors.length > 0 && errors.every((one) => awayOf(one) === 'database') ? 'database' : null;
}

/** Errors of sockets may come from another realm, where `Error` is another class. */
function partsOf(error: unknown): { message: string; code: string; errors: unknown[] } {
  const known: { message?: unknown; code?: unknown; errors?: unknown } =
    typeof error === 'object' && error !== null ? error : {};
  return {
    message: String(known.message ?? ''),
    code: String(known.code ?? ''),
    errors: Array.isArray(known.errors) ? known.errors : [],
  };
}
