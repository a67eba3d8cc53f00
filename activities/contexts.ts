import { ApplicationFailure } from '@temporalio/common';
import type { Configuration, PlatformName, SyncConfiguration } from '../config/schema';
import type { Pool } from '../db/pool';
import { FailureKind } from '../platforms/failure';
import type { PivotCirkwiContext } from './pivot-cirkwi/context';
import { pivotCirkwiContext } from './pivot-cirkwi/create-context';
import type { PlanexpoInwinkContext } from './planexpo-inwink/context';
import { planexpoInwinkContext } from './planexpo-inwink/create-context';
import type { FindSync, SyncContext } from './sync-context';
import type { CrmSyncContext } from './weavy-webmecanik/context';
import { weavyWebmecanikContext } from './weavy-webmecanik/create-context';

type AnyContext = PlanexpoInwinkContext | PivotCirkwiContext | CrmSyncContext;
type ContextOf<Pair> = Extract<AnyContext, { pair: Pair }>;

/** Finds the context of a sync: of any pair for the frame of a run, of one pair for that pair's own activities. */
export interface Contexts {
  any: FindSync;
  of<Pair extends AnyContext['pair']>(pair: Pair): (sync: string) => ContextOf<Pair>;
}

/** One context per configured sync. Finding one that nobody configured throws a failure that no repetition mends. */
export function createContexts(configuration: Configuration, pool: Pool): Contexts {
  const contexts = new Map(
    Object.entries(configuration.syncs).map(([slug, sync]) => [
      slug,
      contextOf(configuration, pool, slug, sync),
    ]),
  );
  const any = (slug: string): AnyContext => {
    const context = contexts.get(slug);
    if (context !== undefined) return context;
    // no repetition makes it known: whoever started this is told at once
    throw ApplicationFailure.nonRetryable(
      `sync "${slug}" is not in this configuration (known: ${[...contexts.keys()].join(', ') || 'none'})`,
      FailureKind.defect,
    );
  };
  return {
    any,
    of: (pair) => (slug) => {
      const context = any(slug);
      if (isOfPair(context, pair)) return context;
      throw ApplicationFailure.nonRetryable(
        `sync "${slug}" is of the pair ${context.pair}, not ${pair}`,
        FailureKind.defect,
      );
    },
  };
}

function contextOf(
  configuration: Configuration,
  pool: Pool,
  slug: string,
  sync: SyncConfiguration,
): AnyContext {
  switch (sync.pair) {
    case 'planexpo-inwink':
      return planexpoInwinkContext(configuration, pool, slug, sync);
    case 'pivot-cirkwi':
      return pivotCirkwiContext(configuration, pool, slug, sync);
    case 'weavy-webmecanik':
      return weavyWebmecanikContext(configuration, pool, slug, sync);
  }
}

function isOfPair<Pair extends AnyContext['pair']>(
  context: SyncContext,
  pair: Pair,
): context is ContextOf<Pair> {
  return context.pair === pair;
}

/** Calls in flight that the configuration allows per platform and worker process. */
export function inFlightOf(configuration: Configuration, platform: PlatformName): number {
  return Object.values(configuration.platforms)
    .filter((account) => account.platform === platform)
    .reduce((sum, account) => sum + account.inFlight, 0);
}

/** Connections a worker needs: each call in flight may hold a lock and a query. */
export function poolSizeOf(configuration: Configuration): number {
  return 10 + 2 * Object.values(configuration.platforms).reduce((sum, account) => sum + account.inFlight, 0);
}
