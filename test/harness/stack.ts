import { type LocalStack, type StackOptions, startLocalStack } from '../../cli/demo/planexpo-inwink/stack';
import { startDevelopmentServer } from '../../local/temporal';
import { freshDatabase } from '../setup/test-database';

/**
 * A whole stack for one test file: a Temporal server of its own (the task queues are fixed names), a fresh database,
 * both simulators. Workers are started by the test. `stop` leaves nothing behind.
 */
export async function startTestStack(
  options: Partial<Omit<StackOptions, 'databaseUrl' | 'temporal'>> & { temporalArgs?: string[] } = {},
): Promise<LocalStack & { temporalAddress: string }> {
  const [temporal, database] = await Promise.all([
    startDevelopmentServer(options.temporalArgs === undefined ? {} : { extraArgs: options.temporalArgs }),
    freshDatabase(),
  ]);
  const stopServers = async () => {
    await temporal.stop();
    await database.drop();
  };
  try {
    const stack = await startLocalStack({
      dossiers: 120,
      seed: 1,
      requestsPerSecond: 'none',
      ...options,
      databaseUrl: database.url,
      temporal: { address: temporal.address, namespace: temporal.namespace, uiUrl: temporal.uiUrl },
    });
    const stop = async () => {
      await stack.stop();
      await stopServers();
    };
    return { ...stack, stop, temporalAddress: temporal.address };
  } catch (error) {
    await stopServers();
    throw error;
  }
}
