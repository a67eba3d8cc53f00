import type { PrerequisiteCode, ProductColumn } from './mask-labels';
import type { Language } from './mask-problem';

/** One cell as it stands in the file: where, and its text untouched. */
export interface RawCell {
  cell: string;
  text: string;
}

export type RawRow = { row: number } & Record<ProductColumn, RawCell>;

/** What was read from a mask's three sheets, before anything is compared with the platforms. */
export interface RawMask {
  language: Language;
  /** The sheets' names in this file, for messages. */
  sheets: { prerequisites: string; products: string };
  answers: Record<PrerequisiteCode, RawCell>;
  /** Only rows in which at least one of the columns A to D holds something. */
  rows: RawRow[];
}
