import { type Contexts, createContexts } from '../activities/contexts';
import { createOfferPreflightActivities } from '../activities/pivot-cirkwi/preflight';
import { createPreflightActivities } from '../activities/planexpo-inwink/preflight';
import { findAtWork } from '../activities/weavy-webmecanik/find-at-work';
import { createCrmPreflightActivities } from '../activities/weavy-webmecanik/preflight';
import type { Pair } from '../config/schema';
import { ensureSync } from '../db/runs';
import type { PreflightCheck } from '../mappings/preflight-check';
import { PlatformFailure } from '../platforms/failure';
import type { OperationContext } from './context';
import { syncOf } from './syncs';

const LATER = {
  fr: 'Réessayez plus tard ; si cela dure, prévenez votre interlocuteur.',
  en: 'Try again later; if it lasts, tell your contact there.',
};

/**
 * Every prerequisite of a sync on both platforms, looked at now; writes to neither. While a platform is out of order, its
 * outages are told instead: what the last look found would be taken for today's state.
 */
export async function preflight(
  { configuration, pool }: OperationContext,
  slug: string,
): Promise<readonly PreflightCheck[]> {
  const { pair } = syncOf(configuration, slug);
  await ensureSync(pool, slug, pair);
  const { probes, judge } = preflightOf(pair, createContexts(configuration, pool), slug);
  const outages: PreflightCheck[] = [];
  for (const [code, probe] of Object.entries(probes)) {
    const outage = await outageOf(code, probe);
    if (outage !== null) outages.push(outage);
  }
  return outages.length > 0 ? outages : judge();
}

interface Preflight {
  /** By the code of the check that tells their outage. */
  probes: Record<string, () => Promise<unknown>>;
  judge(): Promise<readonly PreflightCheck[]>;
}

/** A pair's own preflight: the same activities that a run calls. */
function preflightOf(pair: Pair, contexts: Contexts, sync: string): Preflight {
  const input = { sync, runId: null, overrides: [] };
  switch (pair) {
    case 'planexpo-inwink': {
      const activities = createPreflightActivities(contexts.of(pair));
      return {
        probes: {
          'connection-planexpo': () => activities.probePlanexpo({ sync }),
          'connection-inwink': () => activities.probeInwink({ sync }),
        },
        judge: async () => (await activities.judgePreflight(input)).checks,
      };
    }
    case 'pivot-cirkwi': {
      const activities = createOfferPreflightActivities(contexts.of(pair));
      return {
        probes: {
          'connection-pivot': () => activities.probePivot({ sync }),
          'connection-cirkwi': () => activities.probeCirkwi({ sync }),
        },
        judge: async () => (await activities.judgeOfferPreflight(input)).checks,
      };
    }
    case 'weavy-webmecanik':
      return crmPreflight(contexts, input);
  }
}

/** The fields of both sides are asked for only once both answer: which of them are there decides about the mapping. */
function crmPreflight(
  contexts: Contexts,
  input: { sync: string; runId: null; overrides: string[] },
): Preflight {
  const { sync } = input;
  const activities = createCrmPreflightActivities(findAtWork(contexts.of('weavy-webmecanik')));
  const reachable: boolean[] = [];
  const note = async (probe: Promise<{ reachable: boolean }>) => {
    reachable.push((await probe).reachable);
  };
  return {
    probes: {
      'weavy-connection': () => note(activities.probeWeavy({ sync })),
      'mautic-connection': () => note(activities.probeMautic({ sync })),
      fields: async () => {
        if (reachable.length === 2 && !reachable.includes(false)) await activities.discoverFields({ sync });
      },
    },
    judge: async () => (await activities.judgeCrmPreflight(input)).checks,
  };
}

/** A platform that is out of order for a while: a run would wait and try again, a person wants to know at once. */
async function outageOf(code: string, probe: () => Promise<unknown>): Promise<PreflightCheck | null> {
  try {
    await probe();
    return null;
  } catch (error) {
    if (!(error instanceof PlatformFailure)) throw error;
    return {
      code,
      result: 'fail',
      evidence: { fr: error.message, en: error.message },
      advice: LATER,
    };
  }
}
