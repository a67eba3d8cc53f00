import type { PlanexpoInwinkSync } from '../../config/planexpo-inwink';
import type { Configuration } from '../../config/schema';
import { createBudget } from '../../db/budget';
import { countLinks } from '../../db/links';
import type { Pool } from '../../db/pool';
import { createInwinkClient } from '../../platforms/inwink/http-client';
import { createPlanexpoClient } from '../../platforms/planexpo/http-client';
import { accountOf } from '../account-of';
import type { PlanexpoInwinkContext } from './context';

/** The context of one Planexpo -> Inwink sync: its platform clients on the shared budgets. */
export function planexpoInwinkContext(
  configuration: Configuration,
  pool: Pool,
  slug: string,
  sync: PlanexpoInwinkSync,
): PlanexpoInwinkContext {
  const source = accountOf(configuration, sync.source, 'planexpo');
  const target = accountOf(configuration, sync.target, 'inwink');
  return {
    slug,
    pair: sync.pair,
    configuration: sync,
    policies: sync.policies,
    pool,
    source: createPlanexpoClient({
      baseUrl: source.baseUrl,
      event: sync.planexpoEvent,
      apiKey: source.apiKey,
      timeoutMs: source.timeout,
      budget: createBudget(pool, {
        account: sync.source,
        platform: 'planexpo',
        requestsPerSecond: source.requestsPerSecond,
      }),
    }),
    target: createInwinkClient({
      baseUrl: target.baseUrl,
      eventId: sync.inwinkEventId,
      tokenUrl: target.tokenUrl,
      clientId: target.clientId,
      clientSecret: target.clientSecret,
      scope: target.scope,
      audience: target.audience,
      timeoutMs: target.timeout,
      budget: createBudget(pool, {
        account: sync.target,
        platform: 'inwink',
        requestsPerSecond: target.requestsPerSecond,
      }),
    }),
    sourceAccount: sync.source,
    targetAccount: sync.target,
    countLinked: () => countLinks(pool, slug, 'partner'),
    readPageSize: source.pageSize,
    settle: { requestTimeoutMs: target.timeout, searchLagMs: target.searchLag },
  };
}
