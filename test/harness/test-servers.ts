import { startDevelopmentServer } from '../../local/temporal';
import { freshDatabase } from '../setup/test-database';

/** Where a stack finds the servers of its test file. */
export interface TestServers {
  databaseUrl: string;
  temporal: { address: string; namespace: string; uiUrl: string | undefined };
}

/**
 * A stack on a Temporal server of its own (the task queues are fixed names) and a fresh database. Its `stop` leaves
 * nothing behind, and neither does a start that fails.
 */
export async function onTestServers<Stack extends { stop(): Promise<void> }>(
  temporalArgs: string[] | undefined,
  start: (servers: TestServers) => Promise<Stack>,
): Promise<Stack & { temporalAddress: string }> {
  const [temporal, database] = await Promise.all([
    startDevelopmentServer(temporalArgs === undefined ? {} : { extraArgs: temporalArgs }),
    freshDatabase(),
  ]);
  const stopServers = async () => {
    await temporal.stop();
    await database.drop();
  };
  try {
    const { address, namespace, uiUrl } = temporal;
    const stack = await start({ databaseUrl: database.url, temporal: { address, namespace, uiUrl } });
    const stop = async () => {
      await stack.stop();
      await stopServers();
    };
    return { ...stack, stop, temporalAddress: address };
  } catch (error) {
    await stopServers();
    throw error;
  }
}
