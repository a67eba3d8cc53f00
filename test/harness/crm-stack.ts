import {
  startWeavyWebmecanikStack,
  type WeavyWebmecanikStack,
  type WeavyWebmecanikStackOptions,
} from '../../cli/demo/weavy-webmecanik/stack';
import { onTestServers } from './test-servers';

export type CrmStack = WeavyWebmecanikStack & { temporalAddress: string };
export type CrmStackOptions = Partial<Omit<WeavyWebmecanikStackOptions, 'databaseUrl' | 'temporal'>>;

/**
 * weavy <-> Webmecanik for one test file: a Temporal server of its own (the task queues are fixed names), a fresh database,
 * both simulators without a pace; the first run writes at once. Workers are started by the test. `stop` leaves nothing
 * behind. `records: 0` starts with two empty CRMs.
 */
export function startCrmTestStack(options: CrmStackOptions = {}): Promise<CrmStack> {
  return onTestServers(undefined, (servers) =>
    startWeavyWebmecanikStack({ records: 40, seed: 1, requestsPerSecond: 'none', ...options, ...servers }),
  );
}
