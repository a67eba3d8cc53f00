import type { Command } from 'commander';
import { recordWords } from '../../operations/record-words';
import { retryAll, retryRecord } from '../../operations/retry';
import { syncOf } from '../../operations/syncs';
import { answer, COLON } from '../answer';
import { withCommonOptions } from '../common-options';
import { type CommonOptions, withContext } from '../context';

/** `passerelle retry SYNC [RECORD]`: another pass now, over one record or over all that did not get through. */
export function retryCommand(program: Command): void {
  const command = program
    .command('retry')
    .argument('<sync>', 'name of the sync in the configuration')
    .argument(
      '[record]',
      'private or public id, code, or kind and id such as contact/81; without it, every record that is held, refused or waiting',
    )
    .description('look at records again now; for one record this also takes back a decision to stop');
  withCommonOptions(
    command,
    'retry salon-2027',
    'retry salon-2027 4711',
    'retry itineraires ITB-0A-0012-3F1C',
    'retry crm-acme contact/81',
  ).action((slug: string, id: string | undefined, options: CommonOptions) =>
    withContext(options, async (context) => {
      const { language, pair } = syncOf(context.configuration, slug);
      const words = recordWords(pair, language);
      if (id === undefined) {
        const retried = await retryAll(context, slug);
        answer(options, { sync: slug, retried }, () =>
          retried === 0 ? words.noneStuck : `${words.readAgain}${COLON[language]}${retried}`,
        );
        return;
      }
      const { record, resumed } = await retryRecord(context, slug, id);
      answer(options, { sync: slug, record, retried: 1, resumed }, () =>
        [...(resumed ? [words.resumed] : []), `${words.readAgain}${COLON[language]}${record}`].join('\n'),
      );
    }),
  );
}
