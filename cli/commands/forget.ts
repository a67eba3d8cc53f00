import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import type { Stays } from '../../db/forget/search-everything';
import type { Language } from '../../mappings/reason-types';
import { type ForgetReport, forgetPerson } from '../../operations/forget';
import { languageOf } from '../../operations/syncs';
import { answer, COLON } from '../answer';
import { withCommonOptions } from '../common-options';
import { type CommonOptions, ExitCode, UsageError, withContext } from '../context';

interface Words {
  done: string;
  notDone: string;
  records: string;
  changed: string;
  nothing: string;
  searched: (columns: number) => string;
  hit: string;
  stays: Record<Stays, string>;
  platforms: string;
  temporal: string;
  typed: string;
  ask: string;
}

const WORDS: Record<Language, Words> = {
  fr: {
    done: 'Personne oubliée.',
    notDone: 'Il reste des traces de cette personne :',
    records: 'Fiches concernées',
    changed: 'Lignes modifiées',
    nothing: 'aucune',
    searched: (columns) => `Recherche dans ${columns} colonnes de toutes les tables, après coup`,
    hit: 'trace',
    stays: {
      actor: 'nom d’un compte ou auteur d’un acte : le compte se ferme à part',
      'shared-phone': 'numéro qui est aussi celui d’une autre fiche : laissé',
      'other-sync': 'dans une autre synchronisation : laissé (sans --sync, toutes sont traitées)',
      'company-name': 'nom d’une entreprise qui porte celui de la personne : laissé',
    },
    platforms:
      'Ce que les plateformes détiennent encore reviendra à leur prochaine lecture : la personne s’oublie d’abord là-bas.',
    temporal:
      'Les historiques Temporal ne contiennent que des identifiants, des empreintes et des nombres. Les sauvegardes de la base gardent ce qu’elles contenaient.',
    typed: 'L’e-mail reste dans l’historique de ce terminal ; « passerelle forget - » le lit à part.',
    ask: 'E-mail ou fiche : ',
  },
  en: {
    done: 'Person forgotten.',
    notDone: 'Something of this person is still there:',
    records: 'Records concerned',
    changed: 'Rows changed',
    nothing: 'none',
    searched: (columns) => `Search through ${columns} columns of all tables, afterwards`,
    hit: 'still there',
    stays: {
      actor: 'login of an account or author of an act: accounts are closed apart',
      'shared-phone': 'number that also is in somebody else’s record: left',
      'other-sync': 'in another sync: left (without --sync, all are treated)',
      'company-name': 'name of a company that is called like the person: left',
    },
    platforms:
      'Whatever the platforms still hold comes back with their next read: forget the person there first.',
    temporal:
      'Temporal’s histories hold ids, hashes and counts only. Backups of the database keep what they held.',
    typed: 'The e-mail stays in the history of this shell; "passerelle forget -" reads it apart.',
    ask: 'E-mail or record: ',
  },
};

/** `passerelle forget PERSON`: takes a person out of our tables, and proves it. */
export function forgetCommand(program: Command): void {
  const command = program
    .command('forget')
    .argument(
      '<person>',
      'an e-mail, a dossier, or kind and id such as mautic/contact/81; - reads it from the standard input, so that it stands in no history',
    )
    .option('--sync <name>', 'in this sync only; without it, in all')
    .description('take a person’s data out of the tables and prove it; ids and counts stay');
  withCommonOptions(
    command,
    'forget -',
    'forget mautic/contact/81',
    'forget 4711 --sync salon-2027 --json',
  ).action((person: string, options: CommonOptions & { sync?: string }) =>
    withContext(options, async (context) => {
      const slug = options.sync ?? Object.keys(context.configuration.syncs)[0] ?? '';
      const language = languageOf(context.configuration, slug);
      const words = WORDS[language];
      if (person.includes('@')) process.stderr.write(`${words.typed}\n`);
      const named = person === '-' ? await firstLine(words.ask) : person;
      const report = await forgetPerson(context, named, { sync: options.sync });
      answer(options, report, () => reportText(report, language));
      if (!report.isForgotten) process.exitCode = ExitCode.failed;
    }),
  );
}

async function firstLine(ask: string): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write(ask);
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) {
    lines.close();
    if (line.trim() !== '') return line.trim();
  }
  throw new UsageError('the standard input names nobody');
}

function reportText(report: ForgetReport, language: Language): string {
  const words = WORDS[language];
  const colon = COLON[language];
  const { proof } = report;
  const records = report.records.map(({ sync, record }) => `${sync} ${record}`);
  const changed = Object.entries(report.changed).map(([table, rows]) => `${table} ${rows}`);
  return [
    report.isForgotten ? words.done : words.notDone,
    ...proof.hits.map(({ column, rows }) => `  ${column} (${rows})`),
    `${words.records}${colon}${records.join(', ') || words.nothing}`,
    `${words.changed}${colon}${changed.join(', ') || words.nothing}`,
    `${words.searched(proof.columns)}${colon}${proof.hits.reduce((sum, { rows }) => sum + rows, 0)} ${words.hit}`,
    ...proof.stays.map(({ column, rows, why }) => `  ${column} (${rows})${colon}${words.stays[why]}`),
    words.platforms,
    words.temporal,
  ].join('\n');
}
