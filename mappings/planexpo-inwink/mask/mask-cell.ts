import type { CellValue } from '@protobi/exceljs';

/** A cell as a person meant it: its text, or why it has none that can be trusted. */
export type CellContent =
  | { kind: 'empty' }
  | { kind: 'text'; text: string }
  | { kind: 'formula' }
  | { kind: 'error' };

/** Dates become `2027-01-31`, yes/no cells `true` or `false`, numbers their plain digits. */
export function cellContent(value: CellValue): CellContent {
  if (value === null || value === undefined) return { kind: 'empty' };
  if (typeof value === 'string') return fromText(value);
  if (typeof value === 'number') return Number.isFinite(value) ? fromText(String(value)) : { kind: 'error' };
  if (typeof value === 'boolean') return fromText(String(value));
  if (value instanceof Date) return fromDate(value);
  if ('richText' in value) return fromText(value.richText.map((run) => run.text ?? '').join(''));
  if ('hyperlink' in value) return fromLink(value.text);
  if ('error' in value) return { kind: 'error' };
  return { kind: 'formula' };
}

function fromText(text: string): CellContent {
  return text === '' ? { kind: 'empty' } : { kind: 'text', text };
}

function fromDate(date: Date): CellContent {
  return Number.isNaN(date.getTime()) ? { kind: 'error' } : fromText(date.toISOString().slice(0, 10));
}

/** The text of a link is typed as a string but is rich text when parts of it are formatted. */
function fromLink(text: unknown): CellContent {
  if (typeof text === 'string') return fromText(text);
  if (typeof text !== 'object' || text === null || !('richText' in text)) return { kind: 'error' };
  const runs: unknown[] = Array.isArray(text.richText) ? text.richText : [];
  return fromText(
    runs
      .map((run) => (typeof run === 'object' && run !== null && 'text' in run ? String(run.text) : ''))
      .join(''),
  );
}
