import type { Command } from 'commander';
import { type Contexts, createContexts } from '../../activities/contexts';
import { createOfferPreflightActivities } from '../../activities/pivot-cirkwi/preflight';
import { createPreflightActivities } from '../../activities/planexpo-inwink/preflight';
import { createCrmPreflightActivities } from '../../activities/weavy-webmecanik/preflight';
import type { Pair } from '../../config/schema';
import { ensureSync } from '../../db/runs';
import type { PreflightCheck } from '../../mappings/preflight-check';
import type { Language } from '../../mappings/reason-types';
import type { OperationContext } from '../../operations/context';
import { syncOf } from '../../operations/syncs';
import { PlatformFailure } from '../../platforms/failure';
import { answer } from '../answer';
import { withCommonOptions } from '../common-options';
import { type CommonOptions, ExitCode, withContext } from '../context';
import { table } from '../table';

const WORDS = {
  fr: {
    check: 'Prérequis',
    result: 'Résultat',
    evidence: 'Constat',
    advice: 'À faire',
    pass: '✓ rempli',
    warn: '! à surveiller',
    fail: '✗ manque',
    ready: 'Tout est prêt.',
    later: 'Réessayez plus tard ; si cela dure, prévenez votre interlocuteur.',
  },
  en: {
    check: 'Prerequisite',
    result: 'Result',
    evidence: 'What was seen',
    advice: 'What to do',
    pass: '✓ pass',
    warn: '! warning',
    fail: '✗ fail',
    ready: 'Everything is ready.',
    later: 'Try again later; if it lasts, tell your contact there.',
  },
} as const satisfies Record<Language, Record<string, string>>;

/** `passerelle check SYNC`: each prerequisite with pass, warn or fail and what to do. A failed one exits with 2. */
export function checkCommand(program: Command): void {
  const command = program
    .command('check')
    .argument('<sync>', 'name of the sync in the configuration')
    .description('look at every prerequisite of a sync on both platforms; writes to neither');
  withCommonOptions(command, 'check salon-2027').action((slug: string, options: CommonOptions) =>
    withContext(options, async (context) => {
      const { language, pair } = syncOf(context.configuration, slug);
      const checks = await checkSync(context, slug);
      const failed = checks.filter((check) => check.result === 'fail').map((check) => check.code);
      answer(
        options,
        {
          sync: slug,
          pair,
          ok: failed.length === 0,
          failed,
          checks: checks.map(({ code, result, evidence, advice }) => ({
            code,
            result,
            evidence: evidence[language],
            advice: advice[language],
          })),
        },
        () => checksText(checks, language),
      );
      if (failed.length > 0) process.exitCode = ExitCode.usage;
    }),
  );
}

async function checkSync(
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
  // what the last look found would be taken for today's state
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
      const preflight = createPreflightActivities(contexts.of(pair));
      return {
        probes: {
          'connection-planexpo': () => preflight.probePlanexpo({ sync }),
          'connection-inwink': () => preflight.probeInwink({ sync }),
        },
        judge: async () => (await preflight.judgePreflight(input)).checks,
      };
    }
    case 'pivot-cirkwi': {
      const preflight = createOfferPreflightActivities(contexts.of(pair));
      return {
        probes: {
          'connection-pivot': () => preflight.probePivot({ sync }),
          'connection-cirkwi': () => preflight.probeCirkwi({ sync }),
        },
        judge: async () => (await preflight.judgeOfferPreflight(input)).checks,
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
  const preflight = createCrmPreflightActivities(contexts.of('weavy-webmecanik'));
  const reachable: boolean[] = [];
  const note = async (probe: Promise<{ reachable: boolean }>) => {
    reachable.push((await probe).reachable);
  };
  return {
    probes: {
      'weavy-connection': () => note(preflight.probeWeavy({ sync })),
      'mautic-connection': () => note(preflight.probeMautic({ sync })),
      fields: async () => {
        if (reachable.length === 2 && !reachable.includes(false)) await preflight.discoverFields({ sync });
      },
    },
    judge: async () => (await preflight.judgeCrmPreflight(input)).checks,
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
      advice: { fr: WORDS.fr.later, en: WORDS.en.later },
    };
  }
}

function checksText(checks: readonly PreflightCheck[], language: Language): string {
  const words = WORDS[language];
  const drawn = table(
    [
      { head: words.check },
      { head: words.result },
      { head: words.evidence, share: 1 },
      { head: words.advice, share: 1 },
    ],
    checks.map(({ code, result, evidence, advice }) => [
      code,
      words[result],
      evidence[language],
      advice[language],
    ]),
  );
  return checks.every((check) => check.result === 'pass') ? `${drawn}\n${words.ready}` : drawn;
}
