import { writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import type { Language } from '../../mappings/reason-types';
import {
  diffMasks,
  exportMask,
  importMask,
  listMasks,
  type MaskSummary,
  validateMask,
} from '../../operations/masks';
import { syncOf, syncOfPair } from '../../operations/syncs';
import { answer, timeText } from '../answer';
import { withCommonOptions } from '../common-options';
import { type CommonOptions, ExitCode, UsageError, withContext } from '../context';
import { importText, validationText } from '../mask-text';
import { readWorkbook } from '../read-workbook';
import { table } from '../table';

const WORDS = {
  fr: {
    written: 'Masque écrit dans',
    fill: 'Complétez-le, puis : passerelle mask import',
    version: 'Version',
    state: 'État',
    inForce: 'en vigueur',
    by: 'Importé par',
    at: 'Importé le',
    rows: 'Produits reliés',
    none: 'Aucun masque importé.',
    same: 'Aucune différence.',
  },
  en: {
    written: 'Mask written to',
    fill: 'Fill it in, then: passerelle mask import',
    version: 'Version',
    state: 'State',
    inForce: 'in force',
    by: 'Imported by',
    at: 'Imported',
    rows: 'Mapped products',
    none: 'No mask was imported yet.',
    same: 'No difference.',
  },
} as const satisfies Record<Language, Record<string, string>>;

/** `passerelle mask`: the three-sheet workbook that fixes which product is which. */
export function maskCommand(program: Command): void {
  const mask = program
    .command('mask')
    .description('the synchronisation mask: export the workbook, check it, put it in force, compare versions')
    .addHelpText('after', '\nExample:\n  passerelle mask export salon-2027 mask.xlsx');
  exportCommand(mask);
  validateCommand(mask);
  importCommand(mask);
  listCommand(mask);
  diffCommand(mask);
}

interface ExportOptions extends CommonOptions {
  language?: Language;
  force?: boolean;
}

function exportCommand(mask: Command): void {
  const command = mask
    .command('export')
    .argument('<sync>', 'name of the sync in the configuration')
    .argument('<file>', 'workbook to write, .xlsx')
    .description("write the workbook: Planexpo's products filled in, Inwink's on offer, today's answers kept")
    .addOption(new Option('--language <language>', 'language of the workbook').choices(['fr', 'en']))
    .option('--force', 'replace a file of that name');
  withCommonOptions(command, 'mask export salon-2027 mask.xlsx').action(
    (slug: string, path: string, options: ExportOptions) =>
      withContext(options, async (context) => {
        const { language } = syncOfPair(context.configuration, slug, 'planexpo-inwink');
        const { workbook, basedOn } = await exportMask(context, slug, options.language);
        await save(path, workbook, options.force ? 'w' : 'wx');
        const words = WORDS[language];
        answer(
          options,
          { sync: slug, file: path, basedOn },
          () => `${words.written} ${path}\n${words.fill} ${slug} ${path}`,
        );
      }),
  );
}

async function save(path: string, workbook: Buffer, flag: 'w' | 'wx'): Promise<void> {
  try {
    await writeFile(path, workbook, { flag });
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw new UsageError(
      exists
        ? `${path} is there already, and may hold answers: name another file, or pass --force`
        : `${path} cannot be written (${error instanceof Error ? error.message : String(error)})`,
    );
  }
}

function validateCommand(mask: Command): void {
  const command = mask
    .command('validate')
    .argument('<sync>', 'name of the sync in the configuration')
    .argument('<file>', 'the filled-in workbook')
    .description('list every problem of a workbook with its sheet and cell; changes nothing');
  withCommonOptions(command, 'mask validate salon-2027 mask.xlsx').action(
    (slug: string, path: string, options: CommonOptions) =>
      withContext(options, async (context) => {
        const { language } = syncOf(context.configuration, slug);
        const view = await validateMask(context, slug, await readWorkbook(path));
        answer(options, { sync: slug, file: path, ...view }, () => validationText(view, language));
        if (!view.ok) process.exitCode = ExitCode.usage;
      }),
  );
}

function importCommand(mask: Command): void {
  const command = mask
    .command('import')
    .argument('<sync>', 'name of the sync in the configuration')
    .argument('<file>', 'the filled-in workbook')
    .description(
      'put a workbook in force as the next version; one with a problem is refused and changes nothing',
    );
  withCommonOptions(command, 'mask import salon-2027 mask.xlsx').action(
    (slug: string, path: string, options: CommonOptions) =>
      withContext(options, async (context) => {
        const { language } = syncOf(context.configuration, slug);
        const result = await importMask(context, slug, await readWorkbook(path));
        answer(options, { sync: slug, file: path, ...result }, () => importText(result, language));
        if (!result.ok) process.exitCode = ExitCode.usage;
      }),
  );
}

function listCommand(mask: Command): void {
  const command = mask
    .command('list')
    .argument('<sync>', 'name of the sync in the configuration')
    .description('list the versions that were imported, newest first');
  withCommonOptions(command, 'mask list salon-2027').action((slug: string, options: CommonOptions) =>
    withContext(options, async (context) => {
      const { language } = syncOf(context.configuration, slug);
      const versions = await listMasks(context, slug);
      answer(options, { sync: slug, versions }, () => listText(versions, language));
    }),
  );
}

function listText(versions: readonly MaskSummary[], language: Language): string {
  const words = WORDS[language];
  if (versions.length === 0) return words.none;
  return table(
    [
      { head: words.version },
      { head: words.state },
      { head: words.rows },
      { head: words.at },
      { head: words.by, share: 1 },
    ],
    versions.map((version) => [
      String(version.version),
      version.inForce ? words.inForce : '-',
      String(version.mapped),
      timeText(version.importedAt, language),
      version.importedBy,
    ]),
  );
}

function diffCommand(mask: Command): void {
  const command = mask
    .command('diff')
    .argument('<sync>', 'name of the sync in the configuration')
    .argument('<a>', 'number of the earlier version')
    .argument('<b>', 'number of the later version')
    .description('say what differs between two versions');
  withCommonOptions(command, 'mask diff salon-2027 1 2').action(
    (slug: string, a: string, b: string, options: CommonOptions) =>
      withContext(options, async (context) => {
        const { language } = syncOf(context.configuration, slug);
        const { lines, ...found } = await diffMasks(context, slug, numberOf(slug, a), numberOf(slug, b));
        answer(options, { sync: slug, ...found }, () => lines.join('\n') || WORDS[language].same);
      }),
  );
}

function numberOf(slug: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`"${slug}" has no mask version "${text}": see "passerelle mask list ${slug}"`);
}
