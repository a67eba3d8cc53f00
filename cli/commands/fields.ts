import type { Command } from 'commander';
import { syncOfPair } from '../../operations/syncs';
import { mappedFields } from '../../operations/weavy-webmecanik/mapping';
import { answer } from '../answer';
import { withCommonOptions } from '../common-options';
import { type CommonOptions, withContext } from '../context';
import { fieldsText } from '../weavy-webmecanik/fields-text';

/** `passerelle fields SYNC`: the fields of both platforms as they are now, and what each is mapped to. */
export function fieldsCommand(program: Command): void {
  const command = program
    .command('fields')
    .argument('<sync>', 'name of the sync in the configuration')
    .description(
      'list the fields of both platforms as they are now, custom ones too, and what each is mapped to',
    );
  withCommonOptions(command, 'fields crm-acme').action((slug: string, options: CommonOptions) =>
    withContext(options, async (context) => {
      const { language } = syncOfPair(context.configuration, slug, 'weavy-webmecanik');
      const { fields, missingRights } = await mappedFields(context, slug);
      answer(options, { sync: slug, fields, missingRights }, () =>
        fieldsText(fields, missingRights, language),
      );
    }),
  );
}
