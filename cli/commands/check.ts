import type { Command } from 'commander';
import type { PreflightCheck } from '../../mappings/preflight-check';
import type { Language } from '../../mappings/reason-types';
import { preflight } from '../../operations/preflight';
import { syncOf } from '../../operations/syncs';
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
      const checks = await preflight(context, slug);
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
