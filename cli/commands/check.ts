import type { Command } from 'commander';
import { createPreflightActivities } from '../../activities/planexpo-inwink/preflight';
import { ensureSync } from '../../db/runs';
import type { PreflightCheck } from '../../mappings/planexpo-inwink/check-prerequisites';
import type { Language } from '../../mappings/planexpo-inwink/reasons';
import { PlatformFailure } from '../../platforms/failure';
import { createContexts } from '../../workers/contexts';
import { answer } from '../answer';
import { withCommonOptions } from '../common-options';
import { type CommandContext, type CommonOptions, ExitCode, syncOf, withContext } from '../context';
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
  { configuration, pool }: CommandContext,
  slug: string,
): Promise<readonly PreflightCheck[]> {
  await ensureSync(pool, slug, syncOf(configuration, slug).pair);
  const preflight = createPreflightActivities(createContexts(configuration, pool));
  const outages = [
    await outageOf('connection-planexpo', () => preflight.probePlanexpo({ sync: slug })),
    await outageOf('connection-inwink', () => preflight.probeInwink({ sync: slug })),
  ].filter((outage) => outage !== null);
  // what the last look found would be taken for today's state
  if (outages.length > 0) return outages;
  return (await preflight.judgePreflight({ sync: slug, runId: null, overrides: [] })).checks;
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
