import type { PivotCirkwiSync } from '../../config/pivot-cirkwi';
import type { Configuration } from '../../config/schema';
import { createBudget } from '../../db/budget';
import { countOffered, unline } from '../../db/feed-objects';
import type { Pool } from '../../db/pool';
import { createCirkwiClient, createCirkwiPush } from '../../platforms/cirkwi/http-client';
import { fetchFile } from '../../platforms/fetch-file';
import { createPivotClient } from '../../platforms/pivot/http-client';
import { accountOf } from '../account-of';
import type { PivotCirkwiContext } from './context';

/** The context of one PIVOT -> Cirkwi sync: its platform clients on the shared budgets. */
export function pivotCirkwiContext(
  configuration: Configuration,
  pool: Pool,
  slug: string,
  sync: PivotCirkwiSync,
): PivotCirkwiContext {
  const source = accountOf(configuration, sync.source, 'pivot');
  const target = accountOf(configuration, sync.target, 'cirkwi');
  const cirkwi = {
    ...target,
    timeoutMs: target.timeout,
    budget: createBudget(pool, {
      account: sync.target,
      platform: 'cirkwi',
      requestsPerSecond: target.requestsPerSecond,
    }),
  };
  return {
    slug,
    pair: sync.pair,
    configuration: sync,
    policies: sync.policies,
    delivery: sync.policies.delivery,
    pool,
    source: createPivotClient({
      baseUrl: source.baseUrl,
      wsKey: source.wsKey,
      format: source.format,
      timeoutMs: source.timeout,
      budget: createBudget(pool, {
        account: sync.source,
        platform: 'pivot',
        requestsPerSecond: source.requestsPerSecond,
      }),
    }),
    target: createCirkwiClient(cirkwi),
    push: createCirkwiPush(cirkwi),
    fetchNamed: (url, limits) =>
      fetchFile(url, {
        ...limits,
        platform: 'pivot',
        timeoutMs: source.timeout,
        allowPrivateHosts: sync.policies.allowPrivateHosts,
      }),
    sourceAccount: sync.source,
    targetAccount: sync.target,
    countLinked: () => countOffered(pool, slug),
    dropPrepared: (db, runId) => unline(db, slug, { runId }),
    readPageSize: source.pageSize,
    settle: { requestTimeoutMs: source.timeout, searchLagMs: source.searchLag },
    sourceInFlight: source.inFlight,
    targetInFlight: target.inFlight,
  };
}
