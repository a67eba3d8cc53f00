import { CommanderError } from 'commander';
import { ConfigurationError } from '../config/load';
import { Refusal, type RefusalKind } from '../operations/refusal';
import { PlatformFailure } from '../platforms/failure';
import { CommandFailed, ExitCode, UsageError } from './context';

/** What the caller can mend by asking otherwise is a usage error; what did not work is a failure. */
const REFUSALS = {
  'not-found': ExitCode.usage,
  invalid: ExitCode.usage,
  conflict: ExitCode.usage,
  unavailable: ExitCode.failed,
  failed: ExitCode.failed,
} as const satisfies Record<RefusalKind, number>;

/** Prints an error as people can use it and answers the exit code. A stack is shown for defects only. */
export function reportError(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.done : ExitCode.usage;
  if (error instanceof Refusal) {
    process.stderr.write(`${error.message}\n`);
    return REFUSALS[error.kind];
  }
  if (error instanceof UsageError || error instanceof ConfigurationError) {
    process.stderr.write(`${error.message}\n`);
    return ExitCode.usage;
  }
  process.stderr.write(`${describe(error)}\n`);
  return ExitCode.failed;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof PlatformFailure || error instanceof CommandFailed) return error.message;
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ECONNREFUSED' || error.message.includes('Failed to connect')) {
    return `Cannot connect: ${error.message || code}. Is the database (DATABASE_URL) or the Temporal server (TEMPORAL_ADDRESS) running?`;
  }
  return error.stack ?? error.message;
}
