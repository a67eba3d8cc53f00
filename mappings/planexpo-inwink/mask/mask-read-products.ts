import type { Row, Worksheet } from '@protobi/exceljs';
import { cellContent } from './mask-cell';
import { fileProblems } from './mask-file-problems';
import { isLabel, type ProductColumn, productColumns } from './mask-labels';
import type { Bilingual, MaskProblem } from './mask-problem';
import type { RawCell, RawRow } from './mask-raw';
import { tidy } from './mask-text';

/** More product rows than this are refused (settled question 11). */
export const MAX_PRODUCT_ROWS = 5_000;

/** Where a header may stand when people put a title above it, and how far columns may have been moved. */
const HEADER_ROWS = 20;
const HEADER_COLUMNS = 12;

/** Reads columns A to D below the header row. With a wrong header nothing below it is judged: it would only mislead. */
export function readProducts(sheet: Worksheet): { problems: MaskProblem[]; rows: RawRow[] } {
  const header = findHeader(sheet);
  if (header === null) {
    return {
      problems: [fileProblems.missingHeader({ sheet: sheet.name, cell: 'A1' }, headerLabels())],
      rows: [],
    };
  }
  const columns = checkHeader(sheet, header);
  if (columns.length > 0) return { problems: columns, rows: [] };

  // By cell: both cells of a merge report it, at its first cell.
  const problems = new Map<string, MaskProblem>();
  const rows: RawRow[] = [];
  sheet.eachRow((row, number) => {
    if (number <= header || rows.length > MAX_PRODUCT_ROWS) return;
    const read = readRow(sheet.name, row, number);
    for (const found of read.problems) problems.set(`${found.cell} ${found.code}`, found);
    if (productColumns.some(({ key }) => tidy(read.row[key].text) !== '')) rows.push(read.row);
  });

  const excess = rows[MAX_PRODUCT_ROWS];
  if (excess) return { problems: [tooMany(sheet.name, excess)], rows: [] };
  return {
    problems: problems.size > 0 ? [...problems.values()] : emptyColumns(sheet.name, header, rows),
    rows,
  };
}

function tooMany(sheet: string, row: RawRow): MaskProblem {
  return fileProblems.tooManyRows({ sheet, cell: `A${row.row}` }, MAX_PRODUCT_ROWS);
}

/** The first row in which at least two of the four titles stand, wherever they stand. */
function findHeader(sheet: Worksheet): number | null {
  for (let row = 1; row <= HEADER_ROWS; row += 1) {
    if (productColumns.filter(({ label }) => columnOf(sheet, row, label) !== null).length >= 2) return row;
  }
  return null;
}

function columnOf(sheet: Worksheet, row: number, label: Bilingual): string | null {
  for (let column = 1; column <= HEADER_COLUMNS; column += 1) {
    const cell = sheet.getCell(row, column);
    const content = cellContent(cell.value);
    if (content.kind === 'text' && isLabel(content.text, label)) return cell.address.replace(/\d+$/, '');
  }
  return null;
}

function checkHeader(sheet: Worksheet, header: number): MaskProblem[] {
  return productColumns.flatMap(({ letter, label }) => {
    const place = { sheet: sheet.name, cell: `${letter}${header}` };
    if (sheet.getCell(`${letter}${header}`).isMerged) return [fileProblems.mergedCells(place)];
    const found = columnOf(sheet, header, label);
    if (found === null) return [fileProblems.missingColumn(place, label)];
    return found === letter ? [] : [fileProblems.swappedColumns(place, label, found)];
  });
}

function readRow(sheet: string, row: Row, number: number): { row: RawRow; problems: MaskProblem[] } {
  const problems: MaskProblem[] = [];
  const read = (column: ProductColumn): RawCell => {
    const letter = productColumns.find(({ key }) => key === column)?.letter ?? 'A';
    const cell = row.getCell(letter);
    const place = { sheet, cell: `${letter}${number}` };
    const isCovered = cell.isMerged && cell.master !== cell;
    const content = cellContent(isCovered ? null : cell.value);
    if (cell.isMerged) problems.push(fileProblems.mergedCells({ sheet, cell: cell.master.address }));
    if (content.kind === 'formula') problems.push(fileProblems.formulaCell(place));
    if (content.kind === 'error') problems.push(fileProblems.errorCell(place));
    return { cell: place.cell, text: content.kind === 'text' ? content.text : '' };
  };
  const raw: RawRow = {
    row: number,
    planexpoName: read('planexpoName'),
    planexpoId: read('planexpoId'),
    inwinkName: read('inwinkName'),
    inwinkId: read('inwinkId'),
  };
  return { row: raw, problems };
}

/** A whole column left empty is one mistake, not one for each row. C and D both empty means that nothing is mapped. */
function emptyColumns(sheet: string, header: number, rows: readonly RawRow[]): MaskProblem[] {
  const empty = new Set(
    productColumns.filter(({ key }) => rows.every((row) => tidy(row[key].text) === '')).map(({ key }) => key),
  );
  const nothingMapped = empty.has('inwinkName') && empty.has('inwinkId');
  return productColumns
    .filter(({ key }) => empty.has(key) && key !== 'planexpoId')
    .filter(({ key }) => key === 'planexpoName' || !nothingMapped)
    .map(({ letter, label }) => fileProblems.emptyColumn({ sheet, cell: `${letter}${header}` }, label));
}

function headerLabels(): Bilingual {
  return {
    fr: productColumns.map(({ label }) => label.fr).join(', '),
    en: productColumns.map(({ label }) => label.en).join(', '),
  };
}
