import { type LocalStack, type StackOptions, startLocalStack } from '../../cli/demo/planexpo-inwink/stack';
import { onTestServers } from './test-servers';

/**
 * A whole stack for one test file: a Temporal server of its own (the task queues are fixed names), a fresh database,
 * both simulators. Workers are started by the test. `stop` leaves nothing behind.
 */
export function startTestStack(
  options: Partial<Omit<StackOptions, 'databaseUrl' | 'temporal'>> & { temporalArgs?: string[] } = {},
): Promise<LocalStack & { temporalAddress: string }> {
  return onTestServers(options.temporalArgs, (servers) =>
    startLocalStack({ dossiers: 120, seed: 1, requestsPerSecond: 'none', ...options, ...servers }),
  );
}
