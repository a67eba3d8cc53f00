import { DefaultLogger, Runtime } from '@temporalio/worker';
import pino, { type Logger } from 'pino';

const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/** One JSON object a line on stderr: event, ids and counts; never a body (promise 8). */
export function createLogger(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}

/** Sends the SDK's own log lines, those of workflows and activities included, to the same place. Call it once, first. */
export function installRuntime(logger: Logger): void {
  Runtime.install({
    logger: new DefaultLogger('DEBUG', ({ level, message, meta }) => {
      const { error, ...fields } = meta ?? {};
      const failure = error instanceof Error ? { failure: error.name, reason: error.message } : {};
      logger[LEVELS[level]]({ ...printable(fields), ...failure }, message);
    }),
    shutdownSignals: ['SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGUSR2'],
  });
}

/** The SDK adds symbols and nested options; ids and numbers are what people search by. */
function printable(meta: Record<string | symbol, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(meta).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value)),
  );
}
