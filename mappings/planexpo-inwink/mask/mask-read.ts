import { Workbook, type Worksheet } from '@protobi/exceljs';
import { maskLimits, openMaskArchive, storeArchive } from './mask-archive';
import { fileProblems } from './mask-file-problems';
import { guardParts } from './mask-guard';
import { isLabel, type SheetKey, sheetLabels } from './mask-labels';
import type { Language, MaskProblem } from './mask-problem';
import { languages } from './mask-problem';
import type { RawMask } from './mask-raw';
import { readPrerequisites } from './mask-read-prerequisites';
import { readProducts } from './mask-read-products';
import { labelKey } from './mask-text';

export type ReadMask = { ok: true; sheets: RawMask } | { ok: false; problems: MaskProblem[] };

/** Only cell values matter here. The rest is skipped, also because some of it (validations, columns) costs far more than it weighs. */
const IGNORED_NODES = [
  'sheetPr',
  'dimension',
  'sheetViews',
  'sheetFormatPr',
  'cols',
  'sheetProtection',
  'autoFilter',
  'rowBreaks',
  'hyperlinks',
  'pageMargins',
  'dataValidations',
  'pageSetup',
  'headerFooter',
  'printOptions',
  'picture',
  'drawing',
  'legacyDrawing',
  'tableParts',
  'conditionalFormatting',
  'extLst',
];

/** Old binary workbooks and workbooks encrypted with a password are both such containers, not zips. */
const COMPOUND_FILE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/**
 * Reads a mask workbook in either language. Lists every problem of the file and of its shape, with the cell; compares
 * nothing with the platforms (that is `checkMask`). Never rejects, whatever the bytes are.
 */
export async function readMask(file: Buffer): Promise<ReadMask> {
  if (file.length > maskLimits.fileBytes)
    return refused(fileProblems.tooLarge(file.length, maskLimits.fileBytes));
  if (file.subarray(0, COMPOUND_FILE.length).equals(COMPOUND_FILE))
    return refused(fileProblems.oldOrEncrypted());

  const archive = await openMaskArchive(file);
  if (archive.kind === 'macros') return refused(fileProblems.macros());
  if (archive.kind === 'zip-bomb') return refused(fileProblems.zipBomb());
  if (archive.kind === 'not-a-workbook') return refused(fileProblems.notAWorkbook());

  const guarded = guardParts(archive.parts);
  if (guarded.kind === 'too-complex') return refused(fileProblems.tooComplex());
  if (guarded.kind === 'unreadable') return refused(fileProblems.notAWorkbook());

  const workbook = await loadWorkbook(guarded.parts);
  return workbook === null ? refused(fileProblems.notAWorkbook()) : readSheets(workbook.worksheets);
}

async function loadWorkbook(parts: ReadonlyMap<string, Buffer>): Promise<Workbook | null> {
  const workbook = new Workbook();
  try {
    const archive = storeArchive(parts);
    await workbook.xlsx.load(toArrayBuffer(archive), { ignoreNodes: IGNORED_NODES });
    return workbook.worksheets.length > 0 ? workbook : null;
  } catch {
    // The reader throws errors of many kinds on malformed XML; all of them mean that a person must save the file again.
    return null;
  }
}

/** The reader's own type for bytes is an ArrayBuffer. */
function toArrayBuffer(buffer: Buffer): ArrayBuffer {
  const copy = new ArrayBuffer(buffer.length);
  buffer.copy(new Uint8Array(copy));
  return copy;
}

function readSheets(sheets: readonly Worksheet[]): ReadMask {
  const language = languageOf(sheets);
  const prerequisites = findSheet(sheets, 'prerequisites', language);
  const fields = findSheet(sheets, 'fields', language);
  const products = findSheet(sheets, 'products', language);
  const answers = prerequisites.sheet ? readPrerequisites(prerequisites.sheet) : null;
  const rows = products.sheet ? readProducts(products.sheet) : null;

  const parts = [prerequisites, fields, products, answers, rows];
  const problems = parts.flatMap((part) => part?.problems ?? []);
  const read = answers?.answers;
  if (problems.length > 0 || !prerequisites.sheet || !products.sheet || !read || !rows) {
    return { ok: false, problems };
  }
  const names = { prerequisites: prerequisites.sheet.name, products: products.sheet.name };
  return { ok: true, sheets: { language, sheets: names, answers: read, rows: rows.rows } };
}

/** The language in which most of the sheets are named; French when that does not tell. */
function languageOf(sheets: readonly Worksheet[]): Language {
  const labels = Object.values(sheetLabels);
  const score = (language: Language) =>
    sheets.filter((sheet) => labels.some((label) => labelKey(label[language]) === labelKey(sheet.name)))
      .length;
  return languages.reduce((best, language) => (score(language) > score(best) ? language : best));
}

function findSheet(
  sheets: readonly Worksheet[],
  key: SheetKey,
  language: Language,
): { sheet: Worksheet | null; problems: MaskProblem[] } {
  const label = sheetLabels[key];
  const [sheet, other] = sheets.filter((candidate) => isLabel(candidate.name, label));
  if (sheet === undefined) {
    const present = sheets.filter((candidate) => candidate.state === 'visible').map(({ name }) => name);
    return { sheet: null, problems: [fileProblems.missingSheet(label[language], present)] };
  }
  if (other !== undefined) return { sheet, problems: [fileProblems.repeatedSheet(sheet.name, other.name)] };
  return { sheet, problems: [] };
}

function refused(problem: MaskProblem): ReadMask {
  return { ok: false, problems: [problem] };
}
