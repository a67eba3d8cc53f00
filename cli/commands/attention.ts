import type { Command } from 'commander';
import type { Configuration } from '../../config/schema';
import type { Language } from '../../mappings/reason-types';
import { type AttentionView, listAttention, needsPerson } from '../../operations/attention';
import { languageOf } from '../../operations/syncs';
import { answer } from '../answer';
import { attentionTable } from '../attention-table';
import { withCommonOptions } from '../common-options';
import { type CommonOptions, ExitCode, UsageError, withContext } from '../context';

interface AttentionOptions extends CommonOptions {
  all?: boolean;
  limit: string;
}

const WORDS = {
  fr: {
    none: 'Rien ne demande votre attention.',
    how: 'Répondre : passerelle decide POINT DÉCISION [ARGUMENT]',
    more: 'D’autres points suivent : --limit, ou le nom d’une synchronisation.',
  },
  en: {
    none: 'Nothing needs your attention.',
    how: 'Answer: passerelle decide ITEM DECISION [ARGUMENT]',
    more: 'There are more items: pass --limit, or the name of one sync.',
  },
} as const satisfies Record<Language, Record<string, string>>;

/** `passerelle attention [SYNC]`: what needs a person, and the decisions on offer. Exits with 3 when there is something. */
export function attentionCommand(program: Command): void {
  const command = program
    .command('attention')
    .argument('[sync]', 'name of one sync; without it, all of them')
    .description('list what needs a person, why, and the decisions on offer')
    .option('--all', 'also what only informs, and what was decided and waits for the next pass')
    .option('--limit <number>', 'how many items at most', '200');
  withCommonOptions(command, 'attention salon-2027').action(
    (slug: string | undefined, options: AttentionOptions) =>
      withContext(options, async (context) => {
        const asked = { sync: slug, limit: limitOf(options.limit) };
        const { items: found, more, waiting } = await listAttention(context, asked);
        const items = options.all ? found : found.filter(needsPerson);
        answer(options, { items, more }, () => attentionText(context.configuration, slug, items, more));
        if (waiting) process.exitCode = ExitCode.attention;
      }),
  );
}

function limitOf(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit > 0 && limit <= 10_000) return limit;
  throw new UsageError(`--limit: "${text}" is not a number from 1 to 10000`);
}

/** Each sync in its own language, one after the other. */
function attentionText(
  configuration: Configuration,
  slug: string | undefined,
  items: readonly AttentionView[],
  more: boolean,
): string {
  const slugs = [...new Set(items.map((item) => item.sync))];
  const [first] = slug === undefined ? [...slugs, ...Object.keys(configuration.syncs)] : [slug];
  const words = WORDS[languageOf(configuration, first ?? '')];
  if (items.length === 0) return words.none;
  const parts = slugs.map((one) => {
    const own = items.filter((item) => item.sync === one);
    return `${one}\n${attentionTable(own, languageOf(configuration, one), configuration.syncs[one]?.pair ?? null)}`;
  });
  return [...parts, words.how, ...(more ? [words.more] : [])].join('\n');
}
