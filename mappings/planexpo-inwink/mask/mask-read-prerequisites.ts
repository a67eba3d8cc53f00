import type { Worksheet } from '@protobi/exceljs';
import { cellContent } from './mask-cell';
import { fileProblems } from './mask-file-problems';
import { isLabel, type PrerequisiteCode, prerequisiteLabels } from './mask-labels';
import type { MaskProblem } from './mask-problem';
import type { RawCell } from './mask-raw';

type Answers = Record<PrerequisiteCode, RawCell>;

/** Rows looked at: the table has eight, below its title. */
const ROWS_READ = 200;

/** Finds each prerequisite by its label in column A, in either language and any order; its answer is in column B. */
export function readPrerequisites(sheet: Worksheet): { problems: MaskProblem[]; answers: Answers | null } {
  const problems: MaskProblem[] = [];
  const answers: Partial<Answers> = {};
  for (const { code, label } of prerequisiteLabels) {
    const [row, again] = rowsLabelled(sheet, (text) => isLabel(text, label));
    if (row === undefined) {
      problems.push(fileProblems.missingPrerequisite(sheet.name, label));
      continue;
    }
    if (again !== undefined) {
      const place = { sheet: sheet.name, cell: `A${again}` };
      problems.push(fileProblems.repeatedPrerequisite(place, `A${row}`));
    }
    const answer = readAnswer(sheet, row);
    if ('code' in answer) problems.push(answer);
    else answers[code] = answer;
  }
  return { problems, answers: isComplete(answers) ? answers : null };
}

function rowsLabelled(sheet: Worksheet, matches: (text: string) => boolean): number[] {
  const rows: number[] = [];
  for (let row = 1; row <= Math.min(sheet.rowCount, ROWS_READ); row += 1) {
    const content = cellContent(sheet.getCell(row, 1).value);
    if (content.kind === 'text' && matches(content.text)) rows.push(row);
  }
  return rows;
}

function readAnswer(sheet: Worksheet, row: number): RawCell | MaskProblem {
  const cell = sheet.getCell(row, 2);
  const place = { sheet: sheet.name, cell: cell.address };
  if (cell.isMerged || sheet.getCell(row, 1).isMerged) return fileProblems.mergedCells(place);
  const content = cellContent(cell.value);
  if (content.kind === 'formula') return fileProblems.formulaCell(place);
  if (content.kind === 'error') return fileProblems.errorCell(place);
  return { cell: cell.address, text: content.kind === 'text' ? content.text : '' };
}

function isComplete(answers: Partial<Answers>): answers is Answers {
  return prerequisiteLabels.every(({ code }) => answers[code] !== undefined);
}
