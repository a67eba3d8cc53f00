import type { Command } from 'commander';
import { getMapping, mappingInForce } from '../../db/field-mappings';
import type { Language } from '../../mappings/reason-types';
import { checkMapping } from '../../mappings/weavy-webmecanik/check-mapping';
import { diffMapping, formatMappingDifference } from '../../mappings/weavy-webmecanik/diff-mapping';
import type { FieldMapping } from '../../mappings/weavy-webmecanik/field-mapping';
import { type MappingProblem, placeText } from '../../mappings/weavy-webmecanik/mapping-problem';
import type { OperationContext } from '../../operations/context';
import { syncOfPair } from '../../operations/syncs';
import { liveSchemas } from '../../operations/weavy-webmecanik/live-schemas';
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
      const { schemas } = await liveSchemas(context, slug);
      const problems = checkMapping(sync.mapping, schemas);
      const ok = problems.every((problem) => problem.severity !== 'fail');
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
        const before = await earlierOf(context, slug, a);
        const after =
          b === undefined ? { version: null, mapping: sync.mapping } : await versionOf(context, slug, b);
        const differences = diffMapping(before.mapping, after.mapping);
        answer(
          options,
          { sync: slug, before: before.version, after: after.version, differences },
          () =>
            differences.map((difference) => formatMappingDifference(difference, sync.language)).join('\n') ||
            WORDS[sync.language].same,
        );
      }),
  );
}

interface Version {
  version: number | null;
  mapping: FieldMapping;
}

const NOTHING: FieldMapping = { companies: null, contacts: null, inbounds: null };

/** Before the first run no version is in force: everything in the configuration is new. */
async function earlierOf(
  context: OperationContext,
  slug: string,
  number: string | undefined,
): Promise<Version> {
  if (number !== undefined) return versionOf(context, slug, number);
  return (await mappingInForce(context.pool, slug)) ?? { version: null, mapping: NOTHING };
}

async function versionOf({ pool }: OperationContext, slug: string, number: string): Promise<Version> {
  const found = /^[1-9]\d{0,8}$/.test(number) ? await getMapping(pool, slug, Number(number)) : null;
  if (found !== null) return found;
  const newest = await mappingInForce(pool, slug);
  const known = newest === null ? 'none is stored yet' : `known: 1 to ${newest.version}`;
  throw new UsageError(`"${slug}" has no mapping version "${number}" (${known})`);
}
