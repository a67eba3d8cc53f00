import { ApplicationFailure } from '@temporalio/common';
import type { FindContext, SyncContext } from '../activities/planexpo-inwink/context';
import type { Configuration, InwinkAccount, PlanexpoAccount, SyncConfiguration } from '../config/schema';
import { createBudget } from '../db/budget';
import type { Pool } from '../db/pool';
import { FailureKind } from '../platforms/failure';
import { createInwinkClient } from '../platforms/inwink/http-client';
import { createPlanexpoClient } from '../platforms/planexpo/http-client';

/** One context per configured sync: its platform clients on the shared budgets. Throws for a sync nobody configured. */
export function createContexts(configuration: Configuration, pool: Pool): FindContext {
  const contexts = new Map(
    Object.entries(configuration.syncs).map(([slug, sync]) => [
      slug,
      createContext(configuration, pool, slug, sync),
    ]),
  );
  return (slug) => {
    const context = contexts.get(slug);
    if (context !== undefined) return context;
    // no repetition makes it known: whoever started this is told at once
    throw ApplicationFailure.nonRetryable(
      `sync "${slug}" is not in this worker's configuration (known: ${[...contexts.keys()].join(', ') || 'none'})`,
      FailureKind.defect,
    );
  };
}

function createContext(
  configuration: Configuration,
  pool: Pool,
  slug: string,
  sync: SyncConfiguration,
): SyncContext {
  const source = accountOf(configuration, sync.source, 'planexpo');
  const target = accountOf(configuration, sync.target, 'inwink');
  return {
    slug,
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
    readPageSize: source.pageSize,
    settle: { requestTimeoutMs: target.timeout, searchLagMs: target.searchLag },
  };
}

function accountOf(configuration: Configuration, name: string, platform: 'planexpo'): PlanexpoAccount;
function accountOf(configuration: Configuration, name: string, platform: 'inwink'): InwinkAccount;
function accountOf(
  configuration: Configuration,
  name: string,
  platform: string,
): PlanexpoAccount | InwinkAccount {
  const account = configuration.platforms[name];
  if (account?.platform === platform) return account;
  throw new Error(`"${name}" is not a ${platform} account of the configuration`); // the schema has checked it
}

/** Calls in flight that the configuration allows per platform and worker process. */
export function inFlightOf(configuration: Configuration, platform: 'planexpo' | 'inwink'): number {
  return Object.values(configuration.platforms)
    .filter((account) => account.platform === platform)
    .reduce((sum, account) => sum + account.inFlight, 0);
}

/** Connections a worker needs: each call in flight may hold a lock and a query. */
export function poolSizeOf(configuration: Configuration): number {
  return 10 + 2 * (inFlightOf(configuration, 'planexpo') + inFlightOf(configuration, 'inwink'));
}
