import { DateTime } from 'luxon';
import type { Mask, Prerequisites } from './mask';
import {
  type AnswerKind,
  type PrerequisiteCode,
  type PrerequisiteLabel,
  prerequisiteLabels,
} from './mask-labels';
import type { Bilingual, MaskProblem } from './mask-problem';
import type { RawCell, RawMask } from './mask-raw';
import { answerProblems } from './mask-row-problems';
import { labelKey, tidy } from './mask-text';

export interface PrerequisiteAnswer {
  code: PrerequisiteCode;
  label: Bilingual;
  /** Whether the prerequisite is declared as met: yes, a date or a text is given. "No" and an empty cell are not. */
  answered: boolean;
  value: string | boolean | null;
}

/** The declared answers of a mask, in the order of its first sheet. */
export function prerequisiteAnswers(mask: Mask): PrerequisiteAnswer[] {
  return prerequisiteLabels.map(({ code, label }) => {
    const value = mask.prerequisites[code];
    return { code, label, answered: value !== null && value !== false, value };
  });
}

type Parsed = { kind: 'value'; value: string | boolean | null } | { kind: 'unreadable' };

/** Turns the cells of the first sheet into answers. An unreadable answer is a problem; an empty one is a note. */
export function parsePrerequisites(raw: RawMask): {
  prerequisites: Prerequisites;
  problems: MaskProblem[];
  notes: MaskProblem[];
} {
  const problems: MaskProblem[] = [];
  const notes: MaskProblem[] = [];
  const answer = (code: PrerequisiteCode): string | boolean | null => {
    const row = labelOf(code);
    const cell = raw.answers[code];
    const place = { sheet: raw.sheets.prerequisites, cell: cell.cell };
    const parsed = parse(row.kind, cell);
    if (tidy(cell.text) === '') notes.push(answerProblems.unanswered(place, row.label));
    if (parsed.kind === 'value') return parsed.value;
    const unreadable = row.kind === 'date' ? answerProblems.unreadableDate : answerProblems.unreadableYesNo;
    problems.push(unreadable(place, tidy(cell.text)));
    return null;
  };
  const text = (code: PrerequisiteCode): string | null => {
    const value = answer(code);
    return typeof value === 'string' ? value : null;
  };
  const prerequisites: Prerequisites = {
    salesOpenedOn: text('salesOpenedOn'),
    offerFrozen: answer('offerFrozen') === true,
    planexpoManagerInformed: answer('planexpoManagerInformed') === true,
    inwinkManagerInformed: answer('inwinkManagerInformed') === true,
    planexpoEvent: text('planexpoEvent'),
    inwinkEvent: text('inwinkEvent'),
    confirmedBy: text('confirmedBy'),
    confirmedOn: text('confirmedOn'),
  };
  return { prerequisites, problems, notes };
}

function labelOf(code: PrerequisiteCode): PrerequisiteLabel {
  const label = prerequisiteLabels.find((candidate) => candidate.code === code);
  if (label === undefined)
    throw new Error(`The mask has no row for the prerequisite ${code}; add it to mask-labels.ts.`);
  return label;
}

function parse(kind: AnswerKind, cell: RawCell): Parsed {
  const text = tidy(cell.text);
  if (text === '') return { kind: 'value', value: null };
  if (kind === 'text') return { kind: 'value', value: text };
  return kind === 'date' ? parseDate(text) : parseYesNo(text);
}

const YES = new Set(['oui', 'yes', 'true', 'vrai']);
const NO = new Set(['non', 'no', 'false', 'faux']);

function parseYesNo(text: string): Parsed {
  const key = labelKey(text);
  if (YES.has(key)) return { kind: 'value', value: true };
  return NO.has(key) ? { kind: 'value', value: false } : { kind: 'unreadable' };
}

/** Date cells arrive as `2027-01-31`; typed text may also be written day first, in both languages (assumed: European users). */
function parseDate(text: string): Parsed {
  for (const format of ['yyyy-MM-dd', 'd/M/yyyy', 'd.M.yyyy']) {
    const date = DateTime.fromFormat(text, format, { zone: 'utc' });
    const iso = date.isValid ? date.toISODate() : null;
    if (iso !== null) return { kind: 'value', value: iso };
  }
  return { kind: 'unreadable' };
}
