import {
  type PivotCirkwiStack,
  type PivotCirkwiStackOptions,
  startPivotCirkwiStack,
} from '../../cli/demo/pivot-cirkwi/stack';
import { startDevelopmentServer } from '../../local/temporal';
import { freshDatabase } from '../setup/test-database';

export type PivotStack = PivotCirkwiStack & { temporalAddress: string };
export type PivotStackOptions = Partial<Omit<PivotCirkwiStackOptions, 'databaseUrl' | 'temporal'>>;

/**
 * PIVOT -> Cirkwi for one test file: a Temporal server of its own (the task queues are fixed names), a fresh database,
 * both simulators without a pace. Workers and the service are started by the test. `stop` leaves nothing behind.
 */
export async function startPivotTestStack(options: PivotStackOptions = {}): Promise<PivotStack> {
  const [temporal, database] = await Promise.all([startDevelopmentServer(), freshDatabase()]);
  const stopServers = async () => {
    await temporal.stop();
    await database.drop();
  };
  try {
    const stack = await startPivotCirkwiStack({
      offers: 24,
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
