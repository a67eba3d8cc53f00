import {
  type PivotCirkwiStack,
  type PivotCirkwiStackOptions,
  startPivotCirkwiStack,
} from '../../cli/demo/pivot-cirkwi/stack';
import { onTestServers } from './test-servers';

export type PivotStack = PivotCirkwiStack & { temporalAddress: string };
export type PivotStackOptions = Partial<Omit<PivotCirkwiStackOptions, 'databaseUrl' | 'temporal'>>;

/**
 * PIVOT -> Cirkwi for one test file: a Temporal server of its own (the task queues are fixed names), a fresh database,
 * both simulators without a pace. Workers and the service are started by the test. `stop` leaves nothing behind.
 */
export function startPivotTestStack(options: PivotStackOptions = {}): Promise<PivotStack> {
  return onTestServers(undefined, (servers) =>
    startPivotCirkwiStack({ offers: 24, seed: 1, requestsPerSecond: 'none', ...options, ...servers }),
  );
}
