import type { Configuration } from '../../config/schema';
import type { WeavyWebmecanikSync } from '../../config/weavy-webmecanik';
import { createBudget } from '../../db/budget';
import { countCouples } from '../../db/couples';
import type { Pool } from '../../db/pool';
import { createMauticClient } from '../../platforms/mautic/http-client';
import { createWeavyClient } from '../../platforms/weavy/http-client';
import { accountOf } from '../account-of';
import type { CrmSyncContext } from './context';

/** The context of one weavy <-> Webmecanik sync: its platform clients on the shared budgets. */
export function weavyWebmecanikContext(
  configuration: Configuration,
  pool: Pool,
  slug: string,
  sync: WeavyWebmecanikSync,
): CrmSyncContext {
  const weavy = accountOf(configuration, sync.source, 'weavy');
  const mautic = accountOf(configuration, sync.target, 'mautic');
  return {
    slug,
    pair: sync.pair,
    policies: sync.policies,
    configured: sync.mapping,
    pool,
    weavy: createWeavyClient({
      ...weavy,
      timeoutMs: weavy.timeout,
      budget: createBudget(pool, {
        account: sync.source,
        platform: 'weavy',
        requestsPerSecond: weavy.requestsPerSecond,
      }),
    }),
    mautic: createMauticClient({
      baseUrl: mautic.baseUrl,
      signIn: mautic.signIn,
      batchSize: mautic.batchSize,
      timeoutMs: mautic.timeout,
      budget: createBudget(pool, {
        account: sync.target,
        platform: 'mautic',
        requestsPerSecond: mautic.requestsPerSecond,
      }),
    }),
    sourceAccount: sync.source,
    targetAccount: sync.target,
    countLinked: () => countCouples(pool, slug),
    pageSize: { weavy: weavy.pageSize, mautic: mautic.pageSize },
    batchSize: mautic.batchSize,
    inFlight: { weavy: weavy.inFlight, mautic: mautic.inFlight },
    settle: {
      weavy: { requestTimeoutMs: weavy.timeout, searchLagMs: weavy.searchLag },
      mautic: { requestTimeoutMs: mautic.timeout, searchLagMs: mautic.searchLag },
    },
  };
}
