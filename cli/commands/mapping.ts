import type { Command } from 'commander';
import type { Language } from '../../mappings/reason-types';
import { type MappingProblem, placeText } from '../../mappings/weavy-webmecanik/mapping-problem';
import { syncOfPair } from '../../operations/syncs';
import { checkMapping, diffMapping } from '../../operations/weavy-webmecanik/mapping';
import { answer } from '../answer';
import { withCommonOptions } from '../common-options';
import { type CommonOptions, ExitCode, UsageError, withContext } from '../context';
import { table } from '../table';

const WORDS = {
  fr: {
    place: 'Où',
    weight: 'Gravité',
    message: 'Constat et suite',
    fail: '✗ à corriger',
    warn: '! à savoir',
    fits: 'La correspondance convient aux deux plateformes.',
    same: 'Aucune différence.',
  },
  en: {
    place: 'Where',
    weight: 'Weight',
    message: 'What was seen, and the next step',
    fail: '✗ to correct',
    warn: '! to know',
    fits: 'The mapping fits both platforms.',
    same: 'No difference.',
  },
} as const satisfies Record<Language, Record<string, string>>;

/** `passerelle mapping`: the document that says which field of weavy is which of Webmecanik. */
export function mappingCommand(program: Command): void {
  const mapping = program
    .command('mapping')
    .description('the field mapping of a CRM sync: check it against both platforms, compare versions')
    .addHelpText('after', '\nExample:\n  passerelle mapping check crm-acme');
  checkCommand(mapping);
  diffCommand(mapping);
}

function checkCommand(mapping: Command): void {
  const command = mapping
    .command('check')
    .argument('<sync>', 'name of the sync in the configuration')
    .description('compare the mapping with the fields of both platforms as they are now; writes nothing');
  withCommonOptions(command, 'mapping check crm-acme').action((slug: string, options: CommonOptions) =>
    withContext(options, async (context) => {
      const sync = syncOfPair(context.configuration, slug, 'weavy-webmecanik');
      const { ok, problems } = await checkMapping(context, slug);
      const view = problems.map(({ message, ...problem }) => ({
        ...problem,
        message: message[sync.language],
      }));
      answer(options, { sync: slug, ok, problems: view }, () => problemsText(problems, sync.language));
      if (!ok) process.exitCode = ExitCode.usage;
    }),
  );
}

function problemsText(problems: readonly MappingProblem[], language: Language): string {
  const words = WORDS[language];
  if (problems.length === 0) return words.fits;
  const drawn = table(
    [{ head: words.place, share: 1 }, { head: words.weight }, { head: words.message, share: 2 }],
    problems.map((problem) => [placeText(problem), words[problem.severity], problem.message[language]]),
  );
  return problems.every((problem) => problem.severity === 'warn') ? `${drawn}\n${words.fits}` : drawn;
}

function diffCommand(mapping: Command): void {
  const command = mapping
    .command('diff')
    .argument('<sync>', 'name of the sync in the configuration')
    .argument('[a]', 'number of the earlier version (default: the one in force)')
    .argument('[b]', 'number of the later version (default: the document in the configuration)')
    .description('say what differs between two versions, or what the configuration would change');
  withCommonOptions(command, 'mapping diff crm-acme', 'mapping diff crm-acme 1 2').action(
    (slug: string, a: string | undefined, b: string | undefined, options: CommonOptions) =>
      withContext(options, async (context) => {
        const sync = syncOfPair(context.configuration, slug, 'weavy-webmecanik');
        const versions = { a: numberOf(slug, a), b: numberOf(slug, b) };
        const { lines, ...found } = await diffMapping(context, slug, versions);
        answer(options, { sync: slug, ...found }, () => lines.join('\n') || WORDS[sync.language].same);
      }),
  );
}

function numberOf(slug: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageError(`"${slug}" has no mapping version "${text}": versions are numbered from 1`);
}
